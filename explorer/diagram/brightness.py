"""How bright a neuron is shown, on a scale that the network brings or that is measured once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from core.ink.brush import PAD
from core.ink.example_drawings import load_examples
from core.ink.resize import resized_rows
from core.nn.display_scale import full_brightness
from core.nn.network import Network

#: Networks that are remembered: each step of a training is another one.
_REMEMBERED: Final = 64


@lru_cache(_REMEMBERED)
def brightest(network: Network) -> tuple[float, ...]:
    """The activation that is shown as full brightness, for each layer from 1 on."""
    return full_brightness(network, example_inputs(network.sizes[0]))


@cache
def example_inputs(n_pixels: int = PAD * PAD) -> npt.NDArray[np.float32]:
    """(m, n_pixels) what networks with so many inputs see of the example drawings."""
    images = np.array([example.drawing.centred().ravel() for example in load_examples()])
    return resized_rows(images, n_pixels)
