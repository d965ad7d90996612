"""Has a page's trainings follow its class: the run for all, and what the teacher forbids."""

from __future__ import annotations

from typing import Any

from explorer.training.common_run import CommonRun, CommonRuns
from explorer.training.trainer import Trainer


class Follower:
    """Shows the class's run in the place Train; where the teacher allows no training, all rest.

    Nobody is taken away from what they look at in another place: they find the run when they come.
    Who begins a run of their own has left the class's, and can come back to it.

    Args:
        trainer: the page's.
        runs: those of the process.
    """

    def __init__(self, trainer: Trainer, runs: CommonRuns) -> None:
        self._trainer, self._runs = trainer, runs
        self._shown: CommonRun | None = None  # what the page has come to last
        self.run: CommonRun | None = None
        self._watcher: Any = trainer.session.param.watch(
            self._heed, ["class_training", "paused", "place"]
        )
        self._heed()

    @property
    def follows(self) -> bool:
        """Whether the page shows the class's run."""
        return self.run is not None and self._trainer.run is self.run

    def follow(self) -> None:
        """Show the class's run, if there is one; the person's own rests meanwhile."""
        if self.run is not None:
            self._shown = self.run
            self._trainer.show_run(self.run)

    def leave(self) -> None:
        """Show the person's own run again, as it was left."""
        self._trainer.show_run(self._trainer.own_run)

    def close(self) -> None:
        """The page has gone: it follows nothing any more."""
        if self._watcher is not None:
            self._trainer.session.param.unwatch(self._watcher)
        self._watcher = None

    def _heed(self, *_: Any) -> None:
        session = self._trainer.session
        told = session.class_training
        self.run = self._runs.run(told)
        if self.run is not None:
            self.run.let(told.is_allowed and not session.paused)
        if not told.is_allowed:
            self._trainer.own_run.pause()
        if self.run is None and self._trainer.run.is_common:
            self.leave()
        elif self.run is not self._shown and session.place == "train":
            self.follow()
        self._trainer.told = True
