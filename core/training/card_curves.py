"""The curves of a training as a model card states them: few points, the same on every machine."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from core.arrays import Doubles
from core.nn.model_card import MOST_POINTS


def card_curves(losses: npt.ArrayLike, accuracies: Sequence[float]) -> dict[str, list[Any]]:
    """At most `MOST_POINTS` of each, for the entry ``curves`` of a card.

    ``losses`` has the mean loss of each batch: one point is the mean of neighbouring ones, and
    ``step`` the number of steps up to their end. ``accuracies`` (0-1) are those on the validation
    images after each ``epoch``. Losses that are beyond all numbers are left out.
    """
    means, steps = _means(np.asarray(losses, dtype=float))
    finite = np.isfinite(means)
    epochs = _evenly(len(accuracies))
    return {
        "step": steps[finite].tolist(),
        "loss": [_rounded(each) for each in means[finite]],
        "epoch": epochs,
        "accuracy": [_rounded(accuracies[epoch - 1]) for epoch in epochs],
    }


def _means(losses: Doubles) -> tuple[Doubles, npt.NDArray[np.int64]]:
    """The means of as many parts as there may be points, and where the parts end."""
    ends = np.array(_evenly(len(losses)), dtype=int)
    if not len(ends):
        return losses, ends
    starts = np.concatenate(([0], ends[:-1]))
    return np.add.reduceat(losses, starts) / (ends - starts), ends


def _evenly(count: int) -> list[int]:
    """Whole numbers from 1 to ``count``, evenly spread; the last is ``count``."""
    points = min(count, MOST_POINTS)
    return [count * (i + 1) // points for i in range(points)]


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
