"""The names in the page that tests, courses and scripts elsewhere rely on."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import expect

from support.explorer_page import SEVEN, ExplorerPage
from support.server import PATCHES

pytestmark = pytest.mark.parametrize("running", PATCHES, indirect=True)

NAMES = """() => Array.from(Bokeh.documents[0].all_models, model => model.name)"""


def test_every_part_of_the_page_can_be_found(explorer: ExplorerPage) -> None:
    for test_id in ("pad", "prediction", "outputs", "inspector"):
        assert explorer.page.get_by_test_id(test_id).count() == 1
    explorer.tap(1, 5)
    for test_id in ("weighted-sum", "bias", "z", "activation"):
        assert explorer.inspector.get_by_test_id(test_id).count() == 1


def test_every_name_that_others_look_up_is_used_once(explorer: ExplorerPage) -> None:
    """BokehJS refuses to look up a name that two models share."""
    explorer.tap(1, 5)
    counts = Counter(explorer.page.evaluate(NAMES))
    for name in ("network", "neurons", "inputs", "edges", "selected_edges", "weights"):
        assert counts[name] == 1, name


def test_the_sources_have_the_columns_that_others_read(explorer: ExplorerPage) -> None:
    assert explorer.column("neurons", "layer").tolist() == [1] * 16 + [2] * 16 + [3] * 10
    assert explorer.column("neurons", "index").tolist() == [*range(16), *range(16), *range(10)]
    for name in ("x", "y", "activation"):
        assert len(explorer.column("neurons", name)) == 42
    assert len(explorer.column("inputs", "activation")) == 784


def test_each_button_is_there_once(explorer: ExplorerPage) -> None:
    for name in ("Clear", "Undo", "Redo", "Eraser", "Centre"):
        assert explorer.button(name).count() == 1, name


def test_clear_is_never_disabled(explorer: ExplorerPage) -> None:
    assert explorer.button("Clear").is_enabled()
    explorer.draw(SEVEN)
    assert explorer.button("Clear").is_enabled()
    explorer.press("Clear")
    assert explorer.button("Clear").is_enabled()


def test_toggles_say_whether_they_are_on(explorer: ExplorerPage) -> None:
    for name, at_first in (("Eraser", "false"), ("Centre", "true")):
        assert explorer.button(name).get_attribute("aria-pressed") == at_first
        explorer.press(name)
        assert explorer.button(name).get_attribute("aria-pressed") != at_first


def test_the_pad_is_exactly_the_square_of_28_by_28(explorer: ExplorerPage) -> None:
    box = explorer.pad.bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=0.01)
    edges = explorer.pad.evaluate(
        """pad => [pad.clientWidth - pad.offsetWidth, getComputedStyle(pad).padding]"""
    )
    assert edges == [0, "0px"]


def test_a_blank_pad_has_no_answer_and_says_what_to_do(explorer: ExplorerPage) -> None:
    explorer.press("Clear")
    expect(explorer.prediction).to_have_attribute("data-digit", "")
    expect(explorer.prediction).to_have_attribute("data-sure", "false")
    expect(explorer.prediction).not_to_be_empty()
    assert explorer.prediction.get_attribute("role") == "status"
