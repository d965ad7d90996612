"""A changed network is still changed after a reload and a lost connection, and in no other tab."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from core import Network
from support.chromium import visitor
from support.explorer_page import ExplorerPage, Visit
from support.server import free_port, serving

_KEPT = """() => Object.entries(sessionStorage)
  .filter(([place]) => place.startsWith("neuron-explorer edits"))"""
_NOTHING_IS_KEPT = f"() => ({_KEPT})().length === 0"
_IS_OTHER = f"before => JSON.stringify(({_KEPT})()) !== before"
_SPOIL = f"""() => {{
  for (const [place] of ({_KEPT})()) sessionStorage.setItem(place, '{{"original": "another"}}')
}}"""


def wait_until_kept(explorer: ExplorerPage, before: str) -> None:
    explorer.page.wait_for_function(_IS_OTHER, arg=before)


def kept(explorer: ExplorerPage) -> str:
    return str(explorer.page.evaluate(f"JSON.stringify(({_KEPT})())"))


def says(explorer: ExplorerPage, digit: int) -> None:
    expect(explorer.prediction).to_have_attribute("data-digit", str(digit))


def set_bias(explorer: ExplorerPage, digit: int, bias: str) -> None:
    """Set the bias of an output in the place Edit, and wait until the tab has kept it."""
    before = kept(explorer)
    page = explorer.page
    page.mouse.click(*explorer.on_screen(3, digit))
    expect(page.get_by_role("heading", name=f"Output {digit}", exact=True)).to_be_visible()
    field = page.get_by_role("textbox", name="Bias")
    field.fill(bias)
    field.press("Enter")
    wait_until_kept(explorer, before)


def test_a_changed_network_is_there_after_a_reload_and_in_no_other_tab(visit: Visit) -> None:
    explorer = visit()
    explorer.button("Edit").click()
    assert kept(explorer) == "[]"
    set_bias(explorer, 8, "999")
    says(explorer, 8)
    set_bias(explorer, 8, "-999")
    set_bias(explorer, 2, "99")
    says(explorer, 2)
    explorer.reload()
    says(explorer, 2)
    expect(explorer.page.get_by_test_id("notice")).to_be_hidden()
    expect(explorer.button("Undo change")).to_be_disabled()
    says(visit(), 3)
    explorer.button("Reset all").click()
    says(explorer, 3)
    explorer.page.wait_for_function(_NOTHING_IS_KEPT)
    explorer.reload()
    says(explorer, 3)


def test_a_server_that_is_killed_loses_no_change(chromium: Browser, network: Network) -> None:
    port = free_port()
    page = visitor(chromium).new_page()
    with serving(port=port) as server:
        explorer = ExplorerPage(page, f"{server.address}#edit", network).open()
        set_bias(explorer, 8, "99")
        page.evaluate("window.old = true")
        server.process.kill()
    with serving(port=port):
        page.wait_for_function("() => !window.old")
        explorer.wait_until_ready()
        says(explorer, 8)
        page.mouse.click(*explorer.on_screen(3, 8))
        expect(page.get_by_test_id("edit").get_by_text("changed", exact=True)).to_be_visible()
    page.context.close()


def test_what_cannot_be_read_is_said_once_and_loses_no_page(explorer: ExplorerPage) -> None:
    explorer.button("Edit").click()
    set_bias(explorer, 8, "99")
    explorer.page.evaluate(_SPOIL)
    explorer.reload()
    expect(explorer.page.get_by_test_id("notice")).to_contain_text("cannot be read")
    says(explorer, 3)
    explorer.page.wait_for_function(_NOTHING_IS_KEPT)
    explorer.reload()
    says(explorer, 3)
    expect(explorer.page.get_by_test_id("notice")).to_be_hidden()
