"""A feed-forward network as a value: called, traced, edited into a new one, loaded and saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from os import PathLike
from pathlib import Path
from reprlib import repr as shortened
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, read_only
from core.files import write_content
from core.nn import any_file, network_file
from core.nn.activation_statistics import ActivationStatistics
from core.nn.activations import Activation, sigmoid
from core.nn.image_values import checked_images
from core.nn.initialization import Initialization, scaled
from core.nn.layer import LARGEST_WEIGHT, Layer, NetworkError, check_chain, check_parameters
from core.nn.model_card import checked_card
from core.nn.trace import Trace

_Pass: TypeAlias = tuple[Array, Array, np.ufunc, Callable[[Array], Array]]
"""``columns, biases, combine, function``: what `Network.__call__` needs of a layer, looked up once.

Its activations are ``function(combine(biases, inputs.dot(columns)))``.
"""


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Network:
    """Layers of neurons, each fed by the one before: a function from images to outputs.

    Nothing in it ever changes; an edit gives a new network that shares every untouched layer.
    ``card`` says where the network comes from (title, command, accuracy, licence notes, …) and
    holds whatever JSON can hold (`core.nn.model_card`). ``statistics`` say what activates its
    neurons, if that was measured.

    Raises ``NetworkError`` when there is no layer, when there are more than 16 million parameters,
    or when two neighbours or the statistics do not fit; ``CardError`` for the card.
    """

    layers: tuple[Layer, ...]
    card: Mapping[str, Any]
    statistics: ActivationStatistics | None
    _n_in: int = field(init=False)
    _passes: tuple[_Pass, ...] = field(init=False)

    def __init__(
        self,
        layers: Sequence[Layer],
        card: Mapping[str, Any] | None = None,
        statistics: ActivationStatistics | None = None,
    ) -> None:
        object.__setattr__(self, "layers", tuple(layers))
        object.__setattr__(self, "card", checked_card(card or {}))
        check_chain(self.layers)
        object.__setattr__(self, "statistics", statistics and statistics.fitting(self.layers))
        object.__setattr__(self, "_n_in", self.layers[0].n_in)
        object.__setattr__(self, "_passes", tuple(map(_pass, self.layers)))

    @classmethod
    def random(
        cls,
        sizes: Sequence[int],
        seed: int,
        activation: Activation = sigmoid,
        output: Activation | None = None,
        init_std: float | None = None,
        *,
        init: Initialization = scaled,
    ) -> "Network":
        """An untrained network with ``sizes`` neurons per layer, the inputs first.

        Weights are drawn from a normal distribution around 0. Its standard deviation is
        ``init_std`` or, by default, what ``init`` says for each layer (smaller starts give
        smoother weight images); biases are 0. ``output`` is the activation of the last layer, by
        default like the others.
        """
        if len(sizes) < 2 or min(sizes) < 1:
            raise NetworkError(f"A network needs at least two sizes, all above 0, not {sizes}.")
        if seed < 0:
            raise NetworkError(f"A seed is a whole number from 0 on, not {shortened(seed)}.")
        check_parameters(sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes)))
        rng = np.random.default_rng(seed)
        activations = [activation] * (len(sizes) - 2) + [output or activation]
        return cls(
            [
                _random_layer(
                    (n_out, n_in),
                    init(n_in, n_out) if init_std is None else init_std,
                    rng,
                    function,
                )
                for (n_in, n_out), function in zip(pairwise(sizes), activations, strict=True)
            ]
        )

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "Network":
        """Read a network from a file: one that `save` has written, or another program's.

        Of what such a file leaves open, the card says under ``"imported"`` what was found; see
        `core.formats.finding`. Raises ``InputError``, which says what is wrong with the file.
        """
        return cls(*any_file.read(path))

    def save(self, path: str | PathLike[str]) -> None:
        """Write the network to ``path``, whole or not at all; equal networks give equal bytes.

        With the suffix ``.safetensors``, ``.onnx`` or ``.json`` it is written for other programs,
        else as `load` reads it exactly. Raises ``InputError``.
        """
        writer = any_file.writer_of(path)
        if writer is None:
            network_file.write(path, self.layers, self.card, self.statistics)
        else:
            write_content(Path(path), writer(self), network_file.NetworkFileError)

    @classmethod
    def from_bytes(cls, content: bytes, name: str) -> "Network":
        """The network in a file of this ``content``, which ``NetworkFileError`` calls ``name``."""
        return cls(*network_file.unpacked(content, name))

    def to_bytes(self) -> bytes:
        """The content of the file that `save` writes."""
        return network_file.packed(self.layers, self.card, self.statistics)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of neurons of every layer, the inputs first: ``(784, 16, 16, 10)``."""
        return (self.layers[0].n_in, *(layer.n_out for layer in self.layers))

    @property
    def n_parameters(self) -> int:
        """How many weights and biases can be chosen: those that neurons share count once."""
        return sum(layer.n_parameters for layer in self.layers)

    @property
    def n_stored(self) -> int:
        """How many weights and biases all layers hold, those that are 0 or copies included."""
        return sum(layer.weights.size + layer.biases.size for layer in self.layers)

    def __call__(self, x: ArrayLike) -> Array:
        """Outputs ``(n_out,)`` of one image ``(n_in,)``, or ``(m, n_out)`` of ``(m, n_in)``.

        Values are 0-1; ``ImageError`` for another shape or range.
        """
        a = self.checked(x)
        for columns, biases, combine, function in self._passes:
            sums = a.dot(columns)
            a = function(combine(biases, sums, sums))
        return a

    def trace(self, x: ArrayLike) -> Trace:
        """The outputs of ``network(x)`` and every weighted sum and activation on the way."""
        inputs = a = self.checked(x).copy()
        zs, activations = [], []
        for layer in self.layers:
            z = layer.weighted_sums(a)
            a = layer.activation.function(z)
            zs.append(z)
            activations.append(a)
        for array in (inputs, *zs, *activations):
            array.setflags(write=False)
        return Trace(inputs, tuple(zs), tuple(activations))

    def checked(self, x: ArrayLike) -> Array:
        """``x`` as float32, ``(n_in,)`` or ``(m, n_in)``, 0-1; ``ImageError`` if it cannot be."""
        return checked_images(x, self._n_in)

    def layer_of(self, layer: int, neuron: int) -> Layer:
        """Layer ``layer``, counted from 0, the input, if it has weights and such a ``neuron``.

        Raises ``NetworkError`` that says what there is.
        """
        found = self._layer(layer)
        _check_index("neuron", neuron, found.n_out, layer)
        return found

    def with_weight(self, layer: int, target: int, source: int, value: float) -> "Network":
        """Set the weight from neuron ``source`` of layer ``layer - 1`` to ``target`` of ``layer``.

        Layers count from 0, the input; so do neurons. Raises ``NetworkError`` for a number that no
        weight can be.
        """
        old = self.layer_of(layer, target)
        _check_index("neuron", source, old.n_in, layer - 1)
        weights = _changed(old.weights, (target, source), _checked_number(value))
        return self.with_layer(layer, replace(old, weights=weights))

    def with_weights(self, layer: int, neuron: int, row: Array) -> "Network":
        """Set all weights of one neuron, ``row`` of shape ``(n_in,)``.

        Layers count from 0, the input; so do neurons. A neuron of a feature map has weights in its
        window alone: what ``row`` has elsewhere is left out.
        """
        old = self.layer_of(layer, neuron)
        if row.shape != (old.n_in,):
            raise NetworkError(
                f"A neuron of layer {layer} has {old.n_in} weights; these have the shape "
                f"{row.shape}."
            )
        if old.maps:
            row = np.where(np.isin(np.arange(old.n_in), old.maps.seen_by(neuron)), row, 0)
        return self.with_layer(layer, replace(old, weights=_changed(old.weights, neuron, row)))

    def with_bias(self, layer: int, neuron: int, value: float) -> "Network":
        """Set one bias. Layers count from 0, the input; so do neurons.

        Raises ``NetworkError`` for a number that no bias can be.
        """
        old = self.layer_of(layer, neuron)
        biases = _changed(old.biases, neuron, _checked_number(value))
        return self.with_layer(layer, replace(old, biases=biases))

    def with_layer(self, layer: int, new: Layer) -> "Network":
        """Put ``new`` in the place of layer ``layer``, counted from 0, the input."""
        self._layer(layer)
        return self.with_layers((*self.layers[: layer - 1], new, *self.layers[layer:]))

    def with_layers(self, layers: Sequence[Layer]) -> "Network":
        """The network with these ``layers`` instead of its own; itself if they are its own.

        The card keeps its text and says ``"edited": true``, for its accuracy no longer holds. Nor
        do the statistics, which are left out.
        """
        if tuple(layers) == self.layers:  # layers are equal if they are the same
            return self
        return Network(layers, {**self.card, "edited": True})

    def _layer(self, layer: int) -> Layer:
        if not 1 <= layer <= len(self.layers):
            raise NetworkError(
                f"There is no layer {layer} with weights; they count from 1 to {len(self.layers)}."
            )
        return self.layers[layer - 1]

    def __deepcopy__(self, memo: dict[int, Any]) -> "Network":
        return self

    def __reduce__(self) -> tuple[type["Network"], tuple[object, ...]]:
        # Neither the card's read-only view nor the passes can be pickled; both are made anew.
        return Network, (self.layers, dict(self.card), self.statistics)

    def __repr__(self) -> str:
        names = [layer.activation.name for layer in self.layers]
        functions = names[0] if len(set(names)) == 1 else ", ".join(names)
        sizes = "-".join(map(str, self.sizes))
        return f"Network {sizes}, {functions}, {self.n_parameters:,} parameters"


