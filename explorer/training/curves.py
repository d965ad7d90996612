"""Loss and accuracy along a training, in a bounded number of points. A value."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final

import numpy as np

from core.arrays import Doubles, read_only
from explorer.training.worker import Measured

MOST_POINTS: Final = 400

_STEP, _COUNT = 0, 5


def _no_rows() -> Doubles:
    return read_only(np.empty((0, _COUNT + 1)))


@dataclass(frozen=True, eq=False)
class Curves:
    """Points of a training, each a measurement or the mean of neighbouring ones.

    Each array has the shape ``(n,)``, at most `MOST_POINTS`; the first and the last point are
    single measurements. Losses can be infinite or NaN, accuracies are 0-1.
    """

    _rows: Doubles = field(default_factory=_no_rows)

    def added(self, step: int, training: Measured, validation: Measured) -> Curves:
        """With a point after so many steps; if that is one too many, two become their mean."""
        rows = np.vstack((self._rows, (step, *training, *validation, 1)))
        return Curves(read_only(_merged(rows) if len(rows) > MOST_POINTS else rows))

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def steps(self) -> Doubles:
        """How many steps were done at each point, in rising order."""
        return self._column(_STEP)

    @property
    def training_loss(self) -> Doubles:
        """The mean loss of a sample of what is learned from."""
        return self._column(1)

    @property
    def training_accuracy(self) -> Doubles:
        """The share of that sample that is read correctly."""
        return self._column(2)

    @property
    def validation_loss(self) -> Doubles:
        """The mean loss of the validation images."""
        return self._column(3)

    @property
    def validation_accuracy(self) -> Doubles:
        """The share of the validation images that is read correctly."""
        return self._column(4)

    def _column(self, number: int) -> Doubles:
        column: Doubles = self._rows[:, number]
        return column


def numbers_at(curves: Curves, step: int) -> dict[str, Any]:
    """Losses and accuracies as they were measured nearest to a step; empty before the first."""
    if not len(curves):
        return {}
    point = int(np.abs(curves.steps - step).argmin())
    return {
        "training": _at(point, curves.training_loss, curves.training_accuracy),
        "validation": _at(point, curves.validation_loss, curves.validation_accuracy),
    }


def _at(point: int, losses: Doubles, accuracies: Doubles) -> dict[str, Any]:
    """The two of a point; a loss beyond all numbers is none that JSON has a word for."""
    return {"loss": _finite(losses[point]), "accuracy": float(accuracies[point])}


def _finite(loss: float) -> float | None:
    return float(loss) if isfinite(loss) else None


@np.errstate(invalid="ignore")  # of infinite losses there is no mean
def _merged(rows: Doubles) -> Doubles:
    """The two neighbours that are closest, neither first nor last, as one."""
    first = 1 + int(np.diff(rows[1:-1, _STEP]).argmin())
    pair = rows[first : first + 2]
    counts = pair[:, _COUNT]
    mean = counts @ pair / counts.sum()
    mean[_COUNT] = counts.sum()
    return np.vstack((rows[:first], mean, rows[first + 2 :]))
