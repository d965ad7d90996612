"""What the outputs stand for, beside their circles, and the box around the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from explorer.diagram.geometry import WIDTH, Geometry, spacing_of

#: In units of the picture: how high a digit is, and at most a text of several letters; a picture
#: that is higher than wide is on a phone, where nothing smaller could be read.
_DIGIT_HEIGHT: Final = 3.4
_WORD_HEIGHT, _WORD_HEIGHT_ON_PHONE = 2.2, 3.1

#: Of a letter, as a share of its height.
_LETTER: Final = 0.58

#: From the middle of a circle to that of a digit, and the box around both.
_DIGIT_GAP: Final = 4.2
_BOX: Final = (11.4, 5.6)

#: From the rim of a circle to a word, and from a word to the box.
_WORD_GAP, _MARGIN = 1.1, 0.8

#: Labels of so many letters stand where digits do.
_SHORT: Final = 2


@dataclass(frozen=True)
class OutputLabels:
    """The labels of the outputs in a picture of one height, in its units."""

    texts: tuple[str, ...]
    spacing: float
    on_phone: bool

    @classmethod
    def of(cls, texts: tuple[str, ...], height: float) -> OutputLabels:
        """The labels in a picture of this height."""
        return cls(texts, spacing_of(len(texts), height), height > WIDTH)

    @property
    def height(self) -> float:
        """How high a letter is: lower where the labels stand close, or are words."""
        word = _WORD_HEIGHT_ON_PHONE if self.on_phone else _WORD_HEIGHT
        return min(_DIGIT_HEIGHT if self._are_short else word, 0.95 * self.spacing)

    @property
    def width(self) -> float:
        """How wide the longest label is."""
        return _LETTER * self.height * max(map(len, self.texts))

    @property
    def _are_short(self) -> bool:
        return max(map(len, self.texts)) <= _SHORT

    def columns(self, geometry: Geometry) -> dict[str, Any]:
        """Digits and letters stand under each other by their middles, words by their beginnings."""
        outputs, count = geometry.positions[-1], len(self.texts)
        gap = _DIGIT_GAP if self._are_short else geometry.radii[-1] + _WORD_GAP
        return {
            "x": outputs[:, 0] + np.float32(gap),
            "y": outputs[:, 1],
            "text": list(self.texts),
            "align": ["center" if self._are_short else "left"] * count,
        }

    def box(self, geometry: Geometry, output: int | None) -> dict[str, list[float]]:
        """The box around an output and its label: its middle and its size; none for no output."""
        if output is None:
            return {"x": [], "y": [], "width": [], "height": []}
        x, y = map(float, geometry.positions[-1][output])
        left, width = self._box_across(geometry.radii[-1])
        high = min(_BOX[1], max(self.spacing, 2 * geometry.radii[-1]) + 1)
        return {"x": [x + left + width / 2], "y": [y], "width": [width], "height": [high]}

    def _box_across(self, radius: float) -> tuple[float, float]:
        """Where it begins beside the middle of the circle, and how wide it is."""
        if self._are_short:
            return 2.0 - _BOX[0] / 2, _BOX[0]
        left = -radius - _MARGIN
        return left, radius + _WORD_GAP + self.width + _MARGIN - left
