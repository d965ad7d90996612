"""Every engine that pupils have: Chromium, Firefox and WebKit, which is Safari's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from support.engines.launch import ENGINES, launch
from support.engines.page import Page, Visit
from support.engines.tab import Engine, Size
from support.server import Server

LAPTOP: Size = (1366, 768)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Engine]:
    """Each of the engines in turn."""
    with launch(request.param, chromium) as running:
        yield running


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
