"""Tells a component what its script would say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from explorer.transport.component import LiveComponent
from explorer.transport.link import Link


def tell(component: LiveComponent, message: Any) -> None:
    """Through a link, as any message: nonsense is left aside, and an error of ours is logged."""
    link = component._link or Link()
    component.join(link)
    if (later := link.hear(component.address, message)) is not None:
        asyncio.run(_wait_for(later))


async def _wait_for(later: Awaitable[None]) -> None:
    await later
