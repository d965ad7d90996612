"""The forward pass beside the runtimes that are made for it, with the same weights."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from figures import Chapter, Figure
from machine import installed
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core import Network
from core.assets import asset
from core.ink import Drawing, Stroke

Images = NDArray[np.float32]
Run = Callable[[Images], object]


def measure(fast: bool) -> Chapter:
    """One image at a time, ten thousand at once, and a movement of the pen."""
    network = Network.load(asset("networks/default.npz"))
    runs = {"network(x)": network, "onnxruntime": _onnxruntime(network), "torch": _torch(network)}
    images = np.random.default_rng(0).random((10_000, 784), np.float32)
    with threadpool_limits(1, user_api="blas"):
        one = _each(runs, images[0], 1e6, repeats=20 if fast else 100, loops=200)
        batch = _each(runs, images, 1e3, repeats=5 if fast else 15, loops=1)
        pen = _pen(network, 100 if fast else 299)
    own, own_batch = one.pop("network(x)"), batch.pop("network(x)")
    assert own is not None
    assert own_batch is not None
    onnx = one["onnxruntime"]
    met = None if onnx is None else own <= onnx
    return Chapter(
        "Forward pass, one thread",
        (
            Figure("network(x), one image", own, "µs", one, "≤ onnxruntime", met),
            Figure("network(x), 10,000 images", own_batch, "ms", batch),
            Figure("ink + lens + network(x), one movement", pen, "ms", {}, "≤ 0.5", pen <= 0.5),
        ),
    )


def _each(
    runs: dict[str, Run | None], x: Images, scale: float, repeats: int, loops: int
) -> dict[str, float | None]:
    """Median time of every run, turn by turn, so that a busy machine is as busy for all."""
    times: dict[str, list[float]] = {name: [] for name, run in runs.items() if run}
    for _ in range(repeats):
        for name, kept in times.items():
            run = runs[name]
            assert run is not None
            start = time.perf_counter()
            for _ in range(loops):
                run(x)
            kept.append((time.perf_counter() - start) / loops * scale)
    return {name: statistics.median(times[name]) if name in times else None for name in runs}


def _pen(network: Network, movements: int) -> float:
    """Median milliseconds of one more movement, in a drawing that grows to 300 points."""
    turn = np.linspace(0, 6 * np.pi, movements + 1)
    points = np.stack([14 + turn / 2.5 * np.cos(turn), 14 + turn / 2.5 * np.sin(turn)], axis=1)
    drawing, times = Drawing().with_stroke(Stroke(points[:1])), []
    for _, point in pairwise(points):
        start = time.perf_counter()
        drawing = drawing.extended(point[None])
        network(drawing.centred().reshape(-1))
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times[-100:])


def _torch(network: Network) -> Run | None:
    if not installed("torch"):
        return None
    import torch  # noqa: PLC0415 - an optional peer

    torch.set_num_threads(1)
    modules: list[torch.nn.Module] = []
    for layer in network.layers:
        linear = torch.nn.Linear(layer.n_in, layer.n_out)
        linear.load_state_dict(
            {"weight": torch.tensor(layer.weights), "bias": torch.tensor(layer.biases)}
        )
        modules += [linear, torch.nn.Sigmoid()]
    model = torch.nn.Sequential(*modules).eval()

    def run(x: Images) -> object:
        with torch.inference_mode():
            return model(torch.from_numpy(x)).numpy()

    return run


def _onnxruntime(network: Network) -> Run | None:
    if not (installed("onnxruntime") and installed("onnx")):
        return None
    import onnxruntime  # noqa: PLC0415 - an optional peer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(_onnx(network), options)

    def run(x: Images) -> object:
        return session.run(None, {"a0": x.reshape(-1, 784)})[0]

    return run


def _onnx(network: Network) -> bytes:
    """The network in ONNX: a Gemm and a Sigmoid for each layer."""
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415 - an optional peer

    nodes, tensors = [], []
    for at, layer in enumerate(network.layers):
        tensors.append(numpy_helper.from_array(np.array(layer.weights), f"w{at}"))
        tensors.append(numpy_helper.from_array(np.array(layer.biases), f"b{at}"))
        sums = [f"a{at}", f"w{at}", f"b{at}"]
        nodes.append(helper.make_node("Gemm", sums, [f"z{at}"], transB=1))
        nodes.append(helper.make_node("Sigmoid", [f"z{at}"], [f"a{at + 1}"]))
    last = f"a{len(network.layers)}"
    inputs = helper.make_tensor_value_info("a0", TensorProto.FLOAT, ["m", 784])
    outputs = helper.make_tensor_value_info(last, TensorProto.FLOAT, ["m", 10])
    graph = helper.make_graph(nodes, "digits", [inputs], [outputs], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())
