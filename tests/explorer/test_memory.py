"""What a class took of the machine's memory goes back when the class has gone."""

from __future__ import annotations

import asyncio
import re
import socket
import struct
import urllib.request
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

from support.patience import PATIENCE
from support.server import Server, serving
from support.stranger import Stranger, stranger

STROKE = {"begins": True, "points": [[6, 6], [20, 6], [12, 24]], "width": 2.4, "erases": False}


def megabytes(server: Server) -> float:
    """The memory that the server has of the machine's."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found
    return int(found[1]) / 1024


async def draw(visitor: Stranger) -> None:
    await visitor.wait_for(await visitor.tell("Pad", {"type": "ink", "parts": [STROKE]}))


def hang_up_on(server: Server) -> None:
    """Ask for a megabyte, and reset the connection before any of it comes."""
    place = urlsplit(server.address)
    with socket.create_connection((place.hostname or "", place.port or 0)) as line:
        line.sendall(
            f"GET /static/js/bokeh.min.js HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode()
        )
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_an_answer_to_somebody_who_has_hung_up_is_let_go_of_at_once() -> None:
    with serving() as server:
        urllib.request.urlopen(server.address).close()
        before = megabytes(server)
        for _ in range(300):
            hang_up_on(server)
        urllib.request.urlopen(server.address).close()
        assert megabytes(server) - before < 50


def test_memory_is_given_back_when_the_last_page_has_gone() -> None:
    async def story(server: Server) -> None:
        async with stranger(server.address) as first:
            await draw(first)
        before = megabytes(server)
        async with AsyncExitStack() as pages:
            for _ in range(25):
                await draw(await pages.enter_async_context(stranger(server.address)))
            taken = megabytes(server) - before
            assert taken > 15
        async with asyncio.timeout(PATIENCE):
            while megabytes(server) > before + 0.4 * taken:
                await asyncio.sleep(0.2)

    with serving(PYTHONMALLOC="malloc") as server:
        asyncio.run(story(server))
