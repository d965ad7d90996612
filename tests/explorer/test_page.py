"""What all pages have in common is worked out once, and no page is another for it."""

from __future__ import annotations

import json
import re

import pytest
from bokeh.core.json_encoder import serialize_json
from bokeh.document import Document
from panel.io.state import set_curdoc

from core import Network
from explorer import create_app
from explorer.patches import panel_components

_IDS = re.compile(r'"(?:p\d+|__ref:p\d+|[A-Z][a-z]+\d{5})"')


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


def test_a_card_tells_its_entries_in_words() -> None:
    network = Network.random((784, 4, 10), seed=0)
    network = Network(
        network.layers, {"title": "Mine", "made_by": "us", "learned pen strokes": True}
    )
    entries = create_app(network).card.entries
    assert entries == [("made by", "us", False), ("learned from pen strokes", "yes", False)]


def test_a_card_keeps_what_is_for_a_command_line_as_it_is() -> None:
    entries = {name: (said, as_is) for name, said, as_is in create_app().card.entries}
    assert entries["command"][0].startswith("python -m core train --recipe people")
    assert [name for name, (_, as_is) in entries.items() if as_is] == [
        "recipe",
        "command",
        "tested on writer group",
    ]
    assert "\nMNIST test images, normalised: 0.9705" in entries["accuracy"][0]
