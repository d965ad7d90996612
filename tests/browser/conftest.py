"""A real server and a real Chromium, both of which must stay content for a test to pass."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from explorer_page import ExplorerPage
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from server import Server, serving

from core import Network
from explorer.state.session import Session

# What is waited for may take longer on a machine that does other things as well.
expect.set_options(timeout=20_000)

LAPTOP = {"width": 1366, "height": 768}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def network() -> Network:
    return Session().network


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """The server; a test in which it complains, and does not ask for the complaints, fails."""
    running.complaints()
    yield running
    assert running.complaints() == []


@contextmanager
def launched() -> Iterator[Browser]:
    """A real Chromium: the one named by CHROMIUM, else the one on the path."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Install Chromium (`bash tests/run` does), or name its path in CHROMIUM."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for a file of tests: Playwright keeps an event loop as long as it is open."""
    with launched() as browser:
        yield browser


class Watch:
    """Everything that goes wrong in the pages of a browser."""

    def __init__(self, host: str) -> None:
        self.troubles: list[str] = []
        self._host = host

    def over(self, page: Page) -> Page:
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("request", lambda request: self._expect_own_host(request.url))
        page.on("websocket", lambda socket: self._expect_own_host(socket.url))
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text}")

    def _expect_own_host(self, url: str) -> None:
        address = urlsplit(url.removeprefix("blob:"))
        if address.scheme != "data" and address.netloc != self._host:
            self.troubles.append(f"asks another host: {url}")


Visit = Callable[..., ExplorerPage]


@pytest.fixture
def visit(chromium: Browser, server: Server, network: Network) -> Iterator[Visit]:
    """Open the page in a browser of its own; a test in which a browser complains has failed."""
    watches: list[Watch] = []
    with ExitStack() as browsers:

        def come(address: str = server.address, **options: Any) -> ExplorerPage:
            browser = chromium.new_context(**{"viewport": LAPTOP} | options)
            browsers.callback(browser.close)
            watches.append(Watch(urlsplit(address).netloc))
            page = watches[-1].over(browser.new_page())
            return ExplorerPage(page, address, network).open()

        yield come
    assert [trouble for watch in watches for trouble in watch.troubles] == []


@pytest.fixture(scope="module")
def tabs(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that has been here before: what never changes need not be fetched again."""
    browser = chromium.new_context(viewport=LAPTOP)
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
