"""Counts what goes over the wire: stands between a browser and a server and passes bytes on."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


class ByteCounter:
    """``received`` are the bytes from the server to the browser, ``sent`` those the other way."""

    def __init__(self, address: str) -> None:
        self._server = urlsplit(address)
        self.address = ""
        self.received = 0
        self.sent = 0
        self._writers: list[asyncio.StreamWriter] = []

    async def listen(self) -> asyncio.Server:
        """Listen on a free port of this machine."""
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        return server

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection(self._server.hostname, self._server.port)
        self._writers += [writer, there[1]]
        await asyncio.gather(
            self._pass_on(reader, there[1], "sent"), self._pass_on(there[0], writer, "received")
        )

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str
    ) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                setattr(self, way, getattr(self, way) + len(data))
                writer.write(data)
        writer.close()

    async def hang_up(self) -> None:
        """Close every connection and wait until all is passed on."""
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))


@contextmanager
def counting(address: str) -> Iterator[ByteCounter]:
    """A counter before the server at ``address``, in a thread of its own."""
    counter, loop = ByteCounter(address), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        server = asyncio.run_coroutine_threadsafe(counter.listen(), loop).result()
        yield counter
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(counter.hang_up(), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
