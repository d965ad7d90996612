"""The weights of a network as a script, which a browser fetches once and keeps for good.

They are nine tenths of what a page would otherwise send to everyone who opens or reloads it.
"""

from __future__ import annotations

import base64
import gzip
from functools import cache
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from core.nn.network import Network
from core.nn.pretrained import pretrained

#: The path of a script.
ROUTE = r"/weights/([0-9a-f]{32})\.js"

_scripts: dict[str, bytes] = {}
_offered: list[str] = []


def all_weights(network: Network) -> npt.NDArray[np.float32]:
    """Layer by layer, each (targets, sources) row by row."""
    return np.concatenate([layer.weights.ravel() for layer in network.layers])


@cache
def name_of_weights(network: Network) -> str:
    """The name under which the script puts them into the page."""
    values = all_weights(network).astype("<f4").tobytes()
    name = sha256(values).hexdigest()[:32]
    text = f'(window.neuronWeights ??= {{}})["{name}"] = "{base64.b64encode(values).decode()}"\n'
    _scripts[name] = gzip.compress(text.encode(), mtime=0)
    return name


def packed_weights(name: str) -> bytes | None:
    """The script of this name, compressed; none if no network of this server has it."""
    if name not in _scripts:  # of several processes, another may have built the page
        for network in pretrained().values():
            name_of_weights(network)
    return _scripts.get(name)


def offer_weights() -> None:
    """From now on pages count on the route of the scripts."""
    _offered.append(ROUTE)


def offered_name(network: Network) -> str:
    """`name_of_weights` where the server offers the script, else nothing."""
    return name_of_weights(network) if _offered else ""
