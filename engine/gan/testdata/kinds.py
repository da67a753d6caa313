"""Makes parity/kind-*.npz: short runs in PyTorch of games with classes and of several players, which TestParity repeats.

A file holds what those of stabilisers.py hold, and besides every step's labels, the items whose classes D is told, and their labels.
Parameters of several networks begin with the network's number, as in "1/0.weight".

Usage: python kinds.py parity
"""

import json
import sys

import numpy as np
import torch
import torch.nn.functional as F

STEPS, LATENT, CLASSES, EMBEDDING, BATCH = 5, 4, 3, 16, 8
ADAM = {"name": "adam", "lr": 0.001, "beta1": 0.5, "beta2": 0.9}


class Net(torch.nn.Module):
    """Two layers that make features, and heads on them."""

    def __init__(self, rng, inputs, hidden, features, act, given=False, project=False, classify=False, makers=0, out=1):
        super().__init__()
        self.act = act

        def new(*shape, scale):
            return torch.nn.Parameter(torch.tensor(rng.normal(0, scale, shape), dtype=torch.float32))

        def linear(name, n, m):
            self.register_parameter(name + "weight", new(m, n, scale=1.2 / np.sqrt(n)))
            self.register_parameter(name + "bias", new(m, scale=0.1))

        self.given, self.project, self.classify, self.makers = given, project, classify, makers
        linear("0_", inputs + (EMBEDDING if given else 0), hidden)
        linear("2_", hidden, features)
        linear("4_", features, out)
        if given:
            self.register_parameter("embed_weight", new(CLASSES, EMBEDDING, scale=1))
        if project:
            self.register_parameter("project_weight", new(CLASSES, features, scale=1 / np.sqrt(features)))
        if classify:
            linear("classes_", features, CLASSES)
        if makers:
            linear("makers_", features, makers)

    def layer(self, name, x):
        p = dict(self.named_parameters())
        return F.linear(x, p[name + "weight"], p[name + "bias"])

    def forward(self, x, labels=None):
        p = dict(self.named_parameters())
        if self.given:
            x = torch.cat([x, p["embed_weight"][labels]], 1)
        self.features = self.act(self.layer("2_", self.act(self.layer("0_", x))))
        y = self.layer("4_", self.features)
        if self.project:
            y = y + (p["project_weight"][labels] * self.features).sum(1, keepdim=True)
        if self.classify:
            self.said_classes = self.layer("classes_", self.features)
        if self.makers:  # real, or of one of the generators: a class for each (Ghosh et al. 2018); the output is the log-odds of real
            self.said_makers = self.layer("makers_", self.features)
            y = y - torch.logsumexp(self.said_makers, 1, keepdim=True)
        return y

    def named(self):
        return {k.replace("_", "."): v for k, v in self.named_parameters()}

    def layers(self, act):
        widths = [tuple(self.named()[f"{i}.weight"].shape) for i in (0, 2, 4)]
        out = []
        for m, n in widths:
            out += [["linear", n, m], list(act)]
        return out[:-1]


