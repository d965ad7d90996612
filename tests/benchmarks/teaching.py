"""A class with its teacher: how old the wall is while all draw, and how a whole class comes in."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from bokeh_client import join
from class_load import MESSAGES_PER_SECOND, ExplorerPage, Pupil
from classroom import lesson
from figures import Chapter, Figure, percentile
from hand import moves
from paint import chromium, opened
from playwright.sync_api import Browser, Page
from processes import EXPLORER, Process, redis, running

from support.flood import flooding

_CODE = "ABCD-EFGH"
_PUPILS = 60
_WITNESS = "Witness"
_FEW = 20
_MOST_MS, _OLDEST_MS, _LATEST_S = 60, 1000, 20

_TOLD = """([name, digit]) => {
  const find = root => {
    const wall = root.querySelector('[data-testid="wall"]')
    if (wall) return wall
    for (const each of root.querySelectorAll("*"))
      if (each.shadowRoot) { const found = find(each.shadowRoot); if (found) return found }
    return null
  }
  const tiles = [...(find(document)?.querySelectorAll("button") ?? [])]
  const tile = tiles.find(each => each.textContent.includes(name))
  return Boolean(tile?.textContent.includes(`meant ${digit}`))
}"""


def measure(fast: bool) -> Chapter:
    """Sixty pupils, a teacher's browser and two processes; two hundred at once; one who floods."""
    title = f"A class with its teacher's page, {_PUPILS} pupils, 2 processes, Redis"
    with _class() as server, chromium() as browser, _teacher(browser, server) as page:
        figures = [*_lesson(server, page, 6.0 if fast else 30.0)]
    if not fast:
        with _class() as server:
            figures.append(_rush(server, 200))
        figures.append(_beside_a_flood(20.0))
    return Chapter(title, tuple(figures))


@contextmanager
def _teacher(browser: Browser, server: Process) -> Iterator[Page]:
    with opened(browser, f"{server.address}teacher") as page:
        page.get_by_label("The teacher's code").fill(_CODE)
        page.get_by_role("button", name="Open").click()
        page.get_by_test_id("wall").wait_for()
        yield page


@contextmanager
def _class() -> Iterator[Process]:
    with redis() as url:
        options = ("--class", "--address", "127.0.0.1", "--code", _CODE, "--redis", url)
        with running(EXPLORER, *options, "--processes", "2") as server:
            yield server


def _lesson(server: Process, page: Page, seconds: float) -> Iterator[Figure]:
    ages: list[float] = []

    def watch() -> None:
        """While the class draws, see how long the wall takes to tell what one pupil meant."""
        for number in range(int(seconds) - 2):
            digit = number % 10
            start = time.perf_counter()
            in_loop(_mean(pupil, digit))
            page.wait_for_function(_TOLD, arg=[_WITNESS, digit], polling=20)
            ages.append(1000 * (time.perf_counter() - start))

    with _another_loop() as in_loop:
        pupil = in_loop(_witness(server))
        seen = lesson(server, _PUPILS, seconds, "--joined", meanwhile=watch)
    tiles = page.get_by_test_id("wall").get_by_role("button").count()
    yield Figure("pupils on the wall", tiles, "", {}, f"{_PUPILS + 1}", tiles == _PUPILS + 1)
    oldest, beside = max(ages), {"median": percentile(ages, 0.5)}
    met = oldest <= _OLDEST_MS
    yield Figure("age of the wall, worst", oldest, "ms", beside, f"≤ {_OLDEST_MS:,}", met)
    p95 = percentile(seen.latencies, 0.95)
    beside = {"p50": percentile(seen.latencies, 0.5), "p99": percentile(seen.latencies, 0.99)}
    met = p95 <= _MOST_MS
    yield Figure("p95 to the answer of a stroke", p95, "ms", beside, f"≤ {_MOST_MS}", met)
    beside = {"asked for": float(_PUPILS * MESSAGES_PER_SECOND)}
    yield Figure("strokes answered", seen.strokes_per_second, "/s", beside)
    yield Figure("errors", seen.errors, "", {}, "none", seen.errors == 0)


@contextmanager
def _another_loop() -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """Runs coroutines in a thread of their own: Playwright has the loop of this one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield lambda story: asyncio.run_coroutine_threadsafe(story, loop).result(timeout=60)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _witness(server: Process) -> ExplorerPage:
    page = ExplorerPage(*await join(server.address))
    page.join(_WITNESS)
    return page


async def _mean(pupil: ExplorerPage, digit: int) -> None:
    """Say it from the loop of the client."""
    pupil.mean(digit)


def _beside_a_flood(seconds: float) -> Figure:
    """What a few pupils feel of a page that sends nonsense as fast as the server takes it."""
    with running(EXPLORER) as server:
        alone = percentile(lesson(server, _FEW, seconds).latencies, 0.95)
        with flooding(server.address):
            value = percentile(lesson(server, _FEW, seconds).latencies, 0.95)
    name = f"p95 of {_FEW} pupils beside a page that floods, 1 process"
    return Figure(name, value, "ms", {"without": alone}, "≤ 1.5 × without", value <= 1.5 * alone)


def _rush(server: Process, pupils: int) -> Figure:
    """Seconds from asking for the page to the answer of the first stroke, when all come at once."""
    waits = asyncio.run(_all_come(server, pupils, within=10.0))
    name = f"{pupils} come within 10 s: the first stroke is answered after, worst"
    beside = {"median": percentile(waits, 0.5), "p95": percentile(waits, 0.95)}
    met = max(waits) <= _LATEST_S
    return Figure(name, max(waits), "s", beside, f"≤ {_LATEST_S}", met)


async def _all_come(server: Process, pupils: int, within: float) -> list[float]:
    return await asyncio.gather(
        *(_come(server, number, number * within / pupils) for number in range(pupils))
    )


async def _come(server: Process, number: int, when: float) -> float:
    await asyncio.sleep(when)
    loop = asyncio.get_running_loop()
    start = loop.time()
    client, document = await join(server.address)
    pupil = Pupil(client, ExplorerPage(client, document), moves(number, MESSAGES_PER_SECOND))
    await pupil.draw(loop.time(), loop.time() + 1 / MESSAGES_PER_SECOND / 2)
    while pupil.waits:
        await asyncio.sleep(0.005)
    return loop.time() - start
