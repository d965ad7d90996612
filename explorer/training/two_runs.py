"""Two runs side by side: the one that is shown can be trained, the other one rests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import param

from explorer.training.run import Run

LETTERS: Final = ("A", "B")


class TwoRuns(param.Parameterized):
    """The run that the page shows, and another one beside it, if there is one.

    A run that has learned something stays when another one begins. If both have, the one that is
    shown gives way: so whoever tries one setting after the other compares each with the same run.
    """

    shown: Run = param.ClassSelector(class_=Run, doc="The run that is shown, and can be trained.")
    other: Run | None = param.ClassSelector(class_=Run, doc="The other one; None for none.")
    letter: str = param.Selector(
        objects=list(LETTERS), doc="What the run that is shown is called beside the other one."
    )

    def __init__(self, run: Run) -> None:
        super().__init__(shown=run)

    @property
    def both(self) -> tuple[Run, ...]:
        """The runs there are, A first."""
        if self.other is None:
            return (self.shown,)
        pair = self.shown, self.other
        return pair if self.letter == LETTERS[0] else pair[::-1]

    def begin(self, do: Callable[..., None], *args: Any) -> None:
        """Have a run begin anew: ``do`` is one of its methods, such as `Run.choose`.

        Raises:
            InputError: it cannot be; everything stays as it is.
        """
        if self.shown.step == 0 or (self.other is not None and self.other.step > 0):
            do(self.shown, *args)
            return
        fresh = self.shown.sibling()
        do(fresh, *args)
        if self.other is not None:
            self.other.close()
        self._show(fresh)

    def switch(self) -> None:
        """Show the other run, if there is one; the one that was shown rests."""
        if self.other is not None:
            self._show(self.other)
            self.shown.open()

    def forget(self) -> None:
        """Leave the run that is shown by itself."""
        if self.other is not None:
            self.other.close()
        self.param.update(other=None, letter=LETTERS[0])

    def take_up(self, run: Run) -> Run:
        """Show this run, of another page, in the place of the one that is shown; returns that."""
        before = self.shown
        before.close()
        self.shown = run
        return before

    def close(self) -> None:
        """The page has gone."""
        for run in self.both:
            run.close()

    def _show(self, run: Run) -> None:
        self.shown.pause()
        (letter,) = set(LETTERS) - {self.letter}
        self.param.update(shown=run, other=self.shown, letter=letter)


def checkpoint_at(run: Run, epoch: float) -> int:
    """The step of the checkpoint of a run that is nearest to an epoch; 0 before the first."""
    if run.state is None:
        return 0
    return run.checkpoints.nearest(round(epoch * run.state.n_batches))
