"""Has the programs that own the formats read what the tool beside it wrote, and compares.

Usage: compare.py FOLDER [--golden FILE.zip]
Prints the table of docs/export.md, and ends with 1 if anything differs by more than it may.
"""

import csv
import glob
import hashlib
import os
import sys
import tomllib
import warnings
import zipfile

warnings.filterwarnings("ignore")

import networks
import numpy as np
import onnx
import onnxruntime
import PIL
import safetensors
import tensorboard
from PIL import Image
from safetensors import safe_open
from safetensors.numpy import load_file, save
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import metadata

LIMIT = 1e-4  # of the largest value, and at least of 1
ITEMS = 64
rows = []  # what, with what, how many, largest difference, where it is, and how large it may be


def difference(got, want):
    if got.shape != want.shape:
        raise SystemExit(f"shape {got.shape}, want {want.shape}")
    return float(np.abs(got - want).max() / max(1, np.abs(want).max()))


def run_onnx(path, values, batch=None):
    """The outputs of a model by name; batch are the first items alone, as the size of a batch is free."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    about = {p.key: p.value for p in model.metadata_props}
    if about and hashlib.sha256(about["ganvas.recipe"].encode()).hexdigest() != about["ganvas.recipe_sha256"]:
        raise SystemExit(f"{path}: the recipe is not what its sum says")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    inputs = {i.name: values["in." + i.name][:batch] for i in session.get_inputs()}
    names = [o.name for o in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs)))


def compare_onnx(path, golden=None):
    values = load_file(path.removesuffix(".onnx") + ".values")
    got = run_onnx(path, values)
    want = {k.removeprefix("out."): v for k, v in values.items() if k.startswith("out.")}
    if set(got) != set(want):
        raise SystemExit(f"{path}: outputs {sorted(got)}, want {sorted(want)}")
    worst = max(difference(got[k], want[k]) for k in want)
    few = run_onnx(path, values, 3)
    worst = max(worst, *(difference(few[k], want[k][:3]) for k in want))
    if golden:
        name = os.path.basename(path).removesuffix(".onnx")
        with open(path, "rb") as f:
            keep(golden, name + ".onnx", f.read())
        keep(golden, name + ".values", save(few))
    return worst


def keep(golden, name, content):
    """Adds a file to an archive of golden files, which is the same for the same files."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    golden.writestr(info, content)


def onnx_files(what, files, golden=None):
    found = {path: compare_onnx(path, golden) for path in sorted(files)}
    if not found:
        raise SystemExit(f"{what}: no files")
    worst = max(found, key=found.get)
    where = os.path.relpath(worst).split(os.sep)
    rows.append((what, f"onnx.checker {onnx.__version__}, ONNX Runtime {onnxruntime.__version__}", len(found), found[worst], "/".join(where[-2:]), LIMIT))


def csv_columns(path):
    """The steps and values of each metric and number of checkups, as TensorBoard's tags name them."""
    with open(path, newline="") as f:
        lines = list(csv.DictReader(f))
    found = {}
    for name in lines[0]:
        if name in ("step", "event"):
            continue
        tag = name.replace(".", "/") if name.startswith("checkup.") else "metrics/" + name
        points = [(int(line["step"]), float(line[name])) for line in lines if line[name]]
        if points:
            found[tag] = points
    return found


def compare_events(folder, worst=0.0):
    """What TensorBoard reads of a run, with the CSV file beside it; returns the largest difference."""
    events = EventAccumulator(os.path.join(folder, "tensorboard", "run-1"), size_guidance={"scalars": 0, "images": 0}).Reload()
    tags = events.Tags()
    want = csv_columns(os.path.join(folder, "metrics.csv"))
    if sorted(tags["scalars"]) != sorted(want):
        raise SystemExit(f"{folder}: scalars {tags['scalars']}, want {sorted(want)}")
    for tag, points in want.items():
        got = [(e.step, e.value) for e in events.Scalars(tag)]
        if [p[0] for p in got] != [p[0] for p in points]:
            raise SystemExit(f"{folder}: {tag} at other steps")
        times = [e.wall_time for e in events.Scalars(tag)]
        if times != sorted(times):
            raise SystemExit(f"{folder}: {tag} goes back in time")
        worst = max(worst, difference(np.array([p[1] for p in got]), np.array([p[1] for p in points])))
    for image in events.Images("sheet") if "sheet" in tags["images"] else []:
        if image.width < 1 or not image.encoded_image_string.startswith(b"\x89PNG"):
            raise SystemExit(f"{folder}: a sheet is no picture")
    start = hparams(events)
    recipe = tomllib.loads(events.Tensors("recipe")[0].tensor_proto.string_val[0].decode().removeprefix("```toml\n").removesuffix("```\n"))
    if start["g.lr"] != recipe["g"]["lr"] or start["objective"] != recipe["objective"] or start["mirror"] != recipe["mirror"]:
        raise SystemExit(f"{folder}: settings {start}")
    return worst


def hparams(events):
    """The settings of a run, as the plugin of hyper-parameters reads them."""
    content = events.SummaryMetadata("_hparams_/session_start_info").plugin_data.content
    start = metadata.parse_session_start_info_plugin_data(content)
    metadata.parse_session_end_info_plugin_data(events.SummaryMetadata("_hparams_/session_end_info").plugin_data.content)
    return {k: getattr(v, v.WhichOneof("kind")) for k, v in start.hparams.items()}


