"""Checkpoints: the networks that a training went through, as many as a limit of memory allows."""

from bisect import bisect_left
from math import log

from core.arrays import Array
from core.nn.network import Network
from core.training.parameters import with_parameters
from core.training.stretch import TrainingState


class Checkpoints:
    """Networks of one training, by how many steps were done, dense early and thinner later.

    Their parameters take at most ``most_bytes``, but the first and the latest are always there. To
    keep to that, the one is dropped whose neighbours are closest, by the ratio of their steps: a
    training changes a network most in its first steps.
    """

    def __init__(self, most_bytes: int = 10_000_000) -> None:
        self.most_bytes = most_bytes
        self._start: Network | None = None
        self._steps: list[int] = []
        self._parameters: list[Array] = []

    @property
    def steps(self) -> tuple[int, ...]:
        """After how many steps there is a checkpoint, in rising order."""
        return tuple(self._steps)

    @property
    def n_bytes(self) -> int:
        """The memory that the parameters take."""
        return sum(each.nbytes for each in self._parameters)

    def add(self, state: TrainingState) -> None:
        """Keep the network of a state of the training, and drop others if there are too many."""
        place = bisect_left(self._steps, state.step)
        if self._steps[place : place + 1] == [state.step]:
            return
        self._start = self._start or state.start
        self._steps.insert(place, state.step)
        self._parameters.insert(place, state.parameters)
        while self.n_bytes > self.most_bytes and len(self._steps) > 2:
            dropped = self._most_crowded()
            del self._steps[dropped], self._parameters[dropped]

    def at(self, step: int) -> Network:
        """The network after so many steps, without a card; ``KeyError`` if it is not kept."""
        if self._start is None or step not in self._steps:
            raise KeyError(step)
        return with_parameters(self._start, self._parameters[self._steps.index(step)])

    def nearest(self, step: int) -> int:
        """The checkpoint's step that is nearest to a step, the earlier of two.

        Raises ``ValueError`` if there is no checkpoint.
        """
        return min(self._steps, key=lambda each: abs(each - step))

    def _most_crowded(self) -> int:
        """The place, neither first nor last, whose neighbours are closest, the later of two."""
        gaps = [
            log((after + 1) / (before + 1))
            for before, after in zip(self._steps, self._steps[2:], strict=False)
        ]
        return 1 + min(range(len(gaps)), key=lambda at: (gaps[at], -at))
