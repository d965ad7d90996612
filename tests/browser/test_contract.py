"""The names in the page that tests, courses and scripts elsewhere rely on."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import expect

from support.explorer_page import SEVEN, ExplorerPage
from support.server import PATCHES

pytestmark = pytest.mark.parametrize("running", PATCHES, indirect=True)

NAMES = """() => Array.from(Bokeh.documents[0].all_models, model => model.name)"""


def test_every_part_of_the_page_can_be_found_and_says_how_it_is(explorer: ExplorerPage) -> None:
    expect_parts(explorer)
    explorer.page.keyboard.press("Escape")
    expect_states(explorer)


def expect_parts(explorer: ExplorerPage) -> None:
    for test_id in ("pad", "prediction", "outputs", "inspector"):
        assert explorer.page.get_by_test_id(test_id).count() == 1
    for name in ("Clear", "Undo", "Redo", "Eraser", "Centre"):
        assert explorer.button(name).count() == 1, name
    expect_a_square(explorer)
    expect_columns(explorer)
    explorer.tap(1, 5)
    for test_id in ("weighted-sum", "bias", "z", "activation"):
        assert explorer.inspector.get_by_test_id(test_id).count() == 1
    expect_each_name_once(explorer)


def expect_a_square(explorer: ExplorerPage) -> None:
    """The pad is exactly its 28 by 28 pixels."""
    box = explorer.pad.bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=0.01)
    edges = explorer.pad.evaluate(
        """pad => [pad.clientWidth - pad.offsetWidth, getComputedStyle(pad).padding]"""
    )
    assert edges == [0, "0px"]


def expect_columns(explorer: ExplorerPage) -> None:
    layer, index, *others = explorer.columns("neurons", "layer", "index", "x", "y", "activation")
    assert layer.tolist() == [1] * 16 + [2] * 16 + [3] * 10
    assert index.tolist() == [*range(16), *range(16), *range(10)]
    assert [len(each) for each in others] == [42] * 3
    assert len(explorer.column("inputs", "activation")) == 784


def expect_each_name_once(explorer: ExplorerPage) -> None:
    """BokehJS refuses to look up a name that two models share."""
    counts = Counter(explorer.page.evaluate(NAMES))
    for name in ("network", "neurons", "inputs", "edges", "selected_edges", "weights"):
        assert counts[name] == 1, name


def expect_states(explorer: ExplorerPage) -> None:
    """Controls and the answer say how things are."""
    for name, before, after in (("Eraser", "false", "true"), ("Centre", "true", "false")):
        assert explorer.button(name).get_attribute("aria-pressed") == before
        explorer.press(name)
        assert explorer.button(name).get_attribute("aria-pressed") == after
        explorer.press(name)
    assert explorer.button("Clear").is_enabled()
    explorer.draw(SEVEN)
    assert explorer.button("Clear").is_enabled()
    explorer.press("Clear")
    assert explorer.button("Clear").is_enabled(), "it is never disabled"
    expect(explorer.prediction).to_have_attribute("data-digit", "")
    expect(explorer.prediction).to_have_attribute("data-sure", "false")
    expect(explorer.prediction).not_to_be_empty()
    assert explorer.prediction.get_attribute("role") == "status"
