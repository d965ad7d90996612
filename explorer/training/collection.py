"""What a person collects to learn from, and what of it the training takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final, TypeAlias

import param

from core.ink import Drawing
from core.nn.pretrained import DEFAULT
from core.training.own_examples import OwnExamples
from core.training.recipes import RECIPES, Recipe
from explorer.state.answer import received
from explorer.training.own_drawings import SHARES, Kept, Labelled, OwnDrawings
from explorer.training.trainer import Trainer
from explorer.transport.background import Work

#: Asks for the drawings of a class, each with the digit that was meant.
ClassDrawings: TypeAlias = Callable[[], Awaitable[list[tuple[Drawing, int]]]]

#: For the default network, which reads normalised drawings and needs to learn but little. Six 7s in
#: mirror writing, of which it reads three, as 10 % of each epoch: after one epoch it reads all six,
#: 99 % of 200 like them (before: 13 %) and 97.9 % of the validation images (before: 97.6 %), which
#: are 97.7 % at a rate of 0.3, 96.8 % at 1. With the six alone: 94.8 %, at a rate of 0.3 68 %.
FINE_TUNING: Final[Recipe] = replace(RECIPES["lesson"], lens="on", learning_rate=0.1, epochs=3)

#: Some milliseconds of multiplications.
_MOST_PRODUCTS: Final = 20_000_000


def _labelled(drawings: list[tuple[Drawing, int]], centred: bool) -> set[Labelled]:
    """The drawings that have any ink."""
    shown = [(received(each, centred), digit) for each, digit in drawings]
    return {Labelled.of(image, digit) for image, digit in shown if image.any()}


class Collection(param.Parameterized):
    """The drawings of a person; a training that has not begun learns from them at once.

    One that has begun goes on as it is, until the person begins it anew.

    Args:
        trainer: the person's training.
        of_class: asks for the drawings of the class that the person is in, None for no class.
    """

    drawings: OwnDrawings = param.ClassSelector(
        class_=OwnDrawings, default=OwnDrawings(), doc="What was collected so far."
    )
    percent: int = param.Selector(
        objects=list(SHARES), default=10, doc="Their share of each epoch, in percent."
    )

    def __init__(self, trainer: Trainer, of_class: ClassDrawings | None = None) -> None:
        super().__init__()
        self._trainer, self._of_class = trainer, of_class
        #: What a training that begins now would learn from; None for nothing of one's own.
        self.examples: OwnExamples | None = None
        self.param.watch(self._follow, ["drawings", "percent"])

    @property
    def is_behind(self) -> bool:
        """Whether the training learns from other drawings than there are, or otherwise."""
        return self._trainer.run.own != self.examples

    @property
    def read_as(self) -> dict[int, int]:
        """The digit that each drawing, by its number, is read as by the network that is shown.

        Empty where that would take longer than somebody who draws may wait.
        """
        network, drawings = self._trainer.session.network, self.drawings
        if not 0 < len(drawings) * network.n_parameters <= _MOST_PRODUCTS:
            return {}
        digits = network(drawings.images).argmax(axis=1)
        numbers = [key for key, _ in drawings.by_number]
        return dict(zip(numbers, map(int, digits), strict=True))

    @property
    def unseen(self) -> dict[int, int]:
        """The digits of the drawings, by their numbers, that the run does not learn from."""
        own = self._trainer.run.own
        seen = set() if own is None else set(own)
        return {
            key: each.digit
            for key, each in self.drawings.by_number
            if (each.pixels, each.digit) not in seen
        }

    def add(self, digit: int) -> None:
        """Take the person's drawing as this digit, and clear the pad for the next one.

        Raises:
            InputError: the pad is blank or paused, or there is no room for another drawing.
        """
        session = self._trainer.session
        image = received(session.canvas.own, session.centred)
        more = self.drawings.with_more([Labelled.of(image, digit)])
        session.clear()
        self.drawings = more

    @property
    def has_class(self) -> bool:
        """Whether there is a class whose drawings can be added."""
        return self._of_class is not None

    async def add_class(self, work: Work) -> int:
        """Take the drawings of the class that are not there yet; returns how many those are.

        ``work`` calls a function in the background, at the page's expense.

        Raises:
            InputError: the class cannot be reached or is paused, or there is no room for them.
        """
        if self._of_class is None:
            return 0
        session = self._trainer.session
        session.check_that_it_goes_on()  # during a vote, nobody is told what is read in a drawing
        drawings = await self._of_class()
        theirs = await work(_labelled, drawings, session.centred)
        more = sorted(theirs - {each for _, each in self.drawings.by_number})
        self.drawings = self.drawings.with_more(more)
        return len(more)

    def remove(self, number: int) -> None:
        """Do without the drawing of this number."""
        self.drawings = self.drawings.without(number)

    def restore(self, kept: Kept) -> None:
        """Take what a tab has kept; where something was collected meanwhile, that stays instead."""
        if not len(self.drawings):
            drawings = self.drawings.with_more(kept.drawings)
            self.param.update(drawings=drawings, percent=kept.percent)

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
        self.examples = self.drawings.examples(self.percent)
        trainer = self._trainer
        begins = not (trainer.is_trained or trainer.is_under_way or trainer.run.is_common)
        if begins and self.is_behind:
            trainer.learn_from(self.examples)
