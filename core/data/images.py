"""Images with the digits that they show, and the error of all that provide them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, read_only
from core.errors import InputError
from core.ink.brush import PAD

_N_PIXELS: Final = PAD * PAD


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

    @classmethod
    def from_bytes(cls, greys: bytes, digits: bytes) -> "Images":
        """From the 784 greys of each image, row by row, 0 (paper) to 255 (ink), and its digit."""
        pixels = np.frombuffer(greys, np.uint8).reshape(-1, _N_PIXELS)
        images: Array = np.divide(pixels, np.float32(255), dtype=np.float32)
        return cls(images, np.frombuffer(digits, np.uint8))

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, chosen: slice) -> "Images":
        return Images(self.images[chosen], self.labels[chosen])
