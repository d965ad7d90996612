"""What the teacher has said of trainings, and the way to the class's run or to one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from explorer.texts import text
from explorer.training.follower import Follower
from explorer.training.trainer import Trainer
from explorer.training.words import recipe_words
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class ClassNote(LiveComponent):
    """A sentence and a button; nothing of it is seen where there is no class."""

    script = Path(__file__).with_name("class_note.js")
    bundle = "training"

    said = param.String(doc="What the teacher has said; empty for nothing.")
    way = param.Selector(
        default="",
        objects=["", "follow", "leave"],
        doc="Where the button leads: to the class's run, to one's own, or nowhere.",
    )

    def __init__(self, trainer: Trainer, follower: Follower) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._trainer, self._follower = trainer, follower
        trainer.param.watch(self._show, "told")
        self._show()

    def receive(self, message: Message) -> None:
        """Show the class's run, or one's own."""
        match message:
            case {"type": "follow"}:
                self._follower.follow()
            case {"type": "leave"}:
                self._follower.leave()
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        follower = self._follower
        way = "" if follower.run is None else "leave" if follower.follows else "follow"
        self.show(said=self._said(), way=way)

    def _said(self) -> str:
        run = self._follower.run
        if not self._trainer.session.class_training.is_allowed:
            return text("class_run.off")
        if run is None:
            return ""
        started = text("class_run.started", run=recipe_words(run.recipe))
        return f"{started} {text('class_run.own')}" if self._follower.follows else started
