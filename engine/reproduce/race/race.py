"""Train the DCGAN of `ganvas bench dcgan28` in PyTorch against the clock, for Ganvas' table digits-race.

usage: race.py DATA OUT [plain|tuned]

DATA is the folder of MNIST's IDX files. After 30, 60 and 120 seconds of training OUT gets NAME-SECONDS.npy, 10,000 pictures
(N, H, W) of bytes: what `go run ./engine/reproduce/race` judges. plain: batches of 128, Adam at 2e-4 with beta1 0.5, no average.
tuned: batches of 32, 5e-4, and an average of the generator's weights with 0.99.
"""

import copy
import gzip
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

LATENT, SAMPLES, TIMES = 100, 10_000, (30, 60, 120)


def networks():
    g = nn.Sequential(
        nn.Linear(LATENT, 7 * 7 * 128), nn.Unflatten(1, (128, 7, 7)), nn.BatchNorm2d(128), nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh())
    d = nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(64, 128, 4, 2, 1), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
        nn.Flatten(), nn.Linear(7 * 7 * 128, 1))
    for m in [*g.modules(), *d.modules()]:
        if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)):
            nn.init.normal_(m.weight, 0, 0.02)
            nn.init.zeros_(m.bias)
    return g, d


def digits(folder):
    with gzip.open(pathlib.Path(folder) / "train-images-idx3-ubyte.gz") as f:
        x = np.frombuffer(f.read(), np.uint8, offset=16)
    return torch.from_numpy(x.reshape(-1, 1, 28, 28).astype(np.float32) / 127.5 - 1)


@torch.no_grad()
def write(g, name):
    g.eval()
    torch_state = torch.random.get_rng_state()
    torch.manual_seed(1)
    x = torch.cat([g(torch.randn(500, LATENT)) for _ in range(SAMPLES // 500)])
    torch.random.set_rng_state(torch_state)
    np.save(name, ((x[:, 0] + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).numpy())


def main():
    data, out, name = digits(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "tuned"
    out.mkdir(parents=True, exist_ok=True)
    batch, rate, ema = (32, 5e-4, 0.99) if name == "tuned" else (128, 2e-4, 0)
    torch.manual_seed(1)
    torch.set_num_threads(2)
    g, d = networks()
    mean = copy.deepcopy(g)
    opt_g = torch.optim.Adam(g.parameters(), rate, (0.5, 0.999))
    opt_d = torch.optim.Adam(d.parameters(), rate, (0.5, 0.999))
    seconds, step, order = 0.0, 0, torch.randperm(len(data))
    for until in TIMES:
        while seconds < until:
            started = time.perf_counter()
            at = step * batch % (len(data) - batch)
            real, z = data[order[at:at + batch]], torch.randn(batch, LATENT)
            fake = g(z)
            loss_d = F.softplus(-d(real)).mean() + F.softplus(d(fake.detach())).mean()
            opt_d.zero_grad()
            loss_d.backward()
            opt_d.step()
            loss_g = F.softplus(-d(fake)).mean()
            opt_g.zero_grad()
            loss_g.backward()
            opt_g.step()
            with torch.no_grad():
                for a, b in zip(mean.state_dict().values(), g.state_dict().values()):
                    if a.dtype.is_floating_point:
                        a.lerp_(b, 1 - ema)
                    else:
                        a.copy_(b)
            step += 1
            seconds += min(time.perf_counter() - started, 1)  # a suspended process does not count
        write(mean, out / f"{name}-{until}.npy")
        print(f"{name}: {step} updates in {until} s", flush=True)


main()
