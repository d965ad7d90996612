"""A picture as the browser sends it: grey bytes, row by row, in base64."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from core.pictures import LONGEST_SIDE
from explorer.transport.messages import NotUnderstoodError, bytes_in


def picture_of(width: int, height: int, grey: str) -> npt.NDArray[np.uint8]:
    """The picture, shape (height, width).

    Raises:
        NotUnderstoodError: these are not so many bytes, or more than a picture has.
    """
    if not 0 < min(width, height) <= max(width, height) <= LONGEST_SIDE:
        raise NotUnderstoodError((width, height))
    content = bytes_in(grey)
    if len(content) != width * height:
        raise NotUnderstoodError(f"{len(content)} bytes of {width} × {height}")
    return np.frombuffer(content, np.uint8).reshape(height, width)
