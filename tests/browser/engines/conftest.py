"""The engines that pupils have and no other test: Firefox, and WebKit, which is Safari's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import Browser

from support.engines.launch import launch
from support.engines.page import Page, Visit
from support.engines.tab import Engine, Size
from support.server import Server

LAPTOP: Size = (1366, 768)


@pytest.fixture(scope="package")
def engines(chromium: Browser) -> Iterator[Callable[[str], Engine]]:
    """Each engine by its name: it starts when first asked for, and runs for all that follow."""
    with ExitStack() as running:
        yield cache(lambda name: running.enter_context(launch(name, chromium)))


@pytest.fixture(params=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, engines: Callable[[str], Engine]) -> Engine:
    """Each of them in turn."""
    return engines(request.param)


@pytest.fixture
def visit(engine: Engine) -> Iterator[Visit]:
    """Open a page in a window of its own; a test in which a page complains has failed."""
    pages: list[Page] = []
    with ExitStack() as tabs:

        def come(address: str, size: Size = LAPTOP) -> Page:
            pages.append(Page(tabs.enter_context(engine.tab(size)), address))
            return pages[-1].open()

        yield come
        troubles = [trouble for page in pages for trouble in page.troubles()]
    assert troubles == []


@pytest.fixture
def page(visit: Visit, server: Server) -> Page:
    """The explorer on a laptop."""
    return visit(server.address).wait_until_ready()
