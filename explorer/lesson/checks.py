"""How the page knows that what a card asks for was done. Each check finds it in the session.

A check is asked whenever something has changed, with what the session was when the card was opened.
It returns what it has found, to be told, or None as long as it is not done. Nothing counts that was
so before: a check asks for something to be *done*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from core.edit.sandbox import QUIZ
from core.ink import Drawing
from core.nn.image_network import labels
from core.nn.network import Network
from explorer.lesson.before import Before
from explorer.lesson.scene import has_detector
from explorer.lesson.values import (
    DIGIT,
    LAYER,
    NAME,
    NEURON,
    SHARE,
    YES_OR_NO,
    Kind,
    one_of,
    whole,
)
from explorer.state.networks import TRAINING
from explorer.state.session import Neuron, Session
from explorer.texts import number, percent
from explorer.texts.names import name_in

Found = dict[str, str] | None


@dataclass(frozen=True)
class Check:
    """What finds that something was done, which values a card can give, and what it can tell."""

    find: Callable[..., Found]
    takes: Mapping[str, Kind] = field(default_factory=dict)
    tells: tuple[str, ...] = ()

    def __call__(self, session: Session, before: Before, values: Mapping[str, Any]) -> Found:
        """What was found; None as long as it was not done."""
        return self.find(session, before, **values)


def _drawn(session: Session, before: Before, strokes: int = 1, trained: bool = False) -> Found:
    """At least so many strokes are on the pad that were not there before."""
    canvas = session.canvas
    if session.presented is not None or canvas.own == before.canvas.own:
        return None
    if trained and not _shows_trained(session):
        return None
    kept = set(map(id, before.canvas.own.strokes))
    new = sum(id(stroke) not in kept for stroke in canvas.own.strokes)
    return _answer(session) if new >= strokes else None


def _answer(session: Session) -> dict[str, str]:
    outputs = session.trace.outputs
    best = int(np.argmax(outputs))
    return {
        "label": labels(session.network)[best],
        "activation": number(float(outputs[best]), 2),
    }


def _cleared(session: Session, before: Before) -> Found:
    """The pad was cleared."""
    was_blank = before.canvas.own.is_blank and not before.canvas.is_placeholder
    return {} if session.canvas.drawing.is_blank and not was_blank else None


def _selected(
    session: Session,
    before: Before,
    *,
    layer: int | None = None,
    neuron: str | None = None,
    above: float | None = None,
    below: float | None = None,
    **more: bool,
) -> Found:
    """Another neuron is selected: any, or one of a layer, or above or below an activation."""
    at = session.selected
    if at is None or at == before.selected:
        return None
    a = activation_of(session, at)
    is_meant = (
        (layer is None or at.layer == layer)
        and (neuron is None or str(at) == neuron)
        and (above is None or a > above)
        and (below is None or a < below)
        and all(_HOLDS[name](session) is on for name, on in more.items())
    )
    if not is_meant:
        return None
    return {"neuron": name_in(session.network, *at), "activation": number(a, 2)}


def _shows_trained(session: Session) -> bool:
    """Whether a network is shown that was trained here."""
    return session.network_name == TRAINING and _has_learned(session.networks.get(TRAINING))


#: What can be asked of a session beside a selection.
_HOLDS: Final[Mapping[str, Callable[[Session], bool]]] = {
    "column": lambda session: session.selected is not None and session.selected.layer > 0,
    "drawn": lambda session: not session.canvas.own.is_blank,
    "trained": _shows_trained,
    "wanted": lambda session: session.wanted is not None,
}


def activation_of(session: Session, at: Neuron) -> float:
    """The activation of a neuron of the input, or of any other layer."""
    trace = session.trace
    return float(trace.inputs[at.number] if at.layer == 0 else trace.a[at.layer - 1][at.number])


def _answered(
    session: Session, before: Before, digit: int | None = None, sure: bool | None = None
) -> Found:
    """Another drawing gets an answer: this digit, or one above or below the threshold."""
    answer = session.answer
    if answer.digit is None or session.canvas is before.canvas:
        return None
    if digit is not None and answer.digit != digit:
        return None
    return _answer(session) if sure is None or answer.sure == sure else None


def _torn(session: Session, before: Before, above: float = 0.3) -> Found:
    """Two outputs are above a number, for another drawing."""
    outputs = session.trace.outputs
    first, second = np.argsort(outputs)[::-1][:2]
    if session.canvas is before.canvas or outputs[second] <= above:
        return None
    names = labels(session.network)
    return {
        "first": names[first],
        "second": names[second],
        "activation": number(float(outputs[second]), 2),
    }


def _edges(session: Session, before: Before, by: str = "contribution") -> Found:
    """The edges show something else."""
    wanted = by == "contribution"
    return {} if session.signal is wanted and before.signal is not wanted else None


def _weakest(session: Session, before: Before) -> Found:
    """Weak weights are hidden from another share on."""
    return {"share": percent(session.least, 0)} if session.least != before.least else None


def _asked(session: Session, before: Before, question: str = "reacts") -> Found:
    """Something is asked of a neuron."""
    is_new = (before.question, before.selected) != (session.question, session.selected)
    is_asked = session.selected is not None and session.question == question
    return {} if is_asked and is_new else None


def _centred(session: Session, before: Before, on: bool = False) -> Found:
    """Centring was switched on or off."""
    if session.centred is not on or before.centred is on:
        return None
    names, other = labels(session.network), session.other_answer.digit
    return {**_answer(session), "other": "–" if other is None else names[other]}


def _visited(session: Session, before: Before, place: str = "edit") -> Found:
    """A place was visited."""
    return {} if session.place == place != before.place else None


def _chosen(session: Session, before: Before, network: str | None = None) -> Found:
    """Another network was chosen."""
    name = session.network_name
    if name == before.name or (network is not None and name != network):
        return None
    return _answer(session)


def _changed(
    session: Session, before: Before, what: str = "anything", layer: int | None = None
) -> Found:
    """The network was changed since the card was opened, perhaps in one layer."""
    now = session.present_edits.network
    if session.network_name != before.name or now is before.network:
        return None
    pairs = zip(before.network.layers, now.layers, strict=True)
    for at, (old, new) in enumerate(pairs, start=1):
        changes = {
            "weights": not np.array_equal(old.weights, new.weights),
            "bias": not np.array_equal(old.biases, new.biases),
            "function": old.activation is not new.activation,
        }
        is_changed = any(changes.values()) if what == "anything" else changes[what]
        if layer in (None, at) and is_changed:
            return _answer(session)
    return None


def _undone(session: Session, before: Before) -> Found:
    """All changes of the network were taken back."""
    edits = session.edits.get(session.network_name)
    is_other = session.network_name == before.name and edits is not before.edits
    was_edited = session.can_undo_edit or session.can_redo_edit
    return {} if is_other and was_edited and not session.is_edited else None


def _built(session: Session, before: Before) -> Found:
    """The sandbox's empty neuron has the weights of the lesson's edge detector."""
    is_built = has_detector(session.present_edits.network)
    return {} if is_built and not has_detector(before.network) else None


def _tried(session: Session, before: Before) -> Found:
    """Another image of the quiz is on the pad."""
    images = [Drawing(image) for image in QUIZ.values()]
    return {} if session.canvas is not before.canvas and session.drawing in images else None


def _trained(session: Session, before: Before) -> Found:
    """A training was started, and the network has learned."""
    trained = session.networks.get(TRAINING)
    if trained is before.trained or not _has_learned(trained):
        return None
    is_new = session.trainings != before.trainings or not _has_learned(before.trained)
    return _answer(session) if is_new else None


def _has_learned(network: Network | None) -> bool:
    """Whether a network was trained: before the first step, all biases are 0."""
    return network is not None and any(layer.biases.any() for layer in network.layers)


def _stepped_back(session: Session, before: Before) -> Found:
    """One step of backpropagation is shown."""
    return {} if session.shows_backpropagation and not before.backpropagates else None


def _compared(session: Session, before: Before) -> Found:
    """Two digits are compared."""
    return {} if session.comparing and not before.comparing else None


def _held(session: Session, before: Before) -> Found:
    """The present activations are pinned."""
    return {} if session.holding and not before.holding else None


_ANSWER: Final = ("label", "activation")

CHECKS: Final[Mapping[str, Check]] = {
    "draw": Check(_drawn, {"strokes": whole(1, 50), "trained": YES_OR_NO}, _ANSWER),
    "clear": Check(_cleared),
    "select": Check(
        _selected,
        {
            **{"layer": LAYER, "neuron": NEURON, "above": SHARE, "below": SHARE},
            **dict.fromkeys(_HOLDS, YES_OR_NO),
        },
        ("neuron", "activation"),
    ),
    "answer": Check(_answered, {"digit": DIGIT, "sure": YES_OR_NO}, _ANSWER),
    "torn": Check(_torn, {"above": SHARE}, ("first", "second", "activation")),
    "edges": Check(_edges, {"by": one_of("weight", "contribution")}),
    "weakest": Check(_weakest, tells=("share",)),
    "ask": Check(_asked, {"question": one_of("why", "reacts", "prefers")}),
    "centre": Check(_centred, {"on": YES_OR_NO}, (*_ANSWER, "other")),
    "visit": Check(_visited, {"place": one_of("explore", "edit", "train", "test")}),
    "network": Check(_chosen, {"network": NAME}, _ANSWER),
    "change": Check(
        _changed,
        {"what": one_of("anything", "bias", "weights", "function"), "layer": LAYER},
        _ANSWER,
    ),
    "undo": Check(_undone),
    "detector": Check(_built),
    "tried": Check(_tried),
    "train": Check(_trained, tells=_ANSWER),
    "backpropagate": Check(_stepped_back),
    "compare": Check(_compared),
    "pin": Check(_held),
}
"""All checks, by the names that chapters call them."""
