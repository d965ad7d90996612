"""The time line of a training, below the stage: go on, go back, and look at any checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from explorer.training.trainer import Trainer
from explorer.training.words import moment_words
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


class TrainingTimeLine(LiveComponent):
    """Buttons and a rail. The rail has a place for each checkpoint, the last is the latest network.

    What is dragged along the rail waits in the browser while the one before is answered.
    """

    script = Path(__file__).with_name("time_line.js")
    bundle = "training"

    runs = param.Boolean(default=False, doc="Whether the run is under way.")
    can_go_on = param.Boolean(default=True, doc="Whether there is anything left to train.")
    can_reset = param.Boolean(default=False, doc="Whether any step was done.")
    is_common = param.Boolean(
        default=False, doc="Whether the run is the class's: it is looked at, and not changed."
    )
    film = param.Boolean(default=False, doc="Whether the checkpoints are shown one by one.")
    places = param.Integer(default=0, doc="How many checkpoints there are.")
    place = param.Integer(default=0, doc="The one that is shown.")
    said = param.String(doc="Which moment that is.")

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._trainer = trainer
        trainer.param.watch(self._show, ["told", "film"])
        self._show()

    def receive(self, message: Message) -> None:
        """A button was pressed, or the rail was moved."""
        trainer = self._trainer
        actions = {
            "play": trainer.play,
            "pause": trainer.pause,
            "batch": trainer.one_batch,
            "epoch": trainer.one_epoch,
            "reset": trainer.reset,
        }
        match message:
            case {"type": "look", "place": place}:
                trainer.look_at(whole(place, self.places))
            case {"type": "film", "on": bool(on)}:
                trainer.play_film(on)
            case {"type": str(kind)} if kind in actions:
                actions[kind]()
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        trainer, run = self._trainer, self._trainer.run
        steps = run.checkpoints.steps
        self.show(
            runs=trainer.is_under_way,
            can_go_on=trainer.can_go_on,
            can_reset=trainer.is_trained,
            is_common=run.is_common,
            film=trainer.film,
            places=len(steps),
            place=max(len(steps) - 1, 0)
            if trainer.checkpoint is None
            else steps.index(trainer.checkpoint),
            said=moment_words(trainer),
        )
