"""Pictures of digits as cameras, scanners and painting programs make them, to measure a reader by.

People's pen strokes and MNIST's training images are put on paper here: with thin and thick pens, in
uneven light, turned, in perspective, on ruled and squared paper, on a blackboard, in a frame, tiny,
and several on one sheet. No picture is kept, and none of MNIST's test images is used.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Doubles
from core.data.augmentation.handwriting import PenPath, fitted
from core.data.images import Images
from core.data.pen_digits import PenDigit
from core.ink.brush import PAD, squared_distances
from core.pictures.filters import blurred, resized

Rng = np.random.Generator

_PAPER: Final = (240, 320)
_SQUARE: Final = (240, 240)


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture (h, w) of grey bytes, and the digits on it in reading order."""

    grey: NDArray[np.uint8]
    labels: tuple[int, ...]


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
    ink = _pen(_placed(rng, path, _PAPER, 0.5, 0.85), _PAPER, rng.uniform(2, 8))
    lit = _paper(rng, _PAPER) * (1 - ink * rng.uniform(0.5, 0.9))
    return _taken(rng, lit, *labels, noise=0.02)


def _painted(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = _pen(_placed(rng, path, _SQUARE, 0.45, 0.85), _SQUARE, rng.uniform(5, 24))
    return _taken(rng, _coloured(rng, ink), label, noise=0)


def _mnist(rng: Rng, sources: Sources) -> Picture:
    image, label = sources.image(rng)
    side = PAD * int(rng.integers(3, 12))
    return _taken(rng, _coloured(rng, resized(image, side, side)), label, noise=0.01)


def _tiny(rng: Rng, sources: Sources) -> Picture:
    picture = _painted(rng, sources)
    side = int(rng.choice([12, 16, 20, 32, 48]))
    small = resized(picture.grey.astype(np.float32), side, side)
    return Picture(small.astype(np.uint8), picture.labels)


def _ballpoint(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = _pen(_placed(rng, path, _PAPER, 0.25, 0.7), _PAPER, rng.uniform(1.4, 3.5))
    lit = _paper(rng, _PAPER) * (1 - ink * rng.uniform(0.3, 0.8))
    return _taken(rng, lit, label, noise=0.02)


def _pencil(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = _pen(_placed(rng, path, _PAPER, 0.3, 0.7), _PAPER, rng.uniform(2, 5))
    grain = blurred(rng.uniform(0.4, 1.2, _PAPER).astype(np.float32), 1)
    return _taken(rng, _paper(rng, _PAPER) * (1 - ink * grain * 0.5), label, noise=0.02)


def _shadow(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = _pen(_placed(rng, path, _PAPER, 0.35, 0.75), _PAPER, rng.uniform(3, 14))
    lit = _paper(rng, _PAPER) * _shade(rng, _PAPER)
    return _taken(rng, lit * (1 - ink * rng.uniform(0.5, 0.9)), label, noise=0.02)


def _ruled(rng: Rng, sources: Sources) -> Picture:
    return _on_lines(rng, sources, (True, False))


def _squared(rng: Rng, sources: Sources) -> Picture:
    return _on_lines(rng, sources, (True, True))


def _on_lines(rng: Rng, sources: Sources, ways: tuple[bool, bool]) -> Picture:
    path, label = sources.written(rng)
    lines = _lines(rng, _PAPER, ways) * rng.uniform(0.15, 0.45)
    ink = _pen(_placed(rng, path, _PAPER, 0.3, 0.7), _PAPER, rng.uniform(2, 6))
    covered = np.maximum(lines, ink * rng.uniform(0.55, 0.9))
    return _taken(rng, _paper(rng, _PAPER) * (1 - covered), label, noise=0.015)


def _blackboard(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    ink = _pen(_placed(rng, path, _PAPER, 0.3, 0.75), _PAPER, rng.uniform(3, 9))
    board = 0.25 * _paper(rng, _PAPER) + 0.06 * blurred(rng.random(_PAPER, np.float32), 6)
    return _taken(rng, board + ink * rng.uniform(0.4, 0.65), label, noise=0.03)


def _tilted(rng: Rng, sources: Sources) -> Picture:
    path, label = sources.written(rng)
    turned = _in_perspective(rng, path)
    ink = _pen(_placed(rng, turned, _PAPER, 0.3, 0.75), _PAPER, rng.uniform(3, 12))
    return _taken(rng, _paper(rng, _PAPER) * (1 - ink * 0.8), label, noise=0.02)


def _framed(rng: Rng, sources: Sources) -> Picture:
    image, label = sources.image(rng)
    side = PAD * 6
    if rng.random() < 0.5:  # a plot of one of MNIST's images on a white page
        field = resized(image, side, side)
    else:
        field = 1 - resized(image, side, side)
        rim = int(rng.integers(2, 6))
        field[:rim], field[-rim:], field[:, :rim], field[:, -rim:] = 0, 0, 0, 0
    return _taken(
        rng, np.pad(field, int(rng.integers(8, 60)), constant_values=1), label, noise=0.01
    )


def _cropped(rng: Rng, sources: Sources) -> Picture:
    """Cut out by hand, so that the ink nearly touches the picture's edge."""
    path, label = sources.written(rng)
    ink = _pen(_placed(rng, path, _SQUARE, 0.5, 0.9), _SQUARE, rng.uniform(4, 16))
    rows, columns = np.flatnonzero(ink.max(1) > 0.5), np.flatnonzero(ink.max(0) > 0.5)
    (top, bottom), (left, right) = (
        (max(found[0] - room, 0), found[-1] + room + 1)
        for found, room in zip((rows, columns), rng.integers(0, 12, 2), strict=True)
    )
    lit = _paper(rng, _SQUARE) * (1 - ink * rng.uniform(0.5, 0.9))
    return _taken(rng, lit[top:bottom, left:right], label, noise=0.02)


def _table(rng: Rng, sources: Sources) -> Picture:
    """A sheet of paper on a dark table, of which something is seen beside it."""
    path, label = sources.written(rng)
    size, (height, width) = _PAPER[0] * rng.uniform(0.25, 0.4), _PAPER
    placed = tuple(stroke * size + (width / 2, height / 2) for stroke in path)
    ink = _pen(placed, _PAPER, rng.uniform(2, 6))
    y, x = _places(_PAPER)
    turn, edge = rng.normal(0, 0.08), rng.uniform(0.3, 0.62, 4)
    along, across = x + turn * y, y - turn * x
    on = (along > -edge[0]) & (along < edge[1]) & (across > -edge[2]) & (across < edge[3])
    table = 0.25 + 0.15 * blurred(rng.random(_PAPER, np.float32), 4)
    lit = np.where(on, _paper(rng, _PAPER) * (1 - ink * rng.uniform(0.5, 0.9)), table)
    return _taken(rng, np.asarray(lit, np.float32), label, noise=0.02)


def _whiteboard(rng: Rng, sources: Sources) -> Picture:
    """A marker on a board that a lamp shines on."""
    path, label = sources.written(rng)
    ink = _pen(_placed(rng, path, _PAPER, 0.3, 0.75), _PAPER, rng.uniform(3, 8))
    y, x = _places(_PAPER)
    middle, size = rng.uniform(-0.4, 0.4, 2), rng.uniform(0.1, 0.3)
    glare = 0.5 * np.exp(-((x - middle[0]) ** 2 + (y - middle[1]) ** 2) / size**2)
    board = 0.75 * _paper(rng, _PAPER) * (1 - ink * rng.uniform(0.5, 0.85)) + glare
    return _taken(rng, np.asarray(board, np.float32), label, noise=0.015)


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
        ink = np.maximum(ink, _pen(placed, shape, pen))
    lit = _paper(rng, shape) * (1 - ink * rng.uniform(0.5, 0.9))
    return _taken(rng, lit, *(label for _, label in found), noise=0.02)


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


def _placed(
    rng: Rng, path: PenPath, shape: tuple[int, int], smallest: float, largest: float
) -> PenPath:
    """A path of size 1, this share of the picture's height large, somewhere on it."""
    height, width = shape
    size = height * rng.uniform(smallest, largest)
    room = (np.array([width, height]) - size * 1.08) / 2
    middle = np.array([width, height]) / 2 + rng.uniform(-1, 1, 2) * room
    return tuple(stroke * size + middle for stroke in path)


def _pen(path: PenPath, shape: tuple[int, int], width: float) -> Array:
    """(h, w) the ink of a pen, 0-1, with an edge one pixel wide."""
    ink = np.zeros(shape, np.float32)
    for stroke in path:
        for start, end in pairwise(stroke):
            _segment(ink, start, end, width)
    return ink


def _segment(ink: Array, start: Doubles, end: Doubles, width: float) -> None:
    low = np.maximum(np.minimum(start, end) - width / 2 - 1, 0).astype(int)
    high = (np.maximum(start, end) + width / 2 + 2).astype(int)
    near = ink[low[1] : high[1], low[0] : high[0]]
    y, x = (low[axis] + np.arange(near.shape[1 - axis]) + 0.5 for axis in (1, 0))
    (squared,) = squared_distances(start[:, None], end[:, None], x, y[:, None])
    np.maximum(near, np.clip(width / 2 + 0.5 - np.sqrt(squared), 0, 1), out=near, casting="unsafe")


def _in_perspective(rng: Rng, path: PenPath) -> PenPath:
    angle, (px, py) = rng.normal(0, 0.12), rng.normal(0, 0.2, 2)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    far = (stroke @ turn / (1 + stroke @ (px, py))[:, None] for stroke in path)
    return fitted(tuple(far))


def _paper(rng: Rng, shape: tuple[int, int]) -> Array:
    """(h, w) paper that light falls on from one side."""
    y, x = _places(shape)
    fall = rng.uniform(0, 0.35) * (np.cos(angle := rng.uniform(0, 6.3)) * x + np.sin(angle) * y)
    return np.asarray(rng.uniform(0.7, 0.95) * (1 - np.abs(fall)), np.float32)


def _shade(rng: Rng, shape: tuple[int, int]) -> Array:
    """(h, w) what is left of the light where a hand throws a shadow."""
    y, x = _places(shape)
    across = np.cos(angle := rng.uniform(0, 6.3)) * x + np.sin(angle) * y
    edge = np.clip((across - rng.uniform(-0.2, 0.2)) / rng.uniform(0.02, 0.2), 0, 1)
    return np.asarray(1 - (1 - rng.uniform(0.45, 0.7)) * edge, np.float32)


def _lines(rng: Rng, shape: tuple[int, int], ways: tuple[bool, bool]) -> Array:
    y, x = _places(shape)
    lean, gap = rng.normal(0, 0.03), rng.uniform(18, 44) / shape[0]
    lines = np.zeros(shape, np.float32)
    for used, along, across in zip(ways, (x, y), (y, -x), strict=True):
        if used:
            phase = (across + lean * along) / gap + rng.random()
            far = np.abs(phase - np.round(phase)) * gap * shape[0]
            lines = np.maximum(lines, np.clip(1.4 - far, 0, 1))
    return lines


def _places(shape: tuple[int, int]) -> tuple[Doubles, Doubles]:
    """Where every pixel is, y and x from the middle, in heights."""
    height, width = shape
    y, x = np.mgrid[:height, :width]
    return (y - height / 2) / height, (x - width / 2) / height


def _coloured(rng: Rng, ink: Array) -> Array:
    """Dark ink on light paper, or light ink on a dark ground."""
    light, dark = rng.uniform(0.85, 1), rng.uniform(0, 0.25)
    ink = ink if rng.random() < 0.5 else 1 - ink
    return np.asarray(dark + (light - dark) * ink, np.float32)


def _noise(rng: Rng, light: Array, noise: float) -> Array | float:
    return rng.normal(0, noise, light.shape).astype(np.float32) if noise else 0.0


def _taken(rng: Rng, light: Array, *labels: int, noise: float) -> Picture:
    """What a camera makes of it: out of focus by a pixel or so, noisy, in bytes."""
    seen = blurred(light, int(rng.integers(0, 3)) if noise else 0) + _noise(rng, light, noise)
    return Picture(np.round(np.clip(seen, 0, 1) * 255).astype(np.uint8), labels)
