"""Links to what the page shows, and the same over a reload and with the browser's back button."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import param

from explorer.exchange.whole_network import file_of, in_base64
from explorer.state.kept_view import KEPT, REVISITED, KeptView
from explorer.state.session import Session
from explorer.state.shared_view import Seen, SharedView, link_to
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

#: What settings that have to wait may wait for is followed as well.
_FOLLOWED: Final = sorted({each.attribute for each in KEPT} | {"networks", "paused", "own"})


class Share(LiveComponent):
    """A button that makes a link when it is asked for; a page that was opened by one shows it.

    Its script keeps the settings in the tab, as the text `kept`, and where one is on the page in
    the browser's history, as `trail`. Both come back: after a reload, and with back and forward.
    """

    script = Path(__file__).with_name("share.js")

    fragment = param.String(default="", doc="The end of the link, without its #.")
    left_out = param.String(default="", doc="What it leaves out, in a sentence; empty for nothing.")
    kept = param.String(default="", doc="What the tab keeps.")
    trail = param.List(
        default=["", False],
        doc="Where one is, and whether one has gone there, as against having been brought there by "
        "a link, a reload or the browser's history.",
    )
    file = param.String(default="", doc="The name of the network's file, where a link lacks it.")
    content = param.String(default="", doc="All of it in base64, until the browser has it.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._view = KeptView(session)
        self._is_brought = False
        session.param.watch(self._follow, _FOLLOWED)
        self._show()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Make a link, open one, or put back what the browser has kept."""
        match message:
            case {"type": "link"}:
                return self._make()
            case {"type": "open", "fragment": str(fragment)}:
                return self._open(fragment)
            case {"type": "bring", "kept": str(kept)}:
                with self._bringing():
                    self._view.bring(kept)
            case {"type": "revisit", "where": str(where)}:
                with self._bringing():
                    self._view.revisit(where)
            case {"type": "save"}:
                return self._save()
            case {"type": "saved"}:
                self.show(content="")
            case _:
                raise NotUnderstoodError(message)
        return None

    async def _make(self) -> None:
        link = await self.in_background(link_to, Seen.of(self._session))
        self.show(fragment=link.end, left_out=link.left_out)

    async def _open(self, fragment: str) -> None:
        with self._session.saying_errors():
            view = await self.in_background(SharedView.from_end, fragment)
            with self._bringing():
                view.apply(self._session)
                self._view.give_up()

    async def _save(self) -> None:
        """Where a link lacks the network, its file is the other way to hand it on."""
        with self._session.saying_errors():
            name, network = file_of(self._session)
            self.show(file=name, content=await self.in_background(in_base64, network))

    @contextmanager
    def _bringing(self) -> Iterator[None]:
        """What changes meanwhile is no step of the person's."""
        self._is_brought = True
        try:
            with self.one_frame():
                yield
                self._show()
        finally:
            self._is_brought = False

    def _follow(self, *_: Any) -> None:
        if not self._is_brought:
            self._view.go_on()
        self._show()

    def _show(self) -> None:
        """Of what the lesson shows the tab keeps nothing: a reload finds what the person had."""
        is_own = self._session.own is None
        self.show(
            kept=self._view.written(KEPT) if is_own else self.kept,
            trail=[self._view.written(REVISITED), not self._is_brought],
        )
