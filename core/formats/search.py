"""The assumption under which a network reads digits best, found in steps.

Every combination is tried on a few images, and the best ones on many: what is wrong shows at once,
and what is nearly right takes more images to be told from what is right. Between assumptions that
read equally well, the one decides under which the outputs are as large as they were trained to be,
and then the usual one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

from core.formats.image_reading import PIXEL_ORDERS, RANGES
from core.formats.meanings import meant_by
from core.formats.probe import ORDERS, Assumption, Digits, Meant, Probe, Sums, best_order
from core.formats.shapes import Stack

HIDDEN: Final = ("sigmoid", "relu", "tanh")
"""The activations that hidden layers may have, where the file does not say."""

_FEW, _SOME, _MANY = 50, 150, 1_000
_LEAST, _LARGE = 40, 300_000

_BEST_STACKS: Final = 4
_BEST: Final = 10
_SURE: Final = 0.6
_WITH_MARGIN: Final = 28
_LARGEST_FITTED: Final = 16
_COARSE_RANGES: Final = ("0_1", "0_255", "minus_1_1")

_LARGE_LOSS: Final = 0.8
_WEIGHT_OF_LARGE_LOSS: Final = 3.0
"""Per cent of the images that a loss counts for, by how much it exceeds what trainings end with.

Outputs that are far too large or too small tell ranges apart that read equally well. Smaller
differences say how far a training came, and not what a file means.
"""

_ODD_RANGES: Final = {"0_1": 0.0, "mean": 1.0, "minus_half_half": 1.0}
_ODD: Final = {"range": 0.1, "ink": 0.5, "pixels": 0.5, "order": 0.3, "found": 3.0, "tanh": 1.0}
"""What an unusual assumption has to be better by, in per cent of the images."""


class Candidate(NamedTuple):
    """A stack of layers under an assumption; ``order`` is of ten outputs that mean digits."""

    stack: Stack
    assumed: Assumption
    framing: str
    order: str | None


@dataclass(frozen=True)
class Question:
    """What is looked for: how these stacks read these digits.

    ``labels`` are those that the file gives its outputs, or that so many outputs usually have;
    ``is_order_open`` is whether these may be in another order, and ``is_image_open`` whether the
    images may be other than the pad's. ``output`` is the last activation, if known.
    """

    stacks: Sequence[Stack]
    digits: Digits
    labels: tuple[str, ...]
    output: str | None
    is_order_open: bool
    is_image_open: bool = True

    def orders(self) -> tuple[str | None, ...]:
        """The usual orders of the outputs."""
        return ORDERS if self.is_order_open else (None,)

    def meant(self, order: str | None) -> Meant:
        """What the outputs stand for in an order of them."""
        return meant_by(self.labels if order is None else tuple(order))


class _Rated(NamedTuple):
    rating: float
    candidate: Candidate


def finalists(question: Question) -> list[Candidate]:
    """The assumptions that read a few digits best."""
    stacks = _likely_stacks(question)
    rated = _rated(question, stacks, PIXEL_ORDERS[:2], _SOME)
    if rated[0].rating < 100 * _SURE:
        more = _rated(question, stacks, PIXEL_ORDERS[2:], _FEW)
        rated = sorted([*rated, *more], key=_by_rating)
    return [each.candidate for each in rated[:_BEST]]


def best_of(question: Question, candidates: Sequence[Candidate]) -> Candidate:
    """The one that reads many digits best."""
    rated = []
    for stack, assumed, framing, _ in candidates:
        digits = question.digits.first(affordable(_MANY, stack))
        sums = Probe(stack, digits, framing).sums(assumed)
        rated.append(_rating(question, sums, stack, assumed, framing))
    return min(rated, key=_by_rating).candidate


def _likely_stacks(question: Question) -> Sequence[Stack]:
    """The few stacks that read best, where there are many."""
    if len(question.stacks) <= _BEST_STACKS:
        return question.stacks
    best: list[tuple[float, Stack]] = []
    for stack in question.stacks:
        ranges = _COARSE_RANGES[:1] if stack.size > _LARGE else _COARSE_RANGES
        grid = _grid(stack, PIXEL_ORDERS[:2], ranges, ("bright",))
        best.append((_of_stack(question, stack, grid, _FEW)[0].rating, stack))
        if len(best) % _BEST_STACKS == 0 and max(rating for rating, _ in best) > 100 * _SURE:
            break
    return [stack for _, stack in sorted(best, key=lambda each: -each[0])[:_BEST_STACKS]]


def _grid(
    stack: Stack, orders: Iterable[str], ranges: Iterable[str], inks: Iterable[str]
) -> list[Assumption]:
    """All combinations of what is open."""
    of_digits = stack.numbers[0] == 64
    chosen = [each for each in ranges if each != "0_16" or of_digits]
    return [Assumption(*each) for each in product(chosen, inks, orders, _hidden(stack))]


def _hidden(stack: Stack) -> Sequence[str]:
    is_open = any(layer.activation is None for layer in stack.layers[:-1])
    return HIDDEN if is_open else HIDDEN[:1]


def _rated(
    question: Question, stacks: Sequence[Stack], orders: Sequence[str], count: int
) -> list[_Rated]:
    rated: list[_Rated] = []
    for stack in stacks:
        grid = _grid(stack, orders, RANGES, ("bright", "dark"))
        rated += _of_stack(question, stack, grid, count)
    return sorted(rated, key=_by_rating)


def _of_stack(
    question: Question, stack: Stack, grid: Sequence[Assumption], count: int
) -> list[_Rated]:
    rated: list[_Rated] = []
    for framing in framings(stack):
        probe = Probe(stack, question.digits.first(affordable(count, stack)), framing)
        for assumed in grid:
            rated.append(_rating(question, probe.sums(assumed), stack, assumed, framing))
    return sorted(rated, key=_by_rating)


def affordable(count: int, stack: Stack) -> int:
    """So many images, or fewer for a large network, which takes longer for each."""
    return max(min(_LEAST, count), min(count, count * _LARGE // stack.size))


def framings(stack: Stack) -> tuple[str, ...]:
    """How digits may lie in images of this size: with a margin, or so that they fill them.

    The small images of scikit-learn (8 × 8) and USPS (16 × 16) are cut to the digit's own edges.
    """
    if stack.numbers[0] == _WITH_MARGIN**2:
        return ("whole",)
    is_small = stack.numbers[0] <= _LARGEST_FITTED**2
    return ("whole", "filled", "fitted") if is_small else ("whole", "filled")


def _rating(
    question: Question, sums: Sums, stack: Stack, assumed: Assumption, framing: str
) -> _Rated:
    """A reading in the best of the usual orders of the outputs, or in the one that it suggests."""
    orders = question.orders()
    if question.is_order_open:
        orders = (*orders, *_suggested(question, sums))
    rated = [
        _Rated(_quality(question, sums, assumed, order), Candidate(stack, assumed, framing, order))
        for order in orders
    ]
    return min(rated, key=_by_rating)


def _suggested(question: Question, sums: Sums) -> Iterator[str]:
    """The order of the outputs that the reading suggests, if it reads far more than chance does.

    Of all orders, the best for a wrong assumption reads a third of the digits, and seems right.
    """
    order = best_order(sums.counts)
    if sums.accuracy(question.meant(order)) >= _SURE:
        yield order


def _quality(question: Question, sums: Sums, assumed: Assumption, order: str | None) -> float:
    meant = question.meant(order)
    loss = sums.loss(meant, question.output)
    too_much = _WEIGHT_OF_LARGE_LOSS * max(0.0, loss - _LARGE_LOSS)
    return 100 * sums.accuracy(meant) - loss - too_much - sum(_oddities(assumed, order))


def _oddities(assumed: Assumption, order: str | None) -> Iterator[float]:
    is_dark = assumed.ink == "dark"
    yield _ODD_RANGES.get(assumed.range, _ODD["range"])
    if assumed.hidden == "tanh":
        yield _ODD["tanh"]
    if is_dark:
        yield _ODD["ink"]
    if is_dark and assumed.range in ("normalized", "mean"):  # the means are of bright ink
        yield _ODD["ink"]
    if assumed.pixels != PIXEL_ORDERS[0]:
        yield _ODD["pixels"]
    if order not in (None, ORDERS[0]):
        yield _ODD["order" if order in ORDERS else "found"]


def _by_rating(rated: _Rated) -> float:
    return -rated.rating
