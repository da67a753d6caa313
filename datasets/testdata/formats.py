"""Writes the golden files of the formats besides still pictures (make.py has those) with the tools that own them: tar, gzip, zstd,
xz, bzip2 and 7z; NumPy; pandas and pyarrow; Pillow, ImageMagick and ffmpeg.

python formats.py [archives|arrays|frames|tables|labels]…, in this folder, with Pillow, NumPy, pandas and pyarrow installed and those
programs in the path. What the tools read back lies beside each file, as .rgba, .u8 or .json.
"""

import io
import json
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import numpy as np
from PIL import Image, ImageOps


def base(w, h, noise=60, seed=1):
    """A smooth colour picture with noise."""
    y, x = np.mgrid[0:h, 0:w].astype(float)
    x, y = x / (w - 1), y / (h - 1)
    rgb = np.stack([255 * x, 255 * y, 255 * (1 - x) * (1 - y) + 60 * x], -1)
    rgb += np.random.default_rng(seed).uniform(-noise, noise, rgb.shape)
    return np.clip(rgb, 0, 255).astype(np.uint8)


def png(w, h, seed):
    buf = io.BytesIO()
    Image.fromarray(base(w, h, seed=seed)).save(buf, "png")
    return buf.getvalue()


def run(*command, **kw):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kw)


def archives():
    """The six pictures of holiday.zip in every kind of archive, and archives made to harm."""
    os.makedirs("archives", exist_ok=True)
    here = os.path.abspath("archives")
    with tempfile.TemporaryDirectory() as top:
        for kind, first in ("cats", 0), ("dogs", 10):
            os.makedirs(f"{top}/pets/{kind}")
            for i in range(3):
                with open(f"{top}/pets/{kind}/{i}.png", "wb") as f:
                    f.write(png(8, 8, first + i))
        plain = ["tar", "--sort=name", "--mtime=2026-01-01", "--owner=0", "--group=0", "--numeric-owner", "-cf"]
        run(*plain, f"{here}/pets.tar", "pets", cwd=top)
        run("tar", "--format=pax", *plain[1:], f"{top}/pax.tar", "./pets", cwd=top)
        run("xz", "-k", f"{top}/pax.tar")
        shutil.move(f"{top}/pax.tar.xz", f"{here}/pets.tar.xz")
        run("gzip", "-kn", f"{here}/pets.tar")
        run("bzip2", "-k", f"{here}/pets.tar")
        run("zstd", "-qf", f"{here}/pets.tar", "-o", f"{here}/pets.tar.zst")
        for name, options in ("pets.7z", []), ("loose.7z", ["-ms=off", "-m0=deflate"]), ("secret.7z", ["-psecret", "-mhe=on"]):
            if os.path.exists(f"{here}/{name}"):
                os.remove(f"{here}/{name}")
            run("7z", "a", *options, f"{here}/{name}", "pets", cwd=top)
        with zipfile.ZipFile(f"{here}/nested.zip", "w", zipfile.ZIP_DEFLATED) as z:
            z.write(f"{here}/pets.tar.gz", "downloads/pets.tar.gz")
            z.writestr("broken.7z", b"7z\xbc\xaf\x27\x1cnothing")
    with tarfile.open("archives/hostile.tar", "w") as t:
        def add(name, kind=tarfile.REGTYPE, link="", data=b""):
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, link, len(data)
            t.addfile(info, io.BytesIO(data))
        add("a/1.png", data=png(8, 8, 0))
        add("a/2.png", data=png(8, 8, 1))
        add("../outside.png", data=png(8, 8, 2))
        add("/absolute.png", data=png(8, 8, 3))
        add("a/../../up.png", data=png(8, 8, 3))
        add("a/link.png", tarfile.SYMTYPE, "/etc/passwd")
        add("a/hard.png", tarfile.LNKTYPE, "a/1.png")
        add("a/device.png", tarfile.CHRTYPE)
        add("a/pipe.png", tarfile.FIFOTYPE)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["archives", "arrays", "frames", "tables", "labels"]:
        globals()[name]()
