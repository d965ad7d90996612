"""A network on paper: black on white, with the sources of a few terms marked by letters.

Everything is in millimetres of a picture of `WIDTH` × `HEIGHT`, y down. The darker a circle or a
pixel, the more active it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from core.nn.image_network import labels, side
from core.nn.network import Network
from core.nn.trace import Trace
from explorer.exchange.naming import layer_title
from explorer.exchange.paper_sum import PaperTerm
from explorer.state.session import Neuron
from explorer.texts import text

WIDTH: Final = 180.0
HEIGHT: Final = 65.0
IMAGE: Final = 55.0

_TOP: Final = 1.0
_CAPTION: Final = _TOP + IMAGE + 4.0
_FIRST, _LAST = 88.0, 166.0
_MOST_SPACING, _MOST_RADIUS = 5.2, 1.8
#: Letters of pixels stand beside the image, one below the other; all others beside their circles.
_BESIDE_IMAGE, _LETTER_PITCH = IMAGE + 5.0, 3.8
_BESIDE_CIRCLE: Final = 3.4
#: More circles than this cannot be told apart in a column.
_MOST_CIRCLES: Final = 24
_SHADES: Final = 12
#: The darkest ink: a letter can be read on it.
_INK: Final = 0.6


Place = tuple[float, float]


class Circle(NamedTuple):
    """A neuron: its place, radius, darkness (0-1), and whether it is the one that is asked for."""

    x: float
    y: float
    radius: float
    ink: float
    is_chosen: bool


class Line(NamedTuple):
    """A term: from where to where it leads, and whether its weight is negative."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_negative: bool


