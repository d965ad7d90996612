"""The card of a network: where it comes from and how well it reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from core.nn.network import Network
from core.nn.pretrained import title
from explorer.state.session import Session
from explorer.texts import text
from explorer.transport.component import LiveComponent


class Card(LiveComponent):
    """A button that opens the card of the present network."""

    script = Path(__file__).with_name("model_card.js")

    heading = param.String(doc="What the network is called.")
    summary = param.String(doc="Its sizes, in a line.")
    entries = param.List(default=[], doc="Pairs of a name and a text.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.param.watch(self._show, "network")
        self._show()

    def _show(self, *_: Any) -> None:
        session = self._session
        self.show(
            heading=title(session.network_name, session.network),
            summary=repr(session.network),
            entries=_entries(session.network),
        )


def _entries(network: Network) -> list[tuple[str, str]]:
    return [(_name(name), _text(value)) for name, value in network.card.items() if name != "title"]


def _name(name: str) -> str:
    """What a person is told instead of a name on a card."""
    match name:
        case "learned pen strokes":
            return text("card.pen_strokes")
        case "held out":
            return text("card.held_out")
        case _:
            return name.replace("_", " ")


def _text(value: object) -> str:
    """A value of a card in words; tables of figures as a list."""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_text(each)}" for key, each in value.items())
    if isinstance(value, bool):
        return text("card.yes") if value else text("card.no")
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_text, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)
