"""Somebody who floods the server, in a process of their own: `python -m support.flood ADDRESS`."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.stranger import stranger


@contextmanager
def flooding(address: str) -> Iterator[None]:
    """Flood the server at `address` as long as the block lasts."""
    command = [sys.executable, "-m", "support.flood", address]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[1])
    try:
        yield
    finally:
        process.kill()
        process.wait()


async def _flood(address: str) -> None:
    """Send what makes no sense, as fast as the server takes it."""
    async with stranger(address) as visitor:
        while True:
            await visitor.send("DANCE", {})
            await visitor.send("PATCH-DOC", {"events": 7})


if __name__ == "__main__":
    asyncio.run(_flood(sys.argv[1]))
