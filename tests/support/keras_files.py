"""Files as Keras lays them out, of every kind, without Keras: it is too large for a test."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import h5py
import numpy as np

from support.other_programs import zipped


@dataclass(frozen=True)
class KerasLayer:
    """A layer of this type and configuration, with its variables by their names in order."""

    kind: str
    config: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, np.ndarray] = field(default_factory=dict)
    module: str = "keras.layers"

    @property
    def name(self) -> str:
        return str(self.config["name"])

    @property
    def plan(self) -> dict[str, Any]:
        return {"module": self.module, "class_name": self.kind, "config": self.config}


def dense(name: str, weights: np.ndarray, biases: np.ndarray | None, function: Any) -> KerasLayer:
    """A dense layer; ``weights`` are (n_out, n_in), its kernel is the other way round."""
    config = {"name": name, "activation": function, "use_bias": biases is not None}
    variables = {"kernel": weights.T} | ({} if biases is None else {"bias": biases})
    return KerasLayer("Dense", config, variables)


def other(kind: str, **config: Any) -> KerasLayer:
    """A layer without weights."""
    return KerasLayer(kind, {"name": kind.lower()} | config)


def sequential(layers: Iterable[KerasLayer]) -> dict[str, Any]:
    """The plan of a model whose layers follow one another."""
    plans = [layer.plan for layer in layers]
    return {"class_name": "Sequential", "config": {"name": "sequential", "layers": plans}}


def functional(layers: Sequence[KerasLayer], sources: dict[str, list[Any]]) -> dict[str, Any]:
    """The plan of a model that says of each layer what it takes, as `tensor` writes it."""
    plans = [
        layer.plan
        | {
            "name": layer.name,
            "inbound_nodes": [{"args": sources[layer.name]}] if layer.name in sources else [],
        }
        for layer in layers
    ]
    return {"class_name": "Functional", "config": {"name": "model", "layers": plans}}


def tensor(layer: str) -> dict[str, Any]:
    """The output of a layer, as a plan names it."""
    return {"class_name": "__keras_tensor__", "config": {"keras_history": [layer, 0, 0]}}


def keras_archive(plan: dict[str, Any], layers: Sequence[KerasLayer], named: bool = True) -> bytes:
    """A ``.keras`` file."""
    return zipped(
        metadata__json=b'{"keras_version": "3.0.0"}',
        config__json=json.dumps(plan).encode(),
        model__weights__h5=numbered_weights(layers, named),
    )


def numbered_weights(layers: Sequence[KerasLayer], named: bool = True) -> bytes:
    """Weights since Keras 3: by the type of the layers, in order, and with numbers."""
    file, counts = io.BytesIO(), dict[str, int]()
    with h5py.File(file, "w") as weights:
        for layer in layers:
            kind = {"BatchNormalization": "batch_normalization"}.get(layer.kind, layer.kind.lower())
            counts[kind] = counts.get(kind, -1) + 1
            path = f"{kind}_{counts[kind]}" if counts[kind] else kind
            group = weights.create_group(f"layers/{path}/vars")
            if named:
                group.attrs["name"] = layer.name
            for number, array in enumerate(layer.variables.values()):
                group[str(number)] = array
    return file.getvalue()


def older_h5(
    plan: dict[str, Any] | None, layers: Sequence[KerasLayer], suffix: str = ":0"
) -> bytes:
    """A ``.h5`` file of the whole model, or of its weights where there is no plan."""
    file = io.BytesIO()
    with h5py.File(file, "w") as model:
        if plan is not None:
            model.attrs["model_config"] = json.dumps(plan)
        weights = model if plan is None else model.create_group("model_weights")
        for layer in layers:
            group = weights.create_group(layer.name)
            for name, array in layer.variables.items():
                group[f"{layer.name}/{name}{suffix}"] = array
    return file.getvalue()


def tensorflow_js(
    plan: dict[str, Any], layers: Sequence[KerasLayer], quantized: str = ""
) -> tuple[bytes, bytes]:
    """A ``model.json``, and its weights, of which the array ``quantized`` has a byte a number."""
    entries, content = [], b""
    for layer in layers:
        for name, array in layer.variables.items():
            entry: dict[str, Any] = {"name": f"{layer.name}/{name}", "shape": list(array.shape)}
            stored = array
            if quantized == entry["name"]:
                scale, least = float(np.ptp(array)) / 255, float(array.min())
                entry |= {"quantization": {"scale": scale, "min": least, "dtype": "uint8"}}
                stored = np.rint((array - least) / scale).astype(np.uint8)
            content += np.ascontiguousarray(stored).tobytes()
            entries.append(entry | {"dtype": "float32"})
    manifest = [{"paths": ["group1-shard1of1.bin"], "weights": entries}]
    topology = {"model_config": plan, "keras_version": "2.15.0"}
    model = {"format": "layers-model", "modelTopology": topology, "weightsManifest": manifest}
    return json.dumps(model).encode(), content
