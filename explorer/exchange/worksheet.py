"""The worksheet of the page: which neuron, how many terms, and the sheets to print or to keep."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import param

from explorer.diagram.scales import activation_scales
from explorer.exchange.naming import layer_title
from explorer.exchange.worksheet_page import FEWEST, MOST, Asked, worksheet
from explorer.state.session import Neuron, Session
from explorer.texts.names import short_name_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

_USUAL = 6


class Worksheet(LiveComponent):
    """A sheet over the page with the choices, and a preview of what is printed."""

    script = Path(__file__).with_name("worksheet.js")
    bundle = "exchange"

    layers = param.List(default=[], doc="Of each layer with sums: its title, its neurons' names.")
    neuron = param.List(default=[], doc="Layer and number of the neuron that is asked for.")
    count = param.Integer(default=_USUAL, doc="How many terms are named.")
    bounds = param.List(default=[FEWEST, MOST], doc="The fewest and the most.")
    html = param.String(default="", doc="The sheets as an HTML document.")
    opened = param.Integer(default=0, doc="Counts how often it was opened.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def open(self) -> Awaitable[None]:
        """Show the sheet of the selected neuron, or of the largest output."""
        selected = self._session.selected
        if selected is None or selected.layer == 0:
            selected = _largest_output(self._session)
        self.show(layers=_layers(self._session))
        return self._make(selected, self.count, opened=self.opened + 1)

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Another neuron, or another number of terms."""
        sizes = self._session.network.sizes
        match message:
            case {"type": "make", "neuron": [layer, number], "count": int(count)} if (
                FEWEST <= count <= MOST
            ):
                layer = 1 + whole(layer - 1, len(sizes) - 1) if type(layer) is int else 0
                return self._make(Neuron(layer, whole(number, sizes[layer])), count)
        raise NotUnderstoodError(message)

    async def _make(self, neuron: Neuron, count: int, **more: Any) -> None:
        session = self._session
        full = activation_scales(session)
        given = (session.network, session.trace, full, session.network_name, neuron, count)
        html = await self.in_background(worksheet, Asked(*given))
        self.show(neuron=list(neuron), count=count, html=html, **more)


def _largest_output(session: Session) -> Neuron:
    return Neuron(len(session.network.layers), int(session.trace.outputs.argmax()))


def _layers(session: Session) -> list[list[Any]]:
    network = session.network
    return [
        [layer_title(network, layer), [short_name_in(network, layer, i) for i in range(size)]]
        for layer, size in enumerate(network.sizes[1:], start=1)
    ]
