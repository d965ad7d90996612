"""Where a person collects drawings to learn from: ten buttons, a gallery, and their share."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final

import param

from core.errors import InputError
from core.nn.digit_network import N_DIGITS
from explorer.texts import number, sentence, text
from explorer.training.collection import Collection
from explorer.training.data_words import epoch_words
from explorer.training.own_drawings import SHARES, kept_in
from explorer.training.trainer import Trainer
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

_NEVER: Final = 2**31


class OwnDrawingsPanel(LiveComponent):
    """The drawing on the pad is added by the button, or the key, of the digit that was meant.

    The tab keeps the gallery until it is closed, and brings it along when the page opens anew.
    """

    script = Path(__file__).with_name("own_drawings_panel.js")
    bundle = "training"

    has_class = param.Boolean(constant=True, doc="Whether drawings of a class can be added.")
    shares = param.List(constant=True, doc="Percentage and title of each share to choose from.")
    counts = param.List(default=[0] * N_DIGITS, doc="How many drawings there are of each digit.")
    gallery = param.List(default=[], doc="Number, digit and picture of each, the oldest first.")
    read_as = param.Dict(default={}, doc="What each is read as, by its number, where it is known.")
    unseen = param.String(doc="How many are read that were not learned from, in a sentence.")
    percent = param.Integer(default=10, doc="The share of an epoch that is one's own.")
    is_behind = param.Boolean(default=False, doc="Whether the training learns from other drawings.")
    said = param.String(doc="What became of the last that was done, in a sentence.")
    epoch = param.String(doc="What an epoch of the training is made of, in a sentence.")

    def __init__(self, trainer: Trainer, collection: Collection) -> None:
        super().__init__(
            shares=[(each, _share_title(each)) for each in SHARES],
            has_class=collection.has_class,
            sizing_mode="stretch_width",
        )
        self._trainer, self._collection = trainer, collection
        trainer.param.watch(self._show, "told")
        trainer.session.param.watch(self._show, "network")
        collection.param.watch(self._show_collection, ["drawings", "percent"])
        self._show_collection()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """A drawing is added or removed, or the training is to learn from them."""
        collection = self._collection
        match message:
            case {"type": "add", "digit": digit}:
                self._add(whole(digit, N_DIGITS))
            case {"type": "remove", "number": wanted}:
                collection.remove(whole(wanted, _NEVER))
                self.show(said="")
            case {"type": "share", "percent": int(percent)} if percent in SHARES:
                collection.percent = percent
            case {"type": "learn"}:
                collection.learn()
            case {"type": "teach"} if collection.examples is not None:
                collection.teach()
            case {"type": "add_class"} if collection.has_class:
                return self._add_class()
            case {"type": "restore", "kept": str(kept)}:
                return self._restore(kept)
            case _:
                raise NotUnderstoodError(message)
        return None

    def _add(self, digit: int) -> None:
        try:
            with self.one_frame():
                self._collection.add(digit)
        except InputError as error:
            self.show(said=sentence(error))
        else:
            self.show(said=text("own.added", digit=digit))

    async def _add_class(self) -> None:
        try:
            count = await self._collection.add_class(self.in_background)
        except InputError as error:
            self.show(said=sentence(error))
        else:
            self.show(
                said=text("own.class_added", count=count) if count else text("own.class_none")
            )

    async def _restore(self, written: str) -> None:
        try:
            kept = await self.in_background(kept_in, written)
        except InputError as error:
            self.show(said=sentence(error))
            return
        with self.one_frame():
            self._collection.restore(kept)
            self.show(said=text("own.lost", count=kept.n_lost) if kept.n_lost else "")

    def _show_collection(self, *_: Any) -> None:
        drawings = self._collection.drawings
        self.show(
            counts=drawings.counts,
            gallery=[(key, each.digit, each.picture) for key, each in drawings.by_number],
            percent=self._collection.percent,
        )
        self._show()

    def _show(self, *_: Any) -> None:
        """What depends on the training, some times a second."""
        trainer = self._trainer
        self.show(is_behind=self._collection.is_behind, epoch=epoch_words(trainer.run))
        if trainer.session.place == "train" and not trainer.is_under_way:  # else it is much work
            self._show_reading()

    def _show_reading(self) -> None:
        collection = self._collection
        read_as, unseen = collection.read_as, collection.unseen
        n_read = sum(read_as.get(key) == digit for key, digit in unseen.items())
        known = bool(read_as and unseen)
        said = text("own.unseen", read=number(n_read), count=len(unseen)) if known else ""
        self.show(read_as={str(key): digit for key, digit in read_as.items()}, unseen=said)


def _share_title(percent: int) -> str:
    match percent:
        case 0:
            return text("own.share_none")
        case 100:
            return text("own.share_alone")
        case _:
            return text("own.share", percent=percent)
