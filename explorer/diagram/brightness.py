"""How bright a neuron is shown, on a scale that the network brings or that is measured once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from core.ink.brush import PAD
from core.ink.example_drawings import load_examples
from core.ink.framing import framed
from core.ink.resize import resized_rows
from core.nn.display_scale import full_brightness
from core.nn.image_network import framing
from core.nn.network import Network

#: Networks that are remembered: each step of a training is another one.
_REMEMBERED: Final = 64


@lru_cache(_REMEMBERED)
def brightest(network: Network) -> tuple[float, ...]:
    """The activation that is shown as full brightness, for each layer from 1 on."""
    return full_brightness(network, examples_seen_by(network))


def examples_seen_by(network: Network) -> npt.NDArray[np.float32]:
    """(m, n_in) what a network sees of the example drawings."""
    return example_inputs(network.sizes[0], framing(network))


@cache
def example_inputs(n_pixels: int = PAD * PAD, framing: str = "whole") -> npt.NDArray[np.float32]:
    """(m, n_pixels) what networks with so many inputs see of the example drawings."""
    images = framed(np.array([each.drawing.centred() for each in load_examples()]), framing)
    return resized_rows(np.ascontiguousarray(images).reshape(len(images), -1), n_pixels)
