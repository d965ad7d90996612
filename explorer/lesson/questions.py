"""Questions whose answers are computed from what the page shows at the moment they are asked.

Each has a prompt, a few answers to choose from, of which one is right, and an explanation with the
numbers it follows from. Which pixel or neuron is asked about is drawn at random.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from core.edit.neurons import silenced
from core.errors import InputError
from core.explain.weighted_sum import explain
from core.ink.brush import PAD
from core.nn.image_network import labels
from core.nn.network import Network
from explorer.drawing.examples import examples
from explorer.lesson.scene import neuron_of
from explorer.lesson.values import LAYER, NEURON, Kind
from explorer.state.session import Neuron, Session
from explorer.texts import minus, number, text
from explorer.texts.names import name_in, short_name_in

_CHOICES: Final = 4
_DIGITS: Final = 2
"""Decimal places of numbers to choose from."""


class QuestionError(InputError):
    """There is nothing to ask now: the pad is blank, or nothing is selected."""


@dataclass(frozen=True)
class Question:
    """What is asked, the answers to choose from, which one is right, and why."""

    prompt: str
    answers: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True)
class Questioner:
    """How a question is made, and which values a card can give."""

    make: Callable[..., Question]
    takes: Mapping[str, Kind]

    def __call__(
        self, session: Session, rng: np.random.Generator, values: Mapping[str, Any]
    ) -> Question:
        """A question about what is shown. Raises `QuestionError` where there is nothing to ask."""
        return self.make(session, rng, **values)


def _pixel(session: Session, rng: np.random.Generator, neuron: str | None = None) -> Question:
    """How much does a pixel with ink add to a neuron's sum?"""
    at = _neuron(session, neuron, layer=1)
    found = explain(session.network, session.trace, *at)
    lit = np.flatnonzero(found.inputs > 0.5)
    if lit.size == 0:
        raise QuestionError(text("question.blank"))
    strong = lit[np.argsort(-np.abs(found.terms[lit]))[: max(1, lit.size // 3)]]
    pixel = int(rng.choice(strong))
    w, x, term = (float(each[pixel]) for each in (found.weights, found.inputs, found.terms))
    told = {"weight": _written(w), "input": number(x, _DIGITS), "term": _written(term)}
    return _numbers(
        rng,
        text("question.pixel", pixel=_name(session, Neuron(0, pixel)), neuron=_name(session, at)),
        [term, -term, x, w + x],
        text("question.pixel_why", **told),
    )


def _silence(session: Session, rng: np.random.Generator, layer: int | None = None) -> Question:
    """Which output falls most if a hidden neuron is silenced?"""
    network, before = session.network, session.trace.outputs
    hidden = len(network.layers) - 1
    if hidden == 0:
        raise QuestionError(text("question.no_hidden"))
    at_layer = min(layer or hidden, hidden)
    falls = [
        before - silenced(network, at_layer, number_)(session.trace.inputs)
        for number_ in range(network.sizes[at_layer])
    ]
    telling = np.argsort([-each.max() for each in falls])[:_CHOICES]
    chosen = int(rng.choice(telling))
    fall, at = falls[chosen], Neuron(at_layer, chosen)
    most = int(np.argmax(fall))
    others = [int(each) for each in np.argsort(-before) if each != most][: _CHOICES - 1]
    names = labels(network)
    after = before[most] - fall[most]
    told = {"before": number(float(before[most]), 2), "after": number(float(after), 2)}
    return _shuffled(
        rng,
        text("question.silence", neuron=_name(session, at)),
        [names[each] for each in (most, *others)],
        text("question.silence_why", label=names[most], **told),
    )


def _largest(session: Session, rng: np.random.Generator, neuron: str | None = None) -> Question:
    """Which neuron of the layer before adds most to a neuron's sum?"""
    at = _neuron(session, neuron, layer=len(session.network.layers))
    found = explain(session.network, session.trace, *at)
    order = np.argsort(-found.terms)
    sources = [int(order[0]), *map(int, rng.permutation(order[2:])[: _CHOICES - 1])]
    names = [short_name_in(session.network, at.layer - 1, each) for each in sources]
    return _shuffled(
        rng,
        text("question.largest", neuron=_name(session, at)),
        names,
        text(
            "question.largest_why",
            source=names[0],
            weight=_written(float(found.weights[sources[0]])),
            input=number(float(found.inputs[sources[0]]), _DIGITS),
            term=_written(float(found.terms[sources[0]])),
        ),
    )


def _sum(session: Session, rng: np.random.Generator, neuron: str | None = None) -> Question:
    """What is z, from the weighted sum and the bias?"""
    at = _neuron(session, neuron, layer=1)
    found = explain(session.network, session.trace, *at)
    total, bias = round(found.weighted_sum, _DIGITS), round(found.bias, _DIGITS)
    told = {"sum": _written(total), "bias": _written(bias), "z": _written(total + bias)}
    return _numbers(
        rng,
        text("question.sum", neuron=_name(session, at), sum=told["sum"], bias=told["bias"]),
        [total + bias, total - bias, total * bias, bias - total],
        text("question.sum_why", **told),
    )


def _activation(session: Session, rng: np.random.Generator, neuron: str | None = None) -> Question:
    """Which activation belongs to z?"""
    at = _neuron(session, neuron, layer=1)
    found = explain(session.network, session.trace, *at)
    candidates = [found.activation, 1 - found.activation, found.z, 0.5]
    return _numbers(
        rng,
        text("question.activation", neuron=_name(session, at), z=_written(found.z)),
        candidates,
        text("question.activation_why", z=_written(found.z), a=number(found.activation, _DIGITS)),
    )


def _parameters(session: Session, rng: np.random.Generator, layer: int = 1) -> Question:
    """How many weights lead into a layer?"""
    sizes = session.network.sizes
    at = min(max(layer, 1), len(sizes) - 1)
    before, here = sizes[at - 1], sizes[at]
    wrong = [before + here, before * before, here * here, before * here + here]
    return _shuffled(
        rng,
        text("question.parameters", before=number(before), here=number(here)),
        list(dict.fromkeys(map(number, [before * here, *wrong])))[:_CHOICES],
        text(
            "question.parameters_why",
            before=number(before),
            here=number(here),
            weights=number(before * here),
        ),
    )


def _prefers(session: Session, rng: np.random.Generator, neuron: str | None = None) -> Question:
    """Which of four digits makes a neuron brightest?"""
    at = _neuron(session, neuron, layer=1)
    if session.network.sizes[0] != PAD * PAD:
        raise QuestionError(text("question.other_images"))
    means = _means_by_digit(session.network, at)
    order = sorted(means, key=lambda digit: -means[digit])
    digits = [order[0], *map(int, rng.permutation(order[3:])[: _CHOICES - 1])]
    return _shuffled(
        rng,
        text("question.prefers", neuron=_name(session, at)),
        [str(digit) for digit in digits],
        text(
            "question.prefers_why",
            digit=order[0],
            mean=number(means[order[0]], _DIGITS),
            last=order[-1],
            least=number(means[order[-1]], _DIGITS),
        ),
    )


def _means_by_digit(network: Network, at: Neuron) -> dict[int, float]:
    """The mean activation of a neuron for the example drawings of each digit."""
    drawn = [each for each in examples().values() if each.digit is not None]
    images = np.array([each.drawing.centred().reshape(-1) for each in drawn])
    a = network.trace(images).a[at.layer - 1][:, at.number]
    digits = np.array([each.digit for each in drawn])
    return {digit: float(a[digits == digit].mean()) for digit in sorted(set(digits.tolist()))}


def _neuron(session: Session, said: str | None, layer: int) -> Neuron:
    """The neuron that a card names, the one that is selected, or the most active of a layer."""
    at = neuron_of(said) if said else session.selected
    sizes = session.network.sizes
    if at is not None and 0 < at.layer < len(sizes) and at.number < sizes[at.layer]:
        return at
    return Neuron(layer, int(np.argmax(session.trace.a[layer - 1])))


def _name(session: Session, at: Neuron) -> str:
    return name_in(session.network, *at)


def _written(value: float) -> str:
    """A number with its sign, a minus sign longer than a hyphen."""
    return (minus() if round(value, _DIGITS) < 0 else "") + number(abs(value), _DIGITS)


def _numbers(rng: np.random.Generator, prompt: str, values: list[float], why: str) -> Question:
    """The first is right; of those that look the same, one is left."""
    shown = list(dict.fromkeys(map(_written, values)))
    step = max(0.1, abs(values[0]) / 2)
    while len(shown) < _CHOICES:
        other = _written(values[0] + step * len(shown))
        shown = list(dict.fromkeys([*shown, other]))
        step *= 1.5
    return _shuffled(rng, prompt, shown[:_CHOICES], why)


def _shuffled(rng: np.random.Generator, prompt: str, answers: list[str], why: str) -> Question:
    """In any order; the first is right."""
    order = [int(each) for each in rng.permutation(len(answers))]
    return Question(prompt, tuple(answers[each] for each in order), order.index(0), why)


_OF_NEURON: Final[Mapping[str, Kind]] = {"neuron": NEURON}

QUESTIONS: Final[Mapping[str, Questioner]] = {
    "pixel": Questioner(_pixel, _OF_NEURON),
    "silence": Questioner(_silence, {"layer": LAYER}),
    "largest": Questioner(_largest, _OF_NEURON),
    "sum": Questioner(_sum, _OF_NEURON),
    "activation": Questioner(_activation, _OF_NEURON),
    "parameters": Questioner(_parameters, {"layer": LAYER}),
    "prefers": Questioner(_prefers, _OF_NEURON),
}
"""All questions, by the names that chapters call them."""
