"""Writes pictures whose orientation stands where few look for it, a TIFF of several pages, and a zip packed by LZMA, with the tools that own the
formats: Pillow and zipfile. Beside each picture lies what Pillow reads of it, turned: NAME.rgba, rows of four bytes, page after page.

python odd.py, in this folder, with Pillow and NumPy installed.
"""

import io
import os
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image, ImageOps, ImageSequence, PngImagePlugin

W, H = 24, 16


def base(w=W, h=H, seed=1):
    y, x = np.mgrid[0:h, 0:w].astype(float)
    x, y = x / (w - 1), y / (h - 1)
    rgb = np.stack([255 * x, 255 * y, 255 * (1 - x) * (1 - y) + 60 * x], -1)
    rgb += np.random.default_rng(seed).uniform(-20, 20, rgb.shape)
    return Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))


def golden(name):
    with Image.open("odd/" + name) as img:
        pages = [ImageOps.exif_transpose(page).convert("RGBA").tobytes() for page in ImageSequence.Iterator(img)]
    with open(f"odd/{name}.rgba", "wb") as f:
        f.write(b"".join(pages))


def exif(turn, order="<", before=0, kind=3):
    """A directory of one tag, the orientation, behind some bytes of padding."""
    value = struct.pack(order + ("HH" if kind == 3 else "I"), *((turn, 0) if kind == 3 else (turn,)))
    head = b"II*\0" if order == "<" else b"MM\0*"
    return head + struct.pack(order + "I", 8 + before) + bytes(before) + struct.pack(order + "HHHI", 1, 0x0112, kind, 1) + value + bytes(4)


def segment(kind, body):
    return struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(name, *segments):
    buf = io.BytesIO()
    base().save(buf, "jpeg", quality=95, subsampling=0)
    data = buf.getvalue()
    write(name, data[:2] + b"".join(segments) + data[2:])


def write(name, data):
    with open("odd/" + name, "wb") as f:
        f.write(data)
    golden(name)


def turned():
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b" " * 5000)
    jpeg("behind-xmp.jpg", xmp, segment(0xE1, b"Exif\0\0" + exif(6)))
    jpeg("directory-behind.jpg", segment(0xE1, b"Exif\0\0" + exif(8, ">", 5000)))
    jpeg("filled.jpg", b"\xff\xff\xff", segment(0xE1, b"Exif\0\0" + exif(5, ">", kind=4)))

    buf = io.BytesIO()
    base().save(buf, "png")
    png = buf.getvalue()
    start = 8 + 25
    write("before.png", png[:start] + chunk(b"tEXt", b"Comment\0" + b"x" * 5000) + chunk(b"eXIf", exif(6, ">")) + png[start:])
    write("behind.png", png[:-12] + chunk(b"eXIf", exif(7)) + png[-12:])

    digits = (b"Exif\0\0" + exif(6)).hex()
    text = f"\nexif\n{len(digits) // 2:8d}\n" + "".join(digits[i:i + 72] + "\n" for i in range(0, len(digits), 72))
    info = PngImagePlugin.PngInfo()
    info.add_text("Raw profile type exif", text, zip=True)
    base().save("odd/text.png", pnginfo=info)
    golden("text.png")

    buf = io.BytesIO()
    base().save(buf, "webp", lossless=True, exif=exif(6))
    webp = buf.getvalue()
    write("exif.webp", webp)
    at = webp.index(b"EXIF")
    named = b"Exif\0\0" + webp[at + 8:]  # as some programs write it
    data = webp[:at + 4] + struct.pack("<I", len(named)) + named
    write("exif-named.webp", data[:4] + struct.pack("<I", len(data) - 8) + data[8:])


def pages():
    all = [base(16, 12, 1).convert("L"), base(16, 12, 2), base(16, 12, 3).convert("1"), base(16, 12, 4)]
    all[0].save("odd/pages.tif", save_all=True, append_images=all[1:])
    golden("pages.tif")


def packed():
    with zipfile.ZipFile("odd/lzma.zip", "w", zipfile.ZIP_LZMA) as z:
        for i in range(3):
            buf = io.BytesIO()
            base(8, 8, seed=i).save(buf, "png")
            z.writestr(zipfile.ZipInfo(f"{i}.png"), buf.getvalue(), zipfile.ZIP_LZMA)  # without the time


if __name__ == "__main__":
    os.makedirs("odd", exist_ok=True)
    turned()
    pages()
    packed()
