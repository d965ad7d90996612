"""In which order matrices follow one another as the layers of a network."""

from collections.abc import Sequence
from itertools import permutations
from typing import Final, TypeAlias

Shape: TypeAlias = tuple[int, int]

_MOST: Final = 7
"""Up to so many matrices all orders are tried."""


def chain_order(shapes: Sequence[Shape], out_first: bool | None) -> tuple[int, ...] | None:
    """The order in which the matrices fit one another, as given if they do; None if never.

    One that begins with more numbers than it ends with, as from an image to its class, comes before
    all others.
    """
    given = tuple(range(len(shapes)))
    orders = list(permutations(given)) if len(shapes) <= _MOST else [given, given[::-1]]
    found = None
    for order in orders:
        ends = _ends([shapes[each] for each in order], out_first)
        if any(first > last for first, last in ends):
            return order
        if ends and found is None:
            found = order
    return found


def _ends(shapes: Sequence[Shape], out_first: bool | None) -> set[tuple[int, int]]:
    """How many numbers go in and come out, for each way to turn the matrices that fits."""
    (first, *rest) = shapes
    ends = set(_turned(first, out_first))
    for shape in rest:
        ends = {
            (begin, n_out)
            for begin, end in ends
            for n_in, n_out in _turned(shape, out_first)
            # One more may come in: a column for the biases.
            if n_in in (end, end + 1)
        }
    return ends


def _turned(shape: Shape, out_first: bool | None) -> list[tuple[int, int]]:
    """A matrix as (numbers in, numbers out)."""
    both = [shape[::-1], shape]
    return both if out_first is None else [both[0] if out_first else both[1]]
