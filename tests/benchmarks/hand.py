"""A hand that draws the project's example drawings, at a hand's pace, without end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

Point = tuple[float, float]
Stroke = list[Point]

_DRAWINGS = Path(__file__).parents[2] / "assets" / "drawings"

#: Points that a hand adds in a second; a browser reports about one for each frame.
POINTS_PER_SECOND = 60


class Move(NamedTuple):
    """What a hand did since the last move: at most one stroke's points."""

    points: list[Point]
    clears: bool
    begins: bool
    lifts: bool


def drawings() -> list[list[Stroke]]:
    """The strokes of every example that has some, in pixels of the pad."""
    saved = (json.loads(path.read_text("utf-8")) for path in sorted(_DRAWINGS.glob("*.json")))
    all_strokes = (each["drawing"]["strokes"] for each in saved)
    return [[stroke["points"] for stroke in strokes] for strokes in all_strokes if strokes]


def moves(first: int, per_second: int) -> Iterator[Move]:
    """Endless moves, ``per_second`` of them, starting with drawing number ``first``."""
    known = drawings()
    size = POINTS_PER_SECOND // per_second
    while True:
        for number, stroke in enumerate(known[first % len(known)]):
            parts = list(_chunks(stroke, size))
            for at, part in enumerate(parts):
                begins = at == 0
                yield Move(part, begins and number == 0, begins, at == len(parts) - 1)
        first += 1


def _chunks(points: Stroke, size: int) -> Iterator[list[Point]]:
    left = iter(points)
    while part := list(islice(left, size)):
        yield part
