"""Whatever a browser sends, a component answers it or leaves it aside, and the page goes on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from panel.viewable import Viewable

import explorer
from core.errors import InputError
from explorer import create_app
from explorer.page.page import Page
from explorer.transport.budget import TimeBudget
from explorer.transport.client_messages import DocumentRequest
from explorer.transport.component import LiveComponent
from explorer.transport.connection import Connection
from explorer.transport.ignored import Ignored
from explorer.transport.messages import NotUnderstoodError
from support.telling import tell

pytestmark = pytest.mark.filterwarnings("ignore:.*encountered in:RuntimeWarning")

SOURCES = Path(explorer.__file__).parent
WORDS = sorted(
    {
        word
        for file in SOURCES.rglob("*.py")
        for word in re.findall(r'"([a-z_ ]{3,12})"', file.read_text())
    }
)
STROKE = {"begins": True, "points": [[6, 6], [20, 6], [12, 24]], "width": 2.4, "erases": False}

ODD = st.sampled_from(
    [float("nan"), float("inf"), -1, 0, 28, 10**6, 10**30, 1e308, "", "1", None, True]
)
VALUES = st.recursive(
    ODD
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=8)
    | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)
    ),
    max_leaves=12,
)
MESSAGES = VALUES | st.builds(
    lambda kind, rest: rest | {"type": kind},
    st.sampled_from(WORDS),
    st.dictionaries(st.sampled_from(WORDS), VALUES, max_size=5),
)


def components(root: Any) -> Iterator[LiveComponent]:
    if isinstance(root, LiveComponent):
        yield root
        for value in root.param.values().values():
            if isinstance(value, Viewable):
                yield from components(value)


@cache
def page() -> Page:
    return create_app()


NAMES = [type(component).__name__ for component in components(page())]


def test_every_component_of_the_page_is_tried() -> None:
    assert {"Page", "Pad", "Stage", "Examples", "Inspector", "Controls", "Notice"} <= set(NAMES)


@pytest.mark.parametrize("number", range(len(NAMES)), ids=NAMES)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(message=MESSAGES)
def test_a_component_survives_any_message(number: int, message: Any) -> None:
    """It does what is asked, or says why not in one of two ways: anything else is our mistake."""
    with suppress(NotUnderstoodError, InputError):
        list(components(page()))[number].receive(message)


def test_our_own_mistake_shows_with_its_traceback_and_the_page_goes_on(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app()
    pad = next(each for each in components(app) if type(each).__name__ == "Pad")
    monkeypatch.setattr(app.session, "draw", lambda parts: 1 / 0)
    tell(pad, {"type": "ink", "parts": [STROKE]})
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.undo()
    tell(pad, {"type": "ink", "parts": [STROKE]})
    assert not app.session.canvas.is_placeholder


@pytest.mark.parametrize(
    "parts",
    [
        None,
        7,
        "abc",
        {"begins": True},
        [STROKE | {"points": [[float("nan"), 3]]}],
        [STROKE | {"points": [[1, 2, 3]]}],
        [STROKE | {"points": []}],
        [STROKE | {"points": [[1, 2]] * 10**6}],
        [STROKE | {"points": "12"}],
        [STROKE | {"width": float("inf")}],
        [STROKE | {"width": -1}],
        [STROKE | {"width": None}],
        [{"begins": False, "points": [[1e300, -1e300]]}],
        [{"begins": False}],
    ],
    ids=lambda parts: str(parts)[:60],
)
def test_a_stroke_after_nonsense_is_seen_as_if_nothing_had_been(parts: Any) -> None:
    app = create_app()
    by_name = {type(component).__name__: component for component in components(app)}
    tell(by_name["Pad"], {"type": "ink", "parts": parts})
    app.session.clear()
    tell(by_name["Pad"], {"type": "ink", "parts": [STROKE]})
    untroubled = create_app().session
    untroubled.begin_stroke(STROKE["points"], 2.4, False)
    np.testing.assert_array_equal(app.session.drawing.image, untroubled.drawing.image)
    assert app.session.answer == untroubled.answer


def test_a_flood_of_nonsense_fills_no_disk(caplog: pytest.LogCaptureFixture) -> None:
    second = [0.0]
    ignored = Ignored(lambda: second[0])
    for _ in range(10_000):
        ignored.tell("Pad", ValueError("no such thing"))
    assert len(caplog.messages) == 5
    second[0] = 1.0
    ignored.tell("Pad", ValueError("another\nthing " + "x" * 10**6))
    assert "9995 more before" in caplog.messages[-1]
    assert len(caplog.messages[-1].splitlines()) == 1
    assert len(caplog.messages[-1]) < 300


def test_a_page_without_a_channel_is_answered_so_many_messages_at_once_until_it_goes() -> None:
    async def story() -> None:
        app, ended = create_app(), 0

        async def take_long() -> None:
            nonlocal ended
            try:
                await asyncio.Event().wait()
            finally:
                ended += 1

        pad = next(each for each in components(app) if type(each).__name__ == "Pad")
        pad.receive = lambda message: take_long()
        for _ in range(60):
            app.link._hear_by_panel([pad.address, "slow"])
        await asyncio.sleep(0)
        assert len(app.link._finishing) == 50
        assert app.link._answered == 10, "the others are refused"
        under_way = list(app.link._finishing)
        app.link.end()
        await asyncio.wait(under_way)
        assert ended == 50

    asyncio.run(story())


def test_what_a_page_has_sent_before_it_went_is_left_aside(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = create_app()
    pad = next(each for each in components(app) if type(each).__name__ == "Pad")
    drawing = app.session.drawing
    app.link.end()
    assert app.link.hear(pad.address, {"type": "ink", "parts": [STROKE]}) is None
    gone = object.__new__(Connection)
    gone._gone, gone._budget = True, TimeBudget()
    assert asyncio.run(gone._answer("1", DocumentRequest())) is None  # type: ignore[func-returns-value]
    assert app.session.drawing is drawing
    assert caplog.messages == []
