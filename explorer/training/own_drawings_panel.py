"""Where a person has a training learn from their own drawings: which, and how many of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param
from panel.custom import Child

from explorer.drawing.collection import Collection
from explorer.state.own_drawings import ClassDrawings
from explorer.texts import text
from explorer.training.data_words import epoch_words
from explorer.training.own_data import SHARES, OwnData
from explorer.training.trainer import Trainer
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class OwnDrawingsPanel(LiveComponent):
    """The collection, its share of what is learned from, and what is read of what is not."""

    script = Path(__file__).with_name("own_drawings_panel.js")
    bundle = "training"

    collection = Child(doc="The drawings.")
    shares = param.List(constant=True, doc="Percentage and title of each share to choose from.")
    count = param.Integer(default=0, doc="How many drawings there are.")
    unseen = param.String(doc="How many are read that were not learned from, in a sentence.")
    percent = param.Integer(default=10, doc="The share of an epoch that is one's own.")
    is_behind = param.Boolean(default=False, doc="Whether the training learns from other drawings.")
    epoch = param.String(doc="What an epoch of the training is made of, in a sentence.")

    def __init__(self, trainer: Trainer, of_class: ClassDrawings | None = None) -> None:
        self._trainer, self._data = trainer, OwnData(trainer)
        # While the training is under way the network changes many times a second.
        self._drawings = Collection(
            trainer.session, "train", of_class, rests=lambda: not trainer.is_under_way
        )
        super().__init__(
            collection=self._drawings,
            shares=[(each, _share_title(each)) for each in SHARES],
            sizing_mode="stretch_width",
        )
        trainer.param.watch(self._show, "told")
        trainer.session.param.watch(self._show, ["network", "own_drawings"])
        self._data.param.watch(self._show, "percent")
        self._show()

    def receive(self, message: Message) -> None:
        """The training is to learn from more of them, or from all that there are now."""
        data = self._data
        match message:
            case {"type": "share", "percent": int(percent)} if percent in SHARES:
                data.percent = percent
            case {"type": "learn"}:
                data.learn()
            case {"type": "teach"} if data.examples is not None:
                data.teach()
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        """Much of it depends on the training, and changes some times a second."""
        trainer, data = self._trainer, self._data
        self.show(
            count=len(trainer.session.own_drawings),
            percent=data.percent,
            is_behind=data.is_behind,
            epoch=epoch_words(trainer.run),
        )
        if trainer.session.place == "train" and not trainer.is_under_way:  # else it is much work
            self._drawings.show_reading()
            self.show(unseen=data.unseen(self._drawings.read_as))


def _share_title(percent: int) -> str:
    match percent:
        case 0:
            return text("own.share_none")
        case 100:
            return text("own.share_alone")
        case _:
            return text("own.share", percent=percent)
