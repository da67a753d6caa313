"""Writes features.json: features and what prdc, scikit-learn and SciPy make of them.

Needs numpy, scipy, scikit-learn and prdc. The Fréchet and kernel distances follow torch-fidelity's definitions.
"""
import json, pathlib
import numpy as np, scipy.linalg
from prdc import compute_prdc
from sklearn.metrics.pairwise import polynomial_kernel
from sklearn.neighbors import KernelDensity, NearestNeighbors

r = np.random.default_rng(1)
real = np.round(r.normal(size=(90, 6)) @ np.triu(np.ones((6, 6))), 4)
fake = np.round(0.8 * r.normal(size=(70, 6)) @ np.triu(np.ones((6, 6))) + 0.3, 4)
valid = np.round(r.normal(size=(40, 6)), 4)

def frechet(a, b):
    m1, m2, c1, c2 = a.mean(0), b.mean(0), np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    return float(((m1 - m2) ** 2).sum() + np.trace(c1) + np.trace(c2) - 2 * np.trace(scipy.linalg.sqrtm(c1 @ c2)).real)

def mmd(a, b):  # unbiased, as many of both
    n = len(a)
    k = lambda x, y: polynomial_kernel(x, y, degree=3, gamma=1 / x.shape[1], coef0=1)
    kaa, kbb, kab = k(a, a), k(b, b), k(a, b)
    return float(((kaa.sum() - np.trace(kaa)) + (kbb.sum() - np.trace(kbb))) / (n * (n - 1)) - 2 * kab.sum() / n**2)

width = 0.7
parzen = KernelDensity(bandwidth=width).fit(fake).score_samples(valid)
near = NearestNeighbors(n_neighbors=1).fit(real).kneighbors(fake)[0][:, 0]
out = {
    "real": real.tolist(), "fake": fake.tolist(), "valid": valid.tolist(),
    "frechet": frechet(real, fake), "mmd": mmd(real[:70], fake),
    "prdc": {k: float(v) for k, v in compute_prdc(real, fake, nearest_k=5).items()},
    "width": width, "parzen": float(parzen.mean()), "parzen_stderr": float(parzen.std(ddof=1) / np.sqrt(len(valid))),
    "nearest": near.tolist(),
}
pathlib.Path(__file__).with_name("features.json").write_text(json.dumps(out))
