"""One quiet sentence when something needs to be said, and the way back after a lost connection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from explorer.state.session import Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class Notice(LiveComponent):
    """Says what the session has to say; reloads the page when a lost server is back."""

    script = Path(__file__).with_name("notice.js")

    text = param.String(default="", doc="The sentence; empty for none.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.param.watch(self._show, "notice")

    def receive(self, message: Message) -> None:
        """The person has read it."""
        if message != {"type": "read"}:
            raise NotUnderstoodError(message)
        self._session.notice = ""

    def _show(self, *_: Any) -> None:
        self.show(text=self._session.notice)
