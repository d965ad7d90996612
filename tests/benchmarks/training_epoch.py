"""An epoch of training beside PyTorch's and scikit-learn's, each as its users would write it.

All go once through as many images as MNIST has, in an order of their own, and move the same network
by plain gradient descent. PyTorch's and the explorer's loss is the quadratic one; scikit-learn
knows softmax and cross-entropy only, which is about as much to compute.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from figures import Figure
from interleaved import OWN, Run, compared
from machine import installed
from numpy.typing import NDArray
from peers import Images, torch_model

from core import Network
from core.training.dataset import Dataset
from core.training.loop import Hyperparameters, one_hot
from core.training.stretch import advance, begin

_BATCH_SIZES = (10, 32, 256)
_RATE = 0.5
_N_IMAGES = 60_000
_MOST = {"PyTorch": 1.0, "scikit-learn": 0.33}


def figures(network: Network, fast: bool) -> Iterator[Figure]:
    """The epoch at every batch size, and how many times that of its peers it takes."""
    rng = np.random.default_rng(0)
    images = rng.random((_N_IMAGES, network.sizes[0]), np.float32)
    labels = rng.integers(0, 10, _N_IMAGES).astype(np.uint8)
    for size in _BATCH_SIZES:
        runs = {
            OWN: _own(network, images, labels, size),
            "PyTorch": _torch(network, images, labels, size),
            "scikit-learn": _scikit_learn(network, images, labels, size),
        }
        name = f"epoch of {_N_IMAGES:,} images, batch {size}"
        yield from compared(name, runs, (1.0, "s"), _MOST, rounds=1 if fast else 5, loops=1)


def _own(network: Network, images: Images, labels: NDArray[np.uint8], size: int) -> Run:
    hyper = Hyperparameters(epochs=1, batch_size=size, learning_rate=_RATE)
    dataset = Dataset(images, one_hot(labels), {})
    state = begin(network, hyper, len(images))
    return lambda: advance(state, dataset, state.n_steps)


def _torch(network: Network, images: Images, labels: NDArray[np.uint8], size: int) -> Run | None:
    if not installed("torch"):
        return None
    import torch  # noqa: PLC0415 - an optional peer

    model = torch_model(network)
    descent = torch.optim.SGD(model.parameters(), lr=_RATE)
    x, y = torch.from_numpy(images), torch.from_numpy(one_hot(labels))

    def epoch() -> None:
        for chosen in torch.randperm(len(x)).split(size):
            descent.zero_grad()
            loss = ((model(x[chosen]) - y[chosen]) ** 2).sum(dim=1).mean()
            loss.backward()
            descent.step()

    return epoch


def _scikit_learn(
    network: Network, images: Images, labels: NDArray[np.uint8], size: int
) -> Run | None:
    if not installed("sklearn"):
        return None
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415 - an optional peer

    model = MLPClassifier(
        network.sizes[1:-1],
        activation="logistic",
        solver="sgd",
        alpha=0,
        batch_size=size,
        learning_rate_init=_RATE,
        momentum=0,
        random_state=0,
    )
    return lambda: model.partial_fit(images, labels, classes=range(10))
