"""Repeats in PyTorch the step that the tool beside it took, with the projects that it exported.

Usage: torchgames.py FOLDER [NAME…], or torchrun --nproc-per-node 2 torchgames.py FOLDER [NAME…], in which case each process has half of
every batch, and games that need a batch in one process are left out.
Given the same state, items and random numbers, losses must be the same to 1e-4, weights and averages to 1e-3 of their largest, what optimisers
remember, which are gradients with their rounding, to 5e-2.
"""

import glob
import importlib
import os
import sys
import warnings
from types import SimpleNamespace

warnings.filterwarnings("ignore")

import torch
import torch.distributed as dist
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn

RANK, PROCESSES = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
WEIGHTS = 1e-3
OWN = ("augment", "data", "model", "state", "train")


def project(folder):
    """The modules of a project."""
    for name in OWN:
        sys.modules.pop(name, None)
    sys.path[0] = folder
    importlib.invalidate_caches()
    return importlib.import_module("train"), importlib.import_module("state")


class Drawn:
    """The numbers that layers of dropout and noise draw, in their order."""

    def __init__(self, given, game, batch, joined):
        self.given, self.at, self.batch, self.game = given, 0, batch, game
        layers = [m for m in game.d.modules() if type(m).__name__ in ("Noise", "Dropout")]
        for m in [*game.g.modules(), *layers]:
            if type(m).__name__ in ("Noise", "Dropout"):
                m.forward = lambda x, m=m: self.forward(m, x)
        # The discriminator of the tool sees real and generated items in one pass, where it may.
        self.places = []
        if joined:
            self.places = [(k, part) for part in (0, 1) for k in range(len(layers))]

    def forward(self, m, x):
        if self.at < len(self.places):
            k, part = self.places[self.at]
        else:
            k, part = self.at - len(self.places) // 2, 0
        self.at += 1
        size = x[0].numel() * self.batch
        kind = "normal" if type(m).__name__ == "Noise" else "kept"
        numbers = self.given[f"{kind}.{k}"][part * size : (part + 1) * size]
        if x.dim() == 4:
            n, c, h, w = x.shape
            numbers = numbers.view(self.batch, h, w, c).permute(0, 3, 1, 2)
        else:
            numbers = numbers.view(self.batch, -1)
        numbers = numbers[self.game.part]
        return x + m.sigma * numbers if kind == "normal" else x * numbers / (1 - m.p)


def look_of(given, name, game, train):
    """What an update draws."""
    part, look = game.part, SimpleNamespace()
    for key, x in given.items():
        if not key.startswith(name + "."):
            continue
        key = key.removeprefix(name + ".")
        if not key.startswith("seen_"):
            setattr(look, key, x[part])
            continue
        seen, _, what = key.partition(".")
        if not hasattr(look, seen):
            setattr(look, seen, SimpleNamespace(changes={}))
        if what == "noise":
            sigma = train.INSTANCE_NOISE * max(0, 1 - game.step / train.STEPS)
            getattr(look, seen).noise = sigma * x[part]
        else:
            getattr(look, seen).changes[what] = x[part]
    for seen in [s for k, s in vars(look).items() if k.startswith("seen_")]:
        if hasattr(game, "changes"):
            n = len(look.items) if hasattr(look, "items") else len(given["0.items"][part])
            seen.changes |= {"die_" + kind: torch.full((n,), -1.0) for kind in ("color", "translation", "cutout")}
            seen.changes["p"] = game.changes
    if hasattr(look, "around"):
        look.around = 0.5 * given[name + ".items"].std(unbiased=False) * look.around
    return look


def without_effect(net):
    """Biases in front of a normalisation that subtracts each channel's mean, and the running mean behind them.

    Their gradients are rounding, of which Adam makes steps, in PyTorch as here.
    """
    names = set()
    for where, m in net.named_modules():
        if isinstance(m, nn.Sequential):
            for i, (a, b) in enumerate(zip(m, list(m)[1:])):
                weighted = isinstance(a, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d))
                if weighted and (type(b).__name__ == "BatchNorm" or isinstance(b, nn.GroupNorm) and b.num_groups == b.num_channels):
                    names |= {f"{where}.{i}.bias", f"{where}.{i + 1}.running_mean"}
    return names


