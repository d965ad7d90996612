"""Pictures of digits as cameras, scanners and painting programs make them, to measure a reader by.

People's pen strokes and MNIST's training images are put on paper here: with thin and thick pens, in
uneven light, turned, in perspective, on ruled and squared paper, on a blackboard, in a frame, tiny,
and several on one sheet. No picture is kept, and none of MNIST's test images is used.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import Array
from core.data.augmentation.handwriting import PenPath, fitted
from core.data.images import Images
from core.data.pen_digits import PenDigit
from core.evaluation.paper import (
    Picture,
    Rng,
    coloured,
    in_perspective,
    inked,
    lines,
    paper,
    places,
    shade,
    somewhere,
    taken,
)
from core.ink.brush import PAD
from core.pictures.filters import blurred, resized

_PAPER: Final = (240, 320)
_SQUARE: Final = (240, 240)


@dataclass(frozen=True, eq=False)
class Sources:
    """Where digits are taken from."""

    pen_digits: Sequence[PenDigit]
    images: Images

    def written(self, rng: Rng) -> tuple[PenPath, int]:
        """The path of a pen, of size 1 around (0, 0), and its digit."""
        digit = self.pen_digits[int(rng.integers(len(self.pen_digits)))]
        return fitted(digit.strokes), digit.label

    def image(self, rng: Rng) -> tuple[Array, int]:
        """An image (28, 28), and its digit."""
        number = rng.integers(len(self.images.labels))
        return self.images.images[number].reshape(PAD, PAD), int(self.images.labels[number])


def pictures(kind: str, sources: Sources, count: int, seed: int) -> list[Picture]:
    """``count`` pictures of one of `KINDS`; the same arguments give the same pictures."""
    number = list(_MAKERS).index(kind)
    return [
        _MAKERS[kind](np.random.default_rng([seed, number, each]), sources) for each in range(count)
    ]


def on_paper(rng: Rng, path: PenPath, labels: tuple[int, ...]) -> Picture:
    """A path of size 1 around (0, 0), written on even paper."""
    ink = inked(somewhere(rng, path, _PAPER, 0.5, 0.85), _PAPER, rng.uniform(2, 8))
    lit = paper(rng, _PAPER) * (1 - ink * rng.uniform(0.5, 0.9))
    return taken(rng, lit, *labels, noise=0.02)


def _painted(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = inked(somewhere(rng, path, _SQUARE, 0.45, 0.85), _SQUARE, rng.uniform(5, 24))
    return taken(rng, coloured(rng, ink), label, noise=0)


def _mnist(rng: Rng, sources: Sources) -> Picture:
    image, label = sources.image(rng)
    side = PAD * int(rng.integers(3, 12))
    return taken(rng, coloured(rng, resized(image, side, side)), label, noise=0.01)


def _tiny(rng: Rng, sources: Sources) -> Picture:
    picture = _painted(rng, sources)
    side = int(rng.choice([12, 16, 20, 32, 48]))
    small = resized(picture.grey.astype(np.float32), side, side)
    return Picture(small.astype(np.uint8), picture.labels)


def _ballpoint(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = inked(somewhere(rng, path, _PAPER, 0.25, 0.7), _PAPER, rng.uniform(1.4, 3.5))
    lit = paper(rng, _PAPER) * (1 - ink * rng.uniform(0.3, 0.8))
    return taken(rng, lit, label, noise=0.02)


def _pencil(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = inked(somewhere(rng, path, _PAPER, 0.3, 0.7), _PAPER, rng.uniform(2, 5))
    grain = blurred(rng.uniform(0.4, 1.2, _PAPER).astype(np.float32), 1)
    return taken(rng, paper(rng, _PAPER) * (1 - ink * grain * 0.5), label, noise=0.02)


def _shadow(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = inked(somewhere(rng, path, _PAPER, 0.35, 0.75), _PAPER, rng.uniform(3, 14))
    lit = paper(rng, _PAPER) * shade(rng, _PAPER)
    return taken(rng, lit * (1 - ink * rng.uniform(0.5, 0.9)), label, noise=0.02)


def _ruled(rng: Rng, sources: Sources) -> Picture:
    return _on_lines(rng, sources, (True, False))


def _squared(rng: Rng, sources: Sources) -> Picture:
    return _on_lines(rng, sources, (True, True))


def _on_lines(rng: Rng, sources: Sources, ways: tuple[bool, bool]) -> Picture:
    path, label = sources.written(rng)
    ruled = lines(rng, _PAPER, ways) * rng.uniform(0.15, 0.45)
    ink = inked(somewhere(rng, path, _PAPER, 0.3, 0.7), _PAPER, rng.uniform(2, 6))
    covered = np.maximum(ruled, ink * rng.uniform(0.55, 0.9))
    return taken(rng, paper(rng, _PAPER) * (1 - covered), label, noise=0.015)


def _blackboard(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = inked(somewhere(rng, path, _PAPER, 0.3, 0.75), _PAPER, rng.uniform(3, 9))
    board = 0.25 * paper(rng, _PAPER) + 0.06 * blurred(rng.random(_PAPER, np.float32), 6)
    return taken(rng, board + ink * rng.uniform(0.4, 0.65), label, noise=0.03)


def _tilted(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    turned = in_perspective(rng, path)
    ink = inked(somewhere(rng, turned, _PAPER, 0.3, 0.75), _PAPER, rng.uniform(3, 12))
    return taken(rng, paper(rng, _PAPER) * (1 - ink * 0.8), label, noise=0.02)


def _framed(rng: Rng, sources: Sources) -> Picture:
    image, label = sources.image(rng)
    side = PAD * 6
    if rng.random() < 0.5:  # a plot of one of MNIST's images on a white page
        field = resized(image, side, side)
    else:
        field = 1 - resized(image, side, side)
        rim = int(rng.integers(2, 6))
        field[:rim], field[-rim:], field[:, :rim], field[:, -rim:] = 0, 0, 0, 0
    return taken(rng, np.pad(field, int(rng.integers(8, 60)), constant_values=1), label, noise=0.01)


def _cropped(rng: Rng, sources: Sources) -> Picture:
    """Cut out by hand, so that the ink nearly touches the picture's edge."""
    path, label = sources.written(rng)
    ink = inked(somewhere(rng, path, _SQUARE, 0.5, 0.9), _SQUARE, rng.uniform(4, 16))
    rows, columns = np.flatnonzero(ink.max(1) > 0.5), np.flatnonzero(ink.max(0) > 0.5)
    (top, bottom), (left, right) = (
        (max(found[0] - room, 0), found[-1] + room + 1)
        for found, room in zip((rows, columns), rng.integers(0, 12, 2), strict=True)
    )
    lit = paper(rng, _SQUARE) * (1 - ink * rng.uniform(0.5, 0.9))
    return taken(rng, lit[top:bottom, left:right], label, noise=0.02)


