"""The operations of ONNX, each as what it does to a stack of dense layers."""

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles, Floats
from core.formats.found import FoundNetwork
from core.formats.layer_kinds import refuse_branch, refuse_function, refuse_layer
from core.formats.onnx_graph import Graph, Operation, constant, reshaped
from core.formats.source import Source
from core.formats.stack import Stack

_PASSED: Final = ("Identity", "Flatten", "Squeeze", "Unsqueeze")
_FUNCTIONS: Final = ("Relu", "Sigmoid", "Tanh", "Softmax", "LogSoftmax")
_OTHER_FUNCTIONS: Final = {
    *("LeakyRelu", "PRelu", "Elu", "Celu", "Selu", "Gelu", "Swish", "HardSigmoid", "HardSwish"),
    *("Softplus", "Softsign", "Mish", "ThresholdedRelu", "Hardmax", "Clip", "Erf", "Exp", "Sin"),
}
_DECISIONS: Final = ("ArgMax", "TopK", "ZipMap", "ArrayFeatureExtractor", "LabelEncoder")
_FLOATS: Final = (1, 10, 11, 16)
_MOST_PIXELS: Final = 2**20


class FollowedStack:
    """The dense layers that come up along the way from the graph's input to its output.

    Whatever is computed of shapes alone, or of the decision, is passed over.
    """

    def __init__(self, source: Source, graph: Graph) -> None:
        self._source = source
        self._constants = dict(graph.constants)
        [(self._current, shape)] = graph.inputs.items()
        self._past: set[str] = set()
        self._beside: set[str] = set()
        if math.prod(shape) > _MOST_PIXELS:
            source.too_large()
        # Where each number of the image stands, as long as that is known.
        self._places: NDArray[Any] | None = np.arange(math.prod(shape)).reshape(shape)
        self._flat = len(shape) == 1
        self._columns = False
        self._stack = Stack()
        self._labels: tuple[str, ...] | None = None
        for operation in graph.operations:
            self._follow(operation)

    def network(self) -> FoundNetwork:
        """The layers. Raises `FormatError` if there are none."""
        if self._stack.empty:
            raise self._source.no_network(self._constants)
        return self._stack.network(self._source.format, labels=self._labels)

    def _follow(self, operation: Operation) -> None:
        inputs = [each for each in operation.inputs if each]
        if operation.kind in _DECISIONS:
            self._decide(operation)
        elif operation.kind == "Shape" or any(each in self._beside for each in inputs):
            if operation.kind == "Reshape" and inputs[0] == self._current:
                self._places = None
                self._pass_on(operation)
            else:
                self._beside.update(operation.outputs)
        elif self._current in inputs:
            self._apply(operation, inputs)
        elif any(each in self._past for each in inputs):
            refuse_branch(operation.name)
        else:
            self._fold(operation, inputs)

    def _fold(self, operation: Operation, inputs: list[str]) -> None:
        known = [self._constants[each] for each in inputs if each in self._constants]
        found = constant(operation, known) if len(known) == len(inputs) else None
        if found is None:
            refuse_layer(operation.name, operation.kind)
        self._constants[operation.outputs[0]] = found

    def _decide(self, operation: Operation) -> None:
        """Take the labels from what turns the outputs into a decision, and no more."""
        self._beside.update(operation.outputs)
        names = operation.attributes.get("classlabels_int64s") or [
            each.decode("utf-8", "replace")
            for each in operation.attributes.get("classlabels_strings", [])
        ]
        if operation.kind == "ArrayFeatureExtractor" and operation.inputs[0] in self._constants:
            names = self._constants[operation.inputs[0]].ravel().tolist()
        if names:
            self._labels = tuple(map(str, names))

    def _apply(self, operation: Operation, inputs: list[str]) -> None:
        kind, name = operation.kind, operation.name
        if inputs.count(self._current) > 1 or any(each in self._past for each in inputs):
            refuse_branch(name)
        others = [each for each in inputs if each != self._current]
        constants = [self._constants[each] for each in others if each in self._constants]
        if len(constants) < len(others):
            refuse_branch(name)
        first = inputs[0] == self._current
        if kind in _FUNCTIONS:
            self._check_axis(operation)
            self._stack.activate(name, kind)
        elif kind in _OTHER_FUNCTIONS:
            refuse_function(name, kind)
        elif kind in ("Gemm", "MatMul"):
            self._add_dense(operation, constants, first)
        elif kind in ("Add", "Sub", "Mul", "Div", "Neg", "BatchNormalization", "Scaler"):
            self._stack.scale(name, *_scaling(operation, constants, first))
        else:
            self._rearrange(operation, constants)
        self._pass_on(operation)

    def _pass_on(self, operation: Operation) -> None:
        self._past.add(self._current)
        self._current = operation.outputs[0]

    def _rearrange(self, operation: Operation, constants: list[NDArray[Any]]) -> None:
        """Pass what changes no number, and take up an image that is turned over."""
        kind = operation.kind
        if kind == "Dropout":
            self._stack.leave_out(operation.name)
        elif kind == "Reshape" and constants and self._places is not None and self._stack.empty:
            self._places = reshaped(self._places, constants[0])
        elif kind == "Transpose":
            self._turn(operation)
        elif kind == "Cast" and operation.attributes.get("to") not in _FLOATS:
            refuse_layer(operation.name, "Cast")
        elif kind not in (*_PASSED, "Reshape", "Cast"):
            refuse_layer(operation.name, kind)
        elif kind not in ("Cast", "Identity"):
            self._places = None

    def _turn(self, operation: Operation) -> None:
        if self._places is None or not self._stack.empty:
            refuse_layer(operation.name, "Transpose")
        turned = np.transpose(self._places, operation.attributes.get("perm"))
        order = turned.ravel()
        if not np.array_equal(order, np.sort(order)):
            self._stack.reorder(operation.name, order)
        self._places = np.arange(order.size).reshape(turned.shape)

    def _check_axis(self, operation: Operation) -> None:
        """A softmax over something else than the neurons of a layer is another function."""
        over_rows = operation.attributes.get("axis", -1) in (0, -2)
        if operation.kind.endswith("oftmax") and not self._flat and over_rows != self._columns:
            refuse_function(operation.name, operation.kind)

    def _add_dense(self, operation: Operation, constants: list[NDArray[Any]], first: bool) -> None:
        """W·a + b, whether the activations stand in a row before a matrix or in a column after."""
        weights, *biases = constants
        if weights.ndim != 2:
            refuse_layer(operation.name, operation.kind)
        turned = operation.attributes.get("transB" if first else "transA", 0)
        if operation.attributes.get("transA" if first else "transB", 0):
            refuse_layer(operation.name, f"{operation.kind}, transposed input")
        self._columns = not first
        matrix = weights if bool(turned) == first else weights.T
        alpha, beta = (operation.attributes.get(each, 1.0) for each in ("alpha", "beta"))
        added = biases[0] * beta if biases else None
        self._stack.dense(operation.name, matrix * alpha, added)


