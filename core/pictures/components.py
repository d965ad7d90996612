"""Connected components: which pixels of ink hang together, over edges and corners."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.pictures.filters import rim

Mask = NDArray[np.bool_]
Whole = NDArray[np.intp]


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the picture; `bottom` and `right` are just beyond."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    def around(self, other: "Box") -> "Box":
        """The box around both."""
        return Box(
            min(self.top, other.top),
            max(self.bottom, other.bottom),
            min(self.left, other.left),
            max(self.right, other.right),
        )

    @property
    def slices(self) -> tuple[slice, slice]:
        """Its rows and its columns."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


@dataclass(frozen=True, eq=False)
class Components:
    """Parts of a picture, numbered from 0.

    `labels` is (h, w): the number of each pixel's part, -1 for the ground. The others are (n,):
    the `areas` in pixels, and the boxes around the parts, `bottom` and `right` just beyond.
    """

    labels: Whole
    areas: Whole
    top: Whole
    bottom: Whole
    left: Whole
    right: Whole

    def __len__(self) -> int:
        return len(self.areas)

    @property
    def heights(self) -> Whole:
        """(n,) in pixels."""
        return self.bottom - self.top

    @property
    def widths(self) -> Whole:
        """(n,) in pixels."""
        return self.right - self.left

    @property
    def on_edge(self) -> Whole:
        """(n,) how many pixels of each part lie on the edge of the picture."""
        edge = rim(self.labels)
        return np.bincount(edge[edge >= 0], minlength=len(self))

    def box(self, number: int) -> Box:
        """The box around one part."""
        sides = (self.top, self.bottom, self.left, self.right)
        return Box(*(int(side[number]) for side in sides))

    def pixels(self, chosen: Mask) -> Mask:
        """(h, w) where the `chosen` parts, (n,), are."""
        return np.asarray(np.append(chosen, False)[self.labels])


def components(mask: Mask) -> Components:
    """The parts of a picture (h, w) that hang together.

    Each row is cut into runs of ink; runs that touch in neighbouring rows are joined.
    """
    rows, starts, ends = _runs(mask)
    roots = _joined(len(rows), *_touching(rows, starts, ends, mask.shape[1]))
    found, numbers = np.unique(roots, return_inverse=True)
    count, lengths = len(found), ends - starts
    labels = np.full(mask.shape, -1, np.intp)
    labels[mask] = np.repeat(numbers, lengths)
    areas = np.bincount(numbers, lengths, count).astype(np.intp)
    boxes = (np.full(count, mask.size), np.zeros(count, np.intp)) * 2
    top, bottom, left, right = (each.copy() for each in boxes)
    np.minimum.at(top, numbers, rows)
    np.maximum.at(bottom, numbers, rows + 1)
    np.minimum.at(left, numbers, starts)
    np.maximum.at(right, numbers, ends)
    return Components(labels, areas, top, bottom, left, right)


def run_lengths(mask: Mask) -> Whole:
    """(h, w) how long the run of ink along its row is that each pixel lies in; 0 off the ink."""
    _, starts, ends = _runs(mask)
    lengths = np.zeros(mask.shape, np.intp)
    lengths[mask] = np.repeat(ends - starts, ends - starts)
    return lengths


def _runs(mask: Mask) -> tuple[Whole, Whole, Whole]:
    """The row of each run of ink, and where it starts and ends in it; from the top, left first."""
    framed = np.pad(mask, ((0, 0), (1, 1))).astype(np.int8)
    changes = np.diff(framed, axis=1)
    rows, starts = np.nonzero(changes == 1)
    return rows, starts, np.nonzero(changes == -1)[1]


def _touching(rows: Whole, starts: Whole, ends: Whole, width: int) -> tuple[Whole, Whole]:
    """Pairs of runs that touch, the upper one first."""
    stride = width + 2  # more than any place in a row: a number for each place in the picture
    below = (rows + 1) * stride
    first = np.searchsorted(rows * stride + ends, below + starts, side="left")
    beyond = np.searchsorted(rows * stride + starts, below + ends, side="right")
    counts = np.maximum(beyond - first, 0)
    upper = np.repeat(np.arange(len(rows)), counts)
    within = np.arange(len(upper)) - np.repeat(counts.cumsum() - counts, counts)
    return upper, np.repeat(first, counts) + within


def _joined(count: int, one: Whole, other: Whole) -> Whole:
    """(count,) the lowest number that each is joined with, directly or not (union-find)."""
    root = np.arange(count)
    while True:
        low, high = np.minimum(root[one], root[other]), np.maximum(root[one], root[other])
        if (low == high).all():
            return root
        np.minimum.at(root, high, low)
        while not np.array_equal(further := root[root], root):
            root = further
