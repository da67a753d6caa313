"""Writes the golden files of package datasets with the tools that own the formats: Pillow, ImageMagick, tiffcp, NumPy, zipfile, gzip.

python make.py [pictures|others|photos|prepared|idx|points|archive]…, in this folder, with Pillow, NumPy and torchvision installed, and
ImageMagick's convert and libtiff's tiffcp in the path. Beside every picture lies what Pillow reads back from it: NAME.rgba, rows of four bytes;
beside IDX files what torchvision reads back.
"""

import gzip
import io
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

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


def others():
    """Kinds of pictures that ImageMagick and libtiff write, and the rarer ones of Pillow; some of them are refused."""
    rgb = Image.fromarray(base())
    grey = rgb.convert("L")
    rgba = rgb.copy()
    rgba.putalpha(Image.fromarray(alpha()))
    large = Image.fromarray(base(64, 48))
    top = tempfile.mkdtemp()
    rgb.save(f"{top}/rgb.png")
    rgba.save(f"{top}/rgba.png")
    large.save(f"{top}/large.tif")

    def magick(name, *options, source="rgb", kind=""):
        subprocess.run(["convert", f"{top}/{source}.png", "-strip", *options, kind + "pictures/" + name], check=True)
        golden(name)

    deep = ["-depth", "16", "-evaluate", "multiply", "0.999"]
    magick("rgb16.png", *deep, kind="PNG48:")
    magick("rgba16.png", *deep, source="rgba", kind="PNG64:")
    magick("interlaced.png", "-interlace", "PNG", "-define", "png:color-type=2")
    save(grey.convert("P", palette=Image.Palette.ADAPTIVE, colors=4), "two-bits.png")
    save(rgb, "key.png", transparency=tuple(int(v) for v in base()[4, 6]))
    save(grey, "grey-key.png", transparency=int(np.asarray(grey)[4, 6]))
    save(large, "420.jpg", quality=90, subsampling=2)
    save(large, "422.jpg", quality=90, subsampling=1)
    save(large, "restart.jpg", quality=90, restart_marker_blocks=2)
    save(large, "adobe-rgb.jpg", quality=95, keep_rgb=True)
    save(large, "progressive-444.jpg", quality=95, progressive=True, subsampling=0)
    magick("magick-cmyk.jpg", "-colorspace", "CMYK", "-quality", "95", "-sampling-factor", "1x1")
    save(large.quantize(32), "interlaced.gif", interlace=1)
    save(rgba, "rgba.bmp")
    save(grey, "grey.bmp")
    save(grey.convert("1"), "bilevel.bmp")
    magick("magick-alpha.bmp", source="rgba")
    four = ["-colors", "10", "-type", "palette", "-compress"]
    magick("four-bits.bmp", *four, "none", kind="BMP3:")
    save(rgb, "packbits.tif", compression="packbits")
    save(grey.convert("1"), "g3.tif", compression="group3")
    save(grey.convert("1"), "g4.tif", compression="group4")
    magick("magick-g4.tif", "-monochrome", "-compress", "Group4")
    save(grey.convert("1"), "bilevel.tif")
    save(rgb.quantize(16), "palette.tif")
    save(Image.fromarray(np.asarray(grey).astype(np.uint16) * 251), "grey16.tif")
    magick("rgb16.tif", *deep)
    magick("big-endian.tif", "-endian", "MSB")
    save(rgba, "rgba.tif")
    magick("turned.tif", "-orient", "RightTop", "-compress", "lzw", source="rgba")
    save(rgb, "pages.tif", save_all=True, append_images=[grey.convert("RGB")])
    subprocess.run(["tiffcp", "-t", "-w", "16", "-l", "16", "-c", "zip:2", f"{top}/large.tif", "pictures/tiled.tif"], check=True)
    golden("tiled.tif")
    save(large, "coarse.webp", quality=40)
    os.makedirs("refused", exist_ok=True)
    subprocess.run(["convert", f"{top}/rgb.png", *four, "RLE", "BMP3:refused/rle.bmp"], check=True)
    subprocess.run(["convert", f"{top}/rgb.png", "-interlace", "plane", "refused/planes.tif"], check=True)
    large.save("refused/jpeg.tif", compression="jpeg")
    rgb.convert("CMYK").save("refused/cmyk.tif")
    rgb.save("refused/rgb.avif")
    rgb.save("refused/rgb.jp2")
    shutil.rmtree(top)


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
    from torchvision.datasets.mnist import read_image_file, read_label_file
    read_image_file("idx/few-images-idx3-ubyte").numpy().tofile("idx/few-images.u8")
    read_label_file("idx/few-labels-idx1-ubyte").numpy().astype(np.uint8).tofile("idx/few-labels.u8")
    read_image_file("idx/alone.idx3-ubyte").numpy().tofile("idx/alone.u8")


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


if __name__ == "__main__":
    for name in sys.argv[1:] or ["pictures", "others", "photos", "prepared", "idx", "points", "archive"]:
        globals()[name]()
