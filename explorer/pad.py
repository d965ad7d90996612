"""The drawing pad: from the pointer in the browser to the drawing of the session.

This is where a stroke comes in. It goes on to `explorer.session` (the state), `core.network`
(the numbers) and `explorer.stage` (the picture).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from core.ink import DEFAULT_WIDTH, Drawing, InkError
from core.stroke import checked_points
from explorer.canvas import InkPart
from explorer.connection import answer_without_delay
from explorer.live import LiveComponent, Message
from explorer.session import Session

#: What one message may bring, as `pad.js` sends it: so it costs a few milliseconds, whatever it is.
_MOST_PARTS, _MOST_POINTS = 16, 64


class Pad(LiveComponent):
    """The 28 × 28 pixels one draws on. Ink appears at once; the session hears of it after."""

    _bundle = Path(__file__).with_name("pad.js")

    drawing = param.String(default=Drawing.blank.to_json(), doc="What replaced the ink last.")
    revision = param.Integer(default=0, doc="Counts the times `drawing` replaced the ink.")
    width = param.Number(default=DEFAULT_WIDTH, doc="Width of the pen in pixels of the pad.")
    erasing = param.Boolean(default=False, doc="Whether the pen erases.")
    marked = param.Integer(default=None, allow_None=True, doc="The pixel to mark.")
    inviting = param.Boolean(default=False, doc="Whether the first stroke replaces the drawing.")
    borrowing = param.Boolean(default=False, doc="Whether the drawing is not the tab's to keep.")
    pointed = param.Integer(default=0, doc="Number of pointer positions that were answered.")
    answered = param.Integer(default=0, doc="Number of messages of ink that were answered.")

    def __init__(self, session: Session) -> None:
        super().__init__(
            drawing=session.drawing.to_json(),
            inviting=session.canvas.is_placeholder,
            sizing_mode="stretch_both",
        )
        self._session = session
        session.param.watch(self._show_drawing, "redrawn")
        session.param.watch(self._show_mark, "pointed")
        session.param.watch(self._show_pen, ["pen_width", "erasing"])

    def receive(self, message: Message) -> None:
        """Take ink, or the greeting of a page that has opened."""
        if message["type"] == "ink":
            self._receive_ink(message)
        elif message["type"] == "point":
            self._session.point_at_pad(message["place"])
            self.show(pointed=self.pointed + 1)
        elif message["type"] == "hello":
            self._greet(message["drawing"])

    def _receive_ink(self, message: Message) -> None:
        try:
            self._session.draw(_parts(message["parts"]))
        except Exception as error:
            self._session.show_again()  # the browser has painted what is refused here
            if not isinstance(error, InkError):
                raise
            self._session.notice = str(error)
        finally:
            self._answer_ink()

    def _answer_ink(self) -> None:
        self.show(answered=self.answered + 1)

    def _greet(self, kept: str | None) -> None:
        """A page has opened: a tab that was reloaded brings its drawing along."""
        answer_without_delay()
        if kept is not None:
            self._session.restore(Drawing.from_json(kept))

    def _show_mark(self, *_: Any) -> None:
        self.show(marked=self._session.pointed[0])

    def _show_drawing(self, *_: Any) -> None:
        self.show(
            drawing=self._session.drawing.to_json(),
            inviting=self._session.canvas.is_placeholder,
            borrowing=self._session.presented is not None,
            revision=self.revision + 1,
        )

    def _show_pen(self, *_: Any) -> None:
        self.show(width=self._session.pen_width, erasing=self._session.erasing)


def _parts(sent: list[Any]) -> list[InkPart]:
    """The ink of a message. Raises `InkError` if it is more than a hand draws in one go."""
    points = sum(len(each["points"]) for each in sent[: _MOST_PARTS + 1])
    if len(sent) > _MOST_PARTS or points > _MOST_POINTS:
        raise InkError(f"Ink comes in at most {_MOST_PARTS} strokes and {_MOST_POINTS} points.")
    return [_part(each) for each in sent]


def _part(sent: dict[str, Any]) -> InkPart:
    points = checked_points(sent["points"])
    if not sent["begins"]:
        return InkPart(False, points)
    return InkPart(True, points, sent["width"], sent["erases"])
