"""What all pages have in common is worked out once, and no page is another for it."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from bokeh.core.json_encoder import serialize_json
from bokeh.document import Document
from panel.io.state import set_curdoc

from explorer import create_app
from explorer.patches import panel_components
from explorer.state.session import Neuron

_IDS = re.compile(r'"(?:p\d+|__ref:p\d+|[A-Z][A-Za-z]+\d{5})"')


def written() -> str:
    """A new page as the browser gets it, with its models counted from the first."""
    page, document = create_app(), Document()
    with set_curdoc(document):
        document.add_root(page.get_root(document))
        text = serialize_json(document.to_json(deferred=False))
    text = text.replace(page.link.ticket, "ticket").replace(page.link.ticket[:8], "page")
    names: dict[str, str] = {}
    return _IDS.sub(lambda found: names.setdefault(found[0], f'"{len(names)}"'), text)


def test_a_page_is_the_same_whether_it_is_the_first_of_its_kind_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written()  # whatever is said only once in a process has been said
    monkeypatch.setattr(panel_components, "_alike", {})
    first, second = written(), written()
    assert panel_components._alike != {}
    assert json.loads(first) == json.loads(second)


def test_in_edit_the_inspector_waits_and_comes_back_with_what_has_become_of_the_neuron() -> None:
    page = create_app()
    session = page.session
    session.select(Neuron(1, 5))
    image = page.inspector.weights.data["image"][0]
    session.place = "edit"
    session.edit(session.network.with_weight(1, 5, 30, 9.5), goes_on=True)
    assert page.inspector.weights.data["image"][0] is image
    session.place = "explore"
    np.testing.assert_array_equal(
        page.inspector.weights.data["image"][0].ravel(), session.network.layers[0].weights[5]
    )
