"""The scripts reach the browser in every way that the page is served or shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bokeh.resources import INLINE
from playwright.sync_api import Browser, expect

from core import Network
from explorer import create_app
from support.chromium import visitor
from support.explorer_page import SEVEN, ExplorerPage, Visit
from support.server import PANEL_SERVE, Server, serving

APP = (*PANEL_SERVE, "explorer/app.py")
TWO_PAGES = """
from panel import Column
from explorer import create_app
from explorer.page.shell import serve_in_shell
from explorer.state.session import Session
serve_in_shell(Column(create_app(), create_app()), "Two pages", Session().network)
"""


def bundles(asked: list[str]) -> list[str]:
    """The bundles among addresses, without their language and their versions."""
    found = (re.search(r"/scripts/([a-z]+)-en-[0-9a-f]{16}\.js$", url) for url in asked)
    return [each[1] for each in found if each]


def test_what_a_page_needs_at_first_comes_in_one_file_that_is_fetched_once(
    explorer: ExplorerPage,
) -> None:
    asked: list[str] = []
    explorer.page.on("response", lambda r: asked.append(r.url))
    explorer.page.reload()
    explorer.wait_until_ready()
    assert set(bundles(asked)) == {"page"}
    assert not any("_bundle_path" in url or "bokeh-gl" in url for url in asked)
    sizes = explorer.page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter(each => each.name.includes("/scripts/")).map(each => each.transferSize)"""
    )
    assert sum(sizes) <= 300, "a browser that was here before keeps it"


def test_the_script_of_edit_is_loaded_when_it_is_first_visited(visit: Visit) -> None:
    explorer = visit()
    asked: list[str] = []
    explorer.page.on("request", lambda request: asked.append(request.url))
    edit = explorer.page.get_by_test_id("edit")
    for _ in range(2):
        explorer.button("Edit").click()
        edit.wait_for()
        explorer.button("Explore").click()
        edit.wait_for(state="hidden")
    explorer.choose_network("mnist")
    assert bundles(asked) == ["edit"]


def test_two_pages_of_a_document_share_what_is_loaded(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "two.py"
    file.write_text(TWO_PAGES, encoding="utf-8")
    command = (*PANEL_SERVE, str(file), "--plugins", "explorer.plugin")
    with serving(command=command, page="two") as server:
        page = visitor(chromium, viewport={"width": 1366, "height": 1600}).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(server.address)
        for number in range(2):
            page.get_by_role("button", name="Edit", exact=True).nth(number).click()
            expect(page.get_by_test_id("edit").locator("visible=true")).to_have_count(number + 1)
        page.context.close()
        assert sorted(bundles(asked)) == ["edit", "page"]
        assert server.complaints() == []


def test_a_bundle_takes_texts_and_storage_from_the_page_that_is_there(visit: Visit) -> None:
    """What two parts share has run once: the whole bundle would bring all of it again."""
    explorer = visit()
    with explorer.page.expect_response("**/scripts/edit-*.js") as answer:
        explorer.button("Edit").click()
    explorer.page.get_by_test_id("edit").wait_for()
    assert "PluralRules" not in answer.value.text()


def test_a_part_that_cannot_be_loaded_says_so_and_comes_when_the_page_is_loaded_again(
    chromium: Browser, server: Server, network: Network
) -> None:
    page = visitor(chromium).new_page()
    explorer = ExplorerPage(page, server.address, network).open()
    explorer.draw(SEVEN)
    page.route("**/scripts/edit-*.js", lambda route: route.abort())
    explorer.button("Edit").click()
    said = page.get_by_role("alert").filter(has_text="could not be loaded")
    said.wait_for()
    explorer.draw([(4, 20), (10, 20)])  # everything else goes on
    page.unroute("**/scripts/edit-*.js")
    said.get_by_role("button", name="Load again").click()
    page.get_by_test_id("edit").wait_for()
    explorer.wait_until_ready()
    explorer.wait_for_answer()
    page.context.close()


@pytest.mark.parametrize(
    ("options", "page"),
    [
        ((), "app"),
        (("--plugins", "explorer.plugin"), "app"),
        (("--plugins", "explorer.plugin", "--prefix", "/lab"), "lab/app"),
    ],
    ids=["alone", "with the plugin", "under a prefix"],
)
def test_panel_serve_shows_the_same_page_with_its_scripts(
    visit: Visit, options: tuple[str, ...], page: str
) -> None:
    with serving(command=(*APP, *options), page=page) as server:
        explorer = visit(address=server.address)
        explorer.draw(SEVEN)
        explorer.wait_for_network(explorer.network)
        explorer.tap(1, 5)
        explorer.page.close()
        assert server.complaints() == []


def test_a_page_without_our_server_has_its_scripts_and_styles_in_itself(
    chromium: Browser, tmp_path: Path
) -> None:
    """As in a notebook: there is nobody to ask for a script, and a text has no address."""
    file = tmp_path / "page.html"
    create_app().save(file, resources=INLINE, title="Neuron explorer")
    page = visitor(chromium).new_page()
    page.goto(file.as_uri())
    pad = page.get_by_test_id("pad")
    pad.wait_for()
    box = pad.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (248, 248), "it is laid out by its own styles"
    assert page.get_by_role("button", name="Clear", exact=True).is_visible()
    answer = json.dumps(page.get_by_test_id("prediction").get_attribute("data-digit"))
    assert answer == '"3"'
    page.context.close()
