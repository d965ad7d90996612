"""One line of numbers as the layers that it may be: all weights and biases of a network in a row.

Its length leaves few sizes open. For each there are some usual orders, and matrices are unrolled
row by row or, as Matlab does it, column by column.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, product
from typing import Final, TypeAlias

from core.arrays import Floats
from core.nn.image_network import SIDES, WIDEST
from core.nn.model_card import N_LABELS

Matrices: TypeAlias = tuple[tuple[Floats, Floats | None], ...]
"""Of each layer, weights (n_out, n_in) and biases (n_out,) or None."""

_USUAL_SIDES: Final = (28, 20, 8, 16, 32)
_SIDES: Final = (*_USUAL_SIDES, *(side for side in SIDES if side not in _USUAL_SIDES))
_USUAL_OUTPUTS: Final = 10
_OTHER_OUTPUTS: Final = sorted({*N_LABELS} - {_USUAL_OUTPUTS}, key=lambda n: (n not in (26, 36), n))

_MOST_SIZES: Final = 24
"""The most sizes that are tried."""

_MOST_WORK: Final = 5_000_000
"""The most numbers that are laid out: large networks have fewer sizes tried."""


@dataclass(frozen=True)
class Line:
    """The layers of a line, and where in it they were, in the words of `core.formats.shapes`."""

    layers: Matrices
    weights: str
    biases: str


def unrolled_matrices(line: Floats) -> list[Line]:
    """All layers that a line (n,) may be, the likeliest first."""
    made: list[Line] = []
    most = max(4, min(_MOST_SIZES, _MOST_WORK // max(1, line.size)))
    for sizes in islice(_sizes(line.size), most):
        made += _laid_out(line, sizes, has_biases=_count(sizes, 1) == line.size)
    return made


def _count(sizes: tuple[int, ...], bias: int) -> int:
    return sum((n_in + bias) * n_out for n_in, n_out in pairwise(sizes))


def _sizes(count: int) -> Iterator[tuple[int, ...]]:
    """Sizes of networks with so many numbers: of ten outputs first, with biases, of few layers."""
    for sides, outputs in ((_SIDES, [_USUAL_OUTPUTS]), (_USUAL_SIDES, _OTHER_OUTPUTS)):
        for bias, hidden in product((1, 0), (1, 2, 0, 3)):
            found = {
                (side * side, *between, n)
                for side, n in product(sides, outputs)
                for between in _hidden(count, side * side, n, hidden, bias)
            }
            yield from sorted(found, key=_oddness)


def _hidden(count: int, n_in: int, n_out: int, hidden: int, bias: int) -> Iterator[tuple[int, ...]]:
    """The sizes of so many hidden layers that make the count."""
    if hidden == 0:
        if count == (n_in + bias) * n_out:
            yield ()
        return
    if hidden == 1:
        widths, rest = divmod(count - bias * n_out, n_in + bias + n_out)
        if rest == 0 and 0 < widths <= WIDEST:
            yield (widths,)
        return
    if hidden == 3:
        yield from _usual_three(count, n_in, n_out, bias)
        return
    for first in range(1, WIDEST + 1):
        left = count - (n_in + bias) * first - bias * n_out
        if left <= 0:
            return
        second, rest = divmod(left, first + bias + n_out)
        if rest == 0 and 0 < second <= WIDEST:
            yield first, second


def _usual_three(count: int, n_in: int, n_out: int, bias: int) -> Iterator[tuple[int, ...]]:
    """Three hidden layers that are equal, or each half of the one before."""
    for first in range(1, WIDEST + 1):
        for widths in ((first, first, first), (first, first // 2, first // 4)):
            if min(widths) > 0 and _count((n_in, *widths, n_out), bias) == count:
                yield widths


def _oddness(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """How unusual sizes are: people choose squares that they know, and round or equal widths."""
    n_in, *hidden, n_out = sizes
    return (
        _SIDES.index(round(n_in**0.5)),
        len(set(hidden)) > 1,
        sum(width % 8 != 0 and width % 10 != 0 and width % 25 != 0 for width in hidden),
        sum(after > before for before, after in pairwise(hidden)),
        n_out,
        *(-width for width in hidden),
    )


def _laid_out(line: Floats, sizes: tuple[int, ...], *, has_biases: bool) -> Iterator[Line]:
    for weights, order in (("by_rows", "C"), ("by_columns", "F")):
        if not has_biases:
            yield Line(_layers(line, sizes, order, "none"), weights, "none")
            continue
        for biases in ("after", "first", "end", "last", "before"):
            # Column by column, the first of all rows stand before the others, and the last after.
            if order == "C" or biases not in ("last", "before"):
                yield Line(_layers(line, sizes, order, biases), weights, biases)


def _layers(line: Floats, sizes: tuple[int, ...], order: str, biases: str) -> Matrices:
    layers: list[tuple[Floats, Floats | None]] = []
    start = 0
    own_end = len(line) - sum(sizes[1:])
    for n_in, n_out in pairwise(sizes):
        if biases in ("first", "last"):
            end = start + (n_in + 1) * n_out
            both = line[start:end].reshape(n_out, n_in + 1, order="F" if order == "F" else "C")
            first = biases == "first"
            layers.append((both[:, 1:], both[:, 0]) if first else (both[:, :-1], both[:, -1]))
            start = end
            continue
        if biases == "before":
            start += n_out
        end = start + n_in * n_out
        matrix = line[start:end].reshape(n_out, n_in, order="F" if order == "F" else "C")
        own: Floats | None = None
        if biases == "before":
            own = line[start - n_out : start]
        elif biases == "after":
            own = line[end : end + n_out]
            end += n_out
        elif biases == "end":
            own = line[own_end : own_end + n_out]
            own_end += n_out
        layers.append((matrix, own))
        start = end
    return tuple(layers)
