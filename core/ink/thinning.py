"""A stroke with fewer points that looks the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.arrays import Doubles
from core.ink.stroke import Stroke


def thinned(stroke: Stroke, tolerance: float) -> Stroke:
    """The stroke without the points that the line through the others misses by no more than this.

    ``tolerance`` is in pixels. First and last point stay. This is the algorithm of Ramer, Douglas
    and Peucker: of a piece between two points that stay, the farthest one stays as well.
    """
    points = stroke.points
    stays = np.zeros(len(points), dtype=np.bool_)
    stays[[0, -1]] = True
    pieces = [(0, len(points) - 1)]
    while pieces:
        start, end = pieces.pop()
        if end - start < 2:
            continue
        distances = _from_line(points[start + 1 : end], points[start], points[end])
        if distances.max() > tolerance:
            farthest = start + 1 + int(distances.argmax())
            stays[farthest] = True
            pieces += [(start, farthest), (farthest, end)]
    return replace(stroke, points=points[stays])


def _from_line(points: Doubles, start: Doubles, end: Doubles) -> Doubles:
    """(n,) how far points (n, 2) are from the line between two points, in pixels."""
    along, places = end - start, points - start
    length = float(along @ along)
    shares = np.clip(places @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.asarray(np.hypot(*(places - shares[:, None] * along).T))
