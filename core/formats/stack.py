"""A stack of dense layers, built as a file lists its steps; what can be folded is folded.

Scaling and shifting (batch normalization, rescaled inputs) are folded into the weights of the
dense layer before, if its activation has not come yet, and else into those of the layer after.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles, Floats
from core.file_format import FileFormat
from core.formats.found import FormatError, FoundLayer, FoundNetwork, Note
from core.formats.layer_kinds import refuse_function
from core.formats.source import listed
from core.nn.layer import LARGEST

FUNCTIONS: Final = {
    "sigmoid": "sigmoid",
    "logistic": "sigmoid",
    "relu": "relu",
    "tanh": "tanh",
    "softmax": "softmax",
    "linear": "identity",
    "identity": "identity",
    "none": "identity",
}
"""What programs call the activation functions that are known here, without capitals."""

_WIDEST_COPY: Final = 2_048


@dataclass(frozen=True)
class _Scaling:
    """Every number is multiplied by its ``factor``, and its ``offset`` added."""

    factor: Doubles
    offset: Doubles

    def folded(self, name: str, weights: Doubles, biases: Doubles) -> tuple[Doubles, Doubles]:
        """The weights and biases that do it as well, for those of the layer after it."""
        n_in = weights.shape[1]
        return (
            weights * _spread(name, self.factor, n_in),
            biases + weights @ _spread(name, self.offset, n_in),
        )


@dataclass(frozen=True)
class _Order:
    """The numbers change places: the i-th is what stood at ``places[i]``."""

    places: NDArray[np.int64]

    def folded(self, name: str, weights: Doubles, biases: Doubles) -> tuple[Doubles, Doubles]:
        """The weights in the places that the numbers come from, and the biases."""
        _check_count(name, len(self.places), weights.shape[1], len(self.places) == weights.shape[1])
        moved = np.empty_like(weights)
        moved[:, self.places] = weights
        return moved, biases


@dataclass
class _Dense:
    """A layer that may still take up a scaling, as long as it has no ``activation``."""

    name: str
    weights: Doubles
    biases: Doubles
    activation: str | None = None


class Stack:
    """The dense layers that have come so far."""

    def __init__(self) -> None:
        self._layers: list[_Dense] = []
        self._before: list[_Scaling | _Order] = []
        self._folded: list[str] = []
        self._left_out: list[str] = []
        self._notes: list[Note] = []

    def dense(self, name: str, weights: Floats, biases: Floats | None = None) -> None:
        """Add a dense layer: ``weights`` (n_out, n_in), ``biases`` of n_out numbers or one."""
        n_out, n_in = weights.shape
        self._check_fit(name, n_in)
        matrix: Doubles = weights.astype(np.float64)
        added = np.zeros(n_out) if biases is None else _spread(name, biases, n_out)
        for step in reversed(self._before):
            matrix, added = step.folded(name, matrix, added)
        if self._layers and self._layers[-1].activation is None:
            self._layers[-1].activation = "identity"
        self._before.clear()
        self._layers.append(_Dense(name, matrix, added))

    def activate(self, name: str, function: str) -> None:
        """Let the activation ``function``, as another program calls it, follow."""
        called = function.lower().replace("_", "")
        if called == "logsoftmax":
            self._note_log_softmax(name)
            called = "softmax"
        if called not in FUNCTIONS:
            refuse_function(name, function)
        known = FUNCTIONS[called]
        if known == "identity" or self._repeats(known):
            return
        if not self._layers:
            refuse_function(name, function)
        if self._layers[-1].activation is not None or self._before:
            self._copy(name)
        self._layers[-1].activation = known

    def scale(self, name: str, factor: Floats, offset: Floats) -> None:
        """Let every number be multiplied by its ``factor``, and its ``offset`` added."""
        last = self._layers[-1] if self._layers else None
        follows = last is not None and last.activation is None and not self._before
        if not np.all(factor == 1) or (np.any(offset) and not follows):
            self._folded.append(name)
        if last is None or not follows:
            self._before.append(_Scaling(factor.astype(np.float64), offset.astype(np.float64)))
            return
        wide = _spread(name, factor, len(last.biases))
        last.weights = last.weights * wide[:, None]
        last.biases = last.biases * wide + _spread(name, offset, len(last.biases))

    def reorder(self, name: str, places: NDArray[np.int64]) -> None:
        """Let the numbers of the image change places: the i-th is what stood at ``places[i]``."""
        self._folded.append(name)
        self._before.append(_Order(places))

    def leave_out(self, name: str) -> None:
        """Pass a layer that does nothing to a network that has been trained, such as dropout."""
        self._left_out.append(name)

    @property
    def empty(self) -> bool:
        """Whether no dense layer has come yet."""
        return not self._layers

    def network(
        self, file: FileFormat, title: str = "", labels: tuple[str, ...] | None = None
    ) -> FoundNetwork:
        """The layers, with a note on everything that has been folded or left out."""
        if self._before:
            self._copy("")
        layers = tuple(
            FoundLayer(each.weights, each.biases, each.activation or "identity", True, each.name)
            for each in self._layers
        )
        return FoundNetwork(file, layers, labels=labels, notes=self._all_notes(), title=title)

    def _repeats(self, function: str) -> bool:
        return (
            function == "relu"
            and not self._before
            and bool(self._layers)
            and self._layers[-1].activation == "relu"
        )

    def _copy(self, name: str) -> None:
        """Add a layer that passes on what it gets, for what cannot be folded into any other."""
        n = len(self._layers[-1].biases)
        if n > _WIDEST_COPY:
            refuse_function(name, name)
        self.dense(name, np.eye(n))
        self._notes.append(
            Note(
                "A layer has been added after layer {layer}, because two functions follow each "
                "other there.",
                "formats.note_added_layer",
                {"layer": len(self._layers) - 1},
            )
        )

    def _check_fit(self, name: str, n_in: int) -> None:
        if self._layers and len(self._layers[-1].biases) != n_in:
            raise FormatError(
                "{layer} takes {inputs} numbers, but {before} before it gives {outputs}; only "
                "dense layers that follow one another can be shown.",
                "formats.misfit",
                layer=name,
                inputs=n_in,
                before=self._layers[-1].name,
                outputs=len(self._layers[-1].biases),
            )

    def _note_log_softmax(self, name: str) -> None:
        self._notes.append(
            Note(
                "{layer} is a log-softmax; shown is the softmax, without the logarithm.",
                "formats.note_log_softmax",
                {"layer": name},
            )
        )

    def _all_notes(self) -> tuple[Note, ...]:
        notes = list(self._notes)
        if self._folded:
            notes.append(
                Note(
                    "Folded into the weights: {layers}.",
                    "formats.note_folded",
                    {"layers": listed(self._folded)},
                )
            )
        if self._left_out:
            notes.append(
                Note(
                    "Left out, because it only matters in training: {layers}.",
                    "formats.note_left_out",
                    {"layers": listed(self._left_out)},
                )
            )
        return tuple(notes)


def _spread(name: str, numbers: Floats, size: int) -> Doubles:
    """As many numbers as there are neurons: themselves, one for all, or one for each channel."""
    flat = np.ravel(numbers).astype(np.float64)
    fits = 0 < flat.size <= size <= LARGEST and size % flat.size == 0
    _check_count(name, flat.size, size, fits)
    return np.tile(flat, size // flat.size)


def _check_count(name: str, found: int, size: int, fits: bool) -> None:
    if not fits:
        raise FormatError(
            "{layer} has {found} numbers for {size} neurons; only dense layers that follow one "
            "another can be shown.",
            "formats.count",
            layer=name,
            found=found,
            size=size,
        )
