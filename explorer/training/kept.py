"""Keeps the network in training: among the networks of the page, or as a file of one's own."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import param

from core.errors import InputError
from core.nn.network import Network
from explorer.state.networks import MOST_OWN, has_room, own_name
from explorer.state.titles import file_stem
from explorer.texts import sentence, text
from explorer.training.trainer import Trainer
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class KeptNetworks(LiveComponent):
    """A field for the title, and two buttons: the network as it is shown gets its card.

    The card says what it was trained on and how, with which seed, and how that went.
    """

    script = Path(__file__).with_name("kept.js")
    bundle = "training"

    can_keep = param.Boolean(default=False, doc="Whether there is a network to keep.")
    said = param.String(doc="What became of it, in a sentence.")
    file = param.String(default="", doc="The name of the file that is saved.")
    content = param.String(default="", doc="All of it in base64, until the browser has it.")

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._trainer = trainer
        trainer.param.watch(self._show, "told")
        self._show()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Keep the network, or hand it over as a file."""
        match message:
            case {"type": "keep", "title": str(title)} if self.can_keep:
                return self._keep(title.strip())
            case {"type": "save", "title": str(title)} if self.can_keep:
                return self._save(title.strip())
            case {"type": "saved"}:
                self.show(content="")
            case _:
                raise NotUnderstoodError(message)
        return None

    def _show(self, *_: Any) -> None:
        trainer = self._trainer
        self.show(can_keep=trainer.is_trained and not trainer.is_under_way)

    async def _keep(self, title: str) -> None:
        session = self._trainer.session
        if not has_room(session.networks):
            self.show(said=text("train.keep_full", most=MOST_OWN))
        elif network := await self._finished(title):
            with self.one_frame():
                session.put_network(own_name(session.networks), network)
                self.show(said=text("train.kept", title=network.card["title"]))

    async def _save(self, title: str) -> None:
        if network := await self._finished(title):
            content = b64encode(network.to_bytes()).decode()
            name = f"{file_stem(network.card['title'])}.npz"
            self.show(file=name, content=content, said=text("train.saved", file=name))

    async def _finished(self, title: str) -> Network | None:
        """The network with its card; if it cannot have one, that is said."""
        self.show(said=text("train.keeping"))
        try:
            return await self._trainer.finished(title or text("train.keep_title"))
        except InputError as error:
            self.show(said=sentence(error))
            return None
