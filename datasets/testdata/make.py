"""Writes the golden files of package datasets with the tools that own the formats: Pillow, NumPy, zipfile, gzip.

python make.py, in this folder, with Pillow and NumPy installed. Beside every picture lies what Pillow reads back from
it: NAME.rgba, rows of four bytes.
"""

import gzip
import io
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image

W, H = 13, 9


def base(w=W, h=H, noise=0, seed=1):
    """A smooth colour picture; noise is the largest value added to or taken from it."""
    y, x = np.mgrid[0:h, 0:w].astype(float)
    x, y = x / (w - 1), y / (h - 1)
    rgb = np.stack([255 * x, 255 * y, 255 * (1 - x) * (1 - y) + 60 * x], -1)
    rgb += np.random.default_rng(seed).uniform(-noise, noise, rgb.shape)
    return np.clip(rgb, 0, 255).astype(np.uint8)


def alpha(w=W, h=H):
    y, x = np.mgrid[0:h, 0:w].astype(float)
    r = np.hypot((x - w / 2 + 0.5) / w, (y - h / 2 + 0.5) / h)
    return np.clip(400 * (0.62 - r), 0, 255).astype(np.uint8)


def golden(name, img=None):
    path = "pictures/" + name
    with Image.open(path) as back:
        if back.mode.startswith("I"):
            grey = Image.fromarray((np.asarray(back).astype(np.uint32) >> 8).astype(np.uint8))
            rgba = grey.convert("RGBA")
        else:
            rgba = back.convert("RGBA")
    with open(path + ".rgba", "wb") as f:
        f.write(rgba.tobytes())


def save(img, name, **kw):
    img.save("pictures/" + name, **kw)
    golden(name)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png16(name, pixels, colour_type):
    """PNG of 16 bits a channel, which Pillow reads but does not write."""
    h, w = pixels.shape[:2]
    raw = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 16, colour_type, 0, 0, 0))
    data += chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    with open("pictures/" + name, "wb") as f:
        f.write(data)
    golden(name)


def pictures():
    rgb = Image.fromarray(base())
    grey = rgb.convert("L")
    rgba = rgb.copy()
    rgba.putalpha(Image.fromarray(alpha()))
    save(rgb, "rgb.png")
    save(rgba, "rgba.png")
    save(grey, "grey.png")
    save(rgba.convert("LA"), "grey-alpha.png")
    save(rgb.quantize(16), "palette.png")
    palette = rgb.quantize(8)
    palette.info["transparency"] = bytes([0, 60, 128, 255, 255, 255, 255, 255])
    save(palette, "palette-alpha.png", transparency=bytes([0, 60, 128, 255, 255, 255, 255, 255]))
    save(grey.convert("1"), "bilevel.png")
    save(Image.fromarray(np.asarray(grey).astype(np.uint16) * 251), "grey16.png")
    png16("rgb16.png", base().astype(np.uint32) * 255 + 17, 2)
    png16("rgba16.png", np.dstack([base(), alpha()]).astype(np.uint32) * 257, 6)
    save(rgb, "rgb.jpg", quality=95, subsampling=0)
    save(grey, "grey.jpg", quality=95)
    save(Image.fromarray(base(64, 48)), "progressive.jpg", quality=95, progressive=True)
    save(rgb.convert("CMYK"), "cmyk.jpg", quality=95, subsampling=0)
    save(rgb.quantize(32), "still.gif")
    frames = [Image.fromarray(base(seed=s, noise=40)).quantize(32) for s in (1, 2, 3)]
    save(frames[0], "frames.gif", save_all=True, append_images=frames[1:], duration=50)
    part = Image.new("P", (W, H), 1)
    part.putpalette([255, 0, 0, 0, 160, 40] + [0] * 762)
    part.paste(0, (0, 0, 3, H))
    save(part, "transparent.gif", transparency=0)
    save(rgb, "rgb.bmp")
    save(rgb.quantize(16), "palette.bmp")
    save(rgb, "raw.tif")
    save(rgb, "lzw.tif", compression="tiff_lzw")
    save(rgba, "deflate.tiff", compression="tiff_adobe_deflate")
    save(grey, "grey.tif")
    save(rgb, "lossless.webp", lossless=True)
    save(rgba, "alpha.webp", lossless=True, exact=True)
    save(Image.fromarray(base(64, 48)), "lossy.webp", quality=95)
    smooth = Image.fromarray(base(64, 48))
    smooth.putalpha(Image.fromarray(alpha(64, 48)))
    save(smooth, "lossy-alpha.webp", quality=95)


