"""The forward pass and the training beside the runtimes that are made for them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import numpy as np
import training_epoch
import training_step
from figures import Chapter, Figure
from interleaved import OWN, compared
from peers import Images, onnxruntime_forward, torch_forward
from threadpoolctl import threadpool_limits

from core import Network
from core.assets import asset
from core.ink import Drawing, Stroke

_MICROSECONDS, _MILLISECONDS = (1e6, "µs"), (1e3, "ms")
_N_BATCH = 10_000


def measure(fast: bool) -> Chapter:
    """One image, ten thousand at once, a movement of the pen, a training step, and an epoch."""
    network = Network.load(asset("networks/default.npz"))
    with threadpool_limits(1, user_api="blas"):
        figures = (
            *_forward(network, fast),
            _pen(network, 100 if fast else 299),
            *training_step.figures(network, fast),
            *training_epoch.figures(network, fast),
        )
    return Chapter("Forward pass and training, one thread", figures)


def _forward(network: Network, fast: bool) -> Iterator[Figure]:
    runs = {
        OWN: network,
        "onnxruntime": onnxruntime_forward(network),
        "PyTorch": torch_forward(network),
    }
    images: Images = np.random.default_rng(0).random((_N_BATCH, 784), np.float32)
    one = {name: run and partial(run, images[0]) for name, run in runs.items()}
    many = {name: run and partial(run, images) for name, run in runs.items()}
    name, most = "network(x), one image", {"onnxruntime": 1.0}
    yield from compared(name, one, _MICROSECONDS, most, rounds=20 if fast else 100, loops=200)
    name = f"network(x), {_N_BATCH:,} images"
    yield from compared(name, many, _MILLISECONDS, {}, rounds=5 if fast else 15, loops=1)


def _pen(network: Network, movements: int) -> Figure:
    """Median milliseconds of one more movement, in a drawing that grows to 300 points."""
    turn = np.linspace(0, 6 * np.pi, movements + 1)
    points = np.stack([14 + turn / 2.5 * np.cos(turn), 14 + turn / 2.5 * np.sin(turn)], axis=1)
    drawing, times = Drawing().with_stroke(Stroke(points[:1])), []
    for _, point in pairwise(points):
        start = time.perf_counter()
        drawing = drawing.extended(point[None])
        network(drawing.centred().reshape(-1))
        times.append(time.perf_counter() - start)
    median = 1000 * statistics.median(times[-100:])
    return Figure("ink + lens + network(x), one movement", median, "ms", {}, "≤ 0.5", median <= 0.5)
