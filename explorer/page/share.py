"""A link to what the page shows, and pages that are opened by one."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path

import param

from explorer.state.session import Session
from explorer.state.shared_view import SharedView
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class Share(LiveComponent):
    """A button that makes the link when it is asked for."""

    script = Path(__file__).with_name("share.js")

    fragment = param.String(default="", doc="The end of the link, without its #.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Make a link, or open one."""
        match message:
            case {"type": "link"}:
                self.show(fragment=SharedView.of(self._session).to_fragment())
                return None
            case {"type": "open", "fragment": str(fragment)}:
                return self._open(fragment)
        raise NotUnderstoodError(message)

    async def _open(self, fragment: str) -> None:
        with self._session.saying_errors():
            view = await self.in_background(SharedView.from_fragment, fragment)
            with self.one_frame():
                view.apply(self._session)
