"""What an ONNX graph is made of, and what of it is constant."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.nn.layer import LARGEST


@dataclass(frozen=True)
class Operation:
    """One node: its ``kind``, what it is called, what it takes, and what it gives."""

    kind: str
    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Any]


@dataclass(frozen=True)
class Graph:
    """Operations in the order in which they compute; ``inputs`` by their names, with shapes."""

    operations: tuple[Operation, ...]
    constants: Mapping[str, NDArray[Any]]
    inputs: Mapping[str, tuple[int, ...]]


_UNARY: Final[Mapping[str, Callable[[NDArray[Any]], NDArray[Any]]]] = {
    **dict.fromkeys(("Identity", "Cast", "Dropout"), np.asarray),
    **dict.fromkeys(("Flatten", "Squeeze", "Unsqueeze"), lambda a: np.atleast_2d(np.squeeze(a))),
    "Neg": np.negative,
    "Sqrt": np.sqrt,
}
_PAIRS: Final[Mapping[str, Callable[[Any, Any], NDArray[Any]]]] = {
    "Add": np.add,
    "Sub": np.subtract,
    "Mul": np.multiply,
    "Div": np.true_divide,
}


def constant(operation: Operation, inputs: list[NDArray[Any]]) -> NDArray[Any] | None:
    """What an operation on constants gives; None for kinds that are not followed."""
    kind = operation.kind
    if kind == "Constant":
        return _stated(operation.attributes)
    if not inputs:
        return None
    if kind == "Transpose":
        return np.transpose(inputs[0], operation.attributes.get("perm"))
    if kind == "Reshape" and len(inputs) == 2:
        return reshaped(*inputs)
    with np.errstate(all="ignore"):
        return _computed(kind, inputs)


def _computed(kind: str, inputs: list[NDArray[Any]]) -> NDArray[Any] | None:
    if kind in _UNARY:
        return _UNARY[kind](inputs[0])
    shapes = [each.shape for each in inputs]
    if kind in _PAIRS and len(inputs) == 2 and math.prod(np.broadcast_shapes(*shapes)) <= LARGEST:
        return _PAIRS[kind](*inputs)
    return None


def reshaped(array: NDArray[Any], shape: NDArray[Any]) -> NDArray[Any]:
    """The array in this shape, where 0 stands for a dimension as it is and -1 for what is left."""
    sizes = [
        array.shape[place] if size == 0 and place < array.ndim else int(size)
        for place, size in enumerate(shape.ravel().tolist())
    ]
    return array.reshape(sizes)


def _stated(attributes: Mapping[str, Any]) -> NDArray[Any] | None:
    for name in ("value", "value_float", "value_floats", "value_int", "value_ints"):
        if name in attributes:
            return np.asarray(attributes[name])
    return None
