"""From strokes to pixels: what a hand drew, and what the lens shows of it to a network."""

from core.ink.brush import DEFAULT_WIDTH
from core.ink.drawing import (
    LONGEST_JSON,
    Drawing,
    centre,
    centre_image,
    centre_images,
    rasterize,
)
from core.ink.stroke import MOST_POINTS, MOST_STROKES, InkError, Stroke

__all__ = [
    "DEFAULT_WIDTH",
    "LONGEST_JSON",
    "MOST_POINTS",
    "MOST_STROKES",
    "Drawing",
    "InkError",
    "Stroke",
    "centre",
    "centre_image",
    "centre_images",
    "rasterize",
]
