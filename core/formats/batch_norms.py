"""Batch normalization among named arrays, folded into the dense layers before or after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import Doubles, Floats
from core.formats.array_names import natural
from core.formats.found import Note
from core.formats.layer_kinds import refuse_layer
from core.formats.source import listed

_EPSILON: Final = 1e-5
"""What PyTorch adds to the variance unless told otherwise: the file does not say."""


@dataclass(frozen=True)
class _BatchNorm:
    """What it does to each number: times its ``factor``, plus its ``offset``."""

    owner: str
    factor: Doubles
    offset: Doubles


def folded(arrays: Mapping[str, Floats]) -> tuple[dict[str, Floats], tuple[Note, ...]]:
    """The arrays, named as PyTorch does, without batch normalization: the others have taken it up.

    It is taken to stand before the activation of the dense layer before it, unless the numbers of
    the modules of a ``Sequential`` leave room for that activation.
    """
    norms = [_batch_norm(_owner(name), arrays) for name in arrays if name.endswith(".running_var")]
    norms.sort(key=lambda norm: natural(norm.owner))
    owners = {norm.owner for norm in norms}
    rest = {name: each for name, each in arrays.items() if _owner(name) not in owners}
    _refuse_other_norms(rest)
    dense = sorted((_owner(name) for name in rest if name.endswith(".weight")), key=natural)
    for place, norm in enumerate(norms):
        rest |= _taken_up(norm, *_neighbour(norm, place, dense), rest)
    return rest, _notes(owners)


def _owner(name: str) -> str:
    return name.rpartition(".")[0]


def _batch_norm(owner: str, arrays: Mapping[str, Floats]) -> _BatchNorm:
    mean, variance = arrays.get(f"{owner}.running_mean"), arrays[f"{owner}.running_var"]
    if mean is None or mean.shape != variance.shape:
        refuse_layer(owner, "BatchNorm")
    gamma = arrays.get(f"{owner}.weight", np.ones(variance.shape))
    beta = arrays.get(f"{owner}.bias", np.zeros(variance.shape))
    factor = gamma.astype(np.float64) / np.sqrt(variance.astype(np.float64) + _EPSILON)
    return _BatchNorm(owner, factor, beta - mean * factor)


def _refuse_other_norms(arrays: Mapping[str, Floats]) -> None:
    """Refuse layers that have a line of weights and no matrix: they are no dense layers."""
    for name, array in arrays.items():
        if name.endswith(".weight") and array.ndim == 1:
            has_bias = f"{_owner(name)}.bias" in arrays
            refuse_layer(_owner(name), "LayerNorm" if has_bias else "PReLU")


def _neighbour(norm: _BatchNorm, place: int, dense: list[str]) -> tuple[str, bool]:
    """The dense layer that takes up a normalization, and whether it stands before this one."""
    family, number = _numbered(norm.owner)
    others = {_numbered(each)[1]: each for each in dense if _numbered(each)[0] == family}
    if number is not None and others:
        before = [each for each in others if each is not None and each < number]
        after = [each for each in others if each is not None and each > number]
        if before and (max(before) == number - 1 or not after):
            return others[max(before)], True
        return others[min(after)], False
    if not place < len(dense):
        refuse_layer(norm.owner, "BatchNorm")
    return dense[place], True


def _numbered(owner: str) -> tuple[str, int | None]:
    """The name of a module in a ``Sequential``, and its number there."""
    family, _, last = owner.rpartition(".")
    return (family, int(last)) if last.isdigit() and len(last) < 9 else (owner, None)


def _taken_up(
    norm: _BatchNorm, layer: str, before: bool, arrays: Mapping[str, Floats]
) -> dict[str, Floats]:
    """The weights and biases of the layer that a normalization follows, or comes before."""
    weights = arrays[f"{layer}.weight"].astype(np.float64)
    biases = arrays.get(f"{layer}.bias", np.zeros(len(weights))).astype(np.float64)
    if weights.ndim != 2 or norm.factor.shape != (weights.shape[0 if before else 1],):
        refuse_layer(norm.owner, "BatchNorm")
    if before:
        weights, biases = weights * norm.factor[:, None], biases * norm.factor + norm.offset
    else:
        weights, biases = weights * norm.factor, biases + weights @ norm.offset
    return {f"{layer}.weight": weights, f"{layer}.bias": biases}


def _notes(owners: set[str]) -> tuple[Note, ...]:
    if not owners:
        return ()
    return (
        Note(
            "Batch normalization folded into the weights of the dense layers, with ε = {epsilon}, "
            "as the file does not say it: {layers}.",
            "formats.note_batch_norm",
            {"epsilon": f"{_EPSILON:.0e}", "layers": listed(sorted(owners, key=natural))},
        ),
    )
