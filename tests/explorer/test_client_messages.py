"""Of all that Bokeh's protocol allows, only what a page of the explorer says is read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bokeh.core.serialization import Deserializer, Serializer
from hypothesis import given
from hypothesis import strategies as st

from explorer.transport.client_messages import (
    Click,
    ComponentMessage,
    DocumentRequest,
    Layout,
    MessageReader,
    Nonsense,
    Ready,
    Said,
    UnreadableMessageError,
)

WORDS = st.text(max_size=8)
PLAIN = st.recursive(
    st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
    | st.booleans()
    | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


def event(name: str, **values: Any) -> dict[str, Any]:
    """An event as BokehJS writes it."""
    data = {"type": "map", "entries": [[key, value] for key, value in values.items()]}
    sent = {"type": "event", "name": name, "values": data}
    return {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": sent}


def telling(data: Any, model: Any = "p1") -> dict[str, Any]:
    return {"events": [event("data_event", model={"id": model}, data=data)]}


def said(content: Any, kind: str = "PATCH-DOC", reader: MessageReader | None = None) -> Said:
    """What three frames say."""
    reader = reader or MessageReader()
    text = content if isinstance(content, str) else json.dumps(content)
    for frame in (json.dumps({"msgid": "7", "msgtype": kind}), "{}"):
        assert reader.take(frame) is None
    message = reader.take(text)
    assert message is not None
    assert message[0] == "7"
    return message[1]


@given(message=st.dictionaries(WORDS, PLAIN, max_size=5))
def test_a_message_to_a_component_is_read_as_bokeh_reads_it(message: dict[str, Any]) -> None:
    written = json.loads(json.dumps(Serializer().encode(message)))
    assert said(telling(written)) == ComponentMessage("p1", Deserializer().decode(written))


def test_a_page_asks_for_its_document_reports_clicks_and_says_that_it_is_ready() -> None:
    assert said({}, "PULL-DOC-REQ") == DocumentRequest()
    assert said({"events": [event("document_ready")]}) == Ready()
    click = event("tap", model={"id": "p1"}, sx=3, sy=4, x=1.5, y=2, modifiers={"type": "map"})
    assert said({"events": [click]}) == Click("p1", 1.5, 2.0, 3.0)


def test_what_bokeh_reports_of_sizes_is_known_and_changes_nothing() -> None:
    sizes = [
        {"kind": "ModelChanged", "model": {"id": "p1"}, "attr": name, "new": 7}
        for name in ("inner_width", "outer_height")
    ]
    assert said({"events": sizes}) == said({"events": sizes[:1]}) == Layout()


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        {"events": []},
        {"events": [{"kind": "ModelChanged", "model": {"id": "p1"}, "attr": "x", "new": 1}]},
        {"events": [{"kind": "RootAdded", "model": {"type": "object", "name": "Div", "id": "x"}}]},
        {"events": [{"kind": "TitleChanged", "title": "mine"}]},
        {"events": telling(1)["events"] * 2},
        telling(1, model={"id": "p2"}),
        telling({"type": "ndarray", "array": [1], "shape": [1], "dtype": "int32"}),
        telling({"type": "object", "name": "ColumnDataSource", "id": "x"}),
        telling({"type": "number", "value": "nan"}),
        telling({"type": "map", "entries": [[{"type": "map", "entries": []}, 1]]}),
        telling(10**400),
        {"events": [event("tap", model={"id": "p1"}, x=10**400, y=0)]},
        {"events": [event("tap", model={"id": "p1"}, x=None, y="here")]},
        {"events": [event("button_click", model={"id": "p1"})]},
        json.dumps(telling(1)).replace("1]]", "NaN]]"),
        json.dumps(telling(1)).replace("1]]", "1e999]]"),
        telling([[]] * 3_000),
        telling([0] * 100_000),
        telling(["x"] * 3_000),
        json.dumps(telling(1)).replace("1]]", "[" * 900 + "]" * 900 + "]]"),
        "[" * 100_000,
        "no JSON",
    ],
    ids=lambda content: str(content)[:60],
)
def test_anything_else_says_nothing(content: Any) -> None:
    assert isinstance(said(content), Nonsense | ComponentMessage)
    if "[[[[" not in str(content)[:900]:
        assert isinstance(said(content), Nonsense)


def test_a_long_text_is_read_whatever_stands_in_it() -> None:
    drawing = json.dumps({"strokes": [[1, 2]] * 20_000, "title": 'a "quoted" back\\slash'})
    assert said(telling(drawing)) == ComponentMessage("p1", drawing)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "7",
        "[]",
        "{}",
        "x" * 10**6,
        '{"msgid": 1, "msgtype": "PATCH-DOC"}',
        '{"msgid": "1", "msgtype": "PUSH-DOC"}',
        '{"msgid": "1", "msgtype": "SERVER-INFO-REQ"}',
        '{"msgid": "1", "msgtype": "PATCH-DOC", "num_buffers": 1}',
        b"\x00",
    ],
    ids=lambda header: str(header)[:40],
)
def test_a_frame_that_begins_no_message_leaves_the_next_message_whole(header: str | bytes) -> None:
    reader = MessageReader()
    with pytest.raises(UnreadableMessageError):
        reader.take(header)
    assert said(telling(5), reader=reader) == ComponentMessage("p1", 5)
