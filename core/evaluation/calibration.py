"""Calibration: how often a network is right when it says that it is so sure.

C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, "On Calibration of Modern Neural Networks", 2017.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Doubles

BINS = 10
"""How many bins of equal width the confidences from 0 to 1 are put into."""


class Reliability(NamedTuple):
    """A reliability diagram, and its distance from the diagonal.

    Of each bin, (n,): ``counts``, how many images are in it; ``confidence``, their mean confidence;
    and ``accuracy``, the share that is read right. Both are NaN for an empty bin. ``error`` is the
    expected calibration error, 0-1: the mean of |accuracy - confidence| over all images.
    """

    counts: NDArray[np.int64]
    confidence: Doubles
    accuracy: Doubles
    error: float


def reliability(confidence: Array, right: NDArray[np.bool_], bins: int = BINS) -> Reliability:
    """The reliability of ``confidence`` (m,), of images that were read ``right`` (m,) or not.

    A bin has its lower end, the last one both. A confidence beyond 0 or 1, which unbounded outputs
    can have, counts as 0 or 1.
    """
    sure = np.clip(confidence.astype(np.float64), 0, 1)
    bin_of = np.minimum((sure * bins).astype(np.intp), bins - 1)
    counts = np.bincount(bin_of, minlength=bins)
    sums = [np.bincount(bin_of, each, minlength=bins) for each in (sure, right)]
    gaps = np.abs(sums[1] - sums[0]).sum()
    with np.errstate(invalid="ignore"):
        means = [each / counts for each in sums]
    return Reliability(counts, means[0], means[1], float(gaps / max(len(sure), 1)))
