"""Makes parity/*.npz of what steadies training: short runs in PyTorch that TestParity repeats.

A file holds the spec as JSON, first weights, every step's batch and losses, and last weights, as the other files in parity do.
Networks are dense; optimisers and penalties are written out with autograd, so that steps of D can be looked ahead through.

Usage: python stabilisers.py parity
"""

import json
import sys

import numpy as np
import torch
import torch.nn.functional as F

STEPS, LATENT = 5, 4
G = [["linear", LATENT, 24], ["relu"], ["linear", 24, 2]]


def discriminator(inputs):
    return [["linear", inputs, 24], ["lrelu", 0.2], ["linear", 24, 12], ["silu"], ["linear", 12, 1]]


PICTURE_G = [["linear", LATENT, 108], ["unflatten", 3, 6, 6], ["tanh"]]
PICTURE_D = [["conv", 3, 8, 4, 2, 1], ["lrelu", 0.2], ["flatten"], ["linear", 72, 1]]


def warp(x, maps):
    """What lies at maps' places: six numbers a picture, of rows and columns from the middle in pixels."""
    h, w = x.shape[2:]
    down = torch.arange(h, dtype=torch.float32).reshape(1, h, 1) - (h - 1) / 2
    right = torch.arange(w, dtype=torch.float32).reshape(1, 1, w) - (w - 1) / 2
    a, b, e, c, d, f = (maps[:, i].reshape(-1, 1, 1) for i in range(6))
    place = torch.stack([(c * down + d * right + f) / ((w - 1) / 2), (a * down + b * right + e) / ((h - 1) / 2)], -1)
    return F.grid_sample(x, place, mode="bilinear", padding_mode="border", align_corners=True)


def augment(x, changes):
    """DiffAugment with given numbers: brightness, saturation, contrast, two shifts, a corner of the square that is cut out."""
    h, w = x.shape[2:]
    brightness, saturation, contrast = (changes[:, i].reshape(-1, 1, 1, 1) for i in range(3))
    x = x + brightness
    mean = x.mean(dim=1, keepdim=True)
    x = (x - mean) * saturation + mean
    mean = x.mean(dim=[1, 2, 3], keepdim=True)
    x = (x - mean) * contrast + mean
    moved = []
    for item, change in zip(x, changes):
        down, right, top, left = (int(v) for v in change[3:])
        item = F.pad(item, (w, w, h, h))[:, h - down : 2 * h - down, w - right : 2 * w - right]
        mask = torch.ones(1, h, w)
        mask[:, max(0, top) : max(0, top + h // 2), max(0, left) : max(0, left + w // 2)] = 0
        moved.append(item * mask)
    return torch.stack(moved)


def init(layers, rng):
    weights = {}
    for i, layer in enumerate(layers):
        if layer[0] == "linear":
            _, n, m = layer
            weights[f"{i}.weight"] = torch.tensor(rng.normal(0, 1.2 / np.sqrt(n), (m, n)), dtype=torch.float32)
            weights[f"{i}.bias"] = torch.tensor(rng.normal(0, 0.1, m), dtype=torch.float32)
        elif layer[0] == "conv":
            _, n, m, k = layer[:4]
            weights[f"{i}.weight"] = torch.tensor(rng.normal(0, 1.2 / np.sqrt(n * k * k), (m, n, k, k)), dtype=torch.float32)
            weights[f"{i}.bias"] = torch.tensor(rng.normal(0, 0.1, m), dtype=torch.float32)
    return {k: v.requires_grad_() for k, v in weights.items()}


def forward(layers, weights, x):
    """Returns the output and what enters the last layer."""
    features = x
    for i, layer in enumerate(layers):
        features = x
        if layer[0] == "linear":
            x = F.linear(x, weights[f"{i}.weight"], weights[f"{i}.bias"])
        elif layer[0] == "conv":
            x = F.conv2d(x, weights[f"{i}.weight"], weights[f"{i}.bias"], layer[4], layer[5])
        elif layer[0] == "unflatten":
            x = x.reshape(-1, *layer[1:])
        elif layer[0] == "flatten":
            x = x.flatten(1)
        elif layer[0] == "lrelu":
            x = F.leaky_relu(x, layer[1])
        else:
            x = {"relu": F.relu, "silu": F.silu, "tanh": torch.tanh}[layer[0]](x)
    return x, features


def losses(objective, smoothing, real, fake):
    if objective == "relativistic":
        return F.softplus(fake - real).mean()
    if objective == "wasserstein":
        return fake.mean() - real.mean()
    if objective == "hinge":
        return F.relu(1 - real).mean() + F.relu(1 + fake).mean()
    if objective == "leastsquares":
        return (((real - (1 - smoothing)) ** 2).mean() + (fake**2).mean()) / 2
    target = torch.full_like(real, 1 - smoothing)
    return F.binary_cross_entropy_with_logits(real, target) + F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))


