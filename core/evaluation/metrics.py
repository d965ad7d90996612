"""How well a network reads."""

import numpy as np
from numpy.typing import NDArray

from core.data.images import Images
from core.nn.network import Network


def accuracy(network: Network, images: Images) -> float:
    """The share of the images, 0-1, whose largest output is the right digit."""
    return float((network(images.images).argmax(axis=1) == images.labels).mean())


def confusion_matrix(network: Network, images: Images) -> NDArray[np.int64]:
    """How often digit ``i`` was read as ``j``, at ``[i, j]``; shape ``(n_out, n_out)``."""
    n_out = network.sizes[-1]
    read = network(images.images).argmax(axis=1)
    counts = np.bincount(images.labels.astype(np.int64) * n_out + read, minlength=n_out**2)
    return counts.reshape(n_out, n_out)
