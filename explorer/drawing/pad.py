"""The drawing pad: from the pointer in the browser to the drawing of the session.

This is where a stroke comes in. It goes on to `explorer.state.session` (the state),
`core.nn.network` (the numbers) and `explorer.diagram.stage` (the picture).
"""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import param

from core.errors import InputError
from core.ink import DEFAULT_WIDTH, Drawing
from core.ink.stroke import checked_points
from explorer.drawing.saved import drawing_from
from explorer.state.canvas import InkPart
from explorer.state.session import Session
from explorer.texts import sentence
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

#: What one message may bring, as `pad.js` sends it: so it costs a few milliseconds, whatever it is.
_MOST_PARTS, _MOST_POINTS = 16, 64


class Pad(LiveComponent):
    """The 28 × 28 pixels one draws on. Ink appears at once; the session hears of it after."""

    script = Path(__file__).with_name("pad.js")

    drawing = param.String(default=Drawing.blank.to_json(), doc="What replaced the ink last.")
    revision = param.Integer(default=0, doc="Counts the times `drawing` replaced the ink.")
    width = param.Number(default=DEFAULT_WIDTH, doc="Width of the pen in pixels of the pad.")
    erasing = param.Boolean(default=False, doc="Whether the pen erases.")
    marked = param.Integer(default=None, allow_None=True, doc="The pixel to mark.")
    inviting = param.Boolean(default=False, doc="Whether the first stroke replaces the drawing.")
    borrowing = param.Boolean(default=False, doc="Whether the drawing is not the tab's to keep.")
    locked = param.Boolean(default=False, doc="Whether nobody may draw now.")

    def __init__(self, session: Session) -> None:
        super().__init__(
            drawing=session.drawing.to_json(),
            inviting=session.canvas.is_placeholder,
            sizing_mode="stretch_both",
        )
        self._session = session
        self._greeted = False
        session.param.watch(self._show_lock, ["paused", "presented"])
        session.param.watch(self._show_drawing, "redrawn")
        session.param.watch(self._show_mark, "pointed")
        session.param.watch(self._show_pen, ["pen_width", "erasing"])

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Take ink, or the greeting of a page that has opened."""
        match message:
            case {"type": "ink", "parts": [*parts]}:
                self._receive_ink(parts)
            case {"type": "point", "place": place}:
                self._session.point_at_pad(None if place is None else _place(place))
            case {"type": "hello", "drawing": None | str() as kept}:
                return self._greet(kept)
            case _:
                raise NotUnderstoodError(message)
        return None

    def _receive_ink(self, parts: list[Any]) -> None:
        try:
            self._session.draw(_parts(parts))
        except (InputError, NotUnderstoodError) as error:
            self._session.show_again()  # the browser has painted what is refused here
            if isinstance(error, NotUnderstoodError):
                raise
            self._session.notice = sentence(error)

    def _greet(self, kept: str | None) -> Awaitable[None] | None:
        """A page has opened: a tab that was reloaded brings its drawing along, once."""
        greeted, self._greeted = self._greeted, True
        return None if kept is None or greeted else self._restore(kept)

    async def _restore(self, kept: str) -> None:
        drawing = await self.in_background(drawing_from, kept)
        with self.one_frame():
            self._session.restore(drawing)

    def _show_mark(self, *_: Any) -> None:
        self.show(marked=self._session.pointed[0])

    def _show_drawing(self, *_: Any) -> None:
        self.show(
            drawing=self._session.drawing.to_json(),
            inviting=self._session.canvas.is_placeholder and self._session.presented is None,
            borrowing=self._session.presented is not None or self._session.lends_canvas,
            revision=self.revision + 1,
        )

    def _show_lock(self, *_: Any) -> None:
        self.show(locked=self._session.is_locked)

    def _show_pen(self, *_: Any) -> None:
        self.show(width=self._session.pen_width, erasing=self._session.erasing)


def _parts(sent: list[Any]) -> list[InkPart]:
    """The ink of a message, none of it more than a hand draws in one go."""
    parts = [_part(each) for each in sent[:_MOST_PARTS]]
    if len(sent) > _MOST_PARTS or sum(len(each.points) for each in parts) > _MOST_POINTS:
        raise NotUnderstoodError("more ink than a hand draws at once")
    return parts


def _part(sent: Any) -> InkPart:
    match sent:
        case {"begins": True, "points": [*points], "width": width, "erases": bool(erases)}:
            return InkPart(True, checked_points(points[: _MOST_POINTS + 1]), width, erases)
        case {"begins": False, "points": [*points]}:
            return InkPart(False, checked_points(points[: _MOST_POINTS + 1]))
    raise NotUnderstoodError(sent)


def _place(sent: Any) -> tuple[float, float]:
    match sent:
        case [int() | float() as x, int() | float() as y]:
            return float(x), float(y)
    raise NotUnderstoodError(sent)
