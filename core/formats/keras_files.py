"""Keras: the ``.keras`` archive, the older ``.h5`` with the whole model, and weights alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Floats
from core.file_format import FileFormat
from core.formats import own_process
from core.formats.array_names import is_statistic
from core.formats.contents import Contents
from core.formats.found import FormatError, FoundNetwork
from core.formats.keras_layers import Variables, stacked, variable_names
from core.formats.keras_plan import PlannedLayer, planned_layers
from core.formats.named_arrays import network_of, real_numbers, with_out_first
from core.formats.source import Source, unzipped

_DENSE: Final = ("kernel", "bias")
_BATCH_NORM: Final = ("gamma", "beta", "moving_mean", "moving_variance")
_NAME: Final = "/vars/name"
_WEIGHTS, _PLAN = "model.weights.h5", "config.json"


def read_keras(source: Source) -> FoundNetwork:
    """A ``.keras`` archive: the configuration, and the weights in an HDF5 file inside."""
    entries = unzipped(source)
    if _WEIGHTS not in entries or _PLAN not in entries:
        raise source.no_network(entries)
    layers = planned_layers(source, source.json(entries[_PLAN]))
    weights = own_process.hdf5(replace(source, content=entries[_WEIGHTS]))
    return _network(source, layers, _NumberedWeights(weights).variables)


def read_hdf5(source: Source) -> FoundNetwork:
    """A model of Keras with its configuration, the weights of one, or arrays with names."""
    file = own_process.hdf5(source)
    plan = file.texts.get("model_config")
    if plan is not None:
        keras = replace(source, format=FileFormat.KERAS)
        layers = planned_layers(keras, source.json(plan.encode()))
        return _network(keras, layers, NamedWeights(file.arrays).variables)
    arrays = {name: each for name, each in file.arrays.items() if not name.startswith("optimizer")}
    if not arrays:
        raise source.no_network(file.others)
    numbered = _named(arrays)
    found = real_numbers(source, numbered or arrays)
    _refuse_norms(source, found)
    network = network_of(source, found)
    return with_out_first(network, False) if _of_keras(found) else network


def _network(
    source: Source,
    layers: tuple[PlannedLayer, ...],
    variables: Callable[[PlannedLayer], Variables],
) -> FoundNetwork:
    stack = stacked(layers, variables)
    if stack.empty:
        raise source.no_network(layer.name for layer in layers)
    return stack.network(source.format)


def _of_keras(arrays: Mapping[str, Floats]) -> bool:
    return any(name.split(":")[0].endswith("kernel") for name in arrays)


def _refuse_norms(source: Source, arrays: Mapping[str, Floats]) -> None:
    """Where a batch normalization stands, before or after the activation, weights do not say."""
    for name in arrays:
        if is_statistic(name.split(":")[0]):
            raise FormatError(
                "{file} holds weights alone, and {array} of a batch normalization, whose place "
                "they do not say; save the whole model, as .keras.",
                "formats.weights_alone",
                file=source.name,
                array=name,
            )


class NamedWeights:
    """Weights by paths such as ``dense/sequential/dense/kernel:0``."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._by_group: dict[tuple[str, str], NDArray[Any]] = {}
        self._by_owner: dict[tuple[str, str], NDArray[Any]] = {}
        for path, array in arrays.items():
            parts = path.removeprefix("model_weights/").split(":")[0].split("/")
            if len(parts) > 1:
                self._by_group.setdefault((parts[0], parts[-1]), array)
                self._by_owner.setdefault((parts[-2], parts[-1]), array)

    def variables(self, layer: PlannedLayer) -> Variables:
        """The arrays of a layer."""
        tables = [self._by_group, self._by_owner]
        if len(layer.path) > 1:  # a nested model has all its weights in one group
            tables = [self._by_owner]
        return {
            name: np.asarray(table[layer.name, name])
            for table in reversed(tables)
            for name in variable_names(layer)
            if (layer.name, name) in table
        }


class _NumberedWeights:
    """Weights by paths such as ``layers/dense/vars/0``: a variable a number, in their order."""

    def __init__(self, file: Contents) -> None:
        self._arrays = file.arrays
        named = {path: name for path, name in file.texts.items() if path.endswith(_NAME)}
        self._owners = {name: path.removesuffix("/name") for path, name in named.items()}

    def variables(self, layer: PlannedLayer) -> Variables:
        """The arrays of a layer."""
        names = variable_names(layer)
        return dict(zip(names, self._of(layer), strict=False))

    def _of(self, layer: PlannedLayer) -> Iterator[NDArray[Any]]:
        owner = self._owners.get(layer.name) or next(self._paths(layer), "")
        number = 0
        while f"{owner}/{number}" in self._arrays:
            yield self._arrays[f"{owner}/{number}"]
            number += 1

    def _paths(self, layer: PlannedLayer) -> Iterator[str]:
        for root in ("layers", "_layer_checkpoint_dependencies"):
            path = "/".join(f"{root}/{name}" for name in layer.numbered) + "/vars"
            if f"{path}/0" in self._arrays:
                yield path


def _named(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The arrays by the names of their layers, if all are numbered like this; else none."""
    groups = sorted({path.rpartition("/")[0] for path in arrays})
    if not all(group.endswith("/vars") for group in groups):
        return {}
    found: dict[str, NDArray[Any]] = {}
    for group in groups:
        of_group = [arrays[path] for path in sorted(arrays) if path.startswith(f"{group}/")]
        names = _DENSE if len(of_group) <= len(_DENSE) else _BATCH_NORM
        owner = group.split("/")[-2]  # numbered as the layers follow, unlike their own names
        found |= {f"{owner}/{name}": each for name, each in zip(names, of_group, strict=False)}
    return found
