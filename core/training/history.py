"""What the steps of a training said, kept for its diagnosis."""

from array import array
from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np

from core.arrays import Doubles
from core.nn.network import Network
from core.training.card_curves import card_curves
from core.training.loop import Progress
from core.training.recipes import Recipe


class Moment(Protocol):
    """Where a training is: a `Progress`, or a `core.training.stretch.TrainingState`."""

    @property
    def start(self) -> Network:
        """The network that the training began with."""
        ...

    @property
    def network(self) -> Network:
        """The present one."""
        ...


class History:
    """The losses and accuracies of one training. Call it with each `Progress`, in their order.

    It keeps 8 bytes for a step, 8 for an epoch, and the last step.
    """

    def __init__(self) -> None:
        self.last: Moment | None = None
        """After the latest step; None before the first."""
        self._losses = array("d")
        self._accuracies = array("d")

    @classmethod
    def of(cls, last: Moment, losses: Iterable[float], accuracies: Iterable[float]) -> "History":
        """What a training in stretches said until the moment ``last``.

        ``losses`` are those of all steps, ``accuracies`` (0-1) those on the validation images after
        each epoch that is over.
        """
        history = cls()
        history.last = last
        history._losses.extend(losses)
        history._accuracies.extend(accuracies)
        return history

    def __call__(self, step: Progress) -> None:
        """Take note of a step."""
        self.last = step
        self._losses.append(step.loss)
        if step.accuracy is not None:
            self._accuracies.append(step.accuracy)

    def __len__(self) -> int:
        """How many steps there were."""
        return len(self._losses)

    @property
    def losses(self) -> Doubles:
        """The mean loss of each batch so far, before its step; a copy."""
        return np.array(self._losses)

    @property
    def accuracies(self) -> Doubles:
        """The accuracy (0-1) on the validation images after each epoch so far; a copy."""
        return np.array(self._accuracies)

    @property
    def curves(self) -> dict[str, list[Any]]:
        """Losses and accuracies in few points, for a model card."""
        return card_curves(self._losses, self._accuracies)


class Histories(list[History]):
    """The histories of trainings one after the other, such as a teacher's and its pupil's.

    Call it with each `Progress`: one that began with another network than the last begins another
    history.
    """

    def __call__(self, step: Progress) -> None:
        """Take note of a step."""
        if not self or self[-1].last is None or self[-1].last.start is not step.start:
            self.append(History())
        self[-1](step)

    def of_seed(self, recipe: Recipe, seed: int) -> History:
        """The history of the training by this seed; a teacher's may be before those of the seeds.

        Raises ``IndexError`` if there was none.
        """
        return self[-recipe.seeds :][seed - recipe.seed]