def _scaling(
    operation: Operation, constants: list[NDArray[Any]], first: bool
) -> tuple[Floats, Floats]:
    """By what each number is multiplied, and what is added."""
    doubles = [each.astype(np.float64) for each in constants]
    with np.errstate(all="ignore"):
        if operation.kind == "BatchNormalization" and len(doubles) == 4:
            gamma, beta, mean, variance = doubles
            factor = gamma / np.sqrt(variance + operation.attributes.get("epsilon", 1e-5))
            return factor, beta - mean * factor
        if operation.kind == "Scaler":
            offset, scale = (np.array(operation.attributes[each]) for each in ("offset", "scale"))
            return scale, -offset * scale
        return _arithmetic(operation, doubles, first)


def _arithmetic(
    operation: Operation, constants: list[Doubles], first: bool
) -> tuple[Doubles, Doubles]:
    """The same for one operation with a constant, before which the numbers come ``first``."""
    one, zero = np.ones(1), np.zeros(1)
    match operation.kind, constants:
        case "Neg", []:
            return -one, zero
        case "Add", [c]:
            return one, c
        case "Sub", [c]:
            return (one, -c) if first else (-one, c)
        case "Mul", [c]:
            return c, zero
        case "Div", [c] if first:
            return 1 / c, zero
    refuse_layer(operation.name, operation.kind)
