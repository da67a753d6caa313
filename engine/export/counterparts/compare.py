"""Has the programs that own the formats read what the tool beside it wrote, and compares.

Usage: compare.py FOLDER [--golden FILE.zip]
Prints the table of docs/export.md, and ends with 1 if anything differs by more than it may.
"""

import glob
import os
import sys
import zipfile

import numpy as np
import onnx
import onnxruntime
from safetensors import safe_open
from safetensors.numpy import load_file, save

LIMIT = 1e-4  # of the largest value, and at least of 1
rows = []  # what, with what, how many, largest difference, where it is


def difference(got, want):
    if got.shape != want.shape:
        raise SystemExit(f"shape {got.shape}, want {want.shape}")
    return float(np.abs(got - want).max() / max(1, np.abs(want).max()))


def run_onnx(path, values, batch=None):
    """The outputs of a model by name; batch are the first items alone, as the size of a batch is free."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    inputs = {i.name: values["in." + i.name][:batch] for i in session.get_inputs()}
    names = [o.name for o in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs)))


def compare_onnx(path, golden=None):
    values = load_file(path.removesuffix(".onnx") + ".values")
    got = run_onnx(path, values)
    want = {k.removeprefix("out."): v for k, v in values.items() if k.startswith("out.")}
    if set(got) != set(want):
        raise SystemExit(f"{path}: outputs {sorted(got)}, want {sorted(want)}")
    worst = max(difference(got[k], want[k]) for k in want)
    few = run_onnx(path, values, 3)
    worst = max(worst, *(difference(few[k], want[k][:3]) for k in want))
    if golden:
        name = os.path.basename(path).removesuffix(".onnx")
        with open(path, "rb") as f:
            keep(golden, name + ".onnx", f.read())
        keep(golden, name + ".values", save(few))
    return worst


def keep(golden, name, content):
    """Adds a file to an archive of golden files, which is the same for the same files."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    golden.writestr(info, content)


def onnx_files(what, files, golden=None):
    found = {path: compare_onnx(path, golden) for path in sorted(files)}
    if not found:
        raise SystemExit(f"{what}: no files")
    worst = max(found, key=found.get)
    where = os.path.relpath(worst).split(os.sep)
    rows.append((what, f"onnx.checker {onnx.__version__}, ONNX Runtime {onnxruntime.__version__}", len(found), found[worst], "/".join(where[-2:])))


def main():
    folder = sys.argv[1]
    golden = zipfile.ZipFile(sys.argv[3], "w") if len(sys.argv) > 3 else None
    onnx_files("layers and roles", glob.glob(os.path.join(folder, "layers", "*.onnx")), golden)
    for part, name in (("g", "generators"), ("d", "discriminators")):
        onnx_files(f"{name} of the presets", glob.glob(os.path.join(folder, "presets", "*", part + ".onnx")))
    if golden:
        golden.close()
    print("| compared | with | files | largest difference | of |")
    print("|---|---|---|---|---|")
    for what, by, n, worst, where in rows:
        print(f"| {what} | {by} | {n} | {worst:.1e} | `{where}` |")
    failed = [r for r in rows if not r[3] <= LIMIT]
    for what, *_ in failed:
        print(f"{what}: more than {LIMIT}", file=sys.stderr)
    sys.exit(1 if failed else 0)


main()
