"""Writes layers.npz, with which TestLayersAsPyTorch compares: outputs, gradients, and gradients of a gradient penalty.

Run with a Python that has PyTorch and NumPy, in this folder: python layers.py
"""

import json
import warnings

import numpy as np
import torch
from torch import nn

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)
torch.manual_seed(5)


class MinibatchStd(nn.Module):
    def __init__(self, group):
        super().__init__()
        self.group = group
        self.register_buffer("running_std", torch.zeros(1))

    def forward(self, x):
        n = x.shape[0]
        if not self.training:
            return torch.cat([x, self.running_std.expand([n, 1] + list(x.shape[2:]))], 1)
        groups = x.reshape(self.group, n // self.group, -1)
        std = (groups.var(0, unbiased=False) + 1e-8).sqrt().mean(1)
        self.running_std += 0.1 * (std.mean().detach() - self.running_std)
        more = std.repeat(self.group).reshape([n] + [1] * (x.dim() - 1)).expand([n, 1] + list(x.shape[2:]))
        return torch.cat([x, more], 1)


class Discrimination(nn.Module):
    def __init__(self, width, kernels, dims):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernels * dims, width))
        self.dims = dims
        self.register_buffer("running_sums", torch.zeros(kernels))

    def forward(self, x):
        if not self.training:
            return torch.cat([x, self.running_sums.expand(len(x), -1)], 1)
        m = (x @ self.weight.T).reshape(len(x), -1, self.dims)
        near = torch.exp(-(m[:, None] - m[None]).abs().sum(3)).sum(1)
        self.running_sums += 0.1 * (near.mean(0).detach() - self.running_sums)
        return torch.cat([x, near], 1)


