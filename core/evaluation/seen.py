"""What a network sees of images that are made as MNIST's are."""

import numpy as np

from core.arrays import Array
from core.ink.brush import PAD
from core.ink.framing import framed
from core.ink.resize import resized_rows
from core.nn.image_network import framing
from core.nn.network import Network


def seen_by(network: Network, rows: Array) -> Array:
    """(m, n_in) of images (m, n), resized and framed as those that it learned from.

    Rows that are no square images, or are to become none, stay as they are.
    """
    if framing(network) != "whole" and rows.shape[1] == PAD * PAD:
        images = framed(rows.reshape(-1, PAD, PAD), framing(network))
        rows = np.ascontiguousarray(images).reshape(len(images), -1)
    return resized_rows(rows, network.sizes[0])
