"""A page is the same with what is patched in other packages and without it."""

from __future__ import annotations

import asyncio

from support.server import PATCHES, Server, serving
from support.stranger import Stranger, stranger

STROKE = {"begins": True, "points": [[8, 7], [20, 7], [13, 23]], "width": 2.4, "erases": False}


async def what_a_page_shows(address: str) -> dict[str, dict[str, object]]:
    """What all components show after a stroke, by their kind."""
    async with stranger(address) as page:
        await page.wait_for(await page.tell("Pad", {"type": "ink", "parts": [STROKE]}))
        return {name: shown(page, name) for name in sorted(page.addresses)}


def shown(page: Stranger, component: str) -> dict[str, object]:
    """Its plain values; those that are new with each page are left out."""
    values = page.shown.get(page.addresses[component], {})
    new = {"name", "tags", "address", "ticket", "frame", "texts", "esm_constants"}
    plain = (str, int, float, bool, list)
    return {k: v for k, v in values.items() if k not in new and isinstance(v, plain)}


def test_a_page_shows_the_same_with_patches_on_and_off(own_server: Server) -> None:
    with_patches = asyncio.run(what_a_page_shows(own_server.address))
    with serving(**PATCHES["unpatched"]) as server:
        without = asyncio.run(what_a_page_shows(server.address))
    assert with_patches == without
