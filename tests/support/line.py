"""A line between browser and server that can be slow, or go silent without closing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from urllib.parse import urlsplit

from support.patience import PATIENCE
from support.server import Server, free_port, serving


class Line:
    """Passes every byte on, `delay` seconds later, and while it is `silent` keeps them all."""

    def __init__(self, server: Server, port: int) -> None:
        self.server = server
        self._there = urlsplit(server.address)
        self._port = port
        self.address = f"http://127.0.0.1:{port}/"
        self.delay = 0.0
        self._loop = asyncio.new_event_loop()
        self._open = asyncio.Event()
        self._open.set()
        self._writers: list[asyncio.StreamWriter] = []
        self._listens = Event()
        self._ends = asyncio.Event()
        self._thread = Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    def start(self) -> None:
        self._thread.start()
        assert self._listens.wait(timeout=PATIENCE)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._ends.set)
        self._thread.join(timeout=PATIENCE)
        self._loop.close()

    def fall_silent(self) -> None:
        """From now on nothing arrives, on neither side, and nobody is told."""
        self._loop.call_soon_threadsafe(self._open.clear)

    def recover(self) -> None:
        """What was sent meanwhile arrives, as on a network that comes back."""
        self._loop.call_soon_threadsafe(self._open.set)

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._join, "127.0.0.1", self._port)
        self._listens.set()
        await self._ends.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for writer in self._writers:  # a browser that lives on keeps its connections
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        with suppress(OSError):
            there = await asyncio.open_connection(self._there.hostname, self._there.port)
            self._writers.append(there[1])
            await asyncio.gather(self._pass_on(reader, there[1]), self._pass_on(there[0], writer))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Several pieces may be on their way at a time, each as late as the line is slow."""
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        sending = asyncio.ensure_future(self._send(pieces, writer))
        try:
            while data := await reader.read(1 << 16):
                await pieces.put((self._loop.time() + self.delay, data))
        except OSError:
            pass
        finally:
            await pieces.put((0.0, b""))
            await sending

    async def _send(
        self, pieces: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):
            while True:
                due, data = await pieces.get()
                await asyncio.sleep(due - self._loop.time())
                await self._open.wait()
                if not data:
                    break
                writer.write(data)
                await writer.drain()
        writer.close()


@contextmanager
def served_over_a_line(*options: str) -> Iterator[Line]:
    """A server, and a line at whose other end its page is opened."""
    port = free_port()
    with serving("--origin", f"127.0.0.1:{port}", *options) as server:
        line = Line(server, port)
        line.start()
        try:
            yield line
        finally:
            line.stop()
