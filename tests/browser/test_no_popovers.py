"""A browser without popovers, such as Safari before 17."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from core import Network
from support.chromium import LAPTOP, visitor
from support.explorer_page import ExplorerPage
from support.server import Server
from support.watch import Watch

_WITHOUT = """for (const name of ["popover", "showPopover", "hidePopover", "togglePopover"])
  delete HTMLElement.prototype[name]"""


@pytest.fixture
def explorer(chromium: Browser, server: Server, network: Network) -> Iterator[ExplorerPage]:
    watch = Watch(urlsplit(server.address).netloc)
    with visitor(chromium) as context:
        context.add_init_script(_WITHOUT)
        yield ExplorerPage(watch.over(context.new_page()), server.address, network).open()
    assert watch.troubles == []


def test_sheets_are_closed_until_they_are_asked_for(explorer: ExplorerPage) -> None:
    page = explorer.page
    open_sheets = page.get_by_role("dialog")
    expect(open_sheets).to_have_count(0)

    explorer.open_networks()
    expect(open_sheets).to_have_accessible_name("Networks")
    expect(open_sheets).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(open_sheets).to_have_count(0)
    explorer.open_networks()
    explorer.button("Close").click()
    expect(open_sheets).to_have_count(0)

    explorer.tap(1, 5)
    explorer.button("Share").click()
    page.keyboard.press("Escape")
    expect(open_sheets).to_have_count(0)
    expect(explorer.inspector).to_have_attribute("data-layer", "1")
    page.keyboard.press("Escape")
    explorer.wait_for_no_selection()

    explorer.button("Examples and files").click()
    expect(open_sheets).to_have_accessible_name("Example drawings")
    page.mouse.click(5, LAPTOP["viewport"]["height"] - 5)
    expect(open_sheets).to_have_count(0)
    explorer.button("Examples and files").click()
    open_sheets.get_by_role("button", name="7, plain").click()
    expect(open_sheets).to_have_count(0)
    expect(explorer.prediction).to_have_attribute("data-digit", "7")

    explorer.tap(1, 5)
    expect(open_sheets).to_have_count(0)
    explorer.button("All terms as a table").click()
    expect(open_sheets).to_have_accessible_name("All terms of the sum")