def _pass(layer: Layer) -> _Pass:
    activation, columns = layer.activation, layer.weights.T
    if activation.reflected is None:
        return columns, layer.biases, np.add, activation.function
    # -b - W·a is -(W·a + b), bit for bit.
    return columns, read_only(-layer.biases), np.subtract, activation.reflected


def _check_index(what: str, index: int, count: int, layer: int) -> None:
    if not 0 <= index < count:
        raise NetworkError(
            f"Layer {layer} has no {what} {index}; they count from 0 to {count - 1}."
        )


def _random_layer(
    shape: tuple[int, int], std: float, rng: np.random.Generator, activation: Activation
) -> Layer:
    with np.errstate(over="ignore"):  # Layer refuses what float32 cannot hold
        weights = (std * rng.standard_normal(shape)).astype(np.float32)
    weights += 0  # a minus zero becomes zero, every other number stays as it is
    return Layer(weights, np.zeros(shape[0], np.float32), activation)


def _checked_number(value: float) -> float:
    """The value, if it can be a weight or a bias; it may be a whole number too large for floats."""
    if not -LARGEST_WEIGHT <= value <= LARGEST_WEIGHT:
        raise NetworkError(
            "A weight or a bias must be finite and from -{most:,.0f} to {most:,.0f}; {value} is "
            "not.",
            "edit.number",
            most=LARGEST_WEIGHT,
            value=shortened(value if isinstance(value, int) else float(value)),
        )
    return value


def _changed(array: Array, index: int | tuple[int, int], values: float | Array) -> Array:
    changed = array.copy()
    with np.errstate(over="ignore"):  # Layer refuses what float32 cannot hold
        changed[index] = values
    return changed
