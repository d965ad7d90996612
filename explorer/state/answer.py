"""What a network says to a drawing."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.evaluation.rejection import threshold
from core.ink import Drawing
from core.ink.framing import framed
from core.ink.resize import resized
from core.nn.image_network import framing, side
from core.nn.network import Network
from core.nn.trace import Trace

Floats = npt.NDArray[np.float32]


class Answer(NamedTuple):
    """Which output is the largest (a digit, or what else it stands for), and whether it counts."""

    digit: int | None
    sure: bool


class Answers(NamedTuple):
    """The answer to a drawing, and the one with the lens switched."""

    here: Answer
    other: Answer


def received(drawing: Drawing, centred: bool) -> Floats:
    """The drawing, (28, 28), values 0-1: through the lens or as it stands."""
    return drawing.centred() if centred else drawing.image


def received_by(network: Network, drawing: Drawing, centred: bool) -> Floats:
    """The image that a network receives, (side, side), values 0-1.

    Through the lens digits lie as in the images that the network learned from.
    """
    image = received(drawing, centred)
    as_learned = framed(image[np.newaxis], framing(network))[0] if centred else image
    return resized(as_learned, side(network))


def answer_to(network: Network, drawing: Drawing, centred: bool) -> Answer:
    """What a network says to a drawing, seen through the lens or as it stands."""
    inputs = received_by(network, drawing, centred).reshape(-1)
    return answer_of(network, inputs, network(inputs))


def answer_of(network: Network, inputs: Floats, outputs: Floats) -> Answer:
    """What its outputs, (n,), say to its inputs: the largest; nothing on a blank pad."""
    if not inputs.any():
        return Answer(None, False)
    digit = int(np.argmax(outputs))
    reached = _softmax(outputs, digit) if counts_by_softmax(network) else outputs[digit]
    return Answer(digit, bool(reached >= threshold(network)))


def counts_by_softmax(network: Network) -> bool:
    """Whether the softmax of an output is to reach the threshold, and not the output itself.

    Outputs without an upper bound can be of any size: half of 1 says nothing of them. A network
    whose card names a threshold means its outputs.
    """
    return "threshold" not in network.card and not network.layers[-1].activation.bounded


def _softmax(outputs: Floats, digit: int) -> float:
    """The softmax of the largest output, whose number is ``digit``."""
    return 1 / float(np.exp(outputs - outputs[digit]).sum())


def computed(network: Network, drawing: Drawing, centred: bool) -> tuple[Trace, Answers]:
    """The trace of a drawing, seen through the lens or as it stands, and both answers to it."""
    trace = network.trace(received_by(network, drawing, centred).reshape(-1))
    here = answer_of(network, trace.inputs, trace.outputs)
    return trace, Answers(here, answer_to(network, drawing, not centred))
