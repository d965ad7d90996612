"""Before and after: which digits of a sample two networks read, and what has changed."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.data.images import Images
from core.evaluation.seen import seen_by
from core.nn.network import Network

_DIGITS: Final = 10


@dataclass(frozen=True, eq=False)
class Reading:
    """What one network makes of a sample: the digit it reads, for each image.

    ``labels`` are the right digits, ``digits`` those that were read, whatever the threshold; both
    are (m,).
    """

    labels: NDArray[np.uint8]
    digits: NDArray[np.uint8]

    @property
    def right(self) -> NDArray[np.bool_]:
        """(m,) whether each image was read as what it is."""
        return np.equal(self.digits, self.labels)

    @property
    def accuracy(self) -> float:
        """The share that was read right, 0-1."""
        return float(self.right.mean())

    @property
    def accuracy_by_digit(self) -> NDArray[np.float64]:
        """(10,) the share of each digit that was read right, 0-1; NaN where there is none."""
        counts = np.bincount(self.labels, minlength=_DIGITS)
        right = np.bincount(self.labels[self.right], minlength=_DIGITS)
        shares = np.full(_DIGITS, np.nan)
        return np.asarray(np.divide(right, counts, out=shares, where=counts > 0))


@dataclass(frozen=True, eq=False)
class Comparison:
    """The same sample, read before and now."""

    before: Reading
    now: Reading

    @property
    def newly_misread(self) -> NDArray[np.intp]:
        """The numbers of the images that only the network before reads right, in their order."""
        return np.flatnonzero(self.before.right & ~self.now.right)

    @property
    def newly_read(self) -> NDArray[np.intp]:
        """The numbers of the images that only the network now reads right, in their order."""
        return np.flatnonzero(self.now.right & ~self.before.right)


def read(network: Network, images: Images) -> Reading:
    """What a network reads: the largest of ten outputs; of equals the lowest digit.

    Images of another size than the network's are resized.
    """
    outputs = network(seen_by(network, images.images))
    return Reading(images.labels, outputs.argmax(axis=1).astype(np.uint8))


def compare(before: Network, now: Network, images: Images) -> Comparison:
    """Let two networks read the same images, resized where they look at others."""
    return Comparison(read(before, images), read(now, images))
