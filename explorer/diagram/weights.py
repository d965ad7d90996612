"""The weights of a network as a script, which a browser fetches once and keeps for good.

They are nine tenths of what a page would otherwise send to everyone who opens or reloads it.
"""

from __future__ import annotations

import base64
import gzip
from functools import cache
from hashlib import sha256
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from tornado.web import HTTPError, RequestHandler

from core.nn.network import Network
from core.nn.pretrained import pretrained

ROUTE = "/weights/([0-9a-f]{32}).js"

_scripts: dict[str, bytes] = {}


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


class WeightsHandler(RequestHandler):
    """Answers with the script of a network that this server shows."""

    offered: ClassVar[bool] = False

    def get(self, name: str) -> None:
        """The script, to be kept for good: another network has another name."""
        if name not in _scripts:  # of several processes, another may have built the page
            for network in pretrained().values():
                name_of_weights(network)
        if name not in _scripts:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Content-Encoding", "gzip")
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.write(_scripts[name])


def offer_weights() -> tuple[str, type[RequestHandler]]:
    """The route of the scripts; from now on pages count on it."""
    WeightsHandler.offered = True
    return ROUTE, WeightsHandler


def offered_name(network: Network) -> str:
    """`name_of_weights` where the server offers the script, else nothing."""
    return name_of_weights(network) if WeightsHandler.offered else ""
