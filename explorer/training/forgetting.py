"""What a network has learned from one's own drawings, and what it has forgotten by it."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import param

from core.training.recipes import Recipe
from explorer.texts import number, percent, text
from explorer.training.retention import Reading
from explorer.training.trainer import Trainer
from explorer.transport.component import LiveComponent


class Forgetting(LiveComponent):
    """A table, before the training and at the moment that is shown; empty without own drawings."""

    script = Path(__file__).with_name("forgetting.js")
    bundle = "training"

    rows = param.List(default=[], doc="What is read, before and now, each in words.")
    digits = param.List(default=[], doc="The change of each digit's share, in points, in words.")
    worst = param.Integer(default=None, allow_None=True, doc="The digit that lost most, if any.")

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._trainer = trainer
        trainer.param.watch(self._show, "told")
        self._show()

    def _show(self, *_: Any) -> None:
        run = self._trainer.run
        if run.own is None or not len(run.retention):
            self.show(rows=[], digits=[], worst=None)
            return
        before, now = run.retention.first, run.retention.nearest(self._trainer.step)
        change = 100 * (now.digits - before.digits)
        worst = _worst(change)
        rows = [
            (text("forgetting.own", count=len(run.own)), number(before.own), number(now.own)),
            (_others(before, run.recipe), percent(before.others), percent(now.others)),
        ]
        if worst is not None:
            rows.append((text("forgetting.digit", digit=worst), *_of_digit(worst, before, now)))
        self.show(rows=rows, digits=[_points(each) for each in change], worst=worst)


def _others(reading: Reading, recipe: Recipe) -> str:
    data = text(f"train_data.{recipe.dataset}")
    return text("forgetting.others", images=number(reading.n_others), data=data)


def _worst(change: np.ndarray[Any, Any]) -> int | None:
    """The digit with the largest loss, in points; None if each is read as well as before."""
    lost = np.nan_to_num(change)
    return int(lost.argmin()) if lost.min() < 0 else None


def _of_digit(digit: int, before: Reading, now: Reading) -> tuple[str, str]:
    return percent(before.digits[digit]), percent(now.digits[digit])


def _points(change: float) -> str:
    """A change in whole points, with its sign; a dash where there is no image of the digit."""
    if isnan(change):
        return text("percentage.none")
    points = round(change)
    return (
        text("forgetting.less", points=-points) if points < 0 else f"{points:+d}" if points else "0"
    )
