"""Tornado's HTTP server with bounds: on what one connection may cost, and on how many there are.

Whoever opens a connection has to ask for something soon, in few words, and to take the answer.
When as many are open as files can be, the address with the most gives up its oldest: accepting a
connection never fails, which would cost a whole core and fill the log.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from itertools import islice
from socket import socket
from time import monotonic
from typing import Any

from tornado.http1connection import HTTP1ServerConnection
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPConnection, HTTPMessageDelegate
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.iostream import IOStream

from explorer.server.file_limit import most_connections
from explorer.server.log_limit import limit_log
from explorer.server.slices import InSlices, Slices
from explorer.server.visitors import quota_key
from explorer.transport.client_messages import LARGEST_MESSAGE

_BOUNDS = {
    # Who the visitor is, and by which protocol, is decided in explorer.server.visitors.
    "xheaders": False,
    # Until the headers of a request end, all that has come of them is searched for their end, which
    # takes milliseconds for 100 kB: they are bounded as elsewhere, and read in small parts.
    "max_header_size": 16 * 1024,
    "chunk_size": 8 * 1024,
    "idle_connection_timeout": 20.0,
    # No address takes a body; what is read at once is at most a page's largest message.
    "max_body_size": 1024,
    "body_timeout": 5.0,
    "max_buffer_size": 2 * LARGEST_MESSAGE,
}

#: From the first byte of a request to the last of its answer, over the slowest of networks.
_LONGEST_ANSWER = 120.0

_SWEEP_MILLISECONDS = 1000


class BoundedServer(HTTPServer):
    """What `HTTPServer` makes once it is configured to (`explorer.server.protection`)."""

    def initialize(self, *application: Any, **options: Any) -> None:
        """Called by Tornado instead of a constructor."""
        super().initialize(*application, **options | _BOUNDS)
        self._slices = Slices()
        self._most = most_connections()
        self._address_of: dict[IOStream, str] = {}
        self._asking_since: dict[HTTP1ServerConnection, float] = {}
        self._parent = os.getpid()
        self._processes = 1

    def start(self, num_processes: int | None = 1, max_restarts: int | None = None) -> None:
        """Share the work among so many processes, which go on from here."""
        self._processes = num_processes or os.cpu_count() or 1
        super().start(num_processes, max_restarts)

    def add_sockets(self, sockets: Iterable[socket]) -> None:
        """Listen, and keep the log of this process short."""
        limit_log(self._processes)
        self.listen_at(sockets)

    def listen_at(self, sockets: Iterable[socket]) -> None:
        """Listen, and look after the connections."""
        super().add_sockets(sockets)
        PeriodicCallback(self._sweep, _SWEEP_MILLISECONDS).start()
        if os.getpid() != self._parent:
            PeriodicCallback(self._end_with_parent, _SWEEP_MILLISECONDS).start()

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> Any:
        """Serve a connection, in the place of others if there are too many."""
        if len(self._address_of) >= self._most:
            self._make_room()
        if len(self._address_of) >= self._most:
            stream.close()
            return None
        self._address_of[stream] = quota_key(str(address[0]) if address else "")
        turn = self._slices.enter()
        serve = super().handle_stream
        return serve(stream, address) if turn is None else _after(turn, serve, stream, address)

    def start_request(self, server_conn: Any, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """Called by Tornado when a connection may ask, at first and after each answer."""
        self._asking_since[server_conn] = monotonic()
        return InSlices(super().start_request(server_conn, request_conn), self._slices)

    def on_close(self, server_conn: Any) -> None:
        """Called by Tornado when a connection is closed, or is a websocket from now on."""
        self._asking_since.pop(server_conn, None)
        if server_conn.stream.closed():
            self._address_of.pop(server_conn.stream, None)
        super().on_close(server_conn)

    def _make_room(self) -> None:
        """Close the oldest that ask, of the address that has most of them."""
        self._forget_closed()
        asking = list(self._asking_since)  # the oldest first
        addresses = Counter(self._address_of[each.stream] for each in asking)
        for address, number in addresses.most_common(1):
            theirs = (each for each in asking if self._address_of[each.stream] == address)
            for each in islice(theirs, 1 + number // 50):
                each.stream.close()
        self._forget_closed()

    def _forget_closed(self) -> None:
        for stream in [each for each in self._address_of if each.closed()]:
            del self._address_of[stream]
        for each in [each for each in self._asking_since if each.stream.closed()]:
            del self._asking_since[each]

    def _sweep(self) -> None:
        """Close who does not take an answer; Tornado itself closes who does not ask."""
        self._forget_closed()
        latest = monotonic() - _LONGEST_ANSWER
        for each in [each for each, since in self._asking_since.items() if since < latest]:
            each.stream.close()

    def _end_with_parent(self) -> None:
        """Of several processes only the first is told to end."""
        if os.getppid() != self._parent:
            IOLoop.current().stop()


async def _after(
    turn: Awaitable[None],
    serve: Callable[[IOStream, tuple[Any, ...]], None],
    stream: IOStream,
    address: tuple[Any, ...],
) -> None:
    await turn
    if not stream.closed():
        serve(stream, address)
