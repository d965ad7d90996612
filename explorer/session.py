"""What one person is doing: the network, the drawing, the selected neuron.

Every view reads this state and none is known to it. It imports no Panel, so it can be
used, and tested, without a page.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import param

from core.errors import InputError
from core.ink import DEFAULT_WIDTH, Drawing
from core.library import DEFAULT, library
from core.network import Network
from core.trace import Trace
from explorer.paper import Paper

Floats = npt.NDArray[np.float32]

#: Where a network does not say: an output neuron that is more off than on is no answer.
_SURE = 0.5


_INPUTS, _OUTPUTS, _SIDE = 784, 10, 28


#: The name of a network that is none of the library's.
GIVEN = "yours"


class Neuron(NamedTuple):
    """A place in the network: layers count from 0 (the input), neurons from 0."""

    layer: int
    number: int

    def __str__(self) -> str:
        return f"{self.layer}:{self.number}"


class Answer(NamedTuple):
    """The digit with the largest output, and whether that output is large enough to trust."""

    digit: int | None
    sure: bool


class Session(Paper):
    """The state of one page. Setting a parameter is all it takes to change the page."""

    network: Network = param.ClassSelector(class_=Network, doc="The network that is shown.")
    network_name: str = param.Selector(default=DEFAULT, objects=[DEFAULT], doc="Its name.")
    centred: bool = param.Boolean(default=True, doc="Whether the lens is on.")
    erasing: bool = param.Boolean(default=False, doc="Whether the pen erases.")
    pen_width: float = param.Number(
        default=DEFAULT_WIDTH, bounds=(0.5, 8.0), doc="Width of the pen in pixels of the pad."
    )
    selected: Neuron | None = param.ClassSelector(
        class_=Neuron, allow_None=True, doc="The neuron that is being looked at."
    )
    trace: Trace = param.ClassSelector(class_=Trace, doc="What the network computes now.")
    held: Trace | None = param.ClassSelector(
        class_=Trace, allow_None=True, doc="What the network computed when it was held."
    )
    holding: bool = param.Boolean(default=False, doc="Whether an earlier state is held.")
    least: float = param.Number(
        default=0.0, bounds=(0.0, 0.6), doc="Weights below this share of the largest are hidden."
    )
    signal: bool = param.Boolean(
        default=False, doc="Whether edges show w·a of this drawing instead of the weight."
    )
    pace: float = param.Number(
        default=1.0, bounds=(0.25, 2.0), doc="Speed of the propagation that is played."
    )
    plays: int = param.Integer(default=0, doc="Counts the times the propagation is played.")
    played_steps: int = param.Integer(default=0, doc="Counts the single steps asked for.")
    pulses: bool = param.Boolean(default=True, doc="Whether a pulse runs when the pen lifts.")
    replayed: Drawing | None = param.ClassSelector(
        class_=Drawing, allow_None=True, doc="A drawing that the pad shall draw, stroke by stroke."
    )
    question: str = param.Selector(
        default="why",
        objects=["why", "reacts", "prefers"],
        doc="What is asked about the selected neuron.",
    )
    comparing: bool = param.Boolean(default=False, doc="Whether two digits are being compared.")
    pointed: tuple[int | None, int | None] = param.Tuple(
        default=(None, None),
        length=2,
        doc="The pixel of the pad and the input neuron that belong together under the pointer.",
    )
    notice: str = param.String(default="", doc="One sentence for the person; empty for none.")

    def __init__(self, network: Network | None = None) -> None:
        """Start with a blank pad. Raises `InputError` for a network of other sizes."""
        self.networks = dict(library())
        name = DEFAULT
        if network is not None:
            _check_sizes(network)
            name = next((each for each, one in self.networks.items() if one is network), GIVEN)
            self.networks[name] = network
        self.param.network_name.objects = list(self.networks)
        super().__init__(network_name=name, network=self.networks[name])

    @param.depends("network", "drawing", "centred", watch=True, on_init=True)  # type: ignore[untyped-decorator]
    def _think(self) -> None:
        self.trace = self.network.trace(self.received.reshape(-1))

    @param.depends("network_name", watch=True)  # type: ignore[untyped-decorator]
    def _choose(self) -> None:
        self.network = self.networks[self.network_name]

    @param.depends("network", watch=True)  # type: ignore[untyped-decorator]
    def _forget(self) -> None:
        self.param.update(selected=None, holding=False)

    @param.depends("holding", watch=True)  # type: ignore[untyped-decorator]
    def _hold(self) -> None:
        self.held = self.trace if self.holding else None

    @property
    def received(self) -> Floats:
        """The image that the network receives, shape (28, 28), values 0-1."""
        return self.drawing.centred() if self.centred else self.drawing.image

    @property
    def answer(self) -> Answer:
        """What the network says to the drawing: its largest output, none on a blank pad."""
        return self._answer(self.trace.inputs, self.trace.outputs)

    @property
    def other_answer(self) -> Answer:
        """What it would say with the lens switched: without it if it is on, and the reverse."""
        return self.answer_to(self.drawing, not self.centred)

    @property
    def own_answer(self) -> Answer:
        """What it says to the person's own drawing."""
        return self.answer_to(self.own_drawing, self.centred) if self.borrowing else self.answer

    def answer_to(self, drawing: Drawing, centred: bool) -> Answer:
        """What it would say to a drawing, seen through the lens or as it stands."""
        inputs = (drawing.centred() if centred else drawing.image).reshape(-1)
        return self._answer(inputs, self.network(inputs))

    def _answer(self, inputs: Floats, outputs: Floats) -> Answer:
        if not inputs.any():
            return Answer(None, False)
        digit = int(np.argmax(outputs))
        return Answer(digit, bool(outputs[digit] >= self.threshold))

    @property
    def threshold(self) -> float:
        """The output from which on the network is sure; chosen when it was trained."""
        return float(self.network.card.get("sure", _SURE))

    def point_at_pad(self, place: tuple[float, float] | None) -> None:
        """The pointer is at a place of the pad, or has left it."""
        if place is None or not np.isfinite(place).all():
            self.pointed = (None, None)
        else:
            x, y = map(float, place)
            self.pointed = (_pixel(np.array((x, y))), self.received_at(x, y))

    def point_at_input(self, pixel: int | None) -> None:
        """The pointer is at an input neuron, or has left it."""
        self.pointed = (None, None) if pixel is None else (self.drawn_at(pixel), pixel)

    def received_at(self, x: float, y: float) -> int | None:
        """The input neuron that receives a place of the pad (in its pixels), if one does."""
        return _pixel(self._lens() @ (x, y, 1.0))

    def drawn_at(self, pixel: int) -> int | None:
        """The pixel of the pad that an input neuron receives, if it is on the pad."""
        row, column = divmod(pixel, _SIDE)
        lens = self._lens()
        place = np.linalg.solve(lens[:, :2], (column + 0.5, row + 0.5) - lens[:, 2])
        return _pixel(place)

    def _lens(self) -> npt.NDArray[np.float64]:
        return self.drawing.lens() if self.centred else np.eye(2, 3)

    def replay(self, drawing: Drawing) -> None:
        """Let the pad draw `drawing` as a hand would; an image without strokes is shown at once."""
        if drawing.base is not None or not drawing.strokes:
            self.replace_drawing(drawing)
            return
        self.replace_drawing(Drawing.blank)
        self.replayed = drawing

    def play(self) -> None:
        """Show the propagation layer by layer."""
        self.plays += 1

    def step(self) -> None:
        """Show the next layer of the propagation, and wait."""
        self.played_steps += 1

    def select(self, neuron: Neuron | None) -> None:
        """Look at a neuron, or at none.

        Raises:
            IndexError: the network has no such neuron.
        """
        if neuron is not None:
            sizes = self.network.sizes
            if not 0 <= neuron.layer < len(sizes) or not 0 <= neuron.number < sizes[neuron.layer]:
                raise IndexError(f"this network has no neuron {neuron}")
        self.selected = neuron


def _pixel(place: npt.NDArray[np.floating[Any]]) -> int | None:
    column, row = np.floor(place)
    on_pad = 0 <= column < _SIDE and 0 <= row < _SIDE
    return int(row * _SIDE + column) if on_pad else None


def _check_sizes(network: Network) -> None:
    inputs, *_, outputs = network.sizes
    if (inputs, outputs) != (_INPUTS, _OUTPUTS):
        raise InputError(
            f"The explorer shows networks from {_INPUTS} pixels to {_OUTPUTS} digits, "
            f"but this one goes from {inputs} numbers to {outputs}."
        )
