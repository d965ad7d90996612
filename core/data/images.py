"""Images with the digits that they show, and the error of all that provide them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, read_only
from core.errors import InputError


class DataError(InputError):
    """A data set is missing or is not what it should be."""


@dataclass(frozen=True, eq=False)
class Images:
    """``images`` of shape ``(m, 784)``, float32 from 0 (paper) to 1 (ink), with their digits.

    ``labels`` has shape ``(m,)``, uint8. Both are read-only; a slice shares their memory.
    """

    images: Array
    labels: NDArray[np.uint8]

    def __post_init__(self) -> None:
        read_only(self.images)
        read_only(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, chosen: slice) -> "Images":
        return Images(self.images[chosen], self.labels[chosen])
