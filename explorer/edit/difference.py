"""What a network has otherwise than the one that it was made of, as a text for a browser to keep.

The text is JSON: ``original``, by which the first network is known again, and ``layers``, each
null where it is the same and else a table of

- ``activation`` and ``scale``: the layer's activation function by its name, and its scale,
- ``neurons``: the numbers of the neurons that differ,
- ``weights`` and ``biases``: theirs, one neuron after the other, as base64 of float32.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from core.arrays import Array, read_only
from core.errors import InputError
from core.nn.activations import ACTIVATIONS
from core.nn.layer import Layer
from core.nn.network import Network
from explorer.texts import text
from explorer.transport.messages import whole
from explorer.transport.plain_json import parsed

LONGEST: Final = 1_000_000
"""The most characters of a text: with its quotes escaped, it must fit in one message of a page."""

_digests: WeakKeyDictionary[Network, str] = WeakKeyDictionary()


class DifferenceError(InputError):
    """A difference cannot be written, or a text is none of this network."""


def difference(original: Network, network: Network) -> str | None:
    """The text from which `with_difference` makes ``network`` again; None if it is the original.

    Numbers count as other if any bit is. The sizes of both are the same.

    Raises:
        DifferenceError: the text would be too long.
    """
    pairs = list(zip(original.layers, network.layers, strict=True))
    others = [_others(old, new) for old, new in pairs]
    if all(each is None for each in others):
        return None
    numbers = sum(
        len(rows) * (layer.n_in + 1)
        for layer, rows in zip(network.layers, others, strict=True)
        if rows is not None
    )
    if numbers > LONGEST // 6:  # 4 bytes are at least 16 / 3 characters of base64
        raise DifferenceError(text("kept.large"))
    layers = [
        None if rows is None else _written(new, rows)
        for (_, new), rows in zip(pairs, others, strict=True)
    ]
    return json.dumps({"original": _digest(original), "layers": layers}, separators=(",", ":"))


def with_difference(original: Network, said: str) -> Network:
    """The network of which `difference` has written the text, bit for bit.

    Raises:
        DifferenceError: it is no such text, or was written for another original.
    """
    try:
        match parsed(said[: LONGEST + 1]):
            case {"original": str(digest), "layers": [*layers]}:
                if digest != _digest(original):
                    raise DifferenceError(text("kept.other"))
                pairs = zip(original.layers, layers, strict=True)
                return original.with_layers([_read(old, said) for old, said in pairs])
    except DifferenceError:
        raise
    except ValueError:  # from JSON, base64, NumPy or the layer, which checks its numbers
        pass
    raise DifferenceError(text("kept.damaged"))


def with_shared_layers(original: Network, layers: Sequence[Layer]) -> Network:
    """The original with these ``layers``, but its own where they are the same to the last bit."""
    pairs = zip(original.layers, layers, strict=True)
    return original.with_layers([old if _others(old, new) is None else new for old, new in pairs])


def _others(old: Layer, new: Layer) -> npt.NDArray[np.intp] | None:
    """The numbers of the neurons that differ in any bit; None if the layers are the same."""
    if old is new:
        return None
    rows = (_bits(old.weights) != _bits(new.weights)).any(axis=1)
    others = np.flatnonzero(rows | (_bits(old.biases) != _bits(new.biases)))
    same = (old.activation, old.scale) == (new.activation, new.scale)
    return None if same and not others.size else others


def _bits(numbers: Array) -> npt.NDArray[np.uint32]:
    return numbers.view(np.uint32)


def _written(layer: Layer, rows: npt.NDArray[np.intp]) -> dict[str, Any]:
    return {
        "activation": layer.activation.name,
        "scale": layer.scale,
        "neurons": rows.tolist(),
        "weights": _base64(layer.weights[rows]),
        "biases": _base64(layer.biases[rows]),
    }


def _read(old: Layer, said: Any) -> Layer:
    match said:
        case None:
            return old
        case {
            "activation": str(name),
            "scale": float(scale),
            "neurons": [*neurons],
            "weights": str(weights),
            "biases": str(biases),
        } if name in ACTIVATIONS and len(set(map(str, neurons))) == len(neurons):
            rows = [whole(each, old.n_out) for each in neurons]
            return replace(
                old,
                weights=_with_rows(old.weights, rows, weights),
                biases=_with_rows(old.biases, rows, biases),
                activation=ACTIVATIONS[name],
                scale=scale,
            )
    raise ValueError("no layer")


def _with_rows(array: Array, rows: list[int], said: str) -> Array:
    changed = array.copy()
    others = np.frombuffer(b64decode(said, validate=True), "<f4")
    changed[rows] = others.reshape(len(rows), *array.shape[1:])
    return read_only(changed)


def _base64(numbers: Array) -> str:
    return b64encode(numbers.astype("<f4").tobytes()).decode()


def _digest(network: Network) -> str:
    """What tells a network from any other, however alike; computed once for each."""
    if network not in _digests:
        found = sha256()
        for layer in network.layers:
            found.update(f"{layer.activation.name} {layer.scale} {layer.weights.shape}".encode())
            found.update(layer.weights.tobytes() + layer.biases.tobytes())
        _digests[network] = found.hexdigest()[:32]
    return _digests[network]
