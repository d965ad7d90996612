"""The card of a network: where it comes from and how well it reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import param

from core.nn.network import Network
from explorer.page.titles import network_summary, network_title
from explorer.state.session import Session
from explorer.texts import number, significant, text
from explorer.texts.known import translated
from explorer.transport.component import LiveComponent

_VERBATIM: Final = {"recipe", "command", "held out"}
"""What holds names for a command line, in any language."""


class Card(LiveComponent):
    """A button that opens the card of the present network."""

    script = Path(__file__).with_name("model_card.js")

    heading = param.String(doc="What the network is called.")
    summary = param.String(doc="Its sizes, in a line.")
    entries = param.List(default=[], doc="A name, a text, and whether that is to stay as it is.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.param.watch(self._show, "network")
        self._show()

    def _show(self, *_: Any) -> None:
        session = self._session
        self.show(
            heading=network_title(session.network_name, session.network),
            summary=network_summary(session.network),
            entries=_entries(session.network),
        )


def _entries(network: Network) -> list[tuple[str, str, bool]]:
    return [
        (_name(name), _said(name, value), bool(value) and name in _VERBATIM)
        for name, value in network.card.items()
        if name != "title"
    ]


def _name(name: str) -> str:
    """What a person is told instead of a name on a card."""
    return translated(name.replace("_", " "))


def _said(name: str, value: object) -> str:
    if name in _VERBATIM and isinstance(value, str):
        return value
    return _text(value)


def _text(value: object) -> str:
    """A value of a card in words; tables of metrics as a list."""
    match value:
        case dict():
            return "\n".join(f"{_name(key)}: {_text(each)}" for key, each in value.items())
        case bool():
            return text("card.yes") if value else text("card.no")
        case list() | tuple():
            return ", ".join(map(_text, value)) or text("card.nothing")
        case float():
            return significant(value, 4)
        case int():
            return number(value)
        case _:
            return translated(str(value))