class Maxout(nn.Module):
    """Of channels; width tells how many pixels each channel of flat features has."""

    def __init__(self, pieces, pixels=1):
        super().__init__()
        self.pieces, self.pixels = pieces, pixels

    def forward(self, x):
        shape = list(x.shape)
        shape[1] //= self.pieces
        channels = x.shape[1] // self.pixels if x.dim() == 2 else x.shape[1]
        return x.reshape(len(x), channels // self.pieces, self.pieces, -1).amax(2).reshape(shape)


class Residual(nn.Module):
    def __init__(self, cin, cout, mode):
        super().__init__()
        hidden = min(cin, cout)
        self.conv1 = nn.Conv2d(cin, hidden, 3, padding=1)
        self.conv2 = nn.Conv2d(hidden, cout, 3, padding=1)
        self.shortcut = nn.Conv2d(cin, cout, 1, bias=False) if cin != cout else nn.Identity()
        self.mode = mode

    def forward(self, x):
        act = lambda t: nn.functional.leaky_relu(t, 0.2)
        if self.mode == "down":
            x = nn.functional.avg_pool2d(x, 2)
        y = self.shortcut(x) + 0.1 * self.conv2(act(self.conv1(act(x))))
        return nn.functional.interpolate(y, scale_factor=2, mode="nearest") if self.mode == "up" else y


class Attention(nn.Module):
    def __init__(self, c):
        super().__init__()
        narrow = max(1, c // 8)
        for name in "fgh":
            setattr(self, name, nn.Conv2d(c, narrow, 1, bias=False))
        self.v = nn.Conv2d(narrow, c, 1, bias=False)
        self.gamma = nn.Parameter(torch.tensor([0.7]))

    def forward(self, x):
        f, g, h = (m(x).flatten(2) for m in (self.f, self.g, self.h))
        beta = torch.softmax(torch.einsum("nci,ncj->nji", f, g), 2)
        o = torch.einsum("nji,nci->ncj", beta, h).unflatten(2, x.shape[2:])
        return self.gamma * self.v(o) + x


sn, wn = nn.utils.spectral_norm, nn.utils.weight_norm
CASES = [  # layers, shape of a batch in PyTorch's order, modules
    (["wn linear 5"], [3, 7], [wn(nn.Linear(7, 5))]),
    (["wn conv 4 3 2 1"], [2, 3, 5, 4], [wn(nn.Conv2d(3, 4, 3, 2, 1))]),
    (["wn convt 3 4 2 1"], [2, 4, 3, 2], [wn(nn.ConvTranspose2d(4, 3, 4, 2, 1), dim=1)]),
    (["sn linear 5"], [3, 7], [sn(nn.Linear(7, 5))]),
    (["sn conv 4 3 2 1"], [2, 3, 5, 4], [sn(nn.Conv2d(3, 4, 3, 2, 1))]),
    (["sn convt 3 4 2 1"], [2, 4, 3, 2], [sn(nn.ConvTranspose2d(4, 3, 4, 2, 1))]),
    (["minibatch-std 4"], [8, 3, 2, 4], [MinibatchStd(4)]),
    (["minibatch-std 4"], [6, 5], [MinibatchStd(3)]),
    (["minibatch-std 2", "conv 3 2 1 0"], [4, 3, 2, 2], [MinibatchStd(2), nn.Conv2d(4, 3, 2)]),
    (["minibatch-discrimination 4 3"], [5, 6], [Discrimination(6, 4, 3)]),
    (
        ["flatten", "minibatch-discrimination 4 3", "ln", "sn linear 2"],
        [4, 3, 2, 2],
        [nn.Flatten(), Discrimination(12, 4, 3), nn.LayerNorm(16), sn(nn.Linear(16, 2))],
    ),
    (["maxout 3"], [2, 6, 3, 2], [Maxout(3)]),
    (["linear 12", "maxout 2", "linear 3"], [4, 5], [nn.Linear(5, 12), Maxout(2), nn.Linear(6, 3)]),
    (["flatten", "maxout 2", "linear 3"], [4, 6, 2, 3], [nn.Flatten(), Maxout(2, 6), nn.Linear(18, 3)]),
    (
        ["linear 36", "maxout 2", "unflatten 2 3 3", "conv 2 2 1 0"],
        [4, 5],
        [nn.Linear(5, 36), Maxout(2, 6), nn.Unflatten(1, (3, 2, 3)), nn.Conv2d(3, 2, 2)],
    ),
    (["residual 6"], [2, 4, 3, 5], [Residual(4, 6, "same")]),
    (["residual 4 up"], [2, 4, 3, 2], [Residual(4, 4, "up")]),
    (["residual 3 down"], [2, 5, 4, 6], [Residual(5, 3, "down")]),
    (["attention"], [2, 16, 4, 3], [Attention(16)]),
]


def last(x):
    """Channels last."""
    x = x.detach()
    return (x.permute(0, 2, 3, 1) if x.dim() == 4 else x).numpy().astype(np.float32)


def main():
    out = {}
    for number, (layers, shape, modules) in enumerate(CASES):
        net = nn.Sequential(*modules).train()
        for p in net.parameters():
            if p.dim() == 1 and p.numel() > 1:
                nn.init.normal_(p)
        put = lambda name, v: out.update({f"{number}.{name}": v})
        x = torch.randn(shape, requires_grad=True)
        put("layers", np.array(json.dumps(layers)))
        put("x", last(x))
        for name, v in net.state_dict().items():
            put("before." + name, v.numpy().astype(np.float32).copy())
        y = net(x)
        r = torch.randn(y.shape)
        put("y", last(y))
        put("r", last(r))
        for name, v in net.state_dict().items():
            put("after." + name, v.numpy().astype(np.float32).copy())
        put("eval", last(net.eval()(x)))
        params = dict(net.named_parameters())
        every = [x, *params.values()]
        loss = (y * r).sum()
        first = torch.autograd.grad(loss, every, create_graph=True)
        penalty = (first[0] ** 2).sum()
        second = torch.autograd.grad(penalty, every, allow_unused=True) if penalty.requires_grad else [None] * len(every)
        for order, grads in (("first", first), ("second", second)):
            put(order + ".x", last(torch.zeros_like(x) if grads[0] is None else grads[0]))
            for name, g in zip(params, grads[1:]):
                g = torch.zeros_like(params[name]) if g is None else g
                put(f"{order}.{name}", g.detach().numpy().astype(np.float32))
    np.savez_compressed("layers.npz", **{k: np.ascontiguousarray(v) for k, v in out.items()})


if __name__ == "__main__":
    main()
