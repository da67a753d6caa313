"""Networks of PyTorch for a recipe's layers, with the names that exported weights have."""

import importlib.util
import os

import torch
from safetensors.torch import load_file, save_file
from torch import nn


def layers_module():
    """The layers that PyTorch has not, from the script with which package nn is compared."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "nn", "testdata", "layers.py")
    spec = importlib.util.spec_from_file_location("layers", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    torch.set_default_dtype(torch.float32)
    return module


ours = layers_module()


class PixelNorm(nn.Module):
    def forward(self, x):
        return x * (x.square().mean(1, keepdim=True) + 1e-8).rsqrt()


class Keep(nn.Module):
    """Dropout and noise, which evaluation has not."""

    def forward(self, x):
        return x


def layer(text, shape):
    """The module of a layer for items of a shape, (features) or (C, H, W), and the shape behind it."""
    words = text.split()
    norm = words.pop(0) if words[0] in ("sn", "wn") else ""
    kind, numbers = words[0], [float(w) for w in words[1:] if w not in ("nearest", "bilinear", "same", "up", "down")]
    ints = [int(n) for n in numbers]
    c = shape[0]
    simple = {"relu": nn.ReLU, "silu": nn.SiLU, "gelu": nn.GELU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "softplus": nn.Softplus,
              "flatten": nn.Flatten, "pixelnorm": PixelNorm, "dropout": Keep, "noise": Keep}
    if kind == "linear":
        m = nn.Linear(c, ints[0])
    elif kind == "conv":
        m = nn.Conv2d(c, *ints)
    elif kind == "convt":
        m = nn.ConvTranspose2d(c, *ints)
    elif kind == "lrelu":
        m = nn.LeakyReLU(numbers[0])
    elif kind == "unflatten":
        m = nn.Unflatten(1, (ints[2], ints[0], ints[1]))
    elif kind == "up":
        m = nn.Upsample(scale_factor=ints[0], mode=words[-1] if words[-1] == "bilinear" else "nearest")
    elif kind == "avgpool":
        m = nn.AvgPool2d(ints[0])
    elif kind == "maxpool":
        m = nn.MaxPool2d(ints[0])
    elif kind == "bn":
        m = nn.BatchNorm1d(c) if len(shape) == 1 else nn.BatchNorm2d(c)
    elif kind in ("in", "ln", "gn"):
        m = nn.GroupNorm({"in": c, "ln": 1}.get(kind) or ints[0], c)
    elif kind == "residual":
        m = ours.Residual(c, ints[0], words[-1])
    elif kind == "attention":
        m = ours.Attention(c)
    elif kind in simple:
        m = simple[kind]()
    else:
        raise SystemExit(f"no module for {text}")
    if norm == "sn":
        m = ours.sn(m)
    if norm == "wn":
        m = ours.wn(m, dim=1) if kind == "convt" else ours.wn(m)
    m.eval()
    with torch.no_grad():
        return m, tuple(m(torch.zeros(1, *shape)).shape[1:])


class Network(nn.Sequential):
    """A player with what its game asks for besides its layers; logits are of so many classes."""

    def __init__(self, layers, shape, embed=0, project=0, logits=0, makers=0):
        modules = []
        width = 16 if len(shape) == 1 else 4  # of an embedding that is joined to the input
        if embed:
            shape = (shape[0] + width, *shape[1:])
        if logits:
            layers = [*layers[:-1], layers[-1].rsplit(" ", 1)[0] + f" {logits}"]
        for text in layers:
            features = shape[0]
            m, shape = layer(text, shape)
            modules.append(m)
        super().__init__(*modules)
        self.depth, self.logits = len(modules), logits
        if embed:
            self.embed = nn.Embedding(embed, width)
        if project:
            self.project = nn.Embedding(project, features)
        if makers:
            self.makers = nn.Linear(features, makers)

    def forward(self, x, labels=None):
        if hasattr(self, "embed"):
            e = self.embed(labels)
            x = torch.cat([x, e if x.dim() == 2 else e[:, :, None, None].expand(-1, -1, *x.shape[2:])], 1)
        for i in range(self.depth):
            features, x = x, self[i](x)
        if hasattr(self, "project"):
            x = x + (self.project(labels) * features).sum(1, keepdim=True)
        if self.logits:
            x = x.logsumexp(1, keepdim=True)
        if hasattr(self, "makers"):
            x = x - self.makers(features).logsumexp(1, keepdim=True)
        return x


def compare(path, part, recipe, values, difference):
    """The largest difference of a player's output; saves its state dict beside the file."""
    weights = load_file(path)
    x = torch.from_numpy(values["in.latent" if part == "g" else "in.item"])
    labels = torch.from_numpy(values["in.class"]) if "in.class" in values else None
    conditional = recipe["conditional"]
    rows = len(weights.get("embed.weight", weights.get("project.weight", ())))
    count = recipe["generators" if part == "g" else "discriminators"]
    classes = values["out.classes"].shape[1] if "out.classes" in values else 0
    outputs, saved = [], {}
    for i in range(count):
        prefix = f"{part}{i}." if count > 1 else ""
        own = {k.removeprefix(prefix): v for k, v in weights.items() if k.startswith(prefix)}
        if part == "g":
            net = Network(recipe["g"]["layers"], tuple(x.shape[1:]), embed=rows if conditional != "none" else 0)
        else:
            net = Network(
                recipe["d"]["layers"], tuple(x.shape[1:]), embed=rows if conditional == "concat" else 0, project=rows if conditional == "projection" else 0,
                logits=classes, makers=recipe["generators"] if recipe["generators"] > 1 else 0,
            )
        net.load_state_dict(own, strict=True)
        net.eval()
        saved |= {prefix + k: v.contiguous() for k, v in net.state_dict().items()}
        with torch.no_grad():
            outputs.append(net(x, labels))
    save_file(saved, path.replace(".safetensors", ".torch"))
    if part == "g":
        y = outputs[0]
        if count > 1:
            y = torch.stack([outputs[g][i] for i, g in enumerate(values["in.generator"])])
        return difference(y.numpy(), values["out.item"])
    return difference(torch.cat(outputs, 1).numpy(), values["out.score"])
