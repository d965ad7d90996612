"""A browser that does not let pages store anything ("block all cookies")."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from core import Network
from support.chromium import FLAGS, LAPTOP, program
from support.explorer_page import SEVEN, ExplorerPage
from support.server import Server
from support.watch import Watch

BLOCKED = {"profile": {"default_content_setting_values": {"cookies": 2}}}
_STORES = """() => ["localStorage", "sessionStorage"].map(name => {
  try { return typeof window[name].getItem } catch (error) { return error.name }
})"""


@pytest.fixture(scope="module")
def blocking(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A real Chromium, set to block all cookies."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "Default").mkdir()
    (profile / "Default" / "Preferences").write_text(json.dumps(BLOCKED), encoding="utf-8")
    path = program("chromium")  # the one without windows reads no preferences
    browser = chromium.browser_type.launch_persistent_context(
        profile, executable_path=path, args=FLAGS, **LAPTOP
    )
    yield browser
    browser.close()


@pytest.fixture
def explorer(blocking: BrowserContext, server: Server, network: Network) -> Iterator[ExplorerPage]:
    watch = Watch(urlsplit(server.address).netloc)
    page = watch.over(blocking.new_page())
    yield ExplorerPage(page, server.address, network).open()
    page.close()
    assert watch.troubles == []


def test_the_page_works_and_says_once_what_is_lost(explorer: ExplorerPage, tmp_path: Path) -> None:
    assert explorer.page.evaluate(_STORES) == ["SecurityError", "SecurityError"]
    notice = explorer.page.get_by_test_id("notice")
    expect(notice).to_contain_text("your drawing is gone when you reload")
    explorer.draw(SEVEN)
    expect(explorer.prediction).to_have_attribute("data-digit", "7")
    explorer.page.get_by_role("button", name="Close the message").click()
    expect(notice).to_be_hidden()
    file = tmp_path / "letter.json"
    file.write_text("Dear pupils", encoding="utf-8")
    explorer.page.get_by_label("A drawing to open").set_input_files(file)
    expect(notice).to_contain_text("letter.json")
    explorer.page.get_by_role("button", name="Close the message").click()
    expect(notice).to_be_hidden(), "it is said once"
    explorer.choose("Light")
    expect(explorer.page.locator("html")).to_have_attribute("data-theme", "light")
    explorer.page.reload()
    fresh = ExplorerPage(explorer.page, explorer.address, explorer.network)
    fresh.open()
    fresh.wait_for_answer()