def square(img, size, fit, background):
    w, h = img.size
    if fit == "crop":
        s = min(w, h)
        x, y = (w - s) // 2, (h - s) // 2
        return img.crop((x, y, x + s, y + s)).resize((size, size), Image.Resampling.BICUBIC)
    if fit == "stretch":
        return img.resize((size, size), Image.Resampling.BICUBIC)
    s = size / max(w, h)
    tw, th = round(w * s), round(h * s)
    out = Image.new(img.mode, (size, size), background)
    out.paste(img.resize((tw, th), Image.Resampling.BICUBIC), ((size - tw) // 2, (size - th) // 2))
    return out


def photos():
    """photo.jpg, of sharp edges between the brightest colours, and what Pillow makes of it: colour has half the resolution."""
    y, x = np.mgrid[0:120, 0:160]
    pick = (x // 9 + y // 7) % 6 + (np.hypot(x - 70, y - 60) < 30)
    colours = np.array([[255, 0, 0], [255, 255, 255], [0, 0, 255], [0, 0, 0], [0, 255, 0], [255, 255, 0], [255, 0, 255]], np.uint8)
    Image.fromarray(colours[pick]).save("prepared/photo.jpg", quality=90, subsampling=2)
    with Image.open("prepared/photo.jpg") as photo:
        rgb = photo.convert("RGB")
    for fit in ("crop", "stretch"):
        for size in (16, 47, 64):
            with open(f"prepared/photo-{fit}-{size}-3.raw", "wb") as f:
                f.write(square(rgb, size, fit, None).tobytes())


def prepared():
    """source.png and alpha.png, prepared by Pillow as prepare_test.go prepares them."""
    # Between 64 and 191, since Pillow clips what overshoots to bytes between its two passes, which is no part of the filter.
    rgb = Image.fromarray(base(61, 47, noise=50) // 2 + 64)
    rgb.save("prepared/source.png")
    rgba = rgb.copy()
    rgba.putalpha(Image.fromarray(alpha(61, 47)))
    rgba.save("prepared/alpha.png")
    white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
    flat = Image.alpha_composite(white, rgba).convert("RGB")
    for name, img in ("source", rgb), ("alpha", flat):
        for fit in "crop", "pad", "stretch":
            for size in 16, 47, 80:
                got = square(img, size, fit, (255, 255, 255))
                with open(f"prepared/{name}-{fit}-{size}-3.raw", "wb") as f:
                    f.write(got.tobytes())
        with open(f"prepared/{name}-crop-16-1.raw", "wb") as f:
            f.write(square(img, 16, "crop", (255, 255, 255)).convert("L").tobytes())
    for size in 16, 80:
        with open(f"prepared/alpha-crop-{size}-4.raw", "wb") as f:
            f.write(square(rgba, size, "crop", (255, 255, 255, 0)).tobytes())


def idx():
    rng = np.random.default_rng(3)
    images = rng.integers(0, 256, (12, 8, 8), dtype=np.uint8)
    labels = (np.arange(12) % 3 + 4).astype(np.uint8)
    head = struct.pack(">HBBIII", 0, 8, 3, *images.shape)
    with open("idx/few-images-idx3-ubyte", "wb") as f:
        f.write(head + images.tobytes())
    with open("idx/few-labels-idx1-ubyte", "wb") as f:
        f.write(struct.pack(">HBBI", 0, 8, 1, 12) + labels.tobytes())
    with open("idx/packed-images-idx3-ubyte.gz", "wb") as f:
        f.write(gzip.compress(head + images.tobytes(), mtime=0))
    with open("idx/packed-labels-idx1-ubyte.gz", "wb") as f:
        f.write(gzip.compress(struct.pack(">HBBI", 0, 8, 1, 12) + labels.tobytes(), mtime=0))
    with open("idx/alone.idx3-ubyte", "wb") as f:
        f.write(struct.pack(">HBBIII", 0, 8, 3, 3, 6, 10) + images.tobytes()[:180])


def points():
    rng = np.random.default_rng(4)
    xy = rng.normal((100, -3), (20, 0.5), (200, 2))
    np.savetxt("points/header.csv", xy, delimiter=",", header="width,depth", comments="", fmt="%.6f")
    np.savetxt("points/bare.csv", xy, delimiter=";", fmt="%.6f")
    np.savetxt("points/remark.tsv", xy, delimiter="\t", header="x\ty", fmt="%.8g")
    xy.astype("<f8").tofile("points/values.f64")


def archive():
    def png(seed):
        buf = io.BytesIO()
        Image.fromarray(base(8, 8, noise=60, seed=seed)).save(buf, "png")
        return buf.getvalue()

    with zipfile.ZipFile("holiday.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for i in range(3):
            z.writestr(f"pets/cats/{i}.png", png(i))
            z.writestr(f"pets/dogs/{i}.png", png(10 + i))
        z.writestr("pets/README.txt", "two kinds of pets\n")
        z.writestr("__MACOSX/pets/._0.png", "resource fork")
        z.writestr("../outside.png", png(20))
        z.writestr("/absolute.png", png(21))


pictures()
photos()
prepared()
idx()
points()
archive()
