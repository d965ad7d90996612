"""Hands that draw without a pointer: the keyboard's, and the one that replays an example."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from explorer.state.session import Session
from explorer.transport.component import LiveComponent


class Hand(LiveComponent):
    """A transparent sheet over the pad; what it draws, the pad takes for ink."""

    script = Path(__file__).with_name("hand.js")

    replay = param.String(default="", doc="A drawing to draw now, stroke by stroke.")
    replays = param.Integer(default=0, doc="Counts them: the same may be drawn again.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.param.watch(self._replay, "replayed")

    def _replay(self, *_: Any) -> None:
        drawing = self._session.replayed
        if drawing is not None:
            self.show(replay=drawing.to_json(), replays=self.replays + 1)
