"""What one person is doing: the network, the drawing, the selected neuron.

Every view reads this state and none is known to it. It imports no Panel, so it can be
used, and tested, without a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import param
from param.parameterized import batch_call_watchers

from core.errors import InputError
from core.evaluation.rejection import threshold
from core.ink import Drawing
from core.nn.image_network import check_image_network, framing, side
from core.nn.network import Network
from core.nn.pretrained import DEFAULT
from core.nn.trace import Trace
from explorer.state.answer import Answer, Answers, Floats, answer_to, computed, received_by
from explorer.state.canvas import Canvas, InkPart
from explorer.state.class_training import ClassTraining
from explorer.state.edited_networks import network_of
from explorer.state.lent import LentPage
from explorer.state.networks import offered_networks
from explorer.state.own_drawings import OwnDrawings
from explorer.state.pointing import Pointed, Seen, at_neuron, at_pad
from explorer.texts import text

#: What all the rest of a session follows from.
_GIVEN: Final = (
    *("networks", "network_name", "edits", "shows_original"),
    *("canvas", "presented", "centred", "selected", "held"),
)
_CHANGED_TOGETHER: Final = {*_GIVEN, "network", "trace"}

#: The name of a network that is none of those that every page offers.
GIVEN = "yours"


class Neuron(NamedTuple):
    """A place in the network: layers count from 0 (the input), neurons from 0."""

    layer: int
    number: int

    def __str__(self) -> str:
        return f"{self.layer}:{self.number}"


class PausedError(InputError):
    """What a person wants must wait until the teacher goes on."""


class Session(LentPage):
    """The state of one page.

    A network, a drawing or a selection is changed by a method: what follows from it is computed,
    and all that has changed is announced in one step, so that nobody sees a network without its
    trace or a selection that does not exist.
    """

    network: Network = param.ClassSelector(class_=Network, doc="The network that is shown.")
    network_name: str = param.String(default=DEFAULT, doc="Its name.")
    canvas: Canvas = param.ClassSelector(class_=Canvas, doc="What the person has on the pad.")
    presented: Drawing | None = param.ClassSelector(
        class_=Drawing, doc="Somebody else's drawing, shown instead of one's own."
    )
    centred: bool = param.Boolean(default=True, doc="Whether the lens is on.")
    selected: Neuron | None = param.ClassSelector(
        class_=Neuron, doc="The neuron that is being looked at."
    )
    trace: Trace = param.ClassSelector(class_=Trace, doc="What the network computes now.")
    held: Trace | None = param.ClassSelector(
        class_=Trace, doc="What it computed when it was held, to compare."
    )
    own_drawings: OwnDrawings = param.ClassSelector(
        class_=OwnDrawings,
        default=OwnDrawings(),
        instantiate=False,
        doc="Drawings that the person has collected.",
    )
    redrawn = param.Event(
        doc="The drawing was replaced as a whole (undo, clear, restore), as against strokes, which "
        "the browser has painted before the server hears of them."
    )
    replayed: Drawing | None = param.ClassSelector(
        class_=Drawing, doc="A drawing that the pad shall draw, stroke by stroke."
    )
    paused: bool = param.Boolean(
        default=False, doc="Whether the teacher has paused the page: then the drawing stays."
    )
    class_training: ClassTraining = param.ClassSelector(
        class_=ClassTraining, default=ClassTraining(), doc="What the teacher says of trainings."
    )

    _answers = Answers(Answer(None, False), Answer(None, False))
    _is_changing = False

    def __init__(self, network: Network | None = None) -> None:
        """Start with a blank pad. Raises `InputError` for a network of other sizes."""
        networks, name = dict(offered_networks()), DEFAULT
        if network is not None:
            check_image_network(network)
            name = next((each for each, one in networks.items() if one is network), GIVEN)
            networks[name] = network
        super().__init__()
        self._offered = networks
        self._change(networks=networks, network_name=name, canvas=Canvas())

    def choose_network(self, name: str) -> None:
        """Show another of the `networks`. Raises `KeyError` if there is none of this name."""
        self.check_that_it_goes_on()
        if self.networks[name] is not self.original:
            self._change(network_name=name, selected=None, held=None, shows_original=False)

    def centre(self, on: bool) -> None:
        """Switch the lens on or off."""
        self.check_that_it_goes_on()
        self._change(centred=on)

    def select(self, neuron: Neuron | None) -> None:
        """Look at a neuron, or at none.

        Raises:
            IndexError: the network has no such neuron.
        """
        if neuron is not None:
            sizes = self.network.sizes
            if not 0 <= neuron.layer < len(sizes) or not 0 <= neuron.number < sizes[neuron.layer]:
                raise IndexError(f"this network has no neuron {neuron}")
        self._change(selected=neuron)

    def hold(self, on: bool) -> None:
        """Keep the present activations to compare with, or let them go."""
        self._change(held=self.trace if on else None)

    @property
    def holding(self) -> bool:
        """Whether earlier activations are held."""
        return self.held is not None

    def draw(self, parts: Sequence[InkPart]) -> None:
        """Draw strokes and go on with the last one.

        Raises:
            InkError: some of it cannot be drawn. Nothing is.
            PausedError: the drawing stays as it is.
        """
        self.check_that_drawing_goes_on()
        self._change(canvas=self.canvas.with_ink(parts))

    def begin_stroke(self, points: npt.ArrayLike, width: float, erases: bool) -> None:
        """Start a stroke: points of shape (n, 2), in pixels of the pad."""
        self.draw([InkPart(True, np.asarray(points), width, erases)])

    def extend_stroke(self, points: npt.ArrayLike) -> None:
        """Go on with the last stroke: further points of shape (n, 2)."""
        self.draw([InkPart(False, np.asarray(points))])

    def show_placeholder(self, drawing: Drawing) -> None:
        """Show an example until somebody draws."""
        self._change(canvas=Canvas(drawing, is_placeholder=True))

    def replace_drawing(self, drawing: Drawing) -> None:
        """Put another drawing on the pad; undo brings the present one back."""
        self.check_that_drawing_goes_on()
        self._redraw(canvas=self.canvas.replaced(drawing))

    def restore(self, drawing: Drawing) -> None:
        """A tab that was opened again brings the person's drawing along.

        What a link, or a person, has put on the pad in the meantime stays, and undo leads to it.
        """
        if self.lends_canvas:
            self.own = self.own and self.own.begun_with(drawing)
        else:
            self._redraw(canvas=self.canvas.begun_with(drawing))

    def clear(self) -> None:
        """Empty the pad; undo brings the drawing back."""
        self.check_that_drawing_goes_on()
        self.clear_for_teacher()

    def clear_for_teacher(self) -> None:
        """The same, whether the page is paused or not."""
        if (cleared := self.canvas.cleared()) is not self.canvas:
            self._redraw(canvas=cleared)

    def undo(self) -> None:
        """Take back the last stroke or replacement."""
        self.check_that_drawing_goes_on()
        if self.can_undo:
            self._redraw(canvas=self.canvas.undone())

    def redo(self) -> None:
        """Bring back what was undone last."""
        self.check_that_drawing_goes_on()
        if self.can_redo:
            self._redraw(canvas=self.canvas.redone())

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to undo."""
        return bool(self.canvas.history.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is anything to redo."""
        return bool(self.canvas.history.future)

    def present(self, drawing: Drawing | None) -> None:
        """Show somebody else's drawing; with None, the person's own again."""
        if drawing is not self.presented:
            self._redraw(presented=drawing)

    def follow(self, other: Session) -> None:
        """Be where another session is: with its networks, its drawing and what it looks at."""
        given = {name: getattr(other, name) for name in _GIVEN}
        is_redrawn = other.drawing is not self.drawing
        self._change(**given, redrawn=is_redrawn, trace=other.trace, _answers=other._answers)

    def show_again(self) -> None:
        """Have the pad show the drawing as it is here; the last stroke is over."""
        self._redraw(canvas=replace(self.canvas, pen_is_down=False))

    def replay(self, drawing: Drawing) -> None:
        """Let the pad draw `drawing` as a hand would; an image without strokes is shown at once."""
        if drawing.base is not None or not drawing.strokes:
            self.replace_drawing(drawing)
            return
        self.replace_drawing(Drawing.blank)
        self.replayed = drawing
        self.replayed = None

    @property
    def drawing(self) -> Drawing:
        """The drawing that is shown."""
        return self.canvas.drawing if self.presented is None else self.presented

    @property
    def answer(self) -> Answer:
        """What the network says to it; it changes with `trace`."""
        return self._answers.here

    @property
    def other_answer(self) -> Answer:
        """What it would say with the lens switched: without it if it is on, and the reverse."""
        return self._answers.other

    @property
    def received(self) -> Floats:
        """The image that the network receives, (side, side), values 0-1."""
        return received_by(self.network, self.drawing, self.centred)

    @property
    def own_answer(self) -> Answer:
        """What the network says to the person's own drawing."""
        if self.presented is None:
            return self.answer
        return answer_to(self.network, self.canvas.own, self.centred)

    @property
    def threshold(self) -> float:
        """The output from which on the network is sure; chosen when it was trained."""
        return threshold(self.network)

    @property
    def is_locked(self) -> bool:
        """Whether the drawing stays as it is, whatever the person does."""
        return self.paused or self.presented is not None

    def check_that_it_goes_on(self) -> None:
        """Raises `PausedError` while the teacher has paused the page."""
        if self.paused:
            raise PausedError(text("notice.paused"))

    def check_that_drawing_goes_on(self) -> None:
        """Raises `PausedError` while the page is paused, or shows somebody else's drawing."""
        self.check_that_it_goes_on()
        if self.presented is not None:
            raise PausedError(text("notice.presenting"))

    def _redraw(self, **changes: Any) -> None:
        self._change(redrawn=True, **changes)

    def _change(self, **changes: Any) -> None:
        """Change some of what the rest follows from, and announce it all at once."""
        given = {name: changes.get(name, getattr(self, name)) for name in _GIVEN}
        network = network_of(*(given[name] for name in _GIVEN[:4]))
        presented = given["presented"]
        drawing = given["canvas"].drawing if presented is None else presented
        new = {**changes, "network": network}
        if "trace" not in changes and not self._is_seen(network, drawing, given["centred"]):
            new["trace"], new["_answers"] = computed(network, drawing, given["centred"])
        with batch_call_watchers(self):
            self._set({k: each for k, each in new.items() if each is not getattr(self, k)})

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse to set by itself what is changed by a method, with all that follows from it.

        Constant parameters do the same, but to change them takes a third of a stroke's time.
        """
        if name in _CHANGED_TOGETHER and not self._is_changing:
            raise TypeError(f"{name} is changed by a method of the session")
        super().__setattr__(name, value)

    def _set(self, values: dict[str, Any]) -> None:
        self._is_changing = True
        try:
            for name, value in values.items():
                setattr(self, name, value)
        finally:
            self._is_changing = False

    def _is_seen(self, network: Network, drawing: Drawing, centred: bool) -> bool:
        """Whether this is what the present trace was computed from."""
        same = network is self.network and drawing is self.drawing
        return same and centred == self.centred

    @property
    def _seen(self) -> Seen:
        return Seen(side(self.network), framing(self.network))

    def point_at_pad(self, place: tuple[float, float] | None) -> None:
        """The pointer is at a place of the pad, or has left it."""
        pointed = Pointed()
        if place:
            x, y = map(float, place)
            pointed = at_pad(self.drawing, self.centred, x, y, self._seen)
        self.param.update(pointed=pointed)

    def point_at_input(self, neuron: int | None) -> None:
        """The pointer is at an input neuron, or has left it."""
        pointed = Pointed()
        if neuron is not None:
            pointed = at_neuron(self.drawing, self.centred, neuron, self._seen)
        self.param.update(pointed=pointed)