def generator_loss(objective, real, fake):
    return {
        "minimax": lambda: -F.softplus(fake).mean(),
        "nonsaturating": lambda: F.softplus(-fake).mean(),
        "leastsquares": lambda: ((fake - 1) ** 2).mean() / 2,
        "wasserstein": lambda: -fake.mean(),
        "hinge": lambda: -fake.mean(),
        "relativistic": lambda: F.softplus(real - fake).mean(),
    }[objective]()


class Run:
    def __init__(self, name, objective, optim, batch=8, **spec):
        self.name, self.objective, self.optim, self.batch, self.spec = name, objective, optim, batch, spec
        self.pack = spec.get("pack", 1)
        self.item = (2,)
        self.g_layers, self.d_layers = G, discriminator(2 * self.pack)
        if "augment" in spec:
            self.item, self.g_layers, self.d_layers = (3, 6, 6), PICTURE_G, PICTURE_D

    def look(self, d, x, made=0):
        """What D says of real items, of those between or around, of made ones (1), or of real ones seen anew (2)."""
        if "augment" in self.spec:
            change = warp if self.spec["augment"] == "geometry" else augment
            x = change(x, self.changes[made * len(x) : (made + 1) * len(x)])
        if self.pack > 1:
            x = x.reshape(len(x) // self.pack, -1)
        y, self.features = forward(self.d_layers, d, x)
        return y

    def ahead(self, d, opt, real, fake):
        """D after more updates, made of operations on what opt remembers."""
        names, o = list(d), self.optim
        state = {n: opt.state.get(d[n], {}) for n in names}
        zero = {n: torch.zeros_like(d[n]) for n in names}
        m = {n: state[n].get("exp_avg", state[n].get("momentum_buffer") if o.get("momentum") else None) for n in names}
        m = {n: zero[n] if m[n] is None else m[n].clone() for n in names}
        v = {n: state[n].get("exp_avg_sq", state[n].get("square_avg", zero[n])).clone() for n in names}
        t = int(next(iter(state.values())).get("step", 0))
        for _ in range(self.spec["unroll"]):
            t += 1
            loss = losses(self.objective, self.spec.get("smoothing", 0), self.look(d, real), self.look(d, fake, 1))
            grads = dict(zip(names, torch.autograd.grad(loss, list(d.values()), create_graph=True)))
            for n, g in grads.items():
                if o["name"] == "sgd":
                    m[n] = o.get("momentum", 0) * m[n] + g
                    step = m[n]
                elif o["name"] == "rmsprop":
                    v[n] = o["alpha"] * v[n] + (1 - o["alpha"]) * g**2
                    step = g / ((v[n] + 1e-20).sqrt() + 1e-8)
                else:
                    m[n] = o["beta1"] * m[n] + (1 - o["beta1"]) * g
                    v[n] = o["beta2"] * v[n] + (1 - o["beta2"]) * g**2
                    root = (v[n] / (1 - o["beta2"] ** t) + 1e-20).sqrt()
                    step = m[n] / (1 - o["beta1"] ** t) / (root + 1e-8)
                d = {**d, n: d[n] - o["lr"] * step}
        return d

    def loss_g(self, d, real, fake):
        said_real = self.look(d, real)
        real_features = self.features
        said_fake = self.look(d, fake, 1)
        loss = generator_loss(self.objective, said_real, said_fake)
        w = self.spec.get("matching", 0)
        matched = ((real_features.mean(0) - self.features.mean(0)) ** 2).mean()
        return (1 - w) * loss + w * matched

    def slopes(self, d, x, made=0):
        x = x.detach().requires_grad_()
        (g,) = torch.autograd.grad(self.look(d, x, made).sum(), x, create_graph=True)
        return (g.reshape(len(g) // self.pack, -1) ** 2).sum(1)

    def draw_changes(self, rng):
        n, (h, w) = 2 * self.batch, self.item[1:]
        if self.spec["augment"] == "geometry":
            maps = np.array([1, 0, 0, 0, 1, 0]) + rng.normal(0, 0.3, (n + self.batch, 6))
            self.changes = torch.tensor(maps, dtype=torch.float32)
            return self.changes.numpy()
        color = [rng.uniform(-0.5, 0.5, n), rng.uniform(0, 2, n), rng.uniform(0.5, 1.5, n)]
        moves = [rng.integers(-1, 2, n), rng.integers(-1, 2, n)]
        corners = [rng.integers(-1, h - 1, n), rng.integers(-1, w - 1, n)]
        self.changes = torch.tensor(np.stack(color + moves + corners, 1), dtype=torch.float32)
        return self.changes.numpy()

    def loss_d(self, d, real, fake, alpha, delta):
        loss = losses(self.objective, self.spec.get("smoothing", 0), self.look(d, real), self.look(d, fake, 1))
        loss = loss + self.spec.get("r1", 0) / 2 * self.slopes(d, real).mean()
        loss = loss + self.spec.get("r2", 0) / 2 * self.slopes(d, fake, 1).mean()
        if "gp" in self.spec:
            between = fake + alpha * (real - fake)
            loss = loss + self.spec["gp"] * ((self.slopes(d, between).sqrt() - 1) ** 2).mean()
        if "dragan" in self.spec:
            away = real + 0.5 * real.std(unbiased=False) * delta
            loss = loss + self.spec["dragan"] * ((self.slopes(d, away).sqrt() - 1) ** 2).mean()
        if "consistency" in self.spec:
            loss = loss + self.spec["consistency"] * ((self.look(d, real) - self.look(d, real, 2)) ** 2).mean()
        return loss

    def make(self, folder):
        rng = np.random.default_rng(sum(map(ord, self.name)))
        draw = lambda *shape: torch.tensor(rng.normal(size=shape), dtype=torch.float32)
        g, d = init(self.g_layers, rng), init(self.d_layers, rng)
        spec = {"g": self.g_layers, "d": self.d_layers, "objective": self.objective, "optim": self.optim, **self.spec}
        out = {"spec": json.dumps(spec)}
        out.update({f"G.{k}": v.detach().numpy().copy() for k, v in g.items()})
        out.update({f"D.{k}": v.detach().numpy().copy() for k, v in d.items()})
        make = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD, "rmsprop": torch.optim.RMSprop}[self.optim["name"]]
        o = {k: v for k, v in self.optim.items() if k not in ("name", "beta1", "beta2")}
        if self.optim["name"] == "adam":
            o["betas"] = (self.optim["beta1"], self.optim["beta2"])
        opt_g, opt_d = make(g.values(), **o), make(d.values(), **o)
        for step in range(STEPS):
            real, z = draw(self.batch, *self.item) * 2 + 1, draw(self.batch, LATENT)
            if len(self.item) == 3:
                real = torch.tanh(real)
            alpha = torch.tensor(rng.uniform(size=(self.batch,) + (1,) * len(self.item)), dtype=torch.float32)
            delta = draw(self.batch, *self.item)
            if "augment" in self.spec:
                out[f"changes_d.{step}"] = self.draw_changes(rng)
            fake = forward(self.g_layers, g, z)[0]
            loss = self.loss_d(d, real, fake.detach(), alpha, delta)
            opt_d.zero_grad()
            loss.backward(inputs=list(d.values()))
            opt_d.step()
            out.update({f"{k}.{step}": v.numpy() for k, v in {"real": real, "z": z, "alpha": alpha, "delta": delta}.items()})
            out[f"lossD.{step}"] = loss.detach().numpy()
            if "augment" in self.spec:
                out[f"changes_g.{step}"] = self.draw_changes(rng)
            fake = forward(self.g_layers, g, z)[0]
            foreseen = self.ahead(d, opt_d, real, fake) if "unroll" in self.spec else d
            loss = self.loss_g(foreseen, real, fake)
            opt_g.zero_grad()
            loss.backward(inputs=list(g.values()))
            opt_g.step()
            out[f"lossG.{step}"] = loss.detach().numpy()
        out.update({f"afterG.{k}": v.detach().numpy() for k, v in g.items()})
        out.update({f"afterD.{k}": v.detach().numpy() for k, v in d.items()})
        np.savez(f"{folder}/{self.name}.npz", **out)


ADAM = {"name": "adam", "lr": 0.001, "beta1": 0.5, "beta2": 0.9}

RUNS = [
    Run("dragan", "nonsaturating", ADAM, dragan=10.0),
    Run("diffaugment-r1r2", "relativistic", ADAM, batch=5, augment="color,translation,cutout", r1=0.5, r2=0.25),
    Run("diffaugment-gp", "wasserstein", ADAM, batch=5, augment="color,translation,cutout", gp=10.0),
    Run("unroll-adam", "nonsaturating", ADAM, unroll=3),
    Run("unroll-sgd", "minimax", {"name": "sgd", "lr": 0.05, "momentum": 0.5}, unroll=2),
    Run("unroll-rmsprop", "relativistic", {"name": "rmsprop", "lr": 0.001, "alpha": 0.9}, unroll=2),
    Run("feature-matching", "hinge", ADAM, matching=0.75),
    Run("smoothing-minimax", "minimax", ADAM, smoothing=0.1),
    Run("pack-relativistic-r1r2", "relativistic", ADAM, pack=2, r1=0.5, r2=0.25),
    Run("pack-gp-dragan", "wasserstein", ADAM, batch=9, pack=3, gp=10.0, dragan=1.0),
    Run("consistency-geometry-r1", "nonsaturating", ADAM, batch=5, augment="geometry", consistency=3.0, r1=0.5),
    Run("smoothing-least-squares", "leastsquares", ADAM, smoothing=0.2),
]

for run in RUNS:
    run.make(sys.argv[1])
