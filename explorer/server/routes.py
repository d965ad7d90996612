"""Which address is answered by what: all that this server has, and nothing beside it.

Bokeh and Panel bring routes that act on what stands in an address (they import modules, hand out
sessions to other hosts, publish the state of the server). None of theirs is asked here: an address
is looked up in a list that is complete when the server starts, or, in a notebook, of which an
explorer's page is a part while it is there.

The look-up stands in Tornado's own place for it, `Application.find_handler`. So it holds with
every command that serves the explorer, and even where a server runs already.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from bokeh.server.contexts import ApplicationContext
from bokeh.server.tornado import BokehTornado
from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest

from explorer.diagram.weights import ROUTE as WEIGHTS
from explorer.diagram.weights import offer_weights
from explorer.server.invitation import InvitationHandler, InvitationPicture
from explorer.server.log_limit import limit_log
from explorer.server.named_files import ScriptsHandler, WeightsHandler
from explorer.server.page_document import PageDocuments
from explorer.server.page_handler import PageHandler
from explorer.server.page_socket import PageChannel, PageSocket
from explorer.server.refusal import Redirect, Refusal
from explorer.server.rules import rules_of
from explorer.server.static_files import StaticFileHandler, static_files
from explorer.server.trusted_hosts import is_trusted
from explorer.server.visitors import believe_proxies
from explorer.server.visits import TEACHER, Visits
from explorer.transport.channel import ROUTE as CHANNEL
from explorer.transport.channel import offer_channel
from explorer.transport.scripts import ROUTE as SCRIPTS
from explorer.transport.scripts import offer_scripts

#: A handler with its options, and the parts of the path that it wants to know.
Answer = tuple[type[Any], dict[str, Any], list[bytes]]

#: Files that are named after what is in them.
_NAMED = ((WEIGHTS, WeightsHandler), (SCRIPTS, ScriptsHandler))

_LONGEST_PATH = 300

#: Headers that Bokeh or Panel would act on. No page needs them, and a cookie may belong to another
#: server of the same machine, or be made to be slow to read.
_NOT_HEARD = ("Cookie", "Bokeh-Session-Id")


class Routes:
    """The addresses of one server."""

    def __init__(self, application: BokehTornado) -> None:
        self._application = application
        self._rules = rules_of(application)
        # Nobody who protects the page in a way that is not asked here shall find it open.
        log_in = application.auth_provider
        self._asks_for_log_in = bool(log_in.get_user or log_in.get_user_async)
        self._visits = Visits(self._rules, application)
        self._shell = PageDocuments(self._visits.tokens)
        self._answers: dict[str, Answer] = {CHANNEL: _by(PageChannel)}
        for path, file in static_files().items():
            self._answers[f"/{path}"] = _by(StaticFileHandler, file=file)
        for path, context in application.applications.items():
            self.add(path, context)
        if "/" not in application.applications and application.applications:
            self._answers["/"] = self._redirect(next(iter(application.applications)))
        if TEACHER in application.applications:
            self._answers["/invitation"] = _by(InvitationHandler)
            self._answers["/invitation.svg"] = _by(InvitationPicture)

    def add(self, path: str, context: ApplicationContext) -> None:
        """Answer with a page, and open its websocket."""
        options = {"context": context, "visits": self._visits, "shell": self._shell}
        self._answers[path] = _by(PageHandler, **options)
        socket = f"{path.rstrip('/')}/ws"
        bokeh = {"application_context": context, "bokeh_websocket_path": socket}
        self._answers[socket] = _by(PageSocket, visits=self._visits, **bokeh)

    def remove(self, path: str) -> None:
        """Answer no more for a page that was added."""
        del self._answers[path], self._answers[f"{path.rstrip('/')}/ws"]
        self._shell.forget(path)

    def answer(self, request: HTTPServerRequest) -> Answer:
        """Who answers a request: what is foreign or unknown is refused before anything is done."""
        if self._asks_for_log_in:
            return _by(Refusal, status=501)
        for name in _NOT_HEARD:
            request.headers.pop(name, None)
        believe_proxies(request, self._rules.proxies)
        if not is_trusted(request.host, self._rules.names):
            return _by(Refusal, status=421)
        if request.method not in ("GET", "HEAD"):
            return _by(Refusal, status=405)
        prefix, path = self._application.prefix, request.path[:_LONGEST_PATH]
        if path == prefix:
            return self._redirect("/")
        # Decoded once: what is no text then is found nowhere.
        below = unquote(path.removeprefix(prefix)) if path.startswith(f"{prefix}/") else ""
        return self._found(below) or _by(Refusal, status=404)

    def _redirect(self, path: str) -> Answer:
        return _by(Redirect, to=self._application.prefix + path)

    def _found(self, path: str) -> Answer | None:
        for pattern, handler in _NAMED:
            if name := re.fullmatch(pattern, path):
                return handler, {}, [name[1].encode()]
        if path != "/" and path.endswith("/") and path[:-1] in self._application.applications:
            return self._redirect(path[:-1])
        return self._answers.get(path)


def _by(handler: type[Any], **options: Any) -> Answer:
    return handler, options, []


_routes: WeakKeyDictionary[BokehTornado, Routes] = WeakKeyDictionary()


def find_handler(
    application: BokehTornado, request: HTTPServerRequest, **_: Any
) -> HTTPMessageDelegate:
    """What Tornado calls for each request."""
    if application not in _routes:
        limit_log()
        _routes[application] = Routes(application)
    answer = _routes[application].answer(request)
    delegate: HTTPMessageDelegate = application.get_handler_delegate(request, *answer)
    return delegate


@cache
def take_over_routes() -> None:
    """Let every Bokeh server of this process answer by this list, whether it runs or not."""
    static_files()
    offer_weights()
    offer_scripts()
    offer_channel()
    BokehTornado.find_handler = find_handler