def step(folder, dtype):
    """The losses and the arrays after a step, and the names of the biases that have no effect; None where it takes one process."""
    train, state = project(os.path.join(folder, "project"))
    game = train.Game(torch.device("cpu"), RANK, PROCESSES)
    if PROCESSES > 1 and not hasattr(game, "share"):
        return None
    state.load(game, os.path.join(folder, "project", "state.safetensors"))
    for net in (game.g, game.d, getattr(game, "ema", game.g)):
        net.to(dtype)
    for opt in (game.opt_g, game.opt_d):
        for of in opt.state.values():
            of.update({key: x.to(dtype) for key, x in of.items() if key != "step"})
    if PROCESSES > 1:
        game.share()
    given = {key: x.to(dtype) if x.is_floating_point() else x for key, x in load_file(os.path.join(folder, "draws.safetensors")).items()}
    updates = [look_of(given, str(i), game, train) for i in range(train.D_STEPS)]
    last = SimpleNamespace(**vars(updates[-1]) | vars(look_of(given, "last", game, train)))
    coupled = any(type(m).__name__ in ("BatchNorm", "MinibatchStd", "MinibatchDiscrimination") or hasattr(m, "weight_orig") for m in game.d.modules())
    if any(k.startswith("normal.") for k in given):
        Drawn(given, game, train.BATCH, not coupled)
    losses = torch.stack(train.step(game, SimpleNamespace(updates=updates, last=last)))
    if PROCESSES > 1:
        losses = losses / PROCESSES
        dist.all_reduce(losses)
    path = os.path.join(folder, f"stepped-{RANK}.safetensors")
    state.save(game, path)
    skipped = {state.name_of(p, k) for p, net in (("g", game.g), ("d", game.d), ("ema", game.g)) for k in without_effect(net)}
    return losses, load_file(path), about(path), skipped


def compare(folder):
    """The largest differences of the losses and of the arrays, and which these are."""
    done = step(folder, torch.float32)
    if done is None:
        return None
    losses, got, said, skipped = done
    after, wanted = load_file(os.path.join(folder, "after.safetensors")), about(os.path.join(folder, "after.safetensors"))
    given = load_file(os.path.join(folder, "draws.safetensors"))
    want = torch.cat([given["loss_d"], given["loss_g"]])
    loss = float(((losses - want).abs() / want.abs().clamp(min=1e-2)).max())
    if set(got) != set(after):
        raise SystemExit(f"{folder}: other arrays: {set(got) ^ set(after)}")
    for key in ("step", "optg.steps", "optd.steps", "ada.p", "ada.updates"):
        if float(said.get(key, 0)) != float(wanted.get(key, 0)):
            raise SystemExit(f"{folder}: {key} is {said.get(key)}, want {wanted.get(key)}")
    off = {key: (got[key] - x).abs() for key, x in after.items() if key.removeprefix("opt").removesuffix(".m").removesuffix(".v") not in skipped}
    worst = largest(off, after)
    if worst["weights"][0] > WEIGHTS:  # but for what PyTorch's own numbers of 32 bits differ from its own of 64 bits
        exact = step(folder, torch.float64)[1]
        worst = largest({key: (x - 3 * (got[key] - exact[key]).abs()).clamp(min=0) for key, x in off.items()}, after)
    return loss, worst


def largest(off, after):
    """The largest differences in shares of an array's largest number, with the array's name."""
    worst = {"weights": (0.0, ""), "moments": (0.0, "")}
    for key, x in off.items():
        kind = "moments" if key.startswith("opt") else "weights"
        share = float(x.max() / after[key].abs().max().clamp(min=1e-12))
        if not share <= worst[kind][0]:
            worst[kind] = share, key
    return worst


def about(path):
    with safe_open(path, "pt") as f:
        return f.metadata()


def main():
    torch.set_num_threads(max(1, 2 // PROCESSES))
    if PROCESSES > 1:
        dist.init_process_group("gloo")
    sys.path.insert(0, "")
    folder, only = sys.argv[1], sys.argv[2:]
    found, failed = {}, []
    for path in sorted(glob.glob(os.path.join(folder, "*", "draws.safetensors"))):
        name = os.path.basename(os.path.dirname(path))
        if only and name not in only:
            continue
        found[name] = compare(os.path.dirname(path))
        if RANK == 0 and found[name]:
            loss, worst = found[name]
            print(f"{name}: losses {loss:.1e}, " + ", ".join(f"{kind} {share:.1e} ({where})" for kind, (share, where) in worst.items()), flush=True)
            if not (loss <= 1e-4 and worst["weights"][0] <= WEIGHTS and worst["moments"][0] <= 5e-2):
                failed.append(name)
        elif RANK == 0:
            print(f"{name}: needs a batch in one process", flush=True)
    if PROCESSES > 1:
        dist.barrier()
        dist.destroy_process_group()
    if failed:
        sys.exit(f"differ: {', '.join(failed)}")


main()
