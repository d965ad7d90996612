"""What a class took of the machine's memory goes back when the class has gone."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from pathlib import Path

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
        async with asyncio.timeout(60):
            while megabytes(server) > before + 0.4 * taken:
                await asyncio.sleep(0.2)

    with serving(PYTHONMALLOC="malloc") as server:
        asyncio.run(story(server))
