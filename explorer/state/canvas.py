"""What a person has on the pad: the drawing, and what can be undone and redone. A value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.ink import DEFAULT_WIDTH, Drawing, Stroke
from explorer.state.history import History


class InkPart(NamedTuple):
    """A stroke that begins, or what goes on with the last one: points (n, 2), in pixels."""

    begins: bool
    points: npt.NDArray[np.float64]
    width: float = DEFAULT_WIDTH
    erases: bool = False


@dataclass(frozen=True)
class Canvas:
    """The drawing on the pad, and how one got there.

    Args:
        drawing: what is drawn.
        history: the drawings before and after it.
        is_placeholder: whether it is an example that the first stroke replaces.
        pen_is_down: whether the last stroke goes on. A stroke that was replaced under the pen
            (undo, clear, another drawing) is over: what goes on with it is no ink.
    """

    drawing: Drawing = Drawing.blank
    history: History[Drawing] = field(default_factory=History)
    is_placeholder: bool = False
    pen_is_down: bool = False

    @property
    def own(self) -> Drawing:
        """What the person drew; blank before anything is."""
        return Drawing.blank if self.is_placeholder else self.drawing

    def with_ink(self, parts: Sequence[InkPart]) -> Canvas:
        """The same with strokes drawn or drawn on. Raises `InkError` if some cannot be drawn."""
        canvas = self
        for part in parts:
            canvas = canvas._with_stroke(part) if part.begins else canvas._with_more(part)
        return canvas

    def begun_with(self, drawing: Drawing) -> Canvas:
        """The same, had one begun with this drawing; the drawing itself if nothing was done yet."""
        if not self.history.past:
            return Canvas(drawing)
        beginning: History[Drawing] = History()
        return replace(self, history=beginning.after(drawing))

    def replaced(self, drawing: Drawing) -> Canvas:
        """Another drawing; undo brings the present one back."""
        return Canvas(drawing, self.history.after(self.drawing))

    def cleared(self) -> Canvas:
        """A blank pad; undo brings the drawing back."""
        is_clear = self.drawing.is_blank and not self.drawing.strokes
        return self if is_clear else self.replaced(Drawing.blank)

    def undone(self) -> Canvas:
        """The drawing before the last stroke or replacement, if there was one."""
        if not self.history.past:
            return self
        return Canvas(*self.history.back(self.drawing))

    def redone(self) -> Canvas:
        """What was undone last, if anything was."""
        if not self.history.future:
            return self
        return Canvas(*self.history.forth(self.drawing))

    def _with_stroke(self, part: InkPart) -> Canvas:
        stroke = Stroke(part.points, part.width, part.erases)
        return Canvas(self.own.with_stroke(stroke), self.history.after(self.own), pen_is_down=True)

    def _with_more(self, part: InkPart) -> Canvas:
        if not self.pen_is_down:
            return self
        return replace(self, drawing=self.drawing.extended(part.points))
