"""The run that a teacher has started for all: a process trains it once, and many look at it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from functools import cache
from typing import Any, ClassVar

from core.training.recipes import Recipe
from explorer.state.class_training import ClassTraining
from explorer.training.in_turns import InTurns
from explorer.training.run import WATCHED, Run
from explorer.training.workers import Workers, shared_workers


class CommonRun(Run):
    """A run that no single page begins, pauses or changes: whatever a page wants of it is not done.

    It is trained while somebody looks at it and the teacher lets it. Every process of a class
    trains it by itself, to the same networks, bit for bit.
    """

    is_common: ClassVar[bool] = True

    def __init__(self, workers: Workers, recipe: Recipe) -> None:
        super().__init__(workers, recipe)
        self._lookers = InTurns()
        self._is_let = True
        self.param.watch(lambda *_: self._lookers.tell(), WATCHED)

    def look(self, told: Callable[..., None]) -> None:
        """Call ``told`` when there is something new; of many who look, in turns."""
        self._lookers.add(told)
        self._go_on()

    def look_away(self, told: Callable[..., None]) -> None:
        """Call it no more. The last one who looks away pauses the run."""
        self._lookers.discard(told)
        self._go_on()

    def let(self, on: bool) -> None:
        """The teacher lets it be trained, or does not."""
        if on != self._is_let:
            self._is_let = on
            self._go_on()

    def open(self) -> None:
        """Prepare what there is to see before the first step, if it is not trained anyway."""
        self._alone(super().open)

    def play(self) -> None:
        """Go on after a failure; otherwise it is trained by itself."""
        if self.status == "failed":
            self._go_on()

    def pause(self) -> None:
        """Nothing: the others look on."""

    def one_batch(self) -> None:
        """Nothing: it is the same run for all."""

    def one_epoch(self) -> None:
        """Nothing: it is the same run for all."""

    def reset(self) -> None:
        """Nothing: it is the same run for all."""

    def choose(self, *_: Any, **__: Any) -> None:
        """Nothing: it is the same run for all."""

    def learn_from(self, *_: Any) -> None:
        """Nothing: it is the same run for all."""

    def close(self) -> None:
        """Nothing: a page that goes looks away."""

    def _go_on(self) -> None:
        self._alone(super().play if self._is_let and len(self._lookers) else super().pause)

    def _alone(self, do: Callable[[], None]) -> None:
        """Begin what outlives the page that asks for it outside of that page's context."""
        Context().run(do)


class CommonRuns:
    """The run of the class in this process: the one that the teacher has started last.

    Args:
        workers: who trains it.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._told = ClassTraining()
        self._run: CommonRun | None = None

    def run(self, told: ClassTraining) -> CommonRun | None:
        """The run that pages are told of, the same for all; None as long as there is none.

        A page that has not heard of the latest yet gets that one all the same.
        """
        if told.recipe is None:
            return None
        if self._run is None or self._is_newer(told):
            if self._run is not None:
                self._run.let(False)  # who has not come to the new one yet looks at what there is
            self._told, self._run = told, CommonRun(self._workers, told.recipe)
        return self._run

    def _is_newer(self, told: ClassTraining) -> bool:
        before = self._told
        return told.number >= before.number and (
            (told.number, told.recipe) != (before.number, before.recipe)
        )


@cache
def common_runs() -> CommonRuns:
    """That of the pages of this process, on the workers that they share."""
    return CommonRuns(shared_workers())