def golden_events(path):
    """The file that TestGolden compares with."""
    events = EventAccumulator(path).Reload()
    got = {tag: [(e.step, e.wall_time, e.value) for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
    want = {"metrics/loss_d": [(1, 1.7e9 + 0.5, 0.75), (300, 1.7e9 + 59.5, 0.5)], "metrics/loss_g": [(1, 1.7e9 + 0.5, -1.25)]}
    sheet = events.Images("sheet")[0]
    settings = hparams(events)
    if got != want or (sheet.step, sheet.width, sheet.height) != (300, 1, 1):
        raise SystemExit(f"{path}: {got}, {sheet}")
    if settings != {"g.lr": 0.002, "objective": "relativistic", "mirror": True, "spectral": False}:
        raise SystemExit(f"{path}: settings {settings}")
    if events.Tensors("recipe")[0].tensor_proto.string_val[0] != b"# moons":
        raise SystemExit(f"{path}: another text")


def event_files(folder, here):
    golden_events(os.path.join(here, "..", "tensorboard", "testdata", "events.out.tfevents.1700000000.golden"))
    found = {path: compare_events(path) for path in sorted(glob.glob(os.path.join(folder, "presets", "*")))}
    worst = max(found, key=found.get)
    rows.append(("metrics, sheets and settings", f"TensorBoard {tensorboard.__version__}, EventAccumulator", len(found), found[worst], os.path.basename(worst), LIMIT))


def compare_samples(folder):
    """An array as NumPy reads it, with the table and the pictures of the same items; returns the largest difference of each."""
    array = np.load(os.path.join(folder, "samples.npy"))
    if array.dtype != np.float32 or len(array) != ITEMS or np.abs(array).max() == 0:
        raise SystemExit(f"{folder}: an array of {array.dtype}, {array.shape}")
    points = array.ndim == 2
    rows = np.loadtxt(os.path.join(folder, "samples.csv"), delimiter=",", skiprows=1 if points else 0, dtype=np.float32)
    table = difference(rows, array.reshape(ITEMS, -1))
    if points:
        return table, None
    files = sorted(glob.glob(os.path.join(folder, "samples", "*.png")))
    pictures = np.stack([np.asarray(Image.open(f)) for f in files]).reshape(array.shape)
    return table, difference(pictures / 127.5 - 1, array)


def golden_array(write):
    """The file that TestAsNumPy compares with."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "samples", "testdata", "golden.npy")
    want = np.tile((np.arange(12, dtype=np.float32) / 8 - 1).reshape(2, 3, 2), (3, 1, 1, 1))
    if write:
        np.save(path, want)
    got = np.load(path)
    if got.dtype != np.float32 or not np.array_equal(got, want):
        raise SystemExit(f"{path}: {got}")


def sample_files(folder):
    """Numbers are the same, and pictures are rounded to the nearest of 256 values."""
    found = {path: compare_samples(path) for path in sorted(glob.glob(os.path.join(folder, "presets", "*")))}
    pictures = {path: d for path, (_, d) in found.items() if d is not None}
    for what, by, numbers, limit in (
        ("samples: arrays, and tables as numbers of 32 bits", f"NumPy {np.__version__}", {path: d for path, (d, _) in found.items()}, 0),
        ("samples: PNG files, rounded to a 255th of the range from −1 to 1, which is 7.8e-03", f"Pillow {PIL.__version__}", pictures, 0.5 / 127.5 + 1e-6),
    ):
        worst = max(numbers, key=numbers.get)
        rows.append((what, by, len(numbers), numbers[worst], os.path.basename(worst), limit))


def torch_files(what, files):
    """Weights, read into networks of PyTorch by their state dicts, with what this program computes."""
    found = {}
    for path in sorted(files):
        with safe_open(path, "pt") as f:
            about = f.metadata()
        recipe = tomllib.loads(about["ganvas.recipe"])
        if hashlib.sha256(about["ganvas.recipe"].encode()).hexdigest() != about["ganvas.recipe_sha256"]:
            raise SystemExit(f"{path}: the recipe is not what its sum says")
        found[path] = networks.compare(path, about["ganvas.part"], recipe, load_file(path.removesuffix(".safetensors") + ".values"), difference)
    worst = max(found, key=found.get)
    by = f"safetensors {safetensors.__version__}, PyTorch {networks.torch.__version__.split('+')[0]}"
    rows.append((what, by, len(found), found[worst], "/".join(worst.split(os.sep)[-2:]), LIMIT))


def main():
    folder = sys.argv[1]
    golden = zipfile.ZipFile(sys.argv[3], "w") if len(sys.argv) > 3 else None
    onnx_files("layers and roles", glob.glob(os.path.join(folder, "layers", "*.onnx")), golden)
    for part, name in (("g", "generators"), ("d", "discriminators")):
        onnx_files(f"{name} of the presets", glob.glob(os.path.join(folder, "presets", "*", part + ".onnx")))
        torch_files(f"weights of the presets' {name}", glob.glob(os.path.join(folder, "presets", "*", part + ".safetensors")))
    event_files(folder, os.path.dirname(os.path.abspath(__file__)))
    golden_array(write=golden is not None)
    sample_files(folder)
    if golden:
        golden.close()
    print("| compared | with | files | largest difference | of |")
    print("|---|---|---|---|---|")
    for what, by, n, worst, where, _ in rows:
        print(f"| {what} | {by} | {n} | {worst:.1e} | `{where}` |")
    failed = [r for r in rows if not r[3] <= r[5]]
    for what, *_, limit in failed:
        print(f"{what}: more than {limit}", file=sys.stderr)
    sys.exit(1 if failed else 0)


main()
