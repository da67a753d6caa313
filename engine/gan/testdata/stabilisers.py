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


def init(layers, rng):
    weights = {}
    for i, layer in enumerate(layers):
        if layer[0] == "linear":
            _, n, m = layer
            weights[f"{i}.weight"] = torch.tensor(rng.normal(0, 1.2 / np.sqrt(n), (m, n)), dtype=torch.float32)
            weights[f"{i}.bias"] = torch.tensor(rng.normal(0, 0.1, m), dtype=torch.float32)
    return {k: v.requires_grad_() for k, v in weights.items()}


def forward(layers, weights, x):
    """Returns the output and what enters the last layer."""
    features = x
    for i, layer in enumerate(layers):
        features = x
        if layer[0] == "linear":
            x = F.linear(x, weights[f"{i}.weight"], weights[f"{i}.bias"])
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
        "relativistic": lambda: F.softplus(real - fake).mean(),
    }[objective]()


class Run:
    def __init__(self, name, objective, optim, batch=8, **spec):
        self.name, self.objective, self.optim, self.batch, self.spec = name, objective, optim, batch, spec
        self.pack = spec.get("pack", 1)
        self.d_layers = discriminator(2 * self.pack)

    def look(self, d, x):
        return forward(self.d_layers, d, x.reshape(len(x) // self.pack, -1))[0]

    def slopes(self, d, x):
        x = x.detach().requires_grad_()
        (g,) = torch.autograd.grad(self.look(d, x).sum(), x, create_graph=True)
        return (g.reshape(len(g) // self.pack, -1) ** 2).sum(1)

    def loss_d(self, d, real, fake, alpha, delta):
        loss = losses(self.objective, self.spec.get("smoothing", 0), self.look(d, real), self.look(d, fake))
        loss = loss + self.spec.get("r1", 0) / 2 * self.slopes(d, real).mean()
        loss = loss + self.spec.get("r2", 0) / 2 * self.slopes(d, fake).mean()
        if "gp" in self.spec:
            between = fake + alpha * (real - fake)
            loss = loss + self.spec["gp"] * ((self.slopes(d, between).sqrt() - 1) ** 2).mean()
        if "dragan" in self.spec:
            away = real + 0.5 * real.std(unbiased=False) * delta
            loss = loss + self.spec["dragan"] * ((self.slopes(d, away).sqrt() - 1) ** 2).mean()
        return loss

    def make(self, folder):
        rng = np.random.default_rng(sum(map(ord, self.name)))
        draw = lambda *shape: torch.tensor(rng.normal(size=shape), dtype=torch.float32)
        g, d = init(G, rng), init(self.d_layers, rng)
        spec = {"g": G, "d": self.d_layers, "objective": self.objective, "optim": self.optim, **self.spec}
        out = {"spec": json.dumps(spec)}
        out.update({f"G.{k}": v.detach().numpy().copy() for k, v in g.items()})
        out.update({f"D.{k}": v.detach().numpy().copy() for k, v in d.items()})
        make = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD, "rmsprop": torch.optim.RMSprop}[self.optim["name"]]
        o = {k: v for k, v in self.optim.items() if k not in ("name", "beta1", "beta2")}
        if self.optim["name"] == "adam":
            o["betas"] = (self.optim["beta1"], self.optim["beta2"])
        opt_g, opt_d = make(g.values(), **o), make(d.values(), **o)
        for step in range(STEPS):
            real, z = draw(self.batch, 2) * 2 + 1, draw(self.batch, LATENT)
            alpha, delta = torch.tensor(rng.uniform(size=(self.batch, 1)), dtype=torch.float32), draw(self.batch, 2)
            fake = forward(G, g, z)[0]
            loss = self.loss_d(d, real, fake.detach(), alpha, delta)
            opt_d.zero_grad()
            loss.backward(inputs=list(d.values()))
            opt_d.step()
            out.update({f"{k}.{step}": v.numpy() for k, v in {"real": real, "z": z, "alpha": alpha, "delta": delta}.items()})
            out[f"lossD.{step}"] = loss.detach().numpy()
            fake = forward(G, g, z)[0]
            loss = generator_loss(self.objective, self.look(d, real), self.look(d, fake))
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
    Run("smoothing-minimax", "minimax", ADAM, smoothing=0.1),
    Run("pack-relativistic-r1r2", "relativistic", ADAM, pack=2, r1=0.5, r2=0.25),
    Run("pack-gp-dragan", "wasserstein", ADAM, batch=9, pack=3, gp=10.0, dragan=1.0),
    Run("smoothing-least-squares", "leastsquares", ADAM, smoothing=0.2),
]

for run in RUNS:
    run.make(sys.argv[1])
