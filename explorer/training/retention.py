"""What a network still reads while it learns from somebody's own drawings, along a training."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from core.arrays import Doubles, read_only

MOST_POINTS: Final = 400


class Reading(NamedTuple):
    """How many of the own drawings are read, and which share of ``n_others`` others, 0-1.

    The others are the validation images. ``digits`` (10,) has that share of each digit alone, NaN
    where there is no image of it.
    """

    own: int
    n_others: int
    others: float
    digits: Doubles

    @property
    def row(self) -> Doubles:
        """The same as numbers in a row, (13,)."""
        return np.array([self.own, self.n_others, self.others, *self.digits])

    @classmethod
    def of(cls, row: Doubles) -> Reading:
        """The one with this row."""
        return cls(int(row[0]), int(row[1]), float(row[2]), row[3:])


def _no_rows() -> Doubles:
    return read_only(np.empty((0, 14)))


@dataclass(frozen=True, eq=False)
class Retention:
    """Readings along a training, at most `MOST_POINTS`, the first and the last among them."""

    _rows: Doubles = field(default_factory=_no_rows)

    def added(self, step: int, reading: Reading) -> Retention:
        """With a reading after so many steps; if that is one too many, another one goes."""
        rows = np.vstack((self._rows, (step, *reading.row)))
        return Retention(read_only(_thinned(rows) if len(rows) > MOST_POINTS else rows))

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def first(self) -> Reading:
        """That before the first step. Raises ``IndexError`` if there is none."""
        return Reading.of(self._rows[0, 1:])

    def nearest(self, step: int) -> Reading:
        """The one that was measured nearest to a step."""
        return Reading.of(self._rows[int(np.abs(self._rows[:, 0] - step).argmin()), 1:])


def _thinned(rows: Doubles) -> Doubles:
    """Without the one, neither first nor last, whose neighbours are closest to each other."""
    steps = rows[:, 0]
    return np.delete(rows, 1 + int((steps[2:] - steps[:-2]).argmin()), axis=0)
