"""Trains exported projects with their own train.py, as a person does.

Usage: torchruns.py FOLDER
What is stopped and gone on with ends in the same bits; two processes under torchrun end where one does, but for rounding. Each project is
then left after 50 steps under torchrun, for the tool beside this to bring back.
"""

import glob
import os
import shutil
import subprocess
import sys

from safetensors.torch import load_file

TORCHRUN = [os.path.join(os.path.dirname(sys.executable), "torchrun"), "--nproc-per-node", "2"]


def run(folder, command, *steps):
    """The arrays after runs of so many steps of a copy of the project."""
    copy = folder + ".copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    for n in steps:
        train(copy, command, n)
    return load_file(os.path.join(copy, "state.safetensors"))


def train(folder, command, steps):
    done = subprocess.run([*command, "train.py", "--device", "cpu", "--steps", str(steps)], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{folder}: {done.stdout}{done.stderr}")


def main():
    for data in sorted(glob.glob(os.path.join(sys.argv[1], "*", "project", "data.safetensors"))):
        folder = os.path.dirname(data)
        name = os.path.basename(os.path.dirname(folder))
        one, again, two = run(folder, [sys.executable], 4), run(folder, [sys.executable], 2, 2), run(folder, TORCHRUN, 4)
        if not all(x.equal(again[key]) for key, x in one.items()):
            raise SystemExit(f"{name}: stopped and gone on with it ends elsewhere")
        # A bias in front of a normalisation has a gradient of rounding, and no effect: weights have.
        weights = {key: x for key, x in one.items() if key.endswith("weight")}
        off = max(float((two[key] - x).abs().max() / x.abs().max()) for key, x in weights.items())
        if not off <= 1e-3:
            raise SystemExit(f"{name}: two processes end elsewhere, by {off}")
        train(folder, TORCHRUN, 50)
        print(f"{name}: the same bits after a pause; two processes differ from one by {off:.1e} after 4 steps; 50 steps under torchrun")


main()