class Words(NamedTuple):
    """A text and the middle of its line."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class PaperNetwork:
    """What there is to draw.

    Args:
        marked: the upper left corners of the pixels that are sources.
        pixels: by darkness (0-1), the outline of all pixels that have it, as the path of an SVG.
        cell: the side of a pixel.
        circles: the neurons that are shown.
        lines: the terms.
        letters: the letters of their sources.
        names: what the outputs stand for.
        captions: what the columns are.
    """

    marked: Sequence[tuple[float, float]]
    pixels: Sequence[tuple[float, str]]
    cell: float
    circles: Sequence[Circle]
    lines: Sequence[Line]
    letters: Sequence[Words]
    names: Sequence[Words]
    captions: Sequence[Words]


def letter(number: int) -> str:
    """The letter of a term, which counts from 0."""
    return chr(ord("A") + number)


def paper_network(
    network: Network,
    trace: Trace,
    full: Sequence[float],
    neuron: Neuron,
    terms: Sequence[PaperTerm],
) -> PaperNetwork:
    """The network with a neuron and the terms that are named of its sum.

    ``full`` is the activation of the darkest circles of each layer, from 1 on.
    """
    named = {neuron.layer: [neuron.number], neuron.layer - 1: [each.source for each in terms]}
    columns = []
    for layer, (a, most) in enumerate(zip(trace.a, full, strict=True), start=1):
        inks = np.clip(np.abs(a) / (most or 1.0), 0, 1).tolist()
        chosen = neuron.number if layer == neuron.layer else None
        columns.append(_column(_across(network, layer), inks, named.get(layer, []), chosen))
    end = columns[neuron.layer - 1][neuron.number]
    sources = [each.source for each in terms]
    if neuron.layer == 1:
        starts = [_middle(source, side(network)) for source in sources]
        letters = _beside_image([y for _, y in starts])
    else:
        starts = [columns[neuron.layer - 2][source][:2] for source in sources]
        letters = [(x - _BESIDE_CIRCLE, y) for x, y in starts]
    cell = IMAGE / side(network)
    return PaperNetwork(
        marked=[(x - cell / 2, y - cell / 2) for x, y in starts] if neuron.layer == 1 else [],
        pixels=_pixels(trace.inputs.reshape(side(network), -1)),
        cell=cell,
        circles=[circle for column in columns for circle in column.values()],
        lines=[
            line
            for start, at, each in zip(starts, letters, terms, strict=True)
            for line in _lines(start, at, end, each.weight < 0)
        ],
        letters=[Words(*at, letter(number)) for number, at in enumerate(letters)],
        names=_names(network, columns[-1]),
        captions=_captions(network, columns),
    )


def _column(
    x: float, inks: Sequence[float], named: Sequence[int], chosen: int | None
) -> dict[int, Circle]:
    """The circles of a layer by the numbers of their neurons, the first at the top."""
    numbers = _shown(len(inks), named)
    spacing = min(_MOST_SPACING, IMAGE / len(numbers))
    radius = min(_MOST_RADIUS, 0.38 * spacing)
    top = _TOP + (IMAGE - spacing * (len(numbers) - 1)) / 2
    return {
        number: Circle(x, top + spacing * place, radius, inks[number], number == chosen)
        for place, number in enumerate(numbers)
    }


def _shown(size: int, named: Sequence[int]) -> list[int]:
    """All neurons of a layer, or as many as can be told apart: the named and some others."""
    if size <= _MOST_CIRCLES:
        return list(range(size))
    others = np.linspace(0, size - 1, _MOST_CIRCLES - len(named)).round().astype(int)
    return sorted({*named, *others.tolist()})


def _across(network: Network, layer: int) -> float:
    columns = len(network.layers)
    return _LAST if columns == 1 else _FIRST + (_LAST - _FIRST) * (layer - 1) / (columns - 1)


def _middle(pixel: int, side: int) -> Place:
    row, column = divmod(pixel, side)
    return (column + 0.5) * IMAGE / side, _TOP + (row + 0.5) * IMAGE / side


def _beside_image(heights: Sequence[float]) -> list[Place]:
    """Places for letters, in the order of these heights and as near to them as there is room."""
    order = np.argsort(heights, kind="stable")
    pitches = _LETTER_PITCH * np.arange(len(heights))
    # As if all stood at one height: what is too near to the one above is pushed down, and nothing
    # below the image.
    pushed = np.maximum.accumulate(np.asarray(heights)[order] - pitches)
    places = np.empty(len(heights))
    places[order] = np.minimum(pushed, _TOP + IMAGE - 1 - pitches[-1]) + pitches
    return [(_BESIDE_IMAGE, y) for y in places.tolist()]


def _lines(start: Place, letter: Place, end: Circle, is_negative: bool) -> Iterator[Line]:
    """A term's line as far as the rim of its neuron, past its letter if that stands on the way."""
    (x, y), (beside, height) = start, letter
    if beside > x:
        yield Line(x, y, beside - 1.6, height, is_negative)
        x, y = beside + 1.6, height
    share = 1 - end.radius / np.hypot(end.x - x, end.y - y)
    yield Line(x, y, x + share * (end.x - x), y + share * (end.y - y), is_negative)


def _pixels(image: npt.NDArray[np.float32]) -> list[tuple[float, str]]:
    """(side, side) with values 0-1."""
    cell = IMAGE / len(image)
    shades = np.round(_SHADES * image).astype(int)
    at = np.argwhere(shades).tolist()
    places = sorted((int(shades[row, column]), row, column) for row, column in at)
    return [
        (_INK * shade / _SHADES, "".join(_square(row, column, cell) for _, row, column in group))
        for shade, group in groupby(places, key=lambda each: each[0])
    ]


def _square(row: int, column: int, cell: float) -> str:
    return f"M{column * cell:.2f} {_TOP + row * cell:.2f}h{cell:.2f}v{cell:.2f}h-{cell:.2f}z"


def _names(network: Network, column: dict[int, Circle]) -> list[Words]:
    said = labels(network)
    return [Words(each.x + 3.4, each.y, said[number]) for number, each in column.items()]


def _captions(network: Network, columns: Sequence[dict[int, Circle]]) -> list[Words]:
    """Below each column what it is, and how many of its neurons are shown if not all."""
    found = [Words(IMAGE / 2, _CAPTION, layer_title(network, 0))]
    for layer, column in enumerate(columns, start=1):
        x, size = _across(network, layer), network.sizes[layer]
        found.append(Words(x, _CAPTION, layer_title(network, layer)))
        if len(column) < size:
            some = text("worksheet.some", some=len(column), all=size)
            found.append(Words(x, _CAPTION + 3.4, some))
    return found