def shares(n, k):
    return [(i * n // k, (i + 1) * n // k) for i in range(k)]


def run(name, folder, objective, conditional="none", semi=False, generators=1, discriminators=1, gman="mean", r1=0.0):
    rng = np.random.default_rng(sum(map(ord, name)))
    draw = lambda *shape: torch.tensor(rng.normal(size=shape), dtype=torch.float32)
    given, tanh, lrelu = conditional != "none", torch.tanh, lambda x: F.leaky_relu(x, 0.2)
    gs = [Net(rng, LATENT, 12, 10, tanh, given=given, out=2) for _ in range(generators)]
    ds = [
        Net(rng, 2, 14, 12, lrelu, given=conditional == "concat", project=conditional == "projection", classify=conditional == "classifier",
            makers=generators if generators > 1 else 0, out=CLASSES if semi else 1)
        for _ in range(discriminators)
    ]

    def named(nets):
        return {(f"{i}/" if len(nets) > 1 else "") + k: v for i, n in enumerate(nets) for k, v in n.named().items()}

    g_layers, d_layers = gs[0].layers(["tanh"]), ds[0].layers(["lrelu", 0.2])
    if semi:
        d_layers[-1] = ["linear", 12, 1]
    spec = {"g": g_layers, "d": d_layers, "objective": objective, "optim": ADAM, "r1": r1, "conditional": conditional, "semi": semi,
            "generators": generators, "discriminators": discriminators, "gman": gman, "classes": CLASSES if given or semi else 0}
    out = {"spec": json.dumps(spec)}
    for prefix, nets in (("G.", gs), ("D.", ds)):
        out.update({prefix + k: v.detach().numpy().copy() for k, v in named(nets).items()})
    adam = lambda nets: torch.optim.Adam(named(nets).values(), ADAM["lr"], (ADAM["beta1"], ADAM["beta2"]))
    opt_g, opt_d = adam(gs), adam(ds)

    def made(z, labels):
        return torch.cat([g(z[lo:hi], labels[lo:hi]) for g, (lo, hi) in zip(gs, shares(BATCH, generators))])

    def look(d, x, labels):
        y = d(x, labels)
        return torch.logsumexp(y, 1, keepdim=True) if semi else y

    def loss_d(d, real, fake, labels, known, known_labels):
        on_real = look(d, real, labels)
        extra = F.cross_entropy(d.said_classes, labels) if d.classify else 0
        on_fake = look(d, fake, labels)
        extra = extra + (F.cross_entropy(d.said_classes, labels) if d.classify else 0)
        if d.makers:
            who = torch.cat([torch.full((hi - lo,), i) for i, (lo, hi) in enumerate(shares(BATCH, generators))])
            extra = extra + F.cross_entropy(d.said_makers, who)
        game = {
            "nonsaturating": lambda: F.softplus(-on_real).mean() + F.softplus(on_fake).mean(),
            "hinge": lambda: F.relu(1 - on_real).mean() + F.relu(1 + on_fake).mean(),
            "relativistic": lambda: F.softplus(on_fake - on_real).mean(),
        }[objective]()
        if semi:
            return game / 2 + F.cross_entropy(d(known), known_labels)
        if r1:
            x = real.clone().requires_grad_()
            (slope,) = torch.autograd.grad(look(d, x, labels).sum(), x, create_graph=True)
            game = game + r1 / 2 * (slope**2).sum(1).mean()
        return game + extra

    def loss_g(d, real, fake, labels):
        if semi:
            d(real)
            mean = d.features.mean(0)
            d(fake)
            return ((mean - d.features.mean(0)) ** 2).mean()
        on_real = look(d, real, labels)
        on_fake = look(d, fake, labels)
        extra = F.cross_entropy(d.said_classes, labels) if d.classify else 0
        return extra + {
            "nonsaturating": lambda: F.softplus(-on_fake).mean(),
            "hinge": lambda: -on_fake.mean(),
            "relativistic": lambda: F.softplus(on_real - on_fake).mean(),
        }[objective]()

    for step in range(STEPS):
        real, z, known = draw(BATCH, 2) * 2 + 1, draw(BATCH, LATENT), draw(BATCH, 2) * 2 + 1
        labels, known_labels = (torch.tensor(rng.integers(0, CLASSES, BATCH)) for _ in range(2))
        lossd = sum(loss_d(d, real, made(z, labels).detach(), labels, known, known_labels) for d in ds)
        opt_d.zero_grad()
        lossd.backward(inputs=list(named(ds).values()))
        opt_d.step()
        against = torch.stack([loss_g(d, real, made(z, labels), labels) for d in ds])
        lossg = (torch.softmax(against, 0) * against).sum() if gman == "softmax" else against.mean()
        opt_g.zero_grad()
        lossg.backward(inputs=list(named(gs).values()))
        opt_g.step()
        arrays = {"real": real, "z": z, "labels": labels.float(), "known": known, "known_labels": known_labels.float()}
        out.update({f"{k}.{step}": v.numpy() for k, v in arrays.items()})
        out[f"lossD.{step}"], out[f"lossG.{step}"] = lossd.detach().numpy(), lossg.detach().numpy()
    for prefix, nets in (("afterG.", gs), ("afterD.", ds)):
        out.update({prefix + k: v.detach().numpy() for k, v in named(nets).items()})
    np.savez(f"{folder}/{name}.npz", **out)


for folder in sys.argv[1:]:
    run("kind-concat", folder, "nonsaturating", conditional="concat")
    run("kind-projection-r1", folder, "relativistic", conditional="projection", r1=0.5)
    run("kind-classifier", folder, "hinge", conditional="classifier")
    run("kind-semi-supervised", folder, "nonsaturating", semi=True)
    run("kind-two-generators", folder, "nonsaturating", generators=2)
    run("kind-three-discriminators", folder, "nonsaturating", discriminators=3)
    run("kind-two-two-softmax", folder, "hinge", generators=2, discriminators=2, gman="softmax")
