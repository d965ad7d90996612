"""Layers from arrays that have names: matrices are put in order, and each gets its biases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Floats
from core.formats.array_names import (
    is_statistic,
    layer_of,
    natural,
    recurrent_or_attention,
    role,
)
from core.formats.chains import chain_order
from core.formats.found import FormatError, FoundLayer, FoundNetwork, Note
from core.formats.layer_kinds import refuse_layer
from core.formats.source import Source, listed

LINE: Final = 500
"""The fewest numbers in a line that can be all of a network: the smallest image has 64 pixels."""


@dataclass(frozen=True)
class _Sorted:
    """The arrays by what they are."""

    matrices: dict[str, Floats]
    vectors: dict[str, Floats]


def network_of(
    source: Source, arrays: Mapping[str, Floats], out_first: bool | None = None
) -> FoundNetwork:
    """The network of these arrays, none of which is empty; `FormatError` if there is none."""
    _refuse_other_layers(arrays)
    found = _sorted(arrays)
    if not found.matrices:
        return _unrolled(source, found.vectors)
    if any(role(name) == "weights" for name in found.matrices):
        found = _with_roles_only(found)
    matrices = _in_order(found.matrices, out_first)
    biases = _biases(matrices, found.vectors, out_first)
    layers = tuple(
        FoundLayer(
            weights, biases.get(name, (None, None))[1], out_first=out_first, name=_title(name)
        )
        for name, weights in matrices.items()
    )
    used = {*matrices, *(owner for owner, _ in biases.values())}
    ignored = [name for name in arrays if name not in used and arrays[name].size > 1]
    return FoundNetwork(source.format, layers, notes=_ignored(ignored))


def real_numbers(source: Source, arrays: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Those of the arrays that are not empty and hold real numbers; `FormatError` if none does."""
    found = {
        name: each.astype(np.float64) if each.dtype.kind in "iub" else each
        for name, each in arrays.items()
        if each.dtype.kind in "fiub" and each.size
    }
    if not found:
        raise source.no_network(arrays)
    return found


def with_out_first(network: FoundNetwork, said: bool | None) -> FoundNetwork:
    """The network with its matrices turned as its program is known to, if they fit like that."""
    shapes = [(len(each.weights), each.weights.shape[1]) for each in network.layers]
    if said is None or not shapes or chain_order(shapes, said) != tuple(range(len(shapes))):
        return network
    return replace(network, layers=tuple(replace(each, out_first=said) for each in network.layers))


def _refuse_other_layers(arrays: Mapping[str, Floats]) -> None:
    for name, array in arrays.items():
        kind = recurrent_or_attention(name)
        if kind:
            refuse_layer(_title(name), kind)
        if array.ndim > 2 and max(array.shape[2:]) > 1 and role(name) != "biases":
            refuse_layer(_title(name), f"Conv{array.ndim - 2}D, {_written(array.shape)}")


def _written(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _sorted(arrays: Mapping[str, Floats]) -> _Sorted:
    matrices, vectors = {}, {}
    widths = {n for array in arrays.values() if 1 not in array.shape[:2] for n in array.shape[:2]}
    for name, array in arrays.items():
        squeezed = array.reshape(array.shape[:2]) if array.ndim > 2 else array
        if squeezed.ndim == 2 and (1 not in squeezed.shape or _is_of_one(name, squeezed, widths)):
            matrices[name] = squeezed
        elif squeezed.size > 1 or role(name) == "biases":
            vectors[name] = squeezed.ravel()
    return _Sorted(matrices, vectors)


def _is_of_one(name: str, array: Floats, widths: set[int]) -> bool:
    """Whether these are the weights of a layer of one neuron, and not a line of numbers."""
    return role(name) == "weights" and array.size in widths


def _unrolled(source: Source, vectors: Mapping[str, Floats]) -> FoundNetwork:
    if not vectors or sum(each.size for each in vectors.values()) < LINE:
        raise source.no_network(vectors)
    longest = max(vectors, key=lambda name: vectors[name].size)
    if role(longest) or len(vectors) == 1:
        line = np.concatenate([vectors[name] for name in sorted(vectors, key=natural)])
        return FoundNetwork(source.format, unrolled=line)
    ignored = [name for name in vectors if name != longest]
    return FoundNetwork(source.format, unrolled=vectors[longest], notes=_ignored(ignored))


def _with_roles_only(found: _Sorted) -> _Sorted:
    return _Sorted(
        {name: each for name, each in found.matrices.items() if role(name) == "weights"},
        {name: each for name, each in found.vectors.items() if not is_statistic(name)},
    )


def _in_order(matrices: dict[str, Floats], out_first: bool | None) -> dict[str, Floats]:
    """The matrices as layers follow: by their names if these fit, else as the file has them."""
    for names in (sorted(matrices, key=natural), list(matrices)):
        shapes = [(len(matrices[name]), matrices[name].shape[1]) for name in names]
        order = chain_order(shapes, out_first)
        if order == tuple(range(len(names))):
            return {name: matrices[name] for name in names}
    if order is None:
        raise FormatError(
            "The matrices {names} do not fit one another as the layers of a network: {shapes}.",
            "formats.no_chain",
            names=listed(matrices),
            shapes=listed(_written(each.shape) for each in matrices.values()),
        )
    return {names[each]: matrices[names[each]] for each in order}


def _biases(
    matrices: dict[str, Floats], vectors: dict[str, Floats], out_first: bool | None
) -> dict[str, tuple[str, Floats]]:
    """For each matrix the name and numbers of its biases: by name, else one after the other."""
    said = {name: each for name, each in vectors.items() if role(name) == "biases"}
    free = said or vectors
    by_layer = {layer_of(name): name for name in free}
    paired = {name: by_layer[layer_of(name)] for name in matrices if layer_of(name) in by_layer}
    if len(paired) < len(free):
        paired = _paired_by_size(matrices, free, out_first) or paired
    return {
        name: (owner, free[owner])
        for name, owner in paired.items()
        if free[owner].size in _outputs(matrices[name], out_first)
    }


def _paired_by_size(
    matrices: dict[str, Floats], vectors: dict[str, Floats], out_first: bool | None
) -> dict[str, str]:
    """Each matrix with the next vector that fits it, if all matrices find one."""
    for names in (list(vectors), sorted(vectors, key=natural)):
        rest, paired = list(names), {}
        for name, weights in matrices.items():
            fitting = [each for each in rest if vectors[each].size in _outputs(weights, out_first)]
            if fitting:
                paired[name] = fitting[0]
                rest.remove(fitting[0])
        if len(paired) == len(matrices):
            return paired
    return {}


def _outputs(weights: Floats, out_first: bool | None) -> tuple[int, ...]:
    n_rows, n_columns = weights.shape
    return (n_rows, n_columns) if out_first is None else (n_rows if out_first else n_columns,)


def _title(name: str) -> str:
    """The layer's name in the file: what is before the weights' own."""
    before, _, last = name.replace("/", ".").rpartition(".")
    return before if before and (role(last) or "_kernel" in last) else name


def _ignored(names: list[str]) -> tuple[Note, ...]:
    if not names:
        return ()
    return (
        Note(
            "Left out, because it belongs to no layer: {arrays}.",
            "formats.note_ignored",
            {"arrays": listed(names)},
        ),
    )
