"""The scripts reach the browser in every way that the page is served or shown."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from bokeh.resources import INLINE
from playwright.sync_api import Browser

from explorer import create_app
from support.explorer_page import SEVEN, ExplorerPage, Visit
from support.server import PANEL_SERVE, serving

APP = (*PANEL_SERVE, "explorer/app.py")


def draw_and_compare(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    np.testing.assert_allclose(
        explorer.column("neurons", "activation"),
        np.concatenate(explorer.expected.trace.a),
        atol=1e-5,
    )


def test_all_components_come_in_one_file_that_is_fetched_once(explorer: ExplorerPage) -> None:
    asked: list[str] = []
    explorer.page.on("response", lambda r: asked.append(r.url))
    explorer.page.reload()
    explorer.wait_until_ready()
    files = {urlsplit(url).path for url in asked if "/scripts/" in url}
    assert len(files) == 1
    assert not any("_bundle_path" in url for url in asked)
    sizes = explorer.page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter(each => each.name.includes("/scripts/")).map(each => each.transferSize)"""
    )
    assert sum(sizes) <= 300, "a browser that was here before keeps it"


@pytest.mark.parametrize(
    ("options", "page"),
    [
        ((), "app"),
        (("--plugins", "explorer.plugin"), "app"),
        (("--plugins", "explorer.plugin", "--prefix", "/lab"), "lab/app"),
    ],
    ids=["alone", "with the plugin", "under a prefix"],
)
def test_panel_serve_brings_the_scripts(visit: Visit, options: tuple[str, ...], page: str) -> None:
    with serving(command=(*APP, *options), page=page) as server:
        explorer = visit(address=server.address)
        draw_and_compare(explorer)
        explorer.page.close()
        assert server.complaints() == []


def test_a_page_without_our_server_has_its_scripts_and_styles_in_itself(
    chromium: Browser, tmp_path: Path
) -> None:
    """As in a notebook: there is nobody to ask for a script, and a text has no address."""
    file = tmp_path / "page.html"
    create_app().save(file, resources=INLINE, title="Neuron explorer")
    page = chromium.new_page(viewport={"width": 1366, "height": 768})
    page.goto(file.as_uri())
    pad = page.get_by_test_id("pad")
    pad.wait_for()
    box = pad.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (248, 248), "it is laid out by its own styles"
    assert page.get_by_role("button", name="Clear", exact=True).is_visible()
    answer = json.dumps(page.get_by_test_id("prediction").get_attribute("data-digit"))
    assert answer == '"3"'
    page.close()
