"""What changes without Bokeh's checks is what Bokeh would have changed."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from bokeh.core.serialization import Deserializer
from bokeh.document import Document
from bokeh.document.events import DocumentPatchedEvent
from bokeh.models import ColumnDataSource
from panel.io.state import set_curdoc

from explorer import changes, create_app
from explorer.page import Page

POINTS = np.array([[6.0, 6], [20, 6], [12, 24]])


def opened() -> tuple[Page, Document, Any]:
    page, document = create_app(), Document()
    with set_curdoc(document):
        root = page.get_root(document)
        document.add_root(root)
    return page, document, root


def drawn() -> tuple[Page, Document, list[DocumentPatchedEvent]]:
    """A page on which a stroke was drawn, and the changes that its browser is told of."""
    page, document, _ = opened()
    document.hold("combine")
    page.session.begin_stroke(POINTS, 2.4, False)
    return page, document, changes._take_patches(document)


def source(document: Document, name: str) -> ColumnDataSource:
    found = document.get_model_by_name(name)
    assert isinstance(found, ColumnDataSource)
    return found


def test_a_stroke_tells_the_browser_what_the_network_computes() -> None:
    page, document, events = drawn()
    content = json.loads(changes._patch(events).content_json)
    columns = {each["model"]["id"]: each["data"] for each in content["events"] if "data" in each}
    trace = page.session.trace
    for name, wanted in {"inputs": trace.inputs, "neurons": np.concatenate(trace.a)}.items():
        told = Deserializer().decode(columns[source(document, name).id])
        np.testing.assert_array_equal(np.frombuffer(told["activation"], np.float32), wanted)


def test_whoever_asks_for_the_page_after_a_stroke_gets_the_state_after_it() -> None:
    page, document, _ = drawn()
    trace = page.session.trace
    np.testing.assert_array_equal(source(document, "inputs").data["activation"], trace.inputs)
    copy = Document.from_json(document.to_json(deferred=False))
    held = source(copy, "neurons").data["activation"]
    np.testing.assert_array_equal(held, np.concatenate(trace.a))
    outputs = next(m for m in copy.models if getattr(m, "activations", None) is not None)
    assert outputs.activations == trace.outputs.tolist()  # type: ignore[attr-defined]


def test_the_message_of_a_stroke_is_the_one_that_bokeh_would_write() -> None:
    _, _, events = drawn()
    ours = json.loads(changes._patch(events).content_json)
    serializer = changes.Serializer(references={e.model for e in events}, deferred=False)
    theirs = json.loads(json.dumps(serializer.encode(events)))
    assert _decoded(ours) == _decoded({"events": theirs})


def _decoded(value: Any) -> Any:
    """The same with arrays as numbers: how tightly they are packed is no difference."""
    if isinstance(value, dict) and value.get("type") == "ndarray":
        return np.asarray(Deserializer().decode(value)).tolist()
    if isinstance(value, dict):
        return {key: _decoded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_decoded(each) for each in value]
    return value


def test_what_stays_as_it_was_is_not_told() -> None:
    page, document, _ = opened()
    document.hold("combine")
    page.outputs.show(activations=list(page.outputs.activations), threshold=0.25)
    told = [getattr(event, "attr", None) for event in changes._take_patches(document)]
    assert told == ["threshold"]
