"""The weights as lines: which neurons they join, how strong they are, how they look."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from core.network import Network
from explorer.geometry import Geometry
from explorer.palette import NEGATIVE, POSITIVE

Columns = dict[str, npt.NDArray[Any]]

#: Thousands of lines lie over each other in a wide layer, so each of them is fainter.
_CROWD = 256.0


def edge_columns(network: Network, geometry: Geometry) -> Columns:
    """One row for each weight, layer by layer, the strongest last so that it lies on top.

    Columns: `layer` (of the target), `source`, `target`, `weight`, the ends `x0, y0, x1, y1`,
    and `strength`: |weight| against the layer's largest, 0-1.
    """
    parts = [_layer_columns(network, geometry, layer) for layer in range(1, len(network.sizes))]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def incoming(edges: Columns, layer: int, neuron: int) -> npt.NDArray[np.intp]:
    """The rows of the edges that end in a neuron."""
    return np.flatnonzero((edges["layer"] == layer) & (edges["target"] == neuron))


def outgoing(edges: Columns, layer: int, neuron: int) -> npt.NDArray[np.intp]:
    """The rows of the edges that start in a neuron."""
    return np.flatnonzero((edges["layer"] == layer + 1) & (edges["source"] == neuron))


def look(weight: npt.NDArray[np.float32], strength: npt.NDArray[np.float32]) -> Columns:
    """How an edge that is looked at is drawn: colour by sign, width and opacity by strength."""
    thin = min(1.0, (_CROWD / 4 / max(len(weight), 1)) ** 0.5)
    return {
        "colour": np.where(weight >= 0, POSITIVE, NEGATIVE),
        "alpha": (0.08 + 0.92 * strength).astype(np.float32),
        "width": ((0.6 + 3.4 * strength) * thin).astype(np.float32),
    }


def faint_look(edges: Columns) -> Columns:
    """How all edges are drawn together: weak ones nearly vanish, strong ones stay legible."""
    strength = edges["strength"]
    crowd = np.bincount(edges["layer"])[edges["layer"]]
    factor = (_CROWD / np.maximum(crowd, _CROWD)) ** 0.25
    return {
        "colour": np.where(edges["weight"] >= 0, POSITIVE, NEGATIVE),
        "alpha": (strength**1.6 * 0.85 * factor).astype(np.float32),
        "width": ((0.35 + 1.9 * strength) * factor).astype(np.float32),
    }


def _layer_columns(network: Network, geometry: Geometry, layer: int) -> Columns:
    weights = network.layers[layer - 1].weights
    strength = np.abs(weights.ravel()) / (np.abs(weights).max() or 1.0)
    order = np.argsort(strength, kind="stable")
    target, source = np.divmod(order, weights.shape[1])
    start, end = geometry.positions[layer - 1][source], geometry.positions[layer][target]
    return {
        "layer": np.full(weights.size, layer, dtype=np.uint8),
        "source": source.astype(np.uint16),
        "target": target.astype(np.uint16),
        "weight": weights.ravel()[order],
        "strength": strength[order].astype(np.float32),
        "x0": start[:, 0],
        "y0": start[:, 1],
        "x1": end[:, 0],
        "y1": end[:, 1],
    }
