"""Writes features.json: features, points and pictures, and what others make of them.

Needs numpy, scipy, scikit-learn, scikit-image, prdc and torch-fidelity 0.4, whose own functions compute the Fréchet distance, the
kernel distance of one subset, and precision and recall.
"""
import json, pathlib
import numpy as np, torch
from prdc import compute_prdc
from scipy.spatial.distance import jensenshannon
from skimage.metrics import structural_similarity
from sklearn.neighbors import KernelDensity, NearestNeighbors
from torch_fidelity.metric_fid import fid_features_to_statistics, fid_statistics_to_metric
from torch_fidelity.metric_kid import kernel_mmd
from torch_fidelity.metric_prc import prc_features_to_metric

r = np.random.default_rng(1)
real = np.round(r.normal(size=(90, 6)) @ np.triu(np.ones((6, 6))), 4)
fake = np.round(0.8 * r.normal(size=(70, 6)) @ np.triu(np.ones((6, 6))) + 0.3, 4)
valid = np.round(r.normal(size=(40, 6)), 4)
statistics = lambda x: fid_features_to_statistics(torch.from_numpy(x))
frechet = fid_statistics_to_metric(statistics(real), statistics(fake), False)["frechet_inception_distance"]
mmd = float(kernel_mmd(real[:70], fake, kid_kernel="poly", kid_kernel_poly_degree=3, kid_kernel_poly_gamma=None, kid_kernel_poly_coef0=1))
improved = prc_features_to_metric(torch.from_numpy(fake), torch.from_numpy(real), prc_neighborhood=5, prc_batch_size=1000, save_cpu_ram=False, verbose=False)

width = 0.7
parzen = KernelDensity(bandwidth=width).fit(fake).score_samples(valid)
near = NearestNeighbors(n_neighbors=1).fit(real).kneighbors(fake)[0][:, 0]

widths = np.logspace(-1, 0, 10)  # of the program of Goodfellow et al. 2014
scores = [KernelDensity(bandwidth=w).fit(fake).score_samples(real[:40]).mean() for w in widths]
best = float(widths[int(np.argmax(scores))])
chosen = KernelDensity(bandwidth=best).fit(fake).score_samples(real[40:])

points_a = np.round(r.normal(size=(300, 2)), 4)
points_b = np.round(0.7 * r.normal(size=(200, 2)) + [0.5, 0], 4)
both = np.concatenate([points_a, points_b])
edges = [np.linspace(both[:, k].min(), both[:, k].max(), 13) for k in range(2)]
cells = lambda x: np.histogram2d(x[:, 0], x[:, 1], bins=edges)[0].ravel() / len(x)
divergence = float(jensenshannon(cells(points_a), cells(points_b)) ** 2)

pictures, similarity = [], []
for shape in [(13, 15, 1), (12, 12, 3), (28, 28, 1)]:
    a = np.round(r.uniform(-1, 1, size=shape), 3)
    b = np.round(np.clip(0.6 * a + 0.4 * r.uniform(-1, 1, size=shape), -1, 1), 3)
    pictures.append({"shape": shape, "a": a.ravel().tolist(), "b": b.ravel().tolist()})
    similarity.append(float(structural_similarity(a, b, data_range=2, channel_axis=2, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)))

out = {
    "real": real.tolist(), "fake": fake.tolist(), "valid": valid.tolist(),
    "frechet": frechet, "mmd": mmd,
    "prdc": {k: float(v) for k, v in compute_prdc(real, fake, nearest_k=5).items()},
    "improved": {"precision": improved["precision"], "recall": improved["recall"]},
    "width": width, "parzen": float(parzen.mean()), "parzen_stderr": float(parzen.std(ddof=1) / np.sqrt(len(valid))),
    "chosen": {"width": best, "mean": float(chosen.mean()), "stderr": float(chosen.std(ddof=1) / np.sqrt(len(chosen)))},
    "nearest": near.tolist(),
    "points": [points_a.tolist(), points_b.tolist()], "bins": 12, "divergence": divergence,
    "pictures": pictures, "similarity": similarity,
}
pathlib.Path(__file__).with_name("features.json").write_text(json.dumps(out))
