"""The dense layers that a file may mean, by the shapes of its matrices alone.

A file need not say whether the rows of a matrix or its columns are the neurons, nor whether a row
or column of it are the biases. Matrices that follow each other leave few ways to read them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import isqrt
from typing import Final

from core.arrays import Floats
from core.errors import InputError
from core.formats.found import FoundLayer, FoundNetwork
from core.formats.unrolled import unrolled_matrices
from core.nn.image_network import MOST_LAYERS, SIDES, WIDEST
from core.nn.model_card import N_LABELS

_MOST: Final = 64
"""The most ways to read a file that are looked at."""


class ShapesError(InputError):
    """The matrices of a file make no network, however they are turned."""


@dataclass(frozen=True)
class StackLayer:
    """``weights`` are (n_out, n_in), ``biases`` (n_out,) or None where there are none."""

    weights: Floats
    biases: Floats | None
    activation: str | None


@dataclass(frozen=True)
class Stack:
    """One way to read the numbers of a file as layers.

    ``weights`` says where a neuron's weights are: in ``"rows"`` or ``"columns"`` of the matrices,
    or in either, ``"mixed"``; a matrix in a line of numbers follows ``"by_rows"`` or
    ``"by_columns"``. ``biases`` says where its bias is: in an array of its own, ``"own"``; the
    ``"first"`` or ``"last"`` of its weights; nowhere, ``"none"``; and in a line of numbers
    ``"after"`` or ``"before"`` the weights of each layer, or at the ``"end"`` of all.
    """

    layers: tuple[StackLayer, ...]
    weights: str
    biases: str

    @property
    def sizes(self) -> str:
        """Such as 784-16-16-10."""
        return "-".join(map(str, self.numbers))

    @property
    def size(self) -> int:
        """How many weights there are."""
        return sum(layer.weights.size for layer in self.layers)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number of neurons of every layer, the inputs first."""
        first = self.layers[0].weights.shape[1]
        return (first, *(len(layer.weights) for layer in self.layers))


def stacks(found: FoundNetwork) -> list[Stack]:
    """All ways to read a file as a network that looks at a square image, the likeliest first.

    If there is none with a square image or of a size that can be shown, those of other sizes.

    Raises:
        ShapesError: the matrices do not follow each other, however they are turned.
    """
    every = _unrolled(found) if found.unrolled is not None else _in_any_order(found.layers)
    if not every:
        raise _misfit(found)
    return [each for each in every if _can_be_shown(each)] or every


def _unrolled(found: FoundNetwork) -> list[Stack]:
    if found.unrolled is None:
        return []
    activations = [layer.activation for layer in found.layers]
    made = []
    for line in unrolled_matrices(found.unrolled):
        known = activations if len(activations) == len(line.layers) else [None] * len(line.layers)
        layers = (StackLayer(*each, name) for each, name in zip(line.layers, known, strict=True))
        made.append(Stack(tuple(layers), line.weights, line.biases))
    return made


def _in_any_order(layers: Sequence[FoundLayer]) -> list[Stack]:
    """Names need not be in the order of the layers; the sizes of these say it as well."""
    orders = permutations(layers) if len(layers) <= MOST_LAYERS else iter([tuple(layers)])
    return next((made for order in orders if (made := _in_order(order))), [])


def _in_order(layers: Sequence[FoundLayer]) -> list[Stack]:
    chains = list(_chains(layers, None))
    made = [_stack(chain) for chain in chains]
    pure = [each for each in made if each.weights != "mixed" and each.biases != "mixed"]
    return sorted(pure or made, key=_unlikeliness)[:_MOST]


@dataclass(frozen=True)
class _Form:
    """One way to read one layer."""

    layer: StackLayer
    weights: str
    biases: str


def _chains(layers: Sequence[FoundLayer], n_in: int | None) -> Iterator[tuple[_Form, ...]]:
    """All ways to read layers of which each fits the one before."""
    if not layers:
        yield ()
        return
    for form in _forms(layers[0]):
        n_out, found = form.layer.weights.shape
        if n_in is None or found == n_in:
            for others in _chains(layers[1:], n_out):
                yield (form, *others)


def _forms(layer: FoundLayer) -> Iterator[_Form]:
    if layer.out_first is not False:
        yield from _biased(layer, layer.weights, "rows")
    if layer.out_first is not True:
        yield from _biased(layer, layer.weights.T, "columns")


def _biased(layer: FoundLayer, weights: Floats, where: str) -> Iterator[_Form]:
    """A matrix (n_out, n) of weights, or of weights and biases."""
    name = layer.activation
    if layer.biases is not None:
        if layer.biases.size == len(weights):
            yield _Form(StackLayer(weights, layer.biases.reshape(-1), name), where, "own")
        return
    yield _Form(StackLayer(weights, None, name), where, "none")
    if weights.shape[1] > 1:
        yield _Form(StackLayer(weights[:, 1:], weights[:, 0], name), where, "first")
        yield _Form(StackLayer(weights[:, :-1], weights[:, -1], name), where, "last")


def _stack(chain: Sequence[_Form]) -> Stack:
    layers = tuple(form.layer for form in chain)
    biases = {form.biases for form in chain}
    if "own" in biases:  # some layers have biases of their own, and others none
        biases.discard("none")
    return Stack(layers, _only({form.weights for form in chain}), _only(biases))


def _only(names: set[str]) -> str:
    return names.pop() if len(names) == 1 else "mixed"


def _unlikeliness(stack: Stack) -> tuple[bool, ...]:
    return (stack.biases == "mixed", stack.weights == "mixed", stack.weights == "columns")


def _can_be_shown(stack: Stack) -> bool:
    inputs, *hidden, outputs = stack.numbers
    side = isqrt(inputs)
    return (
        side * side == inputs
        and side in SIDES
        and outputs in N_LABELS
        and len(stack.layers) <= MOST_LAYERS
        and max(hidden, default=0) <= WIDEST
    )


def _misfit(found: FoundNetwork) -> ShapesError:
    if found.unrolled is not None:
        return ShapesError(
            "The file has {count} numbers in one line, which fit no dense network that reads "
            "square images; save the matrices of weights and the biases one by one.",
            "found.line",
            count=found.unrolled.size,
        )
    return ShapesError(
        "The layers do not follow each other: their matrices have the shapes {shapes}{biases}.",
        "found.shapes",
        shapes=", ".join(" × ".join(map(str, layer.weights.shape)) for layer in found.layers),
        biases=_with_biases(found.layers),
    )


def _with_biases(layers: Sequence[FoundLayer]) -> str:
    counts = [str(layer.biases.size) for layer in layers if layer.biases is not None]
    return f" (biases: {', '.join(counts)})" if counts else ""