def _table(rng: Rng, sources: Sources) -> Picture:
    """A sheet of paper on a dark table, of which something is seen beside it."""
    path, label = sources.written(rng)
    size, (height, width) = _PAPER[0] * rng.uniform(0.25, 0.4), _PAPER
    placed = tuple(stroke * size + (width / 2, height / 2) for stroke in path)
    ink = inked(placed, _PAPER, rng.uniform(2, 6))
    y, x = places(_PAPER)
    turn, edge = rng.normal(0, 0.08), rng.uniform(0.3, 0.62, 4)
    along, across = x + turn * y, y - turn * x
    on = (along > -edge[0]) & (along < edge[1]) & (across > -edge[2]) & (across < edge[3])
    table = 0.25 + 0.15 * blurred(rng.random(_PAPER, np.float32), 4)
    lit = np.where(on, paper(rng, _PAPER) * (1 - ink * rng.uniform(0.5, 0.9)), table)
    return taken(rng, np.asarray(lit, np.float32), label, noise=0.02)


def _whiteboard(rng: Rng, sources: Sources) -> Picture:
    """A marker on a board that a lamp shines on."""
    path, label = sources.written(rng)
    ink = inked(somewhere(rng, path, _PAPER, 0.3, 0.75), _PAPER, rng.uniform(3, 8))
    y, x = places(_PAPER)
    middle, size = rng.uniform(-0.4, 0.4, 2), rng.uniform(0.1, 0.3)
    glare = 0.5 * np.exp(-((x - middle[0]) ** 2 + (y - middle[1]) ** 2) / size**2)
    board = 0.75 * paper(rng, _PAPER) * (1 - ink * rng.uniform(0.5, 0.85)) + glare
    return taken(rng, np.asarray(board, np.float32), label, noise=0.015)


def _sheet(rng: Rng, sources: Sources) -> Picture:
    shape, rows, columns = (360, 480), int(rng.integers(1, 4)), int(rng.integers(2, 6))
    high, wide = shape[0] / rows, shape[1] / columns
    pen, found = rng.uniform(2, 5), [sources.written(rng) for _ in range(rows * columns)]
    ink = np.zeros(shape, np.float32)
    for n, (path, _) in enumerate(found):
        middle = ((n % columns + 0.5) * wide, (n // columns + 0.5) * high)
        size = min(high, wide) * rng.uniform(0.5, 0.7)
        jitter = rng.uniform(-0.08, 0.08, 2) * min(high, wide)
        placed = tuple(stroke * size + middle + jitter for stroke in path)
        ink = np.maximum(ink, inked(placed, shape, pen))
    lit = paper(rng, shape) * (1 - ink * rng.uniform(0.5, 0.9))
    return taken(rng, lit, *(label for _, label in found), noise=0.02)


_MAKERS: Final[dict[str, Callable[[Rng, Sources], Picture]]] = {
    "painted": _painted,
    "MNIST, enlarged": _mnist,
    "tiny": _tiny,
    "ballpoint": _ballpoint,
    "pencil": _pencil,
    "shadow": _shadow,
    "ruled paper": _ruled,
    "squared paper": _squared,
    "blackboard": _blackboard,
    "turned, in perspective": _tilted,
    "framed": _framed,
    "close crop": _cropped,
    "paper on a table": _table,
    "whiteboard, glare": _whiteboard,
    "several on a sheet": _sheet,
}

KINDS: Final = tuple(_MAKERS)
"""What pictures are of, by the names under which accuracies are stated."""
