"""The server of a notebook's kernel: one thread beside it, and a page for each explorer.

Everything else in the process is the reader's own, and left as it is: other servers, the log, how
many threads NumPy uses. Cells may compute meanwhile; the pages go on.

A page is at an address that nobody can guess, for other users of the machine reach the port as
well. Whoever knows it may come by any name and show it in a frame: a notebook may be behind any
proxy, and what shows it may have a scheme of its own.
"""

from __future__ import annotations

import asyncio
import atexit
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from threading import Thread, current_thread
from typing import Any, Final, ParamSpec, TypeVar, cast
from weakref import ref

from bokeh.application.handlers.document_lifecycle import DocumentLifecycleHandler
from bokeh.application.handlers.function import FunctionHandler
from bokeh.document import Document
from bokeh.server.contexts import ApplicationContext
from bokeh.server.server import BaseServer
from bokeh.server.tornado import BokehTornado
from panel.io.application import Application
from panel.io.state import set_curdoc, state
from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets

from explorer.page.page import Page
from explorer.server.http_server import BoundedServer
from explorer.server.routes import Routes
from explorer.server.rules import Rules
from explorer.server.tokens import KEY
from explorer.state.mirror import Mirror
from explorer.state.session import Session
from explorer.transport.channel import offer_channel
from explorer.transport.client_messages import LARGEST_MESSAGE
from explorer.transport.link import link_in
from explorer.transport.scripts import offer_scripts

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

#: The only network that it listens in: this machine.
ADDRESS: Final = "127.0.0.1"

#: So many explorers stay although nobody holds them and no page shows them: a notebook unloads the
#: outputs that are scrolled away.
_MOST_LEFT: Final = 50

_LOOK_MILLISECONDS: Final = 1000
_RULES: Final = Rules(hosts=frozenset({"*"}), frames_anywhere=True)


class KernelServer:
    """Serves the pages of explorers. Its methods may be called from any thread, and wait."""

    def __init__(self) -> None:
        ready: Future[int] = Future()
        self._rooms: dict[str, Room] = {}
        self._thread = Thread(target=self._run, args=(ready,), name="neuron-explorer", daemon=True)
        self._thread.start()
        self.port = ready.result()
        atexit.register(self._stop)

    def call(
        self, function: Callable[Arguments, Result], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Result:
        """Call a function where the pages are, and return or raise what it does."""
        if current_thread() is self._thread:
            return function(*args, **kw)
        result: Future[Result] = Future()
        self._loop.call_soon_threadsafe(_settle, result, lambda: function(*args, **kw))
        return result.result()

    def open(self, mirror: Mirror, owner: object) -> str:
        """Show pages with what a mirror holds; returns their path.

        They are there until they are closed. If `owner` is gone and no page is open, they may go
        when others come.
        """
        return self.call(self._open, mirror, owner)

    def close(self, path: str) -> None:
        """Show these pages no more."""
        self.call(self._close, path)

    def _run(self, ready: Future[int]) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        _settle(ready, self._listen)
        self._loop.run_forever()
        self._loop.close()

    def _listen(self) -> int:
        offer_scripts()
        offer_channel()
        self._application = _Application()
        http = BoundedServer(self._application)
        self._server = BaseServer(IOLoop.current(), self._application, http)
        sockets = bind_sockets(0, ADDRESS)
        http.listen_at(sockets)
        self._server.start()
        return int(sockets[0].getsockname()[1])

    def _open(self, mirror: Mirror, owner: object) -> str:
        self._make_room()
        path = secrets.token_urlsafe(16)
        self._rooms[path] = Room(mirror, owner)
        self._application.add(f"/{path}", self._rooms[path].build)
        return path

    def _close(self, path: str) -> None:
        if self._rooms.pop(path, None) is not None:
            self._application.remove(f"/{path}")

    def _make_room(self) -> None:
        left = [path for path, room in self._rooms.items() if room.is_left]
        for path in left[: max(0, len(left) - _MOST_LEFT + 1)]:
            self._close(path)

    def _stop(self) -> None:
        """Before Python ends: afterwards a thread could not even complain."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=1)


class Room:
    """Where the pages of one explorer are."""

    def __init__(self, mirror: Mirror, owner: object) -> None:
        self._mirror = mirror
        self._owner = ref(owner)

    @property
    def is_left(self) -> bool:
        """Whether no page is open, and nobody could open one but by its address."""
        return self._mirror.is_alone and self._owner() is None

    def build(self, document: Document) -> None:
        """Make a page in a document."""
        session = Session()
        with set_curdoc(document), document.models.freeze():
            document.validate = lambda: None  # what pages are made of is tested
            page = Page(session)
            self._mirror.join(session, page.link.one_frame)
            page.serve_here()
            document.template_variables["keeper"] = "kernel"
            page.link.when_gone(lambda: self._mirror.leave(session))
            state.on_session_destroyed(lambda _: self._mirror.leave(session))


class _Application(BokehTornado):
    """What Bokeh's server runs, with pages that come and go."""

    def __init__(self) -> None:
        super().__init__(
            {},
            rules=_RULES,
            sign_sessions=True,
            secret_key=KEY,
            websocket_max_message_size_bytes=LARGEST_MESSAGE,
            check_unused_sessions_milliseconds=_LOOK_MILLISECONDS,
        )
        self._routes = Routes(self)

    def find_handler(self, request: HTTPServerRequest, **_: Any) -> HTTPMessageDelegate:
        """What Tornado calls for each request."""
        delegate: HTTPMessageDelegate = self.get_handler_delegate(
            request, *self._routes.answer(request)
        )
        return delegate

    def add(self, path: str, build: Callable[[Document], None]) -> None:
        """Serve a page."""
        application = Application(FunctionHandler(build))
        application.add(DocumentLifecycleHandler())
        context = ApplicationContext(application, IOLoop.current(), path)
        self._contexts[path] = context
        self._routes.add(path, context)

    def remove(self, path: str) -> None:
        """Serve a page no more, and end those that are open."""
        self._routes.remove(path)
        for session in self._contexts.pop(path).sessions:
            if link := link_in(session.document):
                link.end()

    @property
    def _contexts(self) -> dict[str, ApplicationContext]:
        """Those that Bokeh itself looks through, for sessions whose page has gone."""
        return cast(dict[str, ApplicationContext], self.applications)


def _settle(result: Future[Result], function: Callable[[], Result]) -> None:
    """Give a future what a function returns or raises."""
    try:
        result.set_result(function())
    except BaseException as error:  # whoever waits hears of it
        result.set_exception(error)


@cache
def kernel_server() -> KernelServer:
    """The one of this process, started when it is first needed."""
    return KernelServer()
