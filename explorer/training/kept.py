"""Keeps the network in training among the networks of the page, under a name of one's own."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import param

from core.errors import InputError
from explorer.state.networks import MOST_OWN, has_room, own_name
from explorer.texts import sentence, text
from explorer.training.trainer import Trainer
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class KeptNetworks(LiveComponent):
    """A field for the title, and a button: the network as it is shown gets its card and is kept."""

    script = Path(__file__).with_name("kept.js")
    bundle = "training"

    can_keep = param.Boolean(default=False, doc="Whether there is a network to keep.")
    said = param.String(doc="What became of it, in a sentence.")

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._trainer = trainer
        trainer.param.watch(self._show, "told")
        self._show()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Keep the network."""
        match message:
            case {"type": "keep", "title": str(title)} if self.can_keep:
                return self._keep(title.strip())
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        trainer = self._trainer
        self.show(can_keep=trainer.is_trained and not trainer.is_under_way)

    async def _keep(self, title: str) -> None:
        session = self._trainer.session
        if not has_room(session.networks):
            self.show(said=text("train.keep_full", most=MOST_OWN))
            return
        self.show(said=text("train.keeping"))
        try:
            network = await self._trainer.finished(title or text("train.keep_title"))
        except InputError as error:
            self.show(said=sentence(error))
            return
        with self.one_frame():
            session.put_network(own_name(session.networks), network)
            self.show(said=text("train.kept", title=network.card["title"]))
