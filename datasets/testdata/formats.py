"""Writes the golden files of the formats besides still pictures (make.py has those) with the tools that own them: tar, gzip, zstd,
xz, bzip2, lz4 and 7z; NumPy; pandas and pyarrow; Pillow, ImageMagick, ffmpeg and webpmux.

python formats.py [archives|arrays|parquet|types|frames|tables|labels]…, in this folder, with Pillow, NumPy, pandas, pyarrow and torchvision installed and those
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
        run("lz4", "-qf", f"{here}/pets.tar", f"{here}/pets.tar.lz4")
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


def bytes_of(values, factor, offset):
    """The bytes that stand for an array's numbers."""
    return np.clip(np.floor(values.astype(np.float64) * factor + offset + 0.5), 0, 255).astype(np.uint8)


def arrays():
    """NumPy's arrays, beside each the bytes of its pictures in the order N,H,W,C; CIFAR's files."""
    os.makedirs("arrays", exist_ok=True)
    rng = np.random.default_rng(5)

    def save(name, a, nhwc):
        np.save(f"arrays/{name}.npy", a)
        nhwc.tofile(f"arrays/{name}.u8")

    grey = rng.integers(0, 256, (5, 8, 10), dtype=np.uint8)
    colour = np.stack([base(7, 9, seed=s) for s in range(4)])
    save("nhw-u1", grey, grey)
    save("nhwc-f4", (colour / 255).astype(np.float32), bytes_of((colour / 255).astype(np.float32), 255, 0))
    signed = (colour.transpose(0, 3, 1, 2) / 127.5 - 1).astype(np.float64)
    save("nchw-f8", signed, bytes_of(signed.transpose(0, 2, 3, 1), 127.5, 127.5))
    save("fortran-u1", np.asfortranarray(colour), colour)
    deep = grey.astype(np.uint16) * 257
    save("nhw-u2", deep, grey)
    save("nhw-bool", grey > 100, (grey > 100).astype(np.uint8) * 255)
    save("big-endian-i4", grey.astype(">i4"), grey)
    halves = (grey / 255).astype(np.float16)
    save("nhw-f2", halves, bytes_of(halves, 255, 0))
    save("flat-u1", grey[:, :, :8].reshape(5, 64), grey[:, :, :8])
    odd = rng.normal(20, 300, (4, 6, 6)).astype(np.float32)
    low, high = float(odd.min()), float(odd.max())
    save("odd-f4", odd, bytes_of(odd, 255 / (high - low), -low * (255 / (high - low))))
    hole = (colour / 255).astype(np.float32)
    hole[2, 0, 0, 0] = np.nan
    save("hole-f4", hole, np.delete(bytes_of(np.nan_to_num(hole), 255, 0), 2, 0))
    np.savez("arrays/numbers.npz", x=grey, y=np.array([7, 3, 7, 10, 3]))
    np.savez_compressed("arrays/words.npz", images=colour, labels=np.array(["dog", "cat", "dog", "bird"]), notes=np.arange(3))
    np.savez("arrays/onehot.npz", X_train=grey, y_train=np.eye(3)[[0, 2, 1, 1, 0]])
    np.savez("arrays/unnamed.npz", grey, np.arange(5))
    np.save("arrays/labels.npy", np.array([1, 0, 1, 0, 1]))
    np.save("arrays/points.npy", rng.normal((5, -2), (3, 0.1), (40, 2)))
    grey.tofile("arrays/grey.u8")
    colour.tofile("arrays/colour.u8")

    wide = np.stack([base(32, 32, noise=0, seed=s) // (s + 1) for s in range(5)])
    planes = wide.transpose(0, 3, 1, 2).reshape(5, -1)
    wide.tofile("arrays/cifar.u8")
    os.makedirs("arrays/cifar-10-batches-bin", exist_ok=True)
    ten = np.concatenate([np.array([[3], [0], [3], [9], [1]], np.uint8), planes], 1)
    ten[:3].tofile("arrays/cifar-10-batches-bin/data_batch_1.bin")
    ten[3:].tofile("arrays/cifar-10-batches-bin/data_batch_2.bin")
    ten[:2].tofile("arrays/cifar-10-batches-bin/test_batch.bin")
    with open("arrays/cifar-10-batches-bin/batches.meta.txt", "w") as f:
        f.write("airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n")
    run("tar", "--sort=name", "-czf", "cifar-10-binary.tar.gz", "cifar-10-batches-bin", cwd="arrays")
    hundred = np.concatenate([np.array([[1, 50], [2, 99], [1, 50], [0, 7], [5, 8]], np.uint8), planes], 1)
    hundred.tofile("arrays/train.bin")
    with tempfile.TemporaryDirectory() as top:
        os.makedirs(f"{top}/cifar-100-binary")
        hundred.tofile(f"{top}/cifar-100-binary/train.bin")
        hundred[:2].tofile(f"{top}/cifar-100-binary/test.bin")
        for kind, n in ("coarse", 20), ("fine", 100):
            with open(f"{top}/cifar-100-binary/{kind}_label_names.txt", "w") as f:
                f.writelines(f"{kind} thing {i}\n" for i in range(n))
        run("tar", "--sort=name", "--mtime=2026-01-01", "-czf", os.path.abspath("arrays/cifar-100-binary.tar.gz"), "cifar-100-binary", cwd=top)


def parquet():
    """Pictures as the Hugging Face hub has them, and as plain bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    os.makedirs("parquet", exist_ok=True)
    pictures = [png(8, 8, s) for s in range(6)]
    np.stack([base(8, 8, seed=s) for s in range(6)]).tofile("parquet/pictures.u8")
    features = {"info": {"features": {"image": {"_type": "Image"}, "label": {"names": ["cat", "dog"], "_type": "ClassLabel"}}}}
    image = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    t = pa.table({
        "image": pa.array([{"bytes": p, "path": f"{i}.png"} for i, p in enumerate(pictures)], image),
        "label": pa.array([0, 1, 1, 0, 1, 0], pa.int64()),
    }).replace_schema_metadata({"huggingface": json.dumps(features)})
    pq.write_table(t, "parquet/hub.parquet", row_group_size=4)
    pq.write_table(t, "parquet/zstd.parquet", compression="zstd", data_page_version="2.0")
    holes = pictures[:3] + [None, b"no picture", pictures[5]]
    pq.write_table(pa.table({"id": range(6), "img": pa.array(holes, pa.binary()), "kind": ["b", "a", "b", "a", "a", None]}), "parquet/holes.parquet", compression="gzip")
    odd = {"id": range(6), "mask": pa.array([b"no picture"] * 6, pa.binary()), "content": pa.array(pictures, pa.binary()), "species": pa.array([0, 1, 1, 0, 1, 0], pa.uint8())}
    features = {"info": {"features": {"species": {"names": ["cat", "dog"], "_type": "ClassLabel"}}}}
    pq.write_table(pa.table(odd).replace_schema_metadata({"huggingface": json.dumps(features)}), "parquet/content.parquet")


def types():
    """Numbers, dates and bytes of all the kinds that Parquet stores, three times as it can store them, beside them what pyarrow reads back."""
    import datetime
    import decimal
    import uuid
    import pyarrow as pa
    import pyarrow.parquet as pq
    os.makedirs("parquet", exist_ok=True)
    n = 30
    day = datetime.datetime(1969, 12, 30, 23, 59, 58)
    cents = [decimal.Decimal(i * 37 - 400).scaleb(-2) for i in range(n)]
    columns = {
        "decimal9": pa.array(cents, pa.decimal128(9, 2)),
        "decimal18": pa.array([c * 10 ** 9 for c in cents], pa.decimal128(18, 4)),
        "decimal38": pa.array([c * 10 ** 20 for c in cents], pa.decimal128(38, 10)),
        "decimal76": pa.array([c * 10 ** 40 for c in cents], pa.decimal256(76, 30)),
        "whole": pa.array([decimal.Decimal(i - 9) for i in range(n)], pa.decimal128(9, 0)),
        "u8": pa.array([255 - i for i in range(n)], pa.uint8()),
        "u16": pa.array([65535 - i for i in range(n)], pa.uint16()),
        "u32": pa.array([4294967295 - i for i in range(n)], pa.uint32()),
        "u64": pa.array([18446744073709551615 - i * 2 ** 50 for i in range(n)], pa.uint64()),
        "i8": pa.array([i - 128 for i in range(n)], pa.int8()),
        "i64": pa.array([-(2 ** 62) + i * 2 ** 40 for i in range(n)], pa.int64()),
        "half": pa.array(np.linspace(-1, 1, n).astype(np.float16)),
        "tiny": pa.array((np.arange(n) * 2.0 ** -24).astype(np.float16)),
        "float": pa.array(np.linspace(-1, 1, n).astype(np.float32)),
        "flag": pa.array([i % 2 == 0 for i in range(n)]),
        "date": pa.array([(day + datetime.timedelta(days=i)).date() for i in range(n)]),
        "seconds": pa.array([day + datetime.timedelta(seconds=i) for i in range(n)], pa.timestamp("s")),
        "micros": pa.array([day + datetime.timedelta(seconds=i) for i in range(n)], pa.timestamp("us", tz="UTC")),
        "nanos": pa.array([day + datetime.timedelta(seconds=i) for i in range(n)], pa.timestamp("ns")),
        "time": pa.array([datetime.time(i % 24, i, 1) for i in range(n)], pa.time32("ms")),
        "bytes": pa.array([bytes([137, i]) for i in range(n)], pa.binary(2)),
        "words": pa.array(["even" if i % 2 == 0 else "odd" for i in range(n)]).dictionary_encode(),
        "uuid": pa.array([uuid.UUID(int=i + 2 ** 100).bytes for i in range(n)], pa.uuid()),
    }
    t = pa.table(columns)
    pq.write_table(t, "parquet/types.parquet")
    pq.write_table(t, "parquet/types-integers.parquet", store_decimal_as_integer=True, version="1.0", data_page_version="2.0", row_group_size=7)
    pq.write_table(t, "parquet/types-int96.parquet", use_deprecated_int96_timestamps=True, use_dictionary=False)
    back = pq.read_table("parquet/types.parquet")
    assert pq.read_table("parquet/types-integers.parquet").to_pydict() == back.to_pydict()

    def text(v):
        if isinstance(v, bytes):
            return "0x" + v.hex()
        if isinstance(v, decimal.Decimal):
            return f"{v:f}"
        if isinstance(v, datetime.datetime):
            return v.strftime("%Y-%m-%d %H:%M:%S")
        return str(v).lower() if isinstance(v, bool) else str(v)
    with open("parquet/types.expected.json", "w") as f:
        json.dump([{"name": name, "cells": [text(v) for v in back[name].to_pylist()[:20]]} for name in columns], f, indent=1)


def save_rgba(name, frames):
    with open(f"frames/{name}.rgba", "wb") as f:
        for frame in frames:
            f.write(np.asarray(frame.convert("RGBA")).tobytes())


def read_back(name):
    with Image.open(f"frames/{name}") as img:
        frames = []
        for i in range(getattr(img, "n_frames", 1)):
            img.seek(i)
            frames.append(img.convert("RGBA").copy())
    save_rgba(name, frames)


def frames():
    """Animated pictures, videos, and pictures that are stored turned, beside each all frames as Pillow or ffmpeg reads them back."""
    os.makedirs("frames", exist_ok=True)
    moving = []
    for k in range(5):
        img = Image.new("RGBA", (16, 12), (0, 0, 0, 0))
        img.paste((255, 40 * k, 30, 255), (1 + 2 * k, 2, 6 + 2 * k, 8))
        img.paste((20, 90, 250, 140 + 20 * k), (3, 6, 9, 11))
        moving.append(img)
    solid = [Image.fromarray(base(16, 12, seed=s)) for s in range(4)]
    for disposal in 0, 1, 2:
        for blend in 0, 1:
            name = f"d{disposal}b{blend}.png"
            moving[0].save(f"frames/{name}", save_all=True, append_images=moving[1:], duration=50, disposal=disposal, blend=blend)
            if blend:  # Pillow pastes where the standard lays over; ffmpeg does as the standard
                run("ffmpeg", "-y", "-f", "apng", "-i", f"frames/{name}", "-f", "rawvideo", "-pix_fmt", "rgba", "-fps_mode", "passthrough", f"frames/{name}.rgba")
            else:
                read_back(name)
    solid[0].save("frames/rgb.apng", format="PNG", save_all=True, append_images=solid[1:], duration=50)
    read_back("rgb.apng")
    palette = [s.quantize(16) for s in solid]
    same = [Image.fromarray(np.asarray(p)) for p in palette]
    for p in same:
        p.putpalette(palette[0].getpalette())
    same[0].save("frames/palette.png", save_all=True, append_images=same[1:], duration=50)
    read_back("palette.png")
    moving[0].save("frames/hidden.png", save_all=True, default_image=True, append_images=moving[1:], duration=50)
    with Image.open("frames/hidden.png") as img:  # the still picture is no frame
        shown = []
        for i in range(1, img.n_frames):
            img.seek(i)
            shown.append(img.convert("RGBA").copy())
    save_rgba("hidden.png", shown)
    for disposal in 1, 2, 3:
        name = f"d{disposal}.gif"
        moving[0].save(f"frames/{name}", save_all=True, append_images=moving[1:], duration=50, disposal=disposal, optimize=False)
        read_back(name)
    moving[0].save("frames/moving.webp", save_all=True, append_images=moving[1:], duration=50, lossless=True)
    read_back("moving.webp")
    solid[0].save("frames/lossy.webp", save_all=True, append_images=solid[1:], duration=50, quality=80)
    read_back("lossy.webp")
    rgb = [s.quantize(32) for s in solid]
    rgb[0].save("frames/rgb.gif", save_all=True, append_images=rgb[1:], duration=50)
    read_back("rgb.gif")
    with tempfile.TemporaryDirectory() as top:
        for i in range(6):
            Image.fromarray(base(32, 24, noise=0, seed=1) // (i + 1)).save(f"{top}/{i}.png")
        run("ffmpeg", "-y", "-framerate", "10", "-i", f"{top}/%d.png", "-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj444p", "-huffman", "default", "frames/video.avi")
        run("ffmpeg", "-y", "-i", "frames/video.avi", "-f", "rawvideo", "-pix_fmt", "rgba", "frames/video.avi.rgba")
        run("ffmpeg", "-y", "-framerate", "10", "-i", f"{top}/%d.png", "-c:v", "mpeg4", "frames/mpeg4.avi")
        run("ffmpeg", "-y", "-framerate", "10", "-i", f"{top}/%d.png", "-c:v", "mjpeg", "frames/plain.avi")
        run("ffmpeg", "-y", "-i", "frames/plain.avi", "-c", "copy", f"{top}/frame%d.jpg")
        save_rgba("plain.avi", [Image.open(f"{top}/frame{i + 1}.jpg") for i in range(6)])
        run("ffmpeg", "-y", "-framerate", "10", "-i", f"{top}/%d.png", "-f", "apng", "-plays", "0", "frames/ffmpeg.apng")
        read_back("ffmpeg.apng")
        for i, img in enumerate(moving):
            img.save(f"{top}/m{i}.png")
            img.crop((2, 2, 12, 10)).save(f"{top}/part{i}.webp", lossless=i % 2 == 0, exact=True, quality=90)
        parts = [w for i in range(5) for w in ("-frame", f"{top}/part{i}.webp", f"+50+{2 * (i % 3)}+{i % 2 * 2}+{i // 2 % 2}{'+b' if i != 2 else '-b'}")]
        run("webpmux", *parts, "-o", "frames/parts.webp")
        read_back("parts.webp")
        run("convert", "-delay", "5", *[f"{top}/m{i}.png" for i in range(5)], "-layers", "optimize", "frames/magick.gif")
        read_back("magick.gif")
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        name = f"turned{orientation}.jpg"
        Image.fromarray(base(24, 16, noise=0)).save(f"frames/{name}", exif=exif, quality=95, subsampling=0)
        with Image.open(f"frames/{name}") as img:
            save_rgba(name, [ImageOps.exif_transpose(img)])
    Image.fromarray(base(24, 16, noise=0)).save("frames/rgb.png")
    run("convert", "frames/rgb.png", "-colorspace", "CMYK", "-quality", "95", "-sampling-factor", "1x1", "frames/cmyk.jpg")
    os.remove("frames/rgb.png")
    read_back("cmyk.jpg")
    sheet = np.concatenate([np.concatenate([base(8, 8, seed=4 * r + c) for c in range(4)], 1) for r in range(3)], 0)
    sheet = np.dstack([sheet, np.full(sheet.shape[:2], 255, np.uint8)])
    sheet[16:, 16:] = 0
    Image.fromarray(sheet).save("frames/sprites_8x8.png")
    cells = [Image.fromarray(sheet[8 * r:8 * r + 8, 8 * c:8 * c + 8]) for r in range(3) for c in range(4) if r < 2 or c < 2]
    save_rgba("sprites_8x8.png", cells)


def tables():
    """Tables as pandas writes them, beside each kind what pandas finds in it; points divided by all sorts of things."""
    import pandas as pd
    os.makedirs("tables", exist_ok=True)
    rng = np.random.default_rng(6)
    n = 40
    people = pd.DataFrame({
        "id": np.arange(1000, 1000 + n),
        "height, m": np.round(rng.normal(1.7, 0.1, n), 3),
        "job": rng.choice(["baker", "nurse", "\"smith\"", "two\nlines"], n),
        "smokes": rng.choice([True, False], n),
        "born": pd.to_datetime("1970-01-01") + pd.to_timedelta(rng.integers(0, 9000, n), unit="D"),
        "about": [f"a person, number {i}; called Zoë {i}" for i in range(n)],
        "same": 7,
        "nothing": None,
    })
    people.loc[[3, 8, 20], "height, m"] = np.nan
    people.loc[[1, 2], "job"] = None
    people.to_csv("tables/people.csv", index=False)
    people.to_csv("tables/german.csv", index=False, sep=";", decimal=",", encoding="utf-8-sig")
    people.to_csv("tables/utf16.tsv", index=False, sep="\t", encoding="utf-16")
    people.to_csv("tables/latin.txt", index=False, sep="|", encoding="cp1252")
    people.to_json("tables/people.jsonl", orient="records", lines=True, date_format="iso", date_unit="s")
    people.to_json("tables/people.json", orient="records", date_format="iso", date_unit="s")
    people["nothing"] = people["nothing"].astype("string")
    people.to_parquet("tables/people.parquet")
    back = pd.read_csv("tables/people.csv", parse_dates=["born"])
    columns = []
    for name in back.columns:
        c = back[name]
        d = {"name": name, "missing": int(c.isna().sum()), "distinct": int(c.nunique())}
        if c.dtype.kind in "if" and c.notna().any():
            d |= {"min": float(c.min()), "max": float(c.max()), "mean": float(c.mean())}
        if c.nunique() < 5:
            d["counts"] = {str(k): int(v) for k, v in c.value_counts().items()}
        columns.append(d)
    with open("tables/people.expected.json", "w") as f:
        json.dump({"rows": n, "columns": columns}, f, indent=1)

    xy = pd.DataFrame(rng.normal((100, -3), (20, 0.5), (30, 2)), columns=["width", "depth"]).round(4)
    xy.to_csv("tables/points-comma.csv", index=False)
    xy.to_csv("tables/points-decimal.csv", index=False, sep=";", decimal=",")
    xy.to_csv("tables/points-pipe.txt", index=False, sep="|", header=False)
    xy.to_csv("tables/points-caret.txt", index=False, sep="^")
    xy.to_csv("tables/points-colon.txt", index=False, sep=":", header=False)
    xy.to_csv("tables/points-utf16.tsv", index=False, sep="\t", encoding="utf-16")
    xy.to_csv("tables/points-quoted.csv", index=False, quoting=1)
    xy.to_csv("tables/points.csv.gz", index=False, compression={"method": "gzip", "mtime": 0})
    xy.to_json("tables/points.jsonl", orient="records", lines=True)
    xy.to_json("tables/points-array.json", orient="values")
    xy.to_parquet("tables/points.parquet")
    np.savetxt("tables/points-space.dat", xy.to_numpy(), fmt="%12.4f")
    xy.to_numpy().tofile("tables/points.f64")


def labels():
    """Pictures with a table of labels, and with CelebA's list of attributes, in the layout of its distribution; in read.json what torchvision
    finds in that list and in folders of pets, and pandas in the table."""
    import pandas as pd
    from torchvision.datasets import CelebA, ImageFolder
    os.makedirs("labels/table/img", exist_ok=True)
    os.makedirs("labels/celeba/img_align_celeba", exist_ok=True)
    for i in range(6):
        with open(f"labels/table/img/{i:04}.png", "wb") as f:
            f.write(png(8, 8, i))
        with open(f"labels/celeba/img_align_celeba/{i + 1:06}.png", "wb") as f:
            f.write(png(8, 8, i))
    t = pd.DataFrame({"weight": np.linspace(1, 2, 6), "file": [f"img/{i:04}.png" for i in range(6)], "label": ["cat", "dog", "dog", "bird", None, "cat"]})
    t.to_csv("labels/table/labels.csv", index=False)
    with open("labels/celeba/list_attr_celeba.txt", "w") as f:
        f.write("6\nBald Smiling Young \n")
        for i, row in enumerate([(-1, 1, 1), (-1, 1, 1), (-1, -1, 1), (1, -1, -1), (-1, 1, 1), (-1, -1, 1)]):
            f.write(f"{i + 1:06}.jpg" + "".join(f" {v:2d}" for v in row) + "\n")
    attributes = CelebA._load_csv(type("Reader", (), {"root": "labels", "base_folder": "celeba"})(), "list_attr_celeba.txt", header=1)
    with tempfile.TemporaryDirectory() as top:
        with tarfile.open("archives/pets.tar") as t:
            t.extractall(top, filter="data")
        pets = ImageFolder(f"{top}/pets")
    table = pd.read_csv("labels/table/labels.csv", keep_default_na=False)
    read = {
        "celeba": {name: attributes.data[:, k].tolist() for k, name in enumerate(attributes.header) if name},
        "pets": {os.path.relpath(path, top): pets.classes[k] for path, k in pets.samples},
        "table": dict(zip(table["file"], table["label"])),
    }
    with open("labels/read.json", "w") as f:
        json.dump(read, f, indent=1)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["archives", "arrays", "parquet", "types", "frames", "tables", "labels"]:
        globals()[name]()
