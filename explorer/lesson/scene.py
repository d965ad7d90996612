"""What a card lets the page show, and how what the learner had comes back afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from core.edit.sandbox import LAYER, QUIZ, SPARE, edge_detector
from core.ink import Drawing
from core.nn.network import Network
from explorer.drawing.examples import examples
from explorer.lesson.values import DIGIT, NAME, NEURON, YES_OR_NO, Kind, number, one_of
from explorer.state.canvas import Canvas
from explorer.state.networks import SANDBOX, offered_networks
from explorer.state.session import Neuron, Session
from explorer.texts import text

if TYPE_CHECKING:
    from explorer.lesson.chapter import Card

_OWN: Final = "own"
_BLANK: Final = "blank"
_NONE: Final = "none"

SETTINGS: Final[Mapping[str, Kind]] = {
    "place": one_of("explore", "edit", "train", "test"),
    "network": NAME,
    "drawing": NAME,
    "neuron": Kind("neuron", lambda value: value == _NONE or NEURON.holds(value)),
    "edges": one_of("weight", "contribution"),
    "weakest": number(0, 0.6),
    "centre": YES_OR_NO,
    "question": one_of("why", "reacts", "prefers"),
    "backpropagation": YES_OR_NO,
    "wanted": DIGIT,
    "detector": YES_OR_NO,
}
"""What can be shown: a place of the page; a network by its name; a drawing (the name of an
example, an image of the quiz, "blank", or "own", the learner's); a neuron or "none"; what the edges
show, and from which share of the largest on; whether the drawing is centred; what is asked of the
neuron; one step of backpropagation, and the output it is to raise unless one is chosen; and whether
the sandbox's empty neuron has the weights of the edge detector."""


def neuron_of(said: str) -> Neuron:
    """The neuron that `1:5` stands for."""
    layer, _, index = said.partition(":")
    return Neuron(int(layer), int(index))


class Scene:
    """Sets the page up for a card; what the learner had comes back when the lesson is left."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._changed: set[str] = set()
        self._chapter = ""

    def show(self, card: Card, chapter: str) -> None:
        """Show what a card names; what it does not name stays, but for the drawing.

        What was tried in one chapter changes no number in another.

        Raises:
            PausedError: the page stays as it is.
        """
        session, said = self._session, card.show
        session.lend()
        if chapter != self._chapter:
            session.forget_edits()
        self._chapter = chapter
        self._changed |= {_ATTRIBUTES.get(name, name) for name in (*said, card.check.name)}
        name = said.get("network")
        if name is not None and name in session.networks:
            session.choose_network(name)
        self._show_drawing(said.get("drawing", _OWN))
        for setting, value in said.items():
            if setting in _APPLIED:
                _APPLIED[setting](session, value)

    def leave(self) -> None:
        """Give back what the learner had, as far as cards have changed it or asked for that."""
        self._session.give_back(self._changed)
        self._changed = set()

    def _show_drawing(self, name: str) -> None:
        """Put a drawing on the pad. What was drawn since on a lent one is not the learner's own."""
        if name == _OWN:
            self._session.take_canvas()
        elif (drawing := drawing_named(name)) is not None:
            self._session.lend_canvas(Canvas(drawing, is_placeholder=not drawing.is_blank))


def drawing_named(name: str) -> Drawing | None:
    """The drawing that a card can name; None if there is none."""
    if name == _BLANK:
        return Drawing.blank
    if name in QUIZ:
        return Drawing(QUIZ[name])
    return examples()[name].drawing if name in examples() else None


def _select(session: Session, said: str) -> None:
    """Select a neuron, if the network has it."""
    neuron = None if said == _NONE else neuron_of(said)
    sizes = session.network.sizes
    if neuron is None or (neuron.layer < len(sizes) and neuron.number < sizes[neuron.layer]):
        session.select(neuron)


def has_detector(network: Network) -> bool:
    """Whether it is the sandbox, and its empty neuron has the weights of the edge detector."""
    layer = network.layers[LAYER - 1]
    fits = layer.n_out > SPARE and layer.n_in == edge_detector().size
    return fits and np.array_equal(layer.weights[SPARE], edge_detector())


def _build(session: Session, on: bool) -> None:
    """Give the sandbox's empty neuron the weights of the edge detector, or its own again."""
    if session.network_name == SANDBOX:
        original = session.original
        built = original.with_weights(LAYER, SPARE, edge_detector())
        session.edit(built if on else original)


def _want(session: Session, digit: int) -> None:
    """Say which output a step is to raise, unless that is chosen."""
    if session.wanted is None:
        session.wanted = digit


_APPLIED: Final[dict[str, Callable[[Session, Any], None]]] = {
    "place": lambda session, value: session.param.update(place=value),
    "neuron": _select,
    "edges": lambda session, value: session.param.update(signal=value == "contribution"),
    "weakest": lambda session, value: session.param.update(least=value),
    "centre": lambda session, value: session.centre(value),
    "question": lambda session, value: session.param.update(question=value),
    "backpropagation": lambda session, value: session.param.update(backpropagating=value),
    "wanted": _want,
    "detector": _build,
}


#: What a session calls that which a card shows, or a check asks to change.
_ATTRIBUTES: Final[Mapping[str, str]] = {
    **{"edges": "signal", "weakest": "least", "centre": "centred", "ask": "question"},
    **{"backpropagation": "backpropagating", "backpropagate": "backpropagating"},
    **{"compare": "comparing", "visit": "place"},
}


def unknown_names(said: object) -> Iterator[str]:
    """What a card names that no page has: networks and drawings, a sentence each."""
    if not isinstance(said, dict):
        return
    network, drawing = said.get("network"), said.get("drawing", _OWN)
    if isinstance(network, str) and network not in offered_networks():
        yield text("chapter.no_network", name=network, known=", ".join(offered_networks()))
    if isinstance(drawing, str) and drawing != _OWN and drawing_named(drawing) is None:
        yield text("chapter.no_drawing", name=drawing)
