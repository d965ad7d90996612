"""Filters that several steps use: means of blocks, interpolation, largest and smallest around."""

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Number


def reduction(shape: tuple[int, ...], longest: int) -> int:
    """The least factor by which an image of this shape has no side of more than so many pixels."""
    return -(-max(shape) // longest)


def rim(image: NDArray[Number]) -> NDArray[Number]:
    """(n,) the pixels along the four edges, each of them once."""
    return np.concatenate((image[0], image[-1], image[1:-1, 0], image[1:-1, -1]))


def block_means(image: Array, factor: int) -> Array:
    """(⌈h/factor⌉, ⌈w/factor⌉) means of blocks; the last ones repeat the edge to be whole."""
    if factor == 1:
        return image
    height, width = image.shape
    padded = np.pad(image, ((0, -height % factor), (0, -width % factor)), mode="edge")
    rows, columns = padded.shape
    blocks = padded.reshape(rows // factor, factor, columns // factor, factor)
    return np.asarray(blocks.mean((1, 3)), np.float32)


def interpolated(image: Array, rows: Array, columns: Array) -> Array:
    """The image at `rows` × `columns`, in pixels from the middle of the first; edges go on."""
    upper, down = _between(rows, image.shape[0])
    left, right = _between(columns, image.shape[1])
    down, right = down[:, None], right[None]
    along = image[upper] * (1 - down) + image[np.minimum(upper + 1, image.shape[0] - 1)] * down
    beside = np.minimum(left + 1, image.shape[1] - 1)
    return np.asarray(along[:, left] * (1 - right) + along[:, beside] * right, np.float32)


def _between(places: Array, length: int) -> tuple[NDArray[np.intp], Array]:
    """The pixel before each place, and how far behind it the place is, 0-1."""
    inside = np.clip(places, 0, length - 1)
    before = inside.astype(np.intp)
    return before, (inside - before).astype(np.float32)


def resized(image: Array, height: int, width: int) -> Array:
    """(height, width) the image, averaged where it becomes smaller."""
    factor = max(1, min(image.shape[0] // height, image.shape[1] // width))
    image = block_means(image, factor)
    rows = (np.arange(height) + 0.5) * image.shape[0] / height - 0.5
    columns = (np.arange(width) + 0.5) * image.shape[1] / width - 0.5
    return interpolated(image, rows.astype(np.float32), columns.astype(np.float32))


def largest_around(image: NDArray[Number], reach: int) -> NDArray[Number]:
    """The largest value within `reach` pixels along both axes; beyond the edge there is none."""
    return largest_above(_extreme(image, reach, np.maximum), reach)


def largest_above(image: NDArray[Number], reach: int) -> NDArray[Number]:
    """The largest value within `reach` pixels above and below."""
    return _extreme(image.T, reach, np.maximum).T


def smallest_around(image: NDArray[Number], reach: int) -> NDArray[Number]:
    """The smallest value within `reach` pixels along both axes."""
    return _extreme(_extreme(image, reach, np.minimum).T, reach, np.minimum).T


def _extreme(image: NDArray[Number], reach: int, of: np.ufunc) -> NDArray[Number]:
    """The extreme of each row within `reach`: windows that double until they are wide enough."""
    found, width, wanted = image.copy(), 1, 2 * reach + 1
    padded = np.pad(found, ((0, 0), (reach, reach)), mode="edge")
    while width < wanted:
        step = min(width, wanted - width)
        padded = of(padded[:, :-step], padded[:, step:])
        width += step
    return np.asarray(padded)


def blurred(image: Array, times: int = 1) -> Array:
    """The image, each pixel mixed with its eight neighbours (1 2 1), so many times."""
    for _ in range(times):
        rows = np.pad(image, ((1, 1), (0, 0)), mode="edge")
        image = _mixed(rows[:-2], rows[1:-1], rows[2:])
        columns = np.pad(image, ((0, 0), (1, 1)), mode="edge")
        image = _mixed(columns[:, :-2], columns[:, 1:-1], columns[:, 2:])
    return image


def _mixed(before: Array, here: Array, after: Array) -> Array:
    return np.asarray((before + 2 * here + after) / 4, np.float32)
