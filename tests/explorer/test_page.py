"""What all pages have in common is worked out once, and no page is another for it."""

from __future__ import annotations

import json
import re

import pytest
from bokeh.core.json_encoder import serialize_json
from bokeh.document import Document
from panel.io.state import set_curdoc

from explorer import create_app
from explorer.patches import panel_components

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
