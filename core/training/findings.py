"""What can be wrong with a training, as values: each with the numbers that show it, no sentence."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from core.training.loop import DivergenceError

_AT_START: Final = 0.9
"""As a share of what is saturated now: a start from N(0, 1) has 0.75 of it, and can learn."""


@dataclass(frozen=True)
class Divergence:
    """The loss has grown, for the learning rate is too high.

    ``step``, counted from 1, is the one at which it had, ``before`` the least mean loss of some
    batches until then, and ``after`` the largest since, which can be infinite or NaN when the
    parameters grew without bound.
    """

    step: int
    before: float
    after: float

    @classmethod
    def of(cls, error: DivergenceError) -> "Divergence":
        """What a training found that ended by it."""
        return cls(error.step, error.before, error.after)


@dataclass(frozen=True)
class Symmetry:
    """All neurons of a hidden layer are the same, and get the same gradient for ever.

    ``layer`` counts from 1, the first hidden one. ``difference`` is the largest between two of its
    neurons in a weight or a bias, as a share of the layer's largest: 0 if all are equal, up to 2.
    ``accuracy`` is that on the validation images, 0-1.
    """

    layer: int
    difference: float
    accuracy: float


@dataclass(frozen=True)
class Saturation:
    """A layer's activations are at the ends of their range, where the slope is nearly 0.

    ``layer`` counts from 1, the first hidden one. ``share`` (0-1) of its activations are within 5 %
    of the range of an end (for a sigmoid below 0.05 or above 0.95), ``at_start`` were before the
    first step. ``gradient`` is the root mean square of ∂loss/∂weight in the layer.
    """

    layer: int
    share: float
    at_start: float
    gradient: float

    @property
    def from_the_start(self) -> bool:
        """Whether the first weights are at fault, and not what was learned since."""
        return self.at_start > _AT_START * self.share


@dataclass(frozen=True)
class DeadNeurons:
    """ReLUs of a hidden layer that are 0 for every image, and so learn nothing any more.

    ``layer`` counts from 1, the first hidden one; ``neurons`` from 0. ``n_neurons`` are in the
    layer, ``n_at_start`` were dead before the first step.
    """

    layer: int
    neurons: tuple[int, ...]
    n_neurons: int
    n_at_start: int

    @property
    def share(self) -> float:
        """The share of the layer's neurons that is dead, 0-1."""
        return len(self.neurons) / self.n_neurons


@dataclass(frozen=True)
class Overfitting:
    """The network reads what it learned from much better than what it did not.

    ``training`` and ``validation`` are the present accuracies (0-1). That on the validation images
    was highest, ``best``, after ``best_epoch``, counted from 1, and has not risen since.
    """

    training: float
    validation: float
    best: float
    best_epoch: int

    @property
    def gap(self) -> float:
        """By how much the accuracies differ."""
        return self.training - self.validation


@dataclass(frozen=True)
class SlowLearning:
    """The loss hardly falls, for the learning rate is too low.

    ``before`` and ``after`` so many ``steps`` are the mean losses on the training images; ``moved``
    is how far the parameters went, as a share of their length.
    """

    steps: int
    before: float
    after: float
    moved: float


Finding: TypeAlias = Divergence | Symmetry | Saturation | DeadNeurons | Overfitting | SlowLearning
