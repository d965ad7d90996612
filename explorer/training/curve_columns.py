"""What is drawn of runs: the columns of the curves' data sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from core.arrays import Doubles
from explorer.diagram.scales import rounded_up
from explorer.training.plots import COLUMNS
from explorer.training.run_state import RunState

Columns = Mapping[str, Any]

NO_COLUMNS: Final[Columns] = dict.fromkeys(COLUMNS, np.empty(0))

#: Letters that are nearer than these shares of the axes would lie over each other, and one that
#: stands as close to the right end of the plot would be cut off.
_WIDTH, _HEIGHT = 0.06, 0.24


def columns_of(run: RunState | None) -> Columns:
    """The curves of a run, without the points whose loss is beyond all numbers."""
    if run is None or run.state is None:
        return NO_COLUMNS
    curves = run.curves
    columns = {
        "epoch": curves.steps / run.state.n_batches,
        "accuracy": 100 * curves.training_accuracy,
        "validation_accuracy": 100 * curves.validation_accuracy,
        "loss": curves.training_loss,
        "validation_loss": curves.validation_loss,
    }
    drawn = np.isfinite(curves.training_loss) & np.isfinite(curves.validation_loss)
    return {name: column[drawn] for name, column in columns.items()}


def ends_of(runs: Mapping[str, Columns]) -> list[float]:
    """Round numbers that no epoch and no loss exceeds; where there are letters, with room."""
    epoch = _largest(runs, "epoch")
    room = epoch * (1 + _WIDTH) if len(runs) > 1 else epoch
    losses = max(_largest(runs, "loss"), _largest(runs, "validation_loss"))
    return [max(rounded_up(epoch), room) or 1.0, rounded_up(losses) or 1.0]


def letters_of(runs: Mapping[str, Columns], ends: list[float]) -> Columns:
    """Where the letters of two runs stand, each at the end of its validation curves."""
    drawn = {name: columns for name, columns in runs.items() if len(columns["epoch"])}
    if len(runs) < 2:
        drawn = {}
    epochs, losses = ends
    x = np.array([columns["epoch"][-1] for columns in drawn.values()])
    accuracy = np.array([columns["validation_accuracy"][-1] for columns in drawn.values()])
    loss = np.array([columns["validation_loss"][-1] for columns in drawn.values()])
    is_crowded = len(x) == 2 and bool(abs(x[0] - x[1]) < _WIDTH * epochs)
    return {
        "epoch": x,
        "accuracy": _heights(accuracy, 100.0, is_crowded),
        "loss": _heights(loss, losses, is_crowded),
        "letter": list(drawn),
    }


def _largest(runs: Mapping[str, Columns], name: str) -> float:
    values = np.concatenate([columns[name] for columns in runs.values()])
    return float(values.max()) if len(values) else 0.0


def _heights(heights: Doubles, top: float, is_crowded: bool) -> Doubles:
    """Heights of letters from 0 to ``top``, in full view, and not over each other if crowded."""
    least = _HEIGHT * top
    if is_crowded and abs(heights[0] - heights[1]) < least:
        middle = np.clip(heights.mean(), least, top - least)
        order = np.where(heights.argsort(kind="stable").argsort() == 0, -1, 1)
        heights = middle + order * least / 2
    return np.clip(heights, least / 2, top - least / 2)
