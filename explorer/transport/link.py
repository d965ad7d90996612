"""The link of a page: all that its components are told goes through here, in one order.

A page that opens gets its first values with its models, by Panel. When its scripts run it says so,
and from then on changes travel in frames (`explorer.transport.frames`): over the channel, a
websocket of the page's own (`explorer.transport.channel`), where there is one, and elsewhere (a
notebook, a proxy that lets no second socket through) as the value of a parameter, by Panel. The
scripts see no difference but the speed.

Order is kept between the two ways: what went by Panel must have been read before anything goes over
the channel, and the page switches when all that it has said by Panel was answered.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Protocol
from weakref import WeakValueDictionary

import numpy.typing as npt
import param
from bokeh.document import Document
from panel.custom import JSComponent
from panel.io.state import state

from core.errors import InputError
from explorer.texts.languages import spoken
from explorer.transport import scripts
from explorer.transport.frames import Changes, encode
from explorer.transport.ignored import ignored
from explorer.transport.messages import NotUnderstoodError

log = logging.getLogger(__name__)

#: So many messages of a page without a channel are answered at the same time: a page that opens can
#: bring some tens of networks.
_MOST_UNFINISHED = 50

#: The links of this process by their tickets, as long as somebody holds them.
_links: WeakValueDictionary[str, Link] = WeakValueDictionary()


def link_of(ticket: str) -> Link | None:
    """The link of this process that a page was given this ticket for."""
    return _links.get(ticket)


def link_in(document: Document) -> Link | None:
    """The link of the page whose models these are."""
    for model in document.models:
        if getattr(model, "class_name", "") == Link.__name__:
            return link_of(model.data.ticket)
    return None


class Socket(Protocol):
    """What carries frames to the page."""

    def close(self) -> None:
        """Carry nothing any more."""

    def send(self, frame: bytes) -> None:
        """Send a frame."""

    def charge(self, seconds: float) -> None:
        """Count processor time that was spent for the page elsewhere."""

    @property
    def is_read(self) -> bool:
        """Whether all that was sent has left."""


class Listener(Protocol):
    """What is told the messages of a script."""

    def receive(self, message: Any) -> Awaitable[None] | None:
        """Answer a message, or return what will have answered it."""

    def show_all(self) -> None:
        """Tell the script everything again."""


class Link(JSComponent):
    """Carries changes to one page, and messages from it."""

    script = Path(__file__).with_name("link.js")

    #: Where the server of this process has the channel; empty if it has none.
    route: ClassVar[str] = ""

    ticket = param.String(doc="What the page opens its channel with; nobody can guess it.")
    channel = param.String(default="", doc="Where the channel is, seen from the page.")
    frame = param.Bytes(default=b"", doc="A frame, where there is no channel.")

    def __init__(self) -> None:
        super().__init__(ticket=secrets.token_urlsafe(24), channel=self.route)
        #: That of the page, for the task that reads its channel.
        self.language = spoken()
        self.is_listening = False
        self._is_read = True  # of what went by Panel
        self._answered = 0
        self._told = -1  # the number of answers that the page knows of
        self._depth = 0
        self._changes = Changes()
        self._socket: Socket | None = None
        self._finishing: set[asyncio.Future[None]] = set()
        self._has_ended = False
        self._listeners: dict[str, Listener] = {}
        self._partings: list[Callable[[], None]] = []
        self._early: list[Any] = []  # what scripts said that were faster than the document
        self.on_msg(lambda event: self._hear_when_ready(event.data))
        _links[self.ticket] = self

    def register(self, listener: Listener) -> str:
        """Let a component be told messages; returns its address, which no other page uses."""
        address = f"{self.ticket[:8]}.{len(self._listeners)}"
        self._listeners[address] = listener
        return address

    def tell(self, address: str, values: Mapping[str, Any]) -> None:
        """A component shows other values now."""
        with self.one_frame():
            self._changes.change_component(address, values)

    def tell_source(self, name: str, columns: Mapping[str, Any]) -> None:
        """A data source has other columns now."""
        with self.one_frame():
            self._changes.change_source(name, columns)

    def tell_activations(self, activations: npt.NDArray[Any]) -> None:
        """The neurons have other activations, (n,): the input's, then every later layer's."""
        with self.one_frame():
            self._changes.activations = activations

    @contextmanager
    def one_frame(self) -> Iterator[None]:
        """Let everything that changes meanwhile travel together."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                self.flush()

    def hear(self, address: object, message: Any) -> Awaitable[None] | None:
        """A script says something; whatever comes of it, the page hears that it was answered.

        What takes longer than a message may is returned, to be waited for. What a page has sent
        before it went is left aside.
        """
        if self._has_ended:
            return None
        later = None
        with self.one_frame():
            with self._survives():
                later = self._give(address, message)
            if later is None:
                self._answered += 1
        return None if later is None else self._finish(later)

    def _keep(self, finishing: asyncio.Future[None]) -> None:
        """Hold on to what is under way: the event loop does not."""
        self._finishing.add(finishing)
        finishing.add_done_callback(self._finishing.discard)

    async def _finish(self, later: Awaitable[None]) -> None:
        with self._survives():
            await later
        with self.one_frame():
            self._answered += 1

    @contextmanager
    def _survives(self) -> Iterator[None]:
        """The page goes on, whatever a message makes of the one who answers it."""
        try:
            yield
        except (NotUnderstoodError, InputError) as error:
            ignored.tell("A page", error)
        except Exception:  # ours: it shows, and the page is told how things really are
            log.exception("A page asked for something that failed.")
            for listener in self._listeners.values():
                listener.show_all()

    def refuse(self, error: Exception) -> None:
        """A message is none; the page, which counts its messages, hears that it was answered."""
        with self.one_frame():
            self._answered += 1
            ignored.tell("A page", error)

    def charge(self, seconds: float) -> None:
        """Count processor time that was spent for the page elsewhere than in its messages."""
        if self._socket is not None:
            self._socket.charge(seconds)

    @property
    def has_channel(self) -> bool:
        """Whether frames go over a channel."""
        return self._socket is not None

    def open(self, socket: Socket) -> None:
        """From now on frames go over a channel."""
        self._socket = socket
        self.flush()

    def when_gone(self, do: Callable[[], None]) -> None:
        """Have something done, perhaps more than once, when nobody hears any more."""
        self._partings.append(do)

    def close(self) -> None:
        """The page has lost its channel, and comes back as another one."""
        self.is_listening = False
        for do in self._partings:
            do()

    def end(self) -> None:
        """The page has gone: nobody opens a channel to it, and who has one loses it."""
        _links.pop(self.ticket, None)
        self._has_ended = True
        for each in self._finishing:
            each.cancel()
        self.close()
        if self._socket is not None:
            self._socket.close()

    def flush(self) -> None:
        """Send what has changed; a page that does not read is told the latest when it does."""
        has_news = bool(self._changes) or self._answered != self._told
        if not (has_news and self.is_listening and self._is_read):
            return
        if self._socket is None:
            self._is_read = False
            self.frame = self._next_frame()
        elif self._socket.is_read:
            self._socket.send(self._next_frame())

    def _next_frame(self) -> bytes:
        self._told = self._answered
        changes, self._changes = self._changes, Changes()
        return encode(changes, self._answered)

    def _give(self, address: object, message: Any) -> Awaitable[None] | None:
        listener = self._listeners.get(str(address))
        if listener is None:
            raise NotUnderstoodError(address)
        if message != "all":
            return listener.receive(message)
        listener.show_all()
        return None

    def _hear_when_ready(self, message: Any) -> None:
        """Hear a message once the document is ready: until then Panel drops what it changes."""
        if state.loaded:
            self._hear_by_panel(message)
        elif len(self._early) < _MOST_UNFINISHED:
            if not self._early:
                state.onload(self._hear_early)
            self._early.append(message)

    def _hear_early(self) -> None:
        early, self._early = self._early, []
        for message in early:
            self._hear_by_panel(message)

    def _hear_by_panel(self, message: Any) -> None:
        match message:
            case "open":
                self.is_listening = True
                self.flush()
            case "read":
                self._is_read = True
                self.flush()
            case [_, _] if len(self._finishing) >= _MOST_UNFINISHED:
                self.refuse(NotUnderstoodError("more at once than a page asks for"))
            case [address, said]:
                if (later := self.hear(address, said)) is not None:
                    self._keep(asyncio.ensure_future(later))
            case _:
                ignored.tell("A page", NotUnderstoodError(message))


scripts.register(Link, Link.script)
