"""Opening the page: what it costs server, wire and memory, and how long it takes."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bokeh_client import Client, join
from byte_counter import counting
from class_load import ExplorerPage, Pupil
from figures import Chapter, Figure
from hand import moves
from paint import chromium
from playwright.sync_api import Browser, Page
from processes import ECHO, EXPLORER, Process, running

#: The pad takes a pointer, and the picture of the network is there.
_USABLE = """() => {
  const pads = []
  const search = root => {
    for (const element of root.querySelectorAll("*")) {
      if (element.dataset?.testid === "pad") pads.push(element)
      if (element.shadowRoot) search(element.shadowRoot)
    }
  }
  search(document)
  const model = window.Bokeh?.documents[0]?.get_model_by_name("network")
  const view = model && Bokeh.index.find_one(model)
  return pads.length && view?.frame ? performance.now() : 0
}"""


@dataclass(frozen=True)
class Visit:
    """One visit of a real browser: bytes in both directions, seconds, and the server's seconds."""

    wire: int
    requests: int
    usable: float
    cpu: float


def measure(fast: bool) -> Chapter:
    """Joins by a real browser and by light clients, against the bare Bokeh page."""
    times = 2 if fast else 10
    with running(EXPLORER) as server:
        with chromium() as browser:
            first, again = zip(*(_visits(browser, server) for _ in range(times)), strict=True)
        figures = [*_visit_figures(first, again)]
        light = _joins(server, 20)
    with running(ECHO) as server:
        floor = _joins(server, 20)
    name = "server CPU per join, light client"
    figures.append(Figure(name, light, "ms", {"echo": floor}, "≤ 100, aim 60", light <= 100))
    figures += _memory_figures(*((20, 4.0) if fast else (60, 10.0)))
    if not fast:
        figures += _left_behind(200)
    figures.append(Figure("server cold start", _cold_start(), "s", {"echo": server.cold_start}))
    return Chapter("Opening the page", tuple(figures))


def _cold_start() -> float:
    """Seconds from the command to the first page."""
    with running(EXPLORER) as server:
        return server.cold_start


def _visits(browser: Browser, server: Process) -> tuple[Visit, Visit]:
    """A first visit and a reload, in a browser that has never seen the page."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    with counting(server.address) as counter:
        page = context.new_page()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        both = []
        for _ in range(2):
            requests.clear()
            bytes_before, cpu = counter.received + counter.sent, server.cpu()
            page.goto(counter.address)
            usable = _usable(page)
            page.wait_for_timeout(1500)
            wire = counter.received + counter.sent - bytes_before
            asked = sum(url.startswith("http") for url in requests)
            both.append(Visit(wire, asked, usable, server.cpu() - cpu))
        context.close()
    return both[0], both[1]


def _usable(page: Page) -> float:
    found = page.wait_for_function(_USABLE, polling="raf", timeout=60_000)
    return float(found.json_value()) / 1000


def _visit_figures(first: tuple[Visit, ...], again: tuple[Visit, ...]) -> Iterator[Figure]:
    def middle(visits: tuple[Visit, ...], name: str) -> float:
        return statistics.median(getattr(visit, name) for visit in visits)

    wires = {"first load": (first, 1600), "reload": (again, 60)}
    for name, (visits, most) in wires.items():
        wire = middle(visits, "wire") / 1000
        beside: dict[str, float | None] = {"requests": middle(visits, "requests")}
        met = wire <= most
        yield Figure(f"bytes on the wire, {name}", wire, "kB", beside, f"≤ {most:,}", met)
    for name, visits in {"first load": first, "reload": again}.items():
        cpu = 1000 * middle(visits, "cpu")
        yield Figure(f"server CPU, {name}", cpu, "ms", {}, "≤ 100, aim 60", cpu <= 100)
    usable, later = middle(first, "usable"), middle(again, "usable")
    beside = {"reload": later}
    yield Figure("first stroke possible", usable, "s", beside, "≤ 1.5", usable <= 1.5)


def _joins(server: Process, count: int) -> float:
    """Milliseconds of the server for each of ``count`` joins, after five to warm up."""
    asyncio.run(_come_and_go(server, 5))
    before = server.cpu()
    asyncio.run(_come_and_go(server, count))
    return 1000 * (server.cpu() - before) / count


async def _come_and_go(server: Process, count: int) -> None:
    clients = [(await join(server.address))[0] for _ in range(count)]
    for client in clients:
        client.close()


def _memory_figures(stay: int, seconds: float) -> Iterator[Figure]:
    with running(EXPLORER) as server:
        asyncio.run(_come_and_go(server, 10))
        start = server.memory()
        idle, active = asyncio.run(_idle_and_active(server, stay, seconds))
    for name, memory in {"idle": idle, "active": active}.items():
        each = (memory - start) / stay
        yield Figure(f"memory per {name} session", each, "MB", {}, "≤ 3", each <= 3)


def _left_behind(count: int) -> Iterator[Figure]:
    """What stays after a crowd, and whether the next crowd finds room in it."""
    with running(EXPLORER) as server:
        memories = [_memory_after(server, crowd) for crowd in (10, count, count)]
    names = (f"memory after {count} open sessions have gone", f"memory after {count} more")
    for name, before, after in zip(names, memories, memories[1:], strict=False):
        met = after <= 1.1 * before
        yield Figure(name, after, "MB", {"before": before}, "≤ before + 10 %", met)


def _memory_after(server: Process, count: int) -> float:
    asyncio.run(_come_and_go(server, count))
    _wait_for_cleaning()
    return server.memory()


def _wait_for_cleaning() -> None:
    """Bokeh looks every 17 seconds for sessions that nobody has used for 15."""
    time.sleep(40)


async def _idle_and_active(server: Process, count: int, seconds: float) -> tuple[float, float]:
    """Megabytes with ``count`` pages open, and after everybody has drawn for some seconds."""
    joined = [await join(server.address) for _ in range(count)]
    idle = server.memory()
    loop = asyncio.get_running_loop()
    pupils = [
        Pupil(client, ExplorerPage(client, document), moves(n, 2))
        for n, (client, document) in enumerate(joined)
    ]
    start = loop.time()
    await asyncio.gather(*(pupil.draw(start, start + seconds) for pupil in pupils))
    active = server.memory()
    _leave([client for client, _ in joined])
    return idle, active


def _leave(clients: list[Client]) -> None:
    for client in clients:
        client.close()
