"""What a network makes of many images: the digit that it reads in each, and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.data.images import Images
from core.evaluation.comparison import Reading
from core.evaluation.rejection import threshold
from core.evaluation.seen import seen_by
from core.nn.network import Network
from core.nn.trace import Trace

MOST_HIDDEN: Final = 1000
"""Of so many images at most the activations are kept when predictions are joined."""


@dataclass(frozen=True, eq=False)
class Predictions(Reading):
    """A reading, with what it rests on.

    ``confidence`` (m,) is the largest output for each image, and ``hidden`` (k, n) the activations
    of the last hidden layer, or the outputs of a network that has none, for the first k of them:
    all, or, of joined predictions, `MOST_HIDDEN` at most. A digit whose confidence
    is below the ``threshold`` is rejected.
    """

    confidence: Array
    hidden: Array
    threshold: float

    @property
    def rejected(self) -> NDArray[np.bool_]:
        """(m,) whether no output reaches the threshold."""
        return np.asarray(self.confidence < self.threshold)

    def in_cell(self, true: int, predicted: int) -> NDArray[np.intp]:
        """The numbers of the images of one digit that were read as another or the same.

        The most confident come first, of equals those with the lower number.
        """
        return self.by_confidence((self.labels == true) & (self.digits == predicted))

    def by_confidence(self, chosen: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The numbers of the chosen images, (m,), in the same order."""
        numbers = np.flatnonzero(chosen)
        return numbers[np.argsort(-self.confidence[numbers], kind="stable")]


def predict(network: Network, images: Images) -> Predictions:
    """What a network makes of images, resized if it looks at others."""
    trace = network.trace(seen_by(network, images.images))
    outputs = trace.outputs
    return Predictions(
        labels=images.labels,
        digits=outputs.argmax(axis=1).astype(np.uint8),
        confidence=outputs.max(axis=1),
        hidden=last_hidden(trace),
        threshold=threshold(network),
    )


def last_hidden(trace: Trace) -> Array:
    """The activations of the last hidden layer, or the outputs of a network that has none."""
    return trace.a[-2] if len(trace) > 1 else trace.outputs


def joined(parts: Sequence[Predictions]) -> Predictions:
    """The predictions of one network for lots of images, at least one, one after the other."""
    hidden = np.empty((0, *parts[0].hidden.shape[1:]), np.float32)
    for part in parts:
        if len(hidden) < MOST_HIDDEN:
            hidden = np.concatenate((hidden, part.hidden))[:MOST_HIDDEN]
    return Predictions(
        labels=np.concatenate([part.labels for part in parts]),
        digits=np.concatenate([part.digits for part in parts]),
        confidence=np.concatenate([part.confidence for part in parts]),
        hidden=hidden,
        threshold=parts[0].threshold,
    )
