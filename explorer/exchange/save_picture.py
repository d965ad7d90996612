"""What is seen on the page as files: the network, a neuron's weights, and its sum as a table."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable
from pathlib import Path

import param

from explorer.exchange.neuron_picture import neuron_picture
from explorer.exchange.sum_csv import sum_csv
from explorer.state.session import Neuron, Session
from explorer.state.titles import network_summary, network_title
from explorer.texts.names import title_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class SavePicture(LiveComponent):
    """A sheet over the page. The network's picture is made in the browser, where it is drawn."""

    script = Path(__file__).with_name("save_picture.js")
    bundle = "exchange"

    caption = param.String(doc="The network in a line.")
    neuron = param.List(default=[], doc="Layer and number of the selected neuron; empty for none.")
    title = param.String(doc="What people call it.")
    picture = param.Dict(default={}, doc="Its weights, see `neuron_picture`, until they are saved.")
    file = param.String(doc="The name of the file that is saved.")
    content = param.String(doc="All of it in base64, until the browser has it.")
    opened = param.Integer(default=0, doc="Counts how often it was opened.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def open(self) -> None:
        """Show the sheet, for the network and the neuron that are there now."""
        session = self._session
        network, selected = session.network, session.selected
        title = network_title(session.network_name, session.original)
        self.show(
            caption=f"{title} · {network_summary(network)}",
            neuron=list(selected or ()),
            title="" if selected is None else title_in(network, *selected),
            opened=self.opened + 1,
        )

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Hand over what the browser asks for, and forget it when it is saved."""
        selected = self._session.selected
        match message:
            case {"type": "picture"} if selected is not None:
                return self._paint(selected)
            case {"type": "sum"} if selected is not None and selected.layer > 0:
                return self._add(selected)
            case {"type": "saved"}:
                self.show(picture={}, content="")
                return None
        raise NotUnderstoodError(message)

    async def _paint(self, neuron: Neuron) -> None:
        self.show(picture=await self.in_background(neuron_picture, self._session, neuron))

    async def _add(self, neuron: Neuron) -> None:
        session = self._session
        table = await self.in_background(sum_csv, session.network, session.trace, neuron)
        name = f"sum-{neuron.layer}-{neuron.number}.csv"
        self.show(file=name, content=b64encode(table.encode()).decode())
