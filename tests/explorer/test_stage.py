"""The picture takes the shape that the page has room for, and no other."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import pytest

from explorer import create_app
from explorer.diagram.geometry import HEIGHT, HIGHEST, LOWEST
from explorer.diagram.stage import Stage
from explorer.diagram.weights import all_weights
from explorer.drawing.examples import examples
from explorer.state.session import Session


def tell(page: Any, message: dict[str, Any]) -> None:
    page.link.hear(page.stage.address, message)


def test_its_neurons_stand_where_the_shape_wants_them_and_shine_as_before() -> None:
    page = create_app()
    before = page.session.trace
    tell(page, {"type": "shape", "height": 60})
    assert page.stage.high == 60
    assert page.stage.drawn.layout.geometry.height == 60
    highest = max(float(layer[:, 1].max()) for layer in page.stage.drawn.layout.geometry.positions)
    assert 50 < highest < 60
    assert page.session.trace is before
    tell(page, {"type": "shape", "height": HEIGHT})
    assert page.stage.high == HEIGHT


def test_another_network_keeps_the_shape() -> None:
    page = create_app()
    tell(page, {"type": "shape", "height": 130})
    page.session.choose_network("wide")
    assert page.stage.drawn.layout.geometry.height == 130
    assert len(page.stage.drawn.layout.geometry.positions[1]) == 64


@pytest.mark.parametrize("height", [LOWEST - 1, HIGHEST + 1, 1e9, -5, np.nan, "97", None, [97]])
def test_a_shape_that_there_is_not_changes_nothing_and_is_no_fault_of_ours(
    height: Any, caplog: pytest.LogCaptureFixture
) -> None:
    page = create_app()
    with caplog.at_level(logging.ERROR):
        tell(page, {"type": "shape", "height": height})
    assert page.stage.high == page.stage.drawn.layout.geometry.height == HEIGHT
    assert caplog.messages == []


def test_only_an_answer_that_counts_is_boxed() -> None:
    page = create_app()
    page.session.replace_drawing(examples()["7-plain"].drawing)
    assert page.session.answer == (7, True)
    assert len(page.stage._winner["x"]) == 1
    page.session.replace_drawing(examples()["noise-7"].drawing)
    assert page.session.answer.digit is not None
    assert not page.session.answer.sure
    assert page.stage._winner["x"] == []


def test_only_rows_that_are_otherwise_go_to_the_browser_and_the_scales_stay() -> None:
    session = Session()
    stage = Stage(session)
    largest, first = stage.largest, all_weights(session.network)
    session.edit(session.network.with_weight(1, 5, 300, 900.0).with_weight(3, 7, 2, -80.0))
    assert [start for start, _ in stage.edits] == [5 * 784, 784 * 16 + 16 * 16 + 7 * 16]
    shown = first.copy()
    for start, row in stage.edits:
        shown[start : start + len(row)] = row
    np.testing.assert_array_equal(shown, all_weights(session.network))
    assert stage.largest == largest
    session.edit(session.network.with_bias(2, 3, 1.0))
    assert len(stage.edits) == 2
    session.choose_network("lesson")
    assert stage.edits == []
    assert stage.largest != largest


def test_every_neuron_that_is_otherwise_is_marked_and_follows_the_shape() -> None:
    session = Session()
    stage = Stage(session)
    assert stage.changed == []
    session.edit(session.network.with_bias(1, 5, 1.0).with_bias(3, 7, 1.0))
    before = list(stage.changed)
    assert len(before) == 2
    stage.receive({"type": "shape", "height": 130})
    assert len(stage.changed) == 2
    assert stage.changed != before
    session.undo_edit()
    assert stage.changed == []
