"""The layers of Keras, each as what it does to a stack of dense layers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

import numpy as np

from core.arrays import Floats
from core.formats.found import FormatError
from core.formats.keras_plan import PlannedLayer
from core.formats.layer_kinds import refuse_function, refuse_layer
from core.formats.stack import FUNCTIONS, Stack

Variables: TypeAlias = Mapping[str, Floats]
"""The arrays of one layer, by the names that Keras gives its variables."""

_PASSED: Final = {"InputLayer", "Flatten", "Reshape"}

_ONLY_IN_TRAINING: Final = {
    *("Dropout", "SpatialDropout1D", "SpatialDropout2D", "AlphaDropout", "GaussianDropout"),
    *("GaussianNoise", "ActivityRegularization", "RandomFlip", "RandomRotation", "RandomZoom"),
    *("RandomTranslation", "RandomContrast", "RandomBrightness", "RandomShear"),
}

_OPERATIONS: Final = {
    **{"TrueDivide": "divide", "Divide": "divide", "math.truediv": "divide"},
    **{"math.divide": "divide", "Multiply": "multiply", "math.multiply": "multiply"},
    **{"Subtract": "subtract", "math.subtract": "subtract", "Add": "add"},
    **{"math.add": "add", "__operators__.add": "add"},
}


def variable_names(layer: PlannedLayer) -> list[str]:
    """The variables of a layer in the order in which they are made."""
    config = layer.config
    match layer.kind:
        case "Dense":
            return ["kernel", *(["bias"] if config.get("use_bias", True) else [])]
        case "BatchNormalization":
            learned = [("gamma", "scale"), ("beta", "center")]
            made = [name for name, option in learned if config.get(option, True)]
            return [*made, "moving_mean", "moving_variance"]
        case "Normalization":
            return ["mean", "variance", "count"]
    return []


def stacked(
    layers: Iterable[PlannedLayer], variables: Callable[[PlannedLayer], Variables]
) -> Stack:
    """The dense layers that these make, with what lies between them folded in."""
    stack = Stack()
    for layer in layers:
        _add(stack, layer, variables(layer))
    return stack


def _add(stack: Stack, layer: PlannedLayer, variables: Variables) -> None:
    kind = layer.config.get("function", "") if layer.kind == "TFOpLambda" else layer.kind
    if kind == "Dense":
        _add_dense(stack, layer, variables)
    elif kind in ("Activation", "Softmax", "ReLU", "LeakyReLU", "PReLU", "ELU", "ThresholdedReLU"):
        stack.activate(layer.name, _function(layer.name, _layer_function(layer)))
    elif kind in _PASSED:
        pass
    elif kind in _ONLY_IN_TRAINING:
        stack.leave_out(layer.name)
    elif kind in _OPERATIONS and layer.operand is not None:
        _add_operation(stack, layer, _OPERATIONS[kind], layer.operand)
    elif kind.lower().rsplit(".", 1)[-1] in FUNCTIONS:
        stack.activate(layer.name, kind.rsplit(".", 1)[-1])
    else:
        _add_scaling(stack, layer, variables, kind)


def _add_dense(stack: Stack, layer: PlannedLayer, variables: Variables) -> None:
    kernel = _needed(layer, variables, "kernel")
    if kernel.ndim != 2:
        refuse_layer(layer.name, layer.kind)
    stack.dense(layer.name, kernel.T, variables.get("bias"))
    stack.activate(layer.name, _function(layer.name, layer.config.get("activation")))


def _add_scaling(stack: Stack, layer: PlannedLayer, variables: Variables, kind: str) -> None:
    match kind:
        case "Rescaling":
            scale, offset = (layer.config.get(each, 0.0) for each in ("scale", "offset"))
            stack.scale(layer.name, np.asarray(scale, float), np.asarray(offset, float))
        case "BatchNormalization":
            stack.scale(layer.name, *_batch_norm(layer, variables))
        case "Normalization":
            stack.scale(layer.name, *_normalization(layer, variables))
        case _:
            refuse_layer(layer.name, kind)


def _batch_norm(layer: PlannedLayer, variables: Variables) -> tuple[Floats, Floats]:
    mean, variance = (
        _needed(layer, variables, f"moving_{each}").astype(np.float64)
        for each in ("mean", "variance")
    )
    gamma = variables.get("gamma", np.ones(mean.shape))
    factor = gamma / np.sqrt(variance + float(layer.config.get("epsilon", 1e-3)))
    return factor, variables.get("beta", np.zeros(mean.shape)) - mean * factor


def _normalization(layer: PlannedLayer, variables: Variables) -> tuple[Floats, Floats]:
    if layer.config.get("invert"):
        refuse_layer(layer.name, "Normalization, invert")
    said = {name: layer.config.get(name) for name in ("mean", "variance")}
    mean, variance = (
        np.asarray(_needed(layer, variables, name) if value is None else value, float)
        for name, value in said.items()
    )
    factor = 1 / np.maximum(np.sqrt(variance), 1e-7)
    return factor, -mean * factor


def _add_operation(stack: Stack, layer: PlannedLayer, operation: str, operand: float) -> None:
    """Scale by one number: x / c, x · c, x − c, c − x or x + c."""
    if operation == "divide" and (layer.operand_first or operand == 0):
        refuse_layer(layer.name, layer.kind)
    factor, offset = {
        "divide": (1 / operand if operand else 0.0, 0.0),
        "multiply": (operand, 0.0),
        "subtract": (-1.0, operand) if layer.operand_first else (1.0, -operand),
        "add": (1.0, operand),
    }[operation]
    stack.scale(layer.name, np.array(factor), np.array(offset))


def _needed(layer: PlannedLayer, variables: Variables, name: str) -> Floats:
    if name not in variables:
        raise FormatError(
            "{layer} has no weights in the file ({variable} is missing); save the whole model, "
            "as .keras.",
            "formats.no_variable",
            layer=layer.name,
            variable=name,
        )
    return variables[name]


def _layer_function(layer: PlannedLayer) -> Any:
    """The function of a layer that is nothing but an activation."""
    config = layer.config
    if layer.kind == "Activation":
        return config.get("activation")
    bent = ("max_value", "negative_slope", "threshold")
    if layer.kind == "ReLU" and any(config.get(each) for each in bent):
        return "ReLU with a slope or a limit"
    return layer.kind


def _function(name: str, said: Any) -> str:
    """What an activation is called, as a configuration says it: by name, or as an object."""
    match said:
        case None:
            return "linear"
        case str():
            return said
        case {"class_name": "function", "config": str() as function}:
            return function
        case {"class_name": str() as kind}:
            refuse_function(name, kind)
    refuse_function(name, str(said)[:60])
