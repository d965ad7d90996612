"""The kinds of arrays that numbers are kept in."""

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float32]
"""What networks compute with, and what images are."""

Doubles: TypeAlias = NDArray[np.float64]
"""What places on the pad and explanations are computed with."""

Floats: TypeAlias = NDArray[np.floating[Any]]
"""Either."""

Number = TypeVar("Number", bound=np.generic)


def read_only(array: NDArray[Number]) -> NDArray[Number]:
    """The same array, which nobody can write to any more."""
    array.setflags(write=False)
    return array
