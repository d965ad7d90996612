"""The choice of a network: the name of the present one, which opens all of them as cards."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final

import param
from panel.custom import Child
from panel.layout import Column

from core.nn.network import Network
from explorer.diagram.palette import weight_colours
from explorer.diagram.tiles import tiles
from explorer.exchange.import_worker import Found, SentFile
from explorer.exchange.network_files import NetworkFiles
from explorer.exchange.network_import import NetworkImport
from explorer.exchange.network_saver import NetworkSaver
from explorer.page.model_card import entries, percentages
from explorer.state.session import Session
from explorer.state.titles import network_purpose, network_summary, network_title
from explorer.texts.names import network_sizes
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

_MOST_TILES: Final = 16
"""Neurons of the first layer in a network's picture."""


class Networks(LiveComponent):
    """A button that opens a card for each network; they are told when they are first wanted.

    The files of other networks are opened here as well, and wherever on the page they are dropped.
    """

    script = Path(__file__).with_name("networks.js")

    present = param.String(doc="The name of the network that is shown.")
    heading = param.String(doc="What it is called.")
    sizes = param.String(doc="The sizes of its layers.")
    edited = param.List(default=[], doc="The names of those in which something was changed.")
    paused = param.Boolean(default=False, doc="Whether the teacher lets nobody choose another.")
    cards = param.List(default=[], doc="What to say of each network, once that is wanted.")
    colours = param.List(default=[], doc="The palette of their pictures, 255 times three numbers.")
    saver = Child(doc="How one of them is saved, once that is wanted.")

    importing = Child(doc="What was found in the file of a network, once one was opened.")

    def __init__(self, session: Session) -> None:
        self._importing, self._saving = Column(), Column()
        super().__init__(importing=self._importing, saver=self._saving, sizing_mode="stretch_width")
        self._session = session
        self._files = NetworkFiles(session, self._offer)
        self._import: NetworkImport | None = None
        self._saver: NetworkSaver | None = None
        session.param.watch(self._show, ["network_name", "networks", "edits", "paused"])
        self._show()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Tell of all networks, show one, take a piece of a file, or save one.

        To save without a name is to save the one that is shown.
        """
        networks = self._session.networks
        match message:
            case {"type": "open"}:
                cards = [_card(name, network) for name, network in networks.items()]
                self.show(cards=cards, colours=weight_colours().ravel().tolist())
            case {"type": "choose", "name": str(name)} if name in networks:
                self._session.choose_network(name)
            case {"type": "save", "name": str(name)} if name in networks:
                self._save(name)
            case {"type": "save", "name": None}:
                self._save(self._session.network_name)
            case {"type": "begin" | "piece"}:
                return self._files.receive(message)
            case _:
                raise NotUnderstoodError(message)
        return None

    def _offer(self, file: SentFile, found: Found) -> None:
        """Let a person confirm what was found, on a sheet that is built for the first file."""
        if self._import is None:
            self._import = NetworkImport(self._session)
            self._importing.append(self.adopt(self._import))
        self._import.offer(file, found)

    def _save(self, name: str) -> None:
        """Open the sheet for that, which is built when it is first wanted."""
        if self._saver is None:
            self._saver = NetworkSaver(self._session)
            self._saving.append(self.adopt(self._saver))
        self._saver.offer(name)

    def _show(self, *_: Any) -> None:
        session = self._session
        self.show(
            present=session.network_name,
            heading=network_title(session.network_name, session.original),
            sizes=network_sizes(session.original),
            edited=[name for name, edits in session.edits.items() if edits.is_changed],
            paused=session.paused,
        )


def _card(name: str, network: Network) -> dict[str, Any]:
    return {
        "name": name,
        "title": network_title(name, network),
        "sizes": network_sizes(network),
        "purpose": network_purpose(name, network),
        "percentages": percentages(network),
        **tiles(network.layers[0].weights[:_MOST_TILES])._asdict(),
        "summary": network_summary(network),
        "entries": entries(network),
    }
