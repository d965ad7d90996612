"""Many activations on a plane: the two directions along which they differ most."""

from dataclasses import dataclass

import numpy as np

from core.arrays import Array, Doubles


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane of the first two principal components of activations of n neurons.

    ``middle`` (n,) is their mean, ``axes`` (2, n) are orthogonal and of length 1, and ``shares``
    (2,), 0-1, say how much of the variance lies along each.
    """

    middle: Doubles
    axes: Doubles
    shares: Doubles

    def places(self, activations: Array) -> Doubles:
        """(m, 2) where activations (m, n) lie on the plane; (2,) for those of one image, (n,)."""
        return np.asarray((activations - self.middle) @ self.axes.T)


def principal_plane(activations: Array) -> Plane:
    """The plane of activations (m, n), m and n at least 1.

    The same activations always give the same plane: of each axis the largest component is positive,
    of equals the first. Where they do not differ at all, all shares are 0.
    """
    middle = activations.mean(axis=0, dtype=np.float64)
    centred = activations - middle
    variances, directions = np.linalg.eigh(centred.T @ centred)
    axes = _upright(directions.T[::-1][:2])
    shares = np.maximum(variances[::-1][:2], 0) / max(variances.sum(), np.finfo(float).tiny)
    missing = 2 - len(axes)  # of a layer of one neuron
    return Plane(middle, np.pad(axes, ((0, missing), (0, 0))), np.pad(shares, (0, missing)))


def _upright(axes: Doubles) -> Doubles:
    """The axes (k, n) with the signs that make their largest components positive."""
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1, keepdims=True), axis=1)
    return np.asarray(axes * np.where(largest < 0, -1.0, 1.0))
