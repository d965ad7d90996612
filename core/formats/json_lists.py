"""Networks in JSON: lists of lists, objects with names, and what other programs write."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Any, Final

import numpy as np

from core.arrays import Floats
from core.formats.found import FormatError, FoundLayer, FoundNetwork, said_framing, says_ink
from core.formats.layer_kinds import refuse_function
from core.formats.named_arrays import network_of
from core.formats.source import Source
from core.formats.stack import FUNCTIONS

_WEIGHTS: Final = ("weights", "weight", "W", "w", "kernel")
_BIASES: Final = ("biases", "bias", "b", "B")
_LABELS: Final = ("labels", "classes", "class_names")
_DEEPEST: Final = 6


def read_json(source: Source) -> FoundNetwork:
    """Layers, matrices with names, or lists of lists, as far as they hold numbers."""
    said = source.json(source.content)
    if isinstance(said, dict):
        return _of_object(source, said)
    if isinstance(said, list) and said and isinstance(said[0], dict):
        return _of_layers(source, {"layers": said})
    return _of_lists(source, said)


def _of_object(source: Source, said: Mapping[str, Any]) -> FoundNetwork:
    if isinstance(said.get("layers"), list):
        return _of_layers(source, said)
    weights = said.get("weights")
    if isinstance(weights, list) and _is_list_of_arrays(weights):
        return _of_weights(source, said)
    arrays = dict(_named(said, ""))
    if not arrays:
        raise _without_weights(source, said)
    return _titled(network_of(source, arrays), said)


def _of_weights(source: Source, said: Mapping[str, Any]) -> FoundNetwork:
    """``weights`` and ``biases`` as a list each, an entry a layer; with ``cost`` it is Nielsen's.

    His networks are sigmoid throughout, a row of the matrix for each neuron.
    """
    biases = said.get("biases") or []
    functions = said.get("activations") or []
    if "sizes" in said and "cost" in said and not functions:
        functions = ["sigmoid"] * len(said["weights"])
    parts = zip_longest(said["weights"], biases, functions)
    layers = tuple(_layer(source, str(number), *part) for number, part in enumerate(parts, start=1))
    return _titled(FoundNetwork(source.format, layers), said, _rows_are_neurons(said, layers))


def _rows_are_neurons(said: Mapping[str, Any], layers: tuple[FoundLayer, ...]) -> bool | None:
    """Whether the matrices have a row a neuron, by the ``sizes`` of the layers, if these say it."""
    sizes = said.get("sizes")
    if not isinstance(sizes, list):
        return None
    shapes = [each.weights.shape for each in layers]
    if shapes == list(zip(sizes[1:], sizes, strict=False)):
        return True
    return False if shapes == list(pairwise(sizes)) else None


def _of_layers(source: Source, said: Mapping[str, Any]) -> FoundNetwork:
    """``layers``, each with weights, biases and perhaps the name of its activation function."""
    common = said.get("activation")
    found = []
    for number, each in enumerate(said["layers"], start=1):
        if not isinstance(each, dict):
            raise _without_weights(source, said)
        weights, biases = _first(each, _WEIGHTS), _first(each, _BIASES)
        if weights is None or weights == []:
            continue  # the layer of the inputs
        function = each.get("activation", common)
        found.append(_layer(source, str(each.get("name", number)), weights, biases, function))
    if not found:
        raise _without_weights(source, said)
    return _titled(FoundNetwork(source.format, tuple(found)), said)


def _layer(source: Source, name: str, weights: Any, biases: Any, function: Any) -> FoundLayer:
    matrix = _array(weights)
    if matrix is None or matrix.ndim != 2:
        raise source.no_network([name])
    vector = None if biases is None else _array(biases)
    if biases is not None and (vector is None or vector.size not in matrix.shape):
        raise FormatError(
            "In layer {layer} of {file} the biases do not fit the weights.",
            "formats.json_biases",
            layer=name,
            file=source.name,
        )
    return FoundLayer(
        matrix, None if vector is None else vector.ravel(), _function(name, function), name=name
    )


def _function(name: str, said: Any) -> str | None:
    if said is None:
        return None
    called = str(said).lower().replace("_", "")[:60]
    return FUNCTIONS.get(called) or refuse_function(name, called)


def _of_lists(source: Source, said: Any) -> FoundNetwork:
    """A matrix, a line of numbers, or a list of matrices and biases, perhaps by layer."""
    whole = _array(said)
    if whole is not None and whole.ndim <= 2:
        return network_of(source, {"weights": whole})
    if isinstance(said, list):
        arrays = dict(_numbered(said, ""))
        if arrays:
            return network_of(source, arrays)
    raise source.no_network([])


def _numbered(said: list[Any], before: str, depth: int = 0) -> Iterator[tuple[str, Floats]]:
    for number, each in enumerate(said, start=1):
        array = _array(each)
        if array is not None and array.ndim <= 2 and array.size:
            yield f"{before}{number}", array
        elif isinstance(each, list) and depth < _DEEPEST:
            yield from _numbered(each, f"{before}{number}.", depth + 1)


def _named(said: Mapping[str, Any], before: str, depth: int = 0) -> Iterator[tuple[str, Floats]]:
    """All arrays in nested objects, by their paths."""
    for name, each in said.items():
        if isinstance(each, dict) and depth < _DEEPEST:
            yield from _named(each, f"{before}{name}.", depth + 1)
        elif isinstance(each, list):
            array = _array(each)
            if array is None or array.ndim > 2:
                yield from _numbered(each, f"{before}{name}.")
            elif array.size:
                yield f"{before}{name}", array


def _array(said: Any) -> Floats | None:
    """The array in nested lists of numbers; None if they are no such lists."""
    if not isinstance(said, list) or not _of_numbers(said):
        return None
    try:
        return np.array(said, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def _of_numbers(said: Any) -> bool:
    """Whether the first of all entries is a number: texts would be read as numbers, too."""
    while isinstance(said, list) and said:
        said = said[0]
    return isinstance(said, int | float)


def _is_list_of_arrays(said: list[Any]) -> bool:
    array = _array(said[0]) if said else None
    return array is not None and array.ndim == 2


def _first(said: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((said[name] for name in names if name in said), None)


def _titled(
    network: FoundNetwork, said: Mapping[str, Any], out_first: bool | None = None
) -> FoundNetwork:
    """The network with the labels and the title that the file gives it."""
    labels, title = _first(said, _LABELS), said.get("title") or said.get("name")
    texts = isinstance(labels, list) and all(isinstance(each, str | int) for each in labels)
    layers = network.layers
    if out_first is not None:
        layers = tuple(replace(each, out_first=out_first) for each in layers)
    return replace(
        network,
        layers=layers,
        labels=tuple(map(str, labels)) if texts else None,
        title=title[:200] if isinstance(title, str) else "",
        reads_ink=says_ink(said.get("input")),
        framing=said_framing(said.get("card")),
    )


def _without_weights(source: Source, said: Mapping[str, Any]) -> FormatError:
    """The error for an object without weights: perhaps the plan of a network of Keras."""
    if "class_name" in said or "config" in said:
        return FormatError(
            "{file} describes a network but holds no weights; save the whole model, as .keras.",
            "formats.plan_only",
            file=source.name,
        )
    return source.no_network(said)
