"""A training step beside PyTorch's, and beside the same step written out in NumPy.

All pick batches out of the same images, give their mean loss, and move the same network by gradient
descent on the quadratic loss. What is written out has the sigmoid that everybody writes; with
that of `core`, which stays silent where the other overflows, it tells what the rest costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle

import numpy as np
from figures import Figure
from interleaved import OWN, Run, compared
from machine import installed
from numpy.typing import NDArray
from peers import Images, torch_model

from core import Network
from core.nn.activations import sigmoid
from core.training.loop import Hyperparameters, one_hot, train

_BATCH_SIZES = (10, 32, 256)
_RATE = 0.5
_N_IMAGES = 7_680
_MOST = {"PyTorch": 1.0, "bare NumPy": 1.2}


def figures(network: Network, fast: bool) -> Iterator[Figure]:
    """The step at every batch size, and how many times that of its peers it takes."""
    rng = np.random.default_rng(0)
    images = rng.random((_N_IMAGES, network.sizes[0]), np.float32)
    targets = one_hot(rng.integers(0, 10, _N_IMAGES).astype(np.uint8))
    for size in _BATCH_SIZES:
        name = f"training step, batch {size}"
        runs = {
            OWN: _own(network, images, targets, size),
            "PyTorch": _torch(network, images, targets, size),
            "bare NumPy": _bare(network, images, targets, size, _sigmoid),
            "bare with core's sigmoid": _bare(network, images, targets, size, sigmoid),
        }
        rounds, loops = 20 if fast else 100, max(5, 500 // size)
        yield from compared(name, runs, (1e6, "µs"), _MOST, rounds, loops)


def _own(network: Network, images: Images, targets: Images, size: int) -> Run:
    hyper = Hyperparameters(epochs=1_000_000, batch_size=size, learning_rate=_RATE)
    return train(network, images, targets, hyper).__next__


def _sigmoid(z: Images) -> Images:
    return 1 / (1 + np.exp(-z))


def _bare(
    network: Network,
    images: Images,
    targets: Images,
    size: int,
    function: Callable[[Images], Images],
) -> Run:
    layers = [(layer.weights.copy(), layer.biases.copy()) for layer in network.layers]
    batches = cycle(_batches(size))

    def step() -> float:
        chosen = next(batches)
        a, y = [images[chosen]], targets[chosen]
        for weights, biases in layers:
            a.append(function(a[-1] @ weights.T + biases))
        error = a[-1] - y
        delta = error * a[-1] * (1 - a[-1]) * (2 / size)
        for (weights, biases), before in zip(reversed(layers), reversed(a[:-1]), strict=True):
            grad_weights, grad_biases = delta.T @ before, delta.sum(axis=0)
            if before is not a[0]:
                delta = delta @ weights * before * (1 - before)
            np.subtract(weights, _RATE * grad_weights, out=weights)
            np.subtract(biases, _RATE * grad_biases, out=biases)
        return float((error**2).sum() / size)

    return step


def _torch(network: Network, images: Images, targets: Images, size: int) -> Run | None:
    if not installed("torch"):
        return None
    import torch  # noqa: PLC0415 - an optional peer

    model = torch_model(network)
    descent = torch.optim.SGD(model.parameters(), lr=_RATE)
    x, y = torch.tensor(images), torch.tensor(targets)
    batches = cycle([torch.tensor(chosen) for chosen in _batches(size)])

    def step() -> float:
        chosen = next(batches)
        descent.zero_grad()
        loss = ((model(x[chosen]) - y[chosen]) ** 2).sum(dim=1).mean()
        loss.backward()
        descent.step()
        return loss.item()

    return step


def _batches(size: int) -> list[NDArray[np.intp]]:
    shuffled = np.random.default_rng(0).permutation(_N_IMAGES)
    return np.split(shuffled, range(size, _N_IMAGES, size))
