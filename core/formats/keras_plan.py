"""The plan of a Keras model: which layers follow one another, as its configuration says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.formats.found import FormatError
from core.formats.layer_kinds import refuse_branch, refuse_layer
from core.formats.source import Source

_CONTAINERS: Final = ("Sequential", "Functional", "Model")
_DEEPEST: Final = 8


@dataclass(frozen=True)
class PlannedLayer:
    """A layer of the type ``kind``, and the names of the models that it is in, then its own.

    ``numbered`` is the same path by the names that weights have since Keras 3. ``operand`` is the
    number that a plain operation, such as a division, has as well, and ``operand_first`` says
    whether it stands before the output of the layer before.
    """

    kind: str
    path: tuple[str, ...]
    numbered: tuple[str, ...]
    config: Mapping[str, Any]
    operand: float | None = None
    operand_first: bool = False

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]


def planned_layers(source: Source, model: Any) -> tuple[PlannedLayer, ...]:
    """The layers of a model in the order in which they compute; nested models are unfolded.

    Raises `FormatError` for models that branch, and for configurations that are none.
    """
    try:
        return tuple(_layers_of(model, (), (), _DEEPEST))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise FormatError(
            "{file} describes a Keras model in a way that is not known here; save it with a "
            "current Keras, as .keras.",
            "formats.keras_plan",
            file=source.name,
        ) from error


def _layers_of(
    model: Mapping[str, Any], path: tuple[str, ...], numbered: tuple[str, ...], depth: int
) -> Iterator[PlannedLayer]:
    kind = model["class_name"]
    if kind not in _CONTAINERS or depth == 0:
        refuse_layer(str(model.get("config", {}).get("name", kind)), f"{kind}")
    config = model["config"]
    layers = config if isinstance(config, list) else config["layers"]
    counted = dict(zip(map(id, layers), _numbered_names(layers), strict=True))
    ordered = layers if kind == "Sequential" else _one_after_the_other(config)
    for layer in ordered:
        name = str(layer["config"].get("name") or layer.get("name"))
        inside = (*path, name), (*numbered, counted[id(layer)])
        if layer["class_name"] in _CONTAINERS:
            yield from _layers_of(layer, *inside, depth - 1)
        else:
            operand = _operand(layer.get("inbound_nodes", []))
            yield PlannedLayer(layer["class_name"], *inside, layer["config"], *operand)


def _numbered_names(layers: list[Mapping[str, Any]]) -> Iterator[str]:
    """What each layer's weights are called: by its type, and by how many came before."""
    counts: dict[str, int] = {}
    for layer in layers:
        name = _snake_case(str(layer["class_name"]))
        counts[name] = counts.get(name, -1) + 1
        yield f"{name}_{counts[name]}" if counts[name] else name


def _snake_case(kind: str) -> str:
    kind = re.sub(r"\W+", "", kind)
    kind = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", kind)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", kind).lower()


def _one_after_the_other(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The layers of a functional model from its input to its output."""
    layers = {layer["name"]: layer for layer in config["layers"]}
    followers: dict[str, str] = {}
    begins = []
    for name, layer in layers.items():
        before = sorted(set(_sources(layer.get("inbound_nodes", []), layers)))
        if len(before) > 1 or len(layer.get("inbound_nodes", [])) > 1:
            refuse_branch(name)
        if not before:
            begins.append(name)
        elif followers.setdefault(before[0], name) != name:
            refuse_branch(before[0])
    if len(begins) != 1:
        refuse_branch(begins[-1] if begins else str(config.get("name", "")))
    order = begins
    while order[-1] in followers and len(order) <= len(layers):
        order.append(followers[order[-1]])
    return [layers[name] for name in order]


def _sources(said: Any, layers: Mapping[str, Any], depth: int = 12) -> Iterator[str]:
    """The layers whose outputs a layer takes: lists that begin with a name and two numbers."""
    if depth == 0:
        return
    if isinstance(said, dict):
        for each in said.values():
            yield from _sources(each, layers, depth - 1)
    elif isinstance(said, list):
        if len(said) >= 3 and isinstance(said[0], str) and said[0] in layers:
            yield said[0]
        for each in said:
            yield from _sources(each, layers, depth - 1)


def _operand(said: Any) -> tuple[float | None, bool]:
    """The number that an operation is called with, and whether it comes first."""
    match said:
        case [{"args": [dict(), int() | float() as number]}]:
            return number, False
        case [{"args": [int() | float() as number, dict()]}]:
            return number, True
        case [["_CONSTANT_VALUE", int(), int() | float() as number, {"y": list()}]]:
            return number, True
        case [[str(), int(), int(), {"y": int() | float() as number}]]:
            return number, False
        case [[[str(), int(), int(), {"y": int() | float() as number}]]]:
            return number, False
    return None, False
