"""Writes JPEGs as libjpeg does: python make.py, in this folder, with Pillow and NumPy installed."""

import numpy as np
from PIL import Image


def base(w, h):
    y, x = np.mgrid[0:h, 0:w]
    noise = np.random.default_rng(1).integers(0, 60, (h, w, 3))
    return np.clip(np.stack([4 * x, 5 * y, 255 - 2 * x - y], -1) + noise * (x > w / 2)[:, :, None], 0, 255).astype(np.uint8)


rgb = Image.fromarray(base(51, 37))
for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
    rgb.save(name + ".jpg", quality=85, subsampling=sampling)
rgb.save("restart.jpg", quality=85, restart_marker_blocks=3)
rgb.save("optimized.jpg", quality=30, optimize=True)
rgb.convert("L").save("grey.jpg", quality=85)
rgb.save("progressive.jpg", quality=85, progressive=True)
rgb.convert("CMYK").save("cmyk.jpg", quality=85)
rgb.save("rgb.jpg", quality=85, keep_rgb=True)
