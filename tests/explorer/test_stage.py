"""The picture takes the shape that the page has room for, and no other."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import pytest

from explorer import create_app
from explorer.diagram.geometry import HEIGHT, HIGHEST, LOWEST
from explorer.drawing.examples import examples


def tell(page: Any, message: dict[str, Any]) -> None:
    page.link.hear(page.stage.address, message)


def test_its_neurons_stand_where_the_shape_wants_them_and_shine_as_before() -> None:
    page = create_app()
    before = page.session.trace
    tell(page, {"type": "shape", "height": 60})
    assert page.stage.high == 60
    assert page.stage._geometry.height == 60
    highest = max(float(layer[:, 1].max()) for layer in page.stage._geometry.positions)
    assert 50 < highest < 60
    assert page.session.trace is before
    tell(page, {"type": "shape", "height": HEIGHT})
    assert page.stage.high == HEIGHT


def test_another_network_keeps_the_shape() -> None:
    page = create_app()
    tell(page, {"type": "shape", "height": 130})
    page.session.choose_network("wide")
    assert page.stage._geometry.height == 130
    assert len(page.stage._geometry.positions[1]) == 64


@pytest.mark.parametrize("height", [LOWEST - 1, HIGHEST + 1, 1e9, -5, np.nan, "97", None, [97]])
def test_a_shape_that_there_is_not_changes_nothing_and_is_no_fault_of_ours(
    height: Any, caplog: pytest.LogCaptureFixture
) -> None:
    page = create_app()
    with caplog.at_level(logging.ERROR):
        tell(page, {"type": "shape", "height": height})
    assert page.stage.high == page.stage._geometry.height == HEIGHT
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
