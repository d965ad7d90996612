"""What a person has on the pad: the drawing, how it came about, what can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import param

from core.ink import DEFAULT_WIDTH, Drawing, Stroke
from explorer.history import History


class InkPart(NamedTuple):
    """A stroke that begins, or what goes on with the last one: points (n, 2), in pixels."""

    begins: bool
    points: npt.NDArray[np.float64]
    width: float = DEFAULT_WIDTH
    erases: bool = False


class _Work(NamedTuple):
    """What a person has drawn, and can undo."""

    drawing: Drawing
    history: History
    inviting: bool

    def with_stroke(self, part: InkPart) -> _Work:
        """The same and one more stroke, the first of which takes the place of an invitation."""
        stroke = Stroke(part.points, part.width, part.erases)
        drawing = Drawing.blank if self.inviting else self.drawing
        return _Work(drawing.with_stroke(stroke), self.history.after(drawing), False)


class Paper(param.Parameterized):
    """The drawing of a session. Strokes are drawn on it; a drawing is put on it as a whole."""

    drawing: Drawing = param.ClassSelector(class_=Drawing, doc="The digit, as drawn.")
    revision: int = param.Integer(
        default=0,
        doc="Counts the times the drawing was replaced as a whole (undo, clear, restore), as "
        "against strokes, which the browser has painted before the server hears of them.",
    )
    inviting: bool = param.Boolean(
        default=False, doc="Whether the drawing is an invitation: the first stroke replaces it."
    )
    borrowing: bool = param.Boolean(
        default=False, doc="Whether the drawing is somebody else's, shown instead of one's own."
    )
    can_undo: bool = param.Boolean(default=False)
    can_redo: bool = param.Boolean(default=False)

    def __init__(self, **params: object) -> None:
        """Start with a blank pad, unless `drawing` says otherwise."""
        self._history = History()
        self._own: _Work | None = None
        self._drawing_stroke = False
        super().__init__(**{"drawing": Drawing.blank} | params)

    def invite(self, drawing: Drawing) -> None:
        """Show a drawing until somebody draws."""
        self.param.update(inviting=True, drawing=drawing)

    def draw(self, parts: Sequence[InkPart]) -> None:
        """Draw strokes and go on with the last one; all that follows is computed once.

        A stroke that was replaced under the pen (undo, clear, a drawing shown to all) is over:
        what goes on with it is no ink.

        Raises:
            InkError: some of it cannot be drawn. Nothing is.
        """
        work = _Work(self.drawing, self._history, self.inviting)
        drawing_stroke = self._drawing_stroke
        for part in parts:
            if part.begins:
                work, drawing_stroke = work.with_stroke(part), True
            elif drawing_stroke:
                work = work._replace(drawing=work.drawing.extended(part.points))
        self._drawing_stroke = drawing_stroke
        self._history = work.history
        self.param.update(drawing=work.drawing, inviting=work.inviting, **_can_go(work.history))

    def begin_stroke(self, points: npt.ArrayLike, width: float, erases: bool) -> None:
        """Start a stroke: points of shape (n, 2), in pixels of the pad."""
        self.draw([InkPart(True, np.asarray(points), width, erases)])

    def extend_stroke(self, points: npt.ArrayLike) -> None:
        """Go on with the last stroke: further points of shape (n, 2)."""
        self.draw([InkPart(False, np.asarray(points))])

    def replace_drawing(self, drawing: Drawing) -> None:
        """Put another drawing on the pad; undo brings the present one back."""
        self.inviting = False
        self._remember()
        self._show(drawing)

    def restore(self, drawing: Drawing) -> None:
        """A tab that was opened again brings the person's drawing along."""
        if self._own is None:
            self.inviting = False
            self._show(drawing)
        else:
            self._own = _Work(drawing, History(), inviting=False)
            self.show_again()

    @property
    def own_drawing(self) -> Drawing:
        """What the person drew, also while another drawing is shown; blank before anything is."""
        own = self._own or _Work(self.drawing, self._history, self.inviting)
        return Drawing.blank if own.inviting else own.drawing

    def borrow(self, drawing: Drawing) -> None:
        """Show somebody else's drawing; the person's own is kept until `give_back`."""
        self._own = self._own or _Work(self.drawing, self._history, self.inviting)
        self._history = History()
        self.param.update(inviting=False, borrowing=True)
        self._show(drawing)

    def give_back(self) -> None:
        """Show the person's own drawing again."""
        if self._own is not None:
            own, self._own = self._own, None
            self._history = own.history
            self.param.update(inviting=own.inviting, borrowing=False)
            self._show(own.drawing)

    def show_again(self) -> None:
        """Have the pad show the drawing as it is here."""
        self.revision += 1

    def clear(self) -> None:
        """Empty the pad; undo brings the drawing back."""
        if self.drawing.strokes or not self.drawing.is_blank:
            self.replace_drawing(Drawing.blank)

    def undo(self) -> None:
        """Take back the last stroke or replacement."""
        if self.can_undo:
            drawing, self._history = self._history.back(self.drawing)
            self._show(drawing)

    def redo(self) -> None:
        """Bring back what was undone last."""
        if self.can_redo:
            drawing, self._history = self._history.forth(self.drawing)
            self._show(drawing)

    def _remember(self) -> None:
        self._history = self._history.after(self.drawing)
        self._tell_history()

    def _show(self, drawing: Drawing) -> None:
        self._drawing_stroke = False
        self._tell_history()
        self.param.update(drawing=drawing, revision=self.revision + 1)

    def _tell_history(self) -> None:
        self.param.update(**_can_go(self._history))


def _can_go(history: History) -> dict[str, bool]:
    return {"can_undo": bool(history.done), "can_redo": bool(history.undone)}
