"""Networks as judges of what is one digit, for `core.pictures`, which knows no network."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from core.arrays import Array
from core.evaluation.rejection import threshold
from core.evaluation.seen import seen_by
from core.ink import centre_images
from core.ink.brush import PAD, Image
from core.nn.network import Network
from core.nn.pretrained import DEFAULT, pretrained
from core.pictures import Judge

_READERS: Final = (DEFAULT, "wide")
_SMALLEST: Final = 1e-6


def judge(networks: Sequence[Network]) -> Judge:
    """How sure each of these networks is of images under the lens: 1 where its threshold is."""

    def how_sure(images: Image) -> Array:
        centred = centre_images(images.reshape(-1, PAD * PAD))
        return np.array([_how_sure(network, centred) for network in networks])

    return how_sure


def _how_sure(network: Network, centred: Image) -> Array:
    brightest = network(seen_by(network, centred)).max(axis=1)
    return np.asarray(brightest / max(threshold(network), _SMALLEST), np.float32)


@cache
def own_judge() -> Judge:
    """Of two networks that travel with the project, the default one and a larger one."""
    return judge([pretrained()[name] for name in _READERS])
