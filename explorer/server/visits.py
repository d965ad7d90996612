"""Who may open a page: what decides it before anything is built."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from bokeh.server.contexts import ApplicationContext
from bokeh.server.tornado import BokehTornado
from tornado.httputil import HTTPServerRequest

from explorer.server.memory import give_back_soon
from explorer.server.places import Places
from explorer.server.rules import Rules
from explorer.server.tokens import KEY, Tokens
from explorer.server.turns import Turns
from explorer.server.visitors import quota_key
from explorer.transport.channel import somebody_is_heard

#: The path of the teacher's page, with either command.
TEACHER = "/teacher"

#: Teachers' pages, before and after the code was given: pupils cannot take these places.
_TEACHERS = 20


class Visits:
    """The places, turns and tokens of one server."""

    def __init__(self, rules: Rules, application: BokehTornado) -> None:
        # Where Bokeh signs too, it must find its own key.
        self.tokens = Tokens(application.secret_key if application.sign_sessions else KEY)
        self.turns = Turns(somebody_is_heard)
        self._pupils = Places(rules.pages)
        self._teachers = Places(_TEACHERS)

    def has_room(self, request: HTTPServerRequest, context: ApplicationContext) -> bool:
        """Whether a page may open now."""
        return self._places(context).has_room(_key(request))

    def is_calm(self, request: HTTPServerRequest, context: ApplicationContext) -> bool:
        """Whether it would open at once."""
        return self.has_room(request, context) and (self.turns.is_idle or is_teacher(context))

    def take(self, request: HTTPServerRequest, context: ApplicationContext) -> Callable[[], None]:
        """Take a place; what is returned gives it back."""
        give_place_back = self._places(context).take(_key(request))

        def leave() -> None:
            give_place_back()
            if self._are_over():
                give_back_soon(self._are_over)

        return leave

    def _are_over(self) -> bool:
        """Whether no page is open."""
        return self._pupils.is_empty and self._teachers.is_empty

    def turn(
        self, request: HTTPServerRequest, context: ApplicationContext, *, is_built: bool = False
    ) -> AbstractAsyncContextManager[Callable[[], Awaitable[None]]]:
        """The page's turn to be built or sent, see `Turns.turn`: what is built is sent first."""
        return self.turns.turn(_key(request), goes_first=is_built or is_teacher(context))

    def _places(self, context: ApplicationContext) -> Places:
        return self._teachers if is_teacher(context) else self._pupils


def _key(request: HTTPServerRequest) -> str:
    return quota_key(str(request.remote_ip))


def is_teacher(context: ApplicationContext) -> bool:
    """Whether this is the teacher's page."""
    return bool(context.url == TEACHER)
