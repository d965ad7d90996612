"""Which of two runs the page shows, what differs between them, and how there come to be two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import param

from explorer.training.run_difference import difference_words
from explorer.training.trainer import Trainer
from explorer.training.two_runs import LETTERS
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

_SEEDS: Final = 1_000_000_000


class RunSwitch(LiveComponent):
    """Two buttons, A and B, as soon as there are two runs; before that, one that makes a second."""

    script = Path(__file__).with_name("run_switch.js")
    bundle = "training"

    letters = param.List(default=list(LETTERS), constant=True, doc="What the runs are called.")
    letter = param.String(default=LETTERS[0], doc="The run that is shown.")
    has_two = param.Boolean(default=False, doc="Whether there is another one.")
    seed = param.Integer(
        default=None, allow_None=True, doc="The seed that a second run would have, if one can be."
    )
    difference = param.String(doc="What differs, in words; empty for one run.")

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._trainer = trainer
        trainer.param.watch(self._show, "told")
        self._show()

    def receive(self, message: Message) -> None:
        """Show a run, forget the other one, or train a second one with another seed."""
        trainer = self._trainer
        match message:
            case {"type": "show", "letter": str(letter)} if self.has_two and letter in LETTERS:
                if letter != self.letter:
                    trainer.show_other()
            case {"type": "forget"} if self.has_two:
                trainer.forget_other()
            case {"type": "second"} if self.seed is not None:
                trainer.train_second(replace(trainer.run.recipe, seed=self.seed))
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        trainer, runs = self._trainer, self._trainer.compared
        has_two = len(runs) == 2
        can_have_one = trainer.is_trained and not has_two and not trainer.run.is_common
        self.show(
            letter=trainer.runs.letter,
            has_two=has_two,
            seed=(trainer.run.recipe.seed + 1) % _SEEDS if can_have_one else None,
            difference=difference_words(*runs) if has_two else "",
        )
