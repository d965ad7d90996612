"""A real server and a real Chromium, both of which must stay content for a test to pass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core import Network
from explorer.state.session import Session
from support.chromium import launched, visitor
from support.class_pages import CLASS, Come
from support.explorer_page import ExplorerPage, Visit
from support.line import Line, served_over_a_line
from support.patience import PATIENCE
from support.server import PATCHES, Server, serving, serving_network
from support.watch import Watch

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="session")
def network() -> Network:
    return Session().network


@pytest.fixture(scope="session")
def running(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server as it comes; a file of tests may ask for others of `PATCHES`."""
    with serving(**PATCHES[getattr(request, "param", "patched")]) as server:
        yield server


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """The server; a test in which it complains, and does not ask for the complaints, fails."""
    running.complaints()
    yield running
    assert running.complaints() == []


@pytest.fixture(scope="module")
def own_server(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own for a file of tests that has a network of its own."""
    with serving_network(network, tmp_path_factory.mktemp("networks")) as server:
        yield server


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    """A server of its own for a file of tests, behind a line that can be slow or fall silent."""
    with served_over_a_line() as line:
        yield line


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One Chromium for all of them: as long as it is open, nobody else can run an event loop."""
    with launched() as browser:
        yield browser


@pytest.fixture
def visit(chromium: Browser, server: Server, network: Network) -> Iterator[Visit]:
    """Open the page in a browser of its own; a test in which a browser complains has failed."""
    watches: list[Watch] = []
    with ExitStack() as browsers:

        def come(address: str = server.address, **options: Any) -> ExplorerPage:
            browser = visitor(chromium, **options)
            browsers.callback(browser.close)
            watches.append(Watch(urlsplit(address).netloc))
            page = watches[-1].over(browser.new_page())
            return ExplorerPage(page, address, network).open()

        yield come
    assert [trouble for watch in watches for trouble in watch.troubles] == []


@pytest.fixture(scope="package")
def tabs(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that has been here before: what never changes need not be fetched again."""
    browser = visitor(chromium)
    yield browser
    browser.close()


@pytest.fixture
def explorer(tabs: BrowserContext, server: Server, network: Network) -> Iterator[ExplorerPage]:
    """The page on a laptop, in a new tab; a test in which the tab complains has failed."""
    watch = Watch(urlsplit(server.address).netloc)
    page = watch.over(tabs.new_page())
    yield ExplorerPage(page, server.address, network).open()
    page.evaluate("localStorage.clear()")
    page.close()
    assert watch.troubles == []


@pytest.fixture
def page(explorer: ExplorerPage) -> Page:
    """The same page, for Playwright's own questions."""
    return explorer.page


@pytest.fixture(scope="module")
def lesson() -> Iterator[Server]:
    with serving(*CLASS) as server:
        yield server


@pytest.fixture
def come(chromium: Browser, lesson: Server) -> Iterator[Come]:
    """Open a page of the class in a browser of its own; no browser may complain."""
    watches: list[Watch] = []
    with ExitStack() as browsers:

        def open_page(place: str = "", address: str = lesson.address, **options: object) -> Page:
            context = visitor(chromium, **options)
            browsers.callback(context.close)
            watches.append(Watch(urlsplit(address).netloc))
            page = watches[-1].over(context.new_page())
            page.goto(address + place)
            return page

        yield open_page
    assert [trouble for watch in watches for trouble in watch.troubles] == []
    assert lesson.complaints() == []
