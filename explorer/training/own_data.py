"""What a training takes of the drawings that a person has collected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import param

from core.nn.pretrained import DEFAULT
from core.training.own_examples import OwnExamples
from core.training.recipes import RECIPES, Recipe
from explorer.texts import number, text
from explorer.training.trainer import Trainer

#: What the share of one's own drawings in an epoch can be, in percent: from none to them alone.
SHARES: Final = (0, 1, 5, 10, 25, 50, 100)

#: For the default network, which reads normalised drawings and needs to learn but little. Six 7s in
#: mirror writing, of which it reads three, as 10 % of each epoch: after one epoch it reads all six,
#: 99 % of 200 like them (before: 13 %) and 97.9 % of the validation images (before: 97.6 %), which
#: are 97.7 % at a rate of 0.3, 96.8 % at 1. With the six alone: 94.8 %, at a rate of 0.3 68 %.
FINE_TUNING: Final[Recipe] = replace(RECIPES["lesson"], lens="on", learning_rate=0.1, epochs=3)


class OwnData(param.Parameterized):
    """The drawings of a person as examples; a training that has not begun learns from them at once.

    One that has begun goes on as it is, until the person begins it anew.
    """

    percent: int = param.Selector(
        objects=list(SHARES), default=10, doc="Their share of each epoch, in percent."
    )

    def __init__(self, trainer: Trainer) -> None:
        super().__init__()
        self._trainer, self._session = trainer, trainer.session
        #: What a training that begins now would learn from; None for nothing of one's own.
        self.examples: OwnExamples | None = None
        self._session.param.watch(self._follow, "own_drawings")
        self.param.watch(self._follow, "percent")
        self._follow()

    @property
    def is_behind(self) -> bool:
        """Whether the training learns from other drawings than there are, or otherwise."""
        return self._trainer.run.own != self.examples

    def unseen(self, read_as: Mapping[str, int]) -> str:
        """How many are read of those that the run does not learn from, in a sentence.

        ``read_as`` has the digit that each is read as, by its number; it is empty where that is not
        known, and so is the sentence.
        """
        own = self._trainer.run.own
        seen = set() if own is None else set(own)
        unseen = {
            str(key): each.digit
            for key, each in self._session.own_drawings.by_number
            if (each.pixels, each.digit) not in seen
        }
        if not read_as or not unseen:
            return ""
        n_read = sum(read_as.get(key) == digit for key, digit in unseen.items())
        return text("own.unseen", read=number(n_read), count=len(unseen))

    def learn(self) -> None:
        """Train anew, with all that there is."""
        self._trainer.learn_from(self.examples)
        self._trainer.play()

    def teach(self) -> None:
        """Train the default network further, with one's own drawings among the data."""
        self._trainer.choose(FINE_TUNING)
        self._trainer.begin_with(DEFAULT)
        self.learn()

    def _follow(self, *_: Any) -> None:
        own = self._session.own_drawings
        is_taken = len(own) and self.percent
        self.examples = OwnExamples(own.pixels, own.digits, self.percent) if is_taken else None
        trainer = self._trainer
        begins = not (trainer.is_trained or trainer.is_under_way or trainer.run.is_common)
        if begins and self.is_behind:
            trainer.learn_from(self.examples)
