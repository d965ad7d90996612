"""What a training begins with: random weights, or one of the page's networks, trained further."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from explorer.state.networks import TRAINING
from explorer.state.titles import network_title
from explorer.training.trainer import Trainer
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class StartChoice(LiveComponent):
    """A menu of the networks; the first entry, without a name, is random weights."""

    script = Path(__file__).with_name("start.js")
    bundle = "training"

    networks = param.List(default=[], doc="Name and title of each network to go on from.")
    chosen = param.String(default="", doc="The one that it goes on from; empty for none.")

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._trainer = trainer
        trainer.param.watch(self._show, "told")
        trainer.session.param.watch(self._show, "networks")
        self._show()

    def receive(self, message: Message) -> None:
        """Begin anew, with random weights or from a network."""
        match message:
            case {"type": "begin", "name": str(name)} if name in self._names or not name:
                self._trainer.begin_with(name)
            case _:
                raise NotUnderstoodError(message)

    @property
    def _names(self) -> list[str]:
        return [name for name in self._trainer.session.networks if name != TRAINING]

    def _show(self, *_: Any) -> None:
        trainer, networks = self._trainer, self._trainer.session.networks
        self.show(
            networks=[(name, network_title(name, networks[name])) for name in self._names],
            chosen=trainer.run.start_name,
        )
