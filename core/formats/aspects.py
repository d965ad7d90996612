"""What a file leaves open, one aspect after the other: what was found, and what else it may be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.errors import InputError
from core.formats.image_reading import PIXEL_ORDERS, RANGES
from core.formats.probe import ORDERS, Assumption, Meant, Probe
from core.formats.search import HIDDEN, Candidate, Question, affordable
from core.formats.shapes import Stack

OUTPUTS: Final = ("sigmoid", "softmax", "identity", "tanh")
"""The activations that outputs may have, where the file does not say."""

INKS: Final = ("bright", "dark")
"""How ink is in the images that a network was trained on."""

ASPECTS: Final = (
    *("sizes", "weights", "biases"),
    *("range", "ink", "pixels", "hidden", "output", "order"),
)
"""What a file may leave open."""

_OF_STACK: Final = ASPECTS[:3]
_OF_IMAGE: Final[Mapping[str, Sequence[str]]] = {
    "range": tuple(RANGES),
    "ink": INKS,
    "pixels": PIXEL_ORDERS,
    "hidden": HIDDEN,
}

_READ: Final = 0.35
"""The share of digits from which on they are read, and not guessed."""

_READ_OF_FEW: Final = 0.8
"""The same where fewer than ten digits are told apart, which chance does more often."""

_SHOWN: Final = 1_000

_APART: Final = 0.02
"""By how much a reading must be better than all others to be certain."""


class AspectError(InputError):
    """A file cannot be read as somebody asks."""


@dataclass(frozen=True)
class Option:
    """What may be, and the share of digits, 0-1, that are read then; None if nobody can say."""

    value: str
    accuracy: float | None = None


@dataclass(frozen=True)
class Aspect:
    """Something that a file may leave open.

    ``name`` is one of the `ASPECTS`. ``basis`` says how ``value`` was found: by the ``"file"``, by
    the ``"shapes"`` of its matrices, by reading the ``"sample"``, by the sizes of the ``"outputs"``
    there, by a ``"person"``, or it is ``"assumed"``. ``options`` are all that it may be, this one
    among them.
    """

    name: str
    value: str
    basis: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Answered:
    """A candidate, with the activation of its outputs and what a person has chosen by name."""

    candidate: Candidate
    output: str
    output_basis: str
    chosen: frozenset[str] = frozenset()


def aspects(question: Question, answered: Answered) -> tuple[Aspect, ...]:
    """All of them, each option with its evidence while everything else is as it was found."""
    weigh = _Weighing(question)
    stack = answered.candidate.stack
    found = [
        *(_of_stack(weigh, answered, name) for name in _OF_STACK),
        *(_of_image(weigh, answered, name) for name in _OF_IMAGE if _is_there(name, stack)),
        _of_output(question, answered),
    ]
    if len(stack.layers[-1].weights) == len(ORDERS[0]) and answered.candidate.order is not None:
        found.append(_of_order(weigh, answered))
    return tuple(found)


def with_choice(question: Question, answered: Answered, name: str, value: str) -> Answered:
    """The same with another value for one aspect.

    Raises:
        AspectError: the aspect cannot have this value.
    """
    changed = _changed(question, answered, name, value)
    if changed is None:
        raise AspectError(
            "The file cannot be read in this way: {name} {value}.",
            "found.choice",
            name=name,
            value=value[:40],
        )
    return changed


def _changed(question: Question, answered: Answered, name: str, value: str) -> Answered | None:
    candidate, chosen = answered.candidate, answered.chosen | {name}
    if name == "output":
        is_possible = question.output is None and value in OUTPUTS
        return Answered(candidate, value, "person", chosen) if is_possible else None
    other = _with(question, candidate, name, value)
    return other and Answered(other, answered.output, answered.output_basis, chosen)


def _with(question: Question, candidate: Candidate, name: str, value: str) -> Candidate | None:
    if name in _OF_STACK:
        near = [each for each in question.stacks if getattr(each, name) == value]
        return candidate._replace(stack=_nearest(near, candidate.stack)) if near else None
    if name == "order":
        is_order = candidate.order is not None and sorted(value) == sorted(ORDERS[0])
        return candidate._replace(order=value) if is_order else None
    if name not in _OF_IMAGE or value not in _OF_IMAGE[name]:
        return None
    return candidate._replace(assumed=candidate.assumed._replace(**{name: value}))


def _nearest(stacks: Sequence[Stack], wanted: Stack) -> Stack:
    """The one that has most in common with another."""

    def differences(stack: Stack) -> int:
        return sum(getattr(stack, name) != getattr(wanted, name) for name in _OF_STACK)

    return min(stacks, key=differences)


class _Weighing:
    """How many digits are read under an assumption; what was computed for another one is kept."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._probes: dict[tuple[int, str], Probe] = {}

    def accuracy(self, candidate: Candidate) -> float | None:
        """The share, 0-1; None if the outputs stand for nothing that the sample shows."""
        question = self.question
        if not len(question.digits.labels):
            return None
        key = (id(candidate.stack), candidate.framing)
        if key not in self._probes:
            digits = question.digits.first(affordable(_SHOWN, candidate.stack))
            self._probes[key] = Probe(candidate.stack, digits, candidate.framing)
        sums = self._probes[key].sums(candidate.assumed)
        return sums.accuracy(question.meant(candidate.order))

    def options(
        self, candidate: Candidate, name: str, values: Sequence[str]
    ) -> Iterator[tuple[Option, Candidate]]:
        """What else may be, with everything else as in the candidate."""
        for value in values:
            other = _with(self.question, candidate, name, value)
            if other is not None:
                yield Option(value, self.accuracy(other)), other


