"""Which moment of which run a page shows."""

from __future__ import annotations

import param

from core.nn.network import Network
from explorer.training.run import Run
from explorer.training.two_runs import TwoRuns


class Moment(param.Parameterized):
    """The run that is shown, at its latest network or at one of its checkpoints."""

    looks_at: int | None = param.Integer(
        default=None, doc="The step of the checkpoint that is shown; None for the latest network."
    )
    told = param.Event(doc="There is something new to show.")

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run, self.runs = run, TwoRuns(run)

    @property
    def own_run(self) -> Run:
        """The person's own run: the one that is shown, if that is not common to a class."""
        return self.runs.shown

    @property
    def compared(self) -> tuple[Run, ...]:
        """The run that is shown and the one beside it, A first; of a single run that alone."""
        return self.runs.both if self.run is self.own_run else (self.run,)

    @property
    def checkpoint(self) -> int | None:
        """The step of the checkpoint that is shown; None for the latest network.

        The one that is looked at may have been dropped to make room for a later one.
        """
        return None if self.looks_at is None else self.run.checkpoints.nearest(self.looks_at)

    @property
    def step(self) -> int:
        """How many steps the network that is shown has learned."""
        if (step := self.checkpoint) is not None:
            return step
        return 0 if self.run.state is None else self.run.state.step

    @property
    def epoch(self) -> float:
        """How many epochs it has learned."""
        return self.run.epochs_of(self.step)

    @property
    def network(self) -> Network:
        """The network that is shown, as it was trained."""
        if (step := self.checkpoint) is None:
            return self.run.network
        return self.run.with_scales(self.run.checkpoints.at(step))

    @property
    def is_under_way(self) -> bool:
        """Whether the run is trained, or is going to be; a common one as long as it is followed."""
        follows = not self.run.is_common or self.looks_at is None
        return follows and self.run.status in ("preparing", "waiting", "running")

    @property
    def can_go_on(self) -> bool:
        """Whether there is anything left to train, or of a common run to look at."""
        is_behind = self.run.is_common and self.looks_at is not None
        return is_behind or self.run.status not in ("done", "diverged")

    @property
    def is_trained(self) -> bool:
        """Whether the run has done any step."""
        return self.run.state is not None and self.run.state.step > 0
