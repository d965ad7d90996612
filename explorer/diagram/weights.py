"""The weights of a network as a script, which a browser fetches once and keeps for good.

They are nine tenths of what a page would otherwise send to everyone who opens or reloads it.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from core.nn.network import Network
from explorer.diagram.shown import is_thinned, most_active
from explorer.state.networks import offered_networks

#: The path of a script.
ROUTE = r"/weights/([0-9a-f]{32})\.js"

_scripts: dict[str, bytes] = {}
_offered: list[str] = []


Floats = npt.NDArray[np.float32]


def all_weights(network: Network) -> Floats:
    """Layer by layer, each (targets, sources) row by row, of feature maps those in the windows."""
    return in_a_row(most_active(network).weights(network))


def in_a_row(layers: Sequence[Floats]) -> Floats:
    """The weights of layers, each (targets, sources), one after the other."""
    return np.concatenate([weights.ravel() for weights in layers])


@lru_cache(64)
def largest_weights(network: Network) -> tuple[float, ...]:
    """The largest |weight| of each layer: the scale of its edges, which changes no more."""
    return tuple(float(np.abs(layer.weights).max()) for layer in network.layers)


def changed_rows(before: Sequence[Floats], now: Sequence[Floats]) -> list[tuple[int, Floats]]:
    """The weights into each neuron that has others now, and where they begin `in_a_row`."""
    rows, start = [], 0
    for old, new in zip(before, now, strict=True):
        if old is not new:
            others = np.flatnonzero((old != new).any(axis=1))
            rows += [(start + int(row) * new.shape[1], new[row]) for row in others]
        start += new.size
    return rows


@cache
def name_of_weights(network: Network) -> str:
    """The name under which the script puts them into the page."""
    values = all_weights(network).astype("<f4").tobytes()
    name = sha256(values).hexdigest()[:32]
    text = f'(window.neuronWeights ??= {{}})["{name}"] = "{base64.b64encode(values).decode()}"\n'
    _scripts[name] = gzip.compress(text.encode(), mtime=0)
    return name


def prepare_weights(network: Network) -> None:
    """Have the script of a network ready, if pages are going to ask for it."""
    if not is_thinned(network):
        name_of_weights(network)


def packed_weights(name: str) -> bytes | None:
    """The script of this name, compressed; none if no network of this server has it."""
    if name not in _scripts:  # of several processes, another may have built the page
        for network in offered_networks().values():
            prepare_weights(network)
    return _scripts.get(name)


def offer_weights() -> None:
    """From now on pages count on the route of the scripts."""
    _offered.append(ROUTE)


def offered_name(network: Network) -> str:
    """`name_of_weights` where the server offers the script and all are drawn, else nothing."""
    return name_of_weights(network) if _offered and not is_thinned(network) else ""