def _of_stack(weigh: _Weighing, answered: Answered, name: str) -> Aspect:
    candidate = answered.candidate
    values = tuple(dict.fromkeys(getattr(each, name) for each in weigh.question.stacks))
    value = getattr(candidate.stack, name)
    if len(values) == 1:
        return Aspect(name, value, "shapes", (Option(value),))
    return _weighed(weigh, answered, name, value, values)


def _of_image(weigh: _Weighing, answered: Answered, name: str) -> Aspect:
    value = getattr(answered.candidate.assumed, name)
    stack = answered.candidate.stack
    if name == "hidden" and (said := {each.activation for each in stack.layers[:-1]}) - {None}:
        names = ", ".join(dict.fromkeys(str(each.activation) for each in stack.layers[:-1]))
        if None not in said:
            return Aspect(name, names, "file", (Option(names),))
    if name != "hidden" and not weigh.question.is_image_open:
        return Aspect(name, value, "file", (Option(value),))
    return _weighed(weigh, answered, name, value, _OF_IMAGE[name])


def _is_there(name: str, stack: Stack) -> bool:
    return name != "hidden" or len(stack.layers) > 1


def _of_order(weigh: _Weighing, answered: Answered) -> Aspect:
    value = str(answered.candidate.order)
    if not weigh.question.is_order_open:
        return Aspect("order", value, "file", (Option(value),))
    return _weighed(weigh, answered, "order", value, tuple(dict.fromkeys((*ORDERS, value))))


def _of_output(question: Question, answered: Answered) -> Aspect:
    value = answered.output
    if question.output is not None:
        return Aspect("output", value, "file", (Option(value),))
    return Aspect("output", value, answered.output_basis, tuple(map(Option, OUTPUTS)))


def _weighed(
    weigh: _Weighing, answered: Answered, name: str, value: str, values: Sequence[str]
) -> Aspect:
    options = tuple(option for option, _ in weigh.options(answered.candidate, name, values))
    meant = weigh.question.meant(answered.candidate.order)
    basis = "person" if name in answered.chosen else _basis(value, options, meant)
    return Aspect(name, value, basis, options)


def _basis(value: str, options: Sequence[Option], meant: Meant) -> str:
    """Whether the sample tells this value from all others."""
    shares = {option.value: option.accuracy or 0.0 for option in options}
    others = max((share for each, share in shares.items() if each != value), default=0.0)
    is_certain = is_read(shares[value], meant) and shares[value] >= others + _APART
    return "sample" if is_certain else "assumed"


def is_read(accuracy: float | None, meant: Meant) -> bool:
    """Whether the digits of the sample are read, so that they can tell anything."""
    least = _READ if len(meant) == len(ORDERS[0]) else _READ_OF_FEW
    return accuracy is not None and accuracy >= least


def usual(hidden: str) -> Assumption:
    """What is assumed where nothing can tell."""
    return Assumption(hidden=hidden)
