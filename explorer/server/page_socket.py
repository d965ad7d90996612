"""Opens the websocket of a page, or refuses it before there is one.

With it the page takes its place, waits for its turn and gets its models. What is heard on it is
heard in the same task, so that all of that speaks the page's language. When it closes, the place
is free at once and the models go soon after: a page that comes back is a new one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any
from urllib.parse import urlsplit

from bokeh.util.token import get_session_id

from explorer.server.pages import make_page
from explorer.server.security import SafeHandler
from explorer.server.visits import Visits, is_teacher
from explorer.texts.languages import speak
from explorer.transport.channel import Channel
from explorer.transport.connection import Connection
from explorer.transport.link import link_in

#: A page asks for its models at once; who says nothing at all is none.
_SILENCE_SECONDS = 15.0


class PageSocket(SafeHandler, Connection):
    """The websocket of one page."""

    application: Any  # Bokeh's

    def __init__(self, application: Any, request: Any, visits: Visits, **options: Any) -> None:
        self._visits = visits
        self._leave: Callable[[], None] = lambda: None
        self._has_spoken = False
        self._has_asked = False
        super().__init__(application, request, **options)

    def prepare(self) -> None:
        """Refuse who has no token of this server, and who finds no place."""
        if not self._is_known():
            self.set_status(403, "This is no page of this server")
            self.finish()
        elif not self._visits.has_room(self.request, self.application_context):
            self.set_status(503, "The server is full")
            self.set_header("Retry-After", "5")
            self.finish()

    def check_origin(self, origin: str) -> bool:
        """Only the page's own script may open it; its host is one of the trusted ones."""
        return urlsplit(origin).netloc.lower() == self.request.host.lower()

    async def open(self, *args: Any, **kwargs: Any) -> None:
        """Take the place that `prepare` has seen, and build the page when it is its turn."""
        self._leave = self._visits.take(self.request, self.application_context)
        self._visits.tokens.use(self._token_asked_with)
        speak(self._visits.tokens.language(self._token_asked_with))
        async with self._visits.turn(self.request, self.application_context) as rest:
            if not self._gone:
                await self._build(rest)
        if not self._gone:
            super().open(*args, **kwargs)
            asyncio.get_running_loop().call_later(_SILENCE_SECONDS, self._close_if_silent)

    def _turn(self) -> AbstractAsyncContextManager[Callable[[], Awaitable[None]]]:
        """A page gets its models before another is built; who asks again waits behind all."""
        is_built, self._has_asked = not self._has_asked, True
        return self._visits.turn(self.request, self.application_context, is_built=is_built)

    async def _build(self, rest: Callable[[], Awaitable[None]]) -> None:
        """Bokeh builds a session when it greets a page: here it is built before, in its turn.

        A pupil's page is made first, and the others are heard before Panel makes its models.
        """
        if not is_teacher(self.application_context):
            make_page()
            await rest()
        if self._gone:
            return
        token = self._token_asked_with
        await self.application_context.create_session_if_needed(
            get_session_id(token), self.request, token
        )

    def on_message(self, fragment: str | bytes) -> Awaitable[None] | None:
        """Hear a frame."""
        self._has_spoken = True
        return super().on_message(fragment)

    def on_close(self) -> None:
        """Give the place back, close the channel, and let the session go at Bokeh's next look."""
        self._leave()
        if self.connection is not None:
            self.connection.session.request_expiration()
            if link := link_in(self._document):
                link.end()
        super().on_close()

    def _close_if_silent(self) -> None:
        if not self._has_spoken:
            self.close()

    def _is_known(self) -> bool:
        token, page = self._token_asked_with, self.application_context.url
        return self._visits.tokens.is_good(token, page) or self._is_from_before(token)

    def _is_from_before(self, token: str) -> bool:
        """Under a bare `panel serve`, the first page is there before the rules are."""
        try:
            name = get_session_id(token)
        except Exception:  # whatever a forged one makes of Bokeh's reading of it
            return False
        waiting = (each for each in self.application_context.sessions if not each.connection_count)
        return any(each.id == name for each in waiting) and not self._visits.tokens.is_used(token)

    @property
    def _token_asked_with(self) -> str:
        """BokehJS sends it as the second of two protocols: a browser can name no header here."""
        return self.request.headers.get("Sec-WebSocket-Protocol", "").partition(",")[2].strip()


class PageChannel(SafeHandler, Channel):
    """The channel of one page: its ticket came with the page's models, and is good as long."""
