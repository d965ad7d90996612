"""What a file leaves open is found out: the network in it, as one that reads ink row by row.

By the shapes of the matrices and by reading the built-in sample under one assumption after the
other (`core.formats.search`). Everything that was found becomes a part of ordinary weights, so that
the network's outputs for an image are those that the file's network has for the image as it wants
it. The card says under ``"imported"`` what that was; a person may correct each aspect.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import isqrt
from pathlib import PurePath
from typing import Any, Final

import numpy as np

from core.arrays import Floats
from core.evaluation.sample import Source, sample
from core.file_format import FileFormat
from core.formats.aspects import Answered, Aspect, aspects, is_read, usual, with_choice
from core.formats.found import FoundNetwork
from core.formats.image_reading import affine, folded
from core.formats.meanings import is_of_digits, meant_by, usual_labels
from core.formats.probe import ORDERS, Digits, Probe, Sums
from core.formats.search import Candidate, Question, best_of, finalists, framings
from core.formats.shapes import Stack, stacks
from core.nn.activations import ACTIVATIONS
from core.nn.display_scale import with_scales
from core.nn.image_network import check_image_network, framing, labels, side
from core.nn.layer import Layer
from core.nn.model_card import LONGEST_TITLE
from core.nn.network import Network

_OF_FRAMEWORKS: Final = {
    FileFormat.SAFETENSORS,
    FileFormat.ONNX,
    FileFormat.KERAS,
    FileFormat.HDF5,
}
"""Formats of programs whose users choose ReLU where they say nothing."""

_LOSS_OF_IDENTITY: Final = 0.15
"""For each output, what a squared error stays below that was trained to be small."""

_OFF, _OFF_BESIDE_SIGMOIDS = 0.35, 1.2
"""How far from 1 the sum of outputs may be that are to be 0 and 1."""

_MOST_QUESTIONS: Final = 3
_LONGEST_FILE_NAME: Final = 120


@dataclass(frozen=True)
class Finding:
    """A network that was found in a file, and everything about it that a person may correct.

    ``file`` is the name of the file.
    """

    found: FoundNetwork
    file: str
    question: Question
    answered: Answered
    source: Source

    @cached_property
    def aspects(self) -> tuple[Aspect, ...]:
        """What was open, and what speaks for each of the things that it may be."""
        return aspects(self.question, self.answered)

    @cached_property
    def accuracy(self) -> float | None:
        """The share of the sample, 0-1, that is read, as digits lie in the network's images.

        None if no output stands for anything that the sample shows.
        """
        if not len(self.question.digits.labels):
            return None
        candidate = self.answered.candidate
        sums = Probe(candidate.stack, self.question.digits, candidate.framing)
        return sums.sums(candidate.assumed).accuracy(self.question.meant(candidate.order))

    @property
    def labels(self) -> tuple[str, ...]:
        """What each output of the network stands for."""
        return tuple(ORDERS[0]) if self.answered.candidate.order else self.question.labels

    @cached_property
    def network(self) -> Network:
        """A network that reads ink, 0-1, row by row.

        Raises:
            InputError: it is too large to be shown, or has numbers that are none.
        """
        network = Network(_layers(self.answered), self._card())
        check_image_network(network)
        digits = self.question.digits if len(self.question.digits.labels) else _digits()[0]
        return with_scales(network, digits.sized(side(network), framing(network)))

    def with_choices(self, choices: Mapping[str, str]) -> "Finding":
        """The same with other values for some aspects, by their names.

        Raises:
            AspectError: an aspect cannot have this value.
        """
        answered = self.answered
        for name, value in choices.items():
            answered = with_choice(self.question, answered, name, value)
        return Finding(self.found, self.file, self.question, answered, self.source)

    def _card(self) -> dict[str, Any]:
        imported: dict[str, Any] = {
            "file": self.file[:_LONGEST_FILE_NAME],
            "format": self.found.format.value,
            **{aspect.name: aspect.value for aspect in self.aspects},
        }
        if self.accuracy is not None:
            imported["accuracy"] = {self.source: round(self.accuracy, 4)}
        title = self.found.title.strip() or PurePath(self.file).stem or self.file
        said: dict[str, Any] = {"framing": self.answered.candidate.framing}
        if said["framing"] == "whole":
            del said["framing"]
        if self.labels != tuple(ORDERS[0]):
            said["labels"] = list(self.labels)
        return {"title": title[:LONGEST_TITLE], **said, "imported": imported}


def find(found: FoundNetwork, file: str) -> Finding:
    """The network in a file of this name, as it reads the built-in sample best.

    Raises:
        InputError: it is no network that reads square images, or none that can be shown.
    """
    every = stacks(found)
    _check_first(every[0], found)
    digits, source = _digits()
    best: Finding | None = None
    for question in _questions(found, every, digits)[:_MOST_QUESTIONS]:
        finding = Finding(found, file, question, _answer(found, question), source)
        if best is None or (_is_read(finding) and not _is_read(best)):
            best = finding
        if _is_read(best):
            break
    assert best is not None
    return best


def accuracy_of(network: Network) -> tuple[float | None, Source]:
    """The share of the sample, 0-1, that a network of this project reads, if it reads digits."""
    digits, source = _digits()
    meant = meant_by(labels(network))
    shown = digits.of(meant)
    if not len(shown.labels):
        return None, source
    z = network(shown.sized(side(network), framing(network)))
    return Sums(z, shown.labels).accuracy(meant), source


def _check_first(stack: Stack, found: FoundNetwork) -> None:
    """Raise what is wrong with the network, if that is so however it is read."""
    answered = Answered(Candidate(stack, usual("sigmoid"), "whole", None), "sigmoid", "assumed")
    if not _is_square(stack):
        layers = [_layer(each.weights, None, "sigmoid") for each in stack.layers]
        check_image_network(Network(layers))
    check_image_network(Network(_layers(answered)))


def _is_square(stack: Stack) -> bool:
    return isqrt(stack.numbers[0]) ** 2 == stack.numbers[0]


def _questions(found: FoundNetwork, every: list[Stack], digits: Digits) -> list[Question]:
    """One for each number of outputs that the file may have; a matrix leaves no choice."""
    counts = dict.fromkeys(stack.numbers[-1] for stack in every)
    made = []
    for n_out in counts:
        said = found.labels if found.labels is not None and len(found.labels) == n_out else None
        named = said or usual_labels(n_out)
        of_size = [stack for stack in every if stack.numbers[-1] == n_out]
        question = Question(
            of_size,
            digits,
            named,
            of_size[0].layers[-1].activation,
            is_order_open=said is None and n_out == 10,
            is_image_open=not found.reads_ink,
        )
        fitting = question.digits.of(question.meant(None))
        made.append(replace(question, digits=fitting))
    return made


def _answer(found: FoundNetwork, question: Question) -> Answered:
    """The best reading, or the usual one where the sample tells nothing."""
    order = "".join(question.labels) if is_of_digits(question.labels) else None
    hidden = "relu" if found.format in _OF_FRAMEWORKS else "sigmoid"
    assumed = Candidate(question.stacks[0], usual(hidden), framings(question.stacks[0])[0], order)
    if found.reads_ink:
        return _with_output(question, assumed._replace(framing=found.framing), None)
    if not len(question.digits.labels):
        return _with_output(question, assumed, None)
    candidates = finalists(question)
    candidate = best_of(question, candidates)
    answered = _judged(question, assumed, candidate)
    if answered.output_basis != "outputs":
        return answered
    # Now that it is known how large the outputs are to be, the finalists are told apart by it.
    better = best_of(replace(question, output=answered.output), candidates)
    return _judged(question, assumed, better)


def _judged(question: Question, assumed: Candidate, candidate: Candidate) -> Answered:
    """A candidate if it reads digits, with the activation of its outputs; else what is assumed."""
    candidate = candidate._replace(order=candidate.order or assumed.order)
    sums = Probe(candidate.stack, question.digits, candidate.framing).sums(candidate.assumed)
    meant = question.meant(candidate.order)
    if not is_read(sums.accuracy(meant), meant):
        return _with_output(question, assumed, None)
    return _with_output(question, candidate, sums)


def _with_output(question: Question, candidate: Candidate, sums: Sums | None) -> Answered:
    if question.output is not None:
        return Answered(candidate, question.output, "file")
    if sums is not None and (output := _output_of(sums, question, candidate)):
        return Answered(candidate, output, "outputs")
    return Answered(candidate, "sigmoid" if _has_sigmoids(candidate) else "softmax", "assumed")


def _has_sigmoids(candidate: Candidate) -> bool:
    """Whether the hidden layers are sigmoids; whoever has these has them at the end as well."""
    *hidden, _ = candidate.stack.layers
    return {each.activation or candidate.assumed.hidden for each in hidden} == {"sigmoid"}


def _output_of(sums: Sums, question: Question, candidate: Candidate) -> str | None:
    """The activation under which the outputs are as large as they were trained to be.

    Where one output is to be 1 and all others 0, they add up to 1 on average; so they do under
    softmax whatever they are.
    """
    z = sums.z.astype(np.float64)
    with np.errstate(over="ignore"):
        total = float((1 / (1 + np.exp(-z))).sum(axis=1).mean())
    if sums.loss(question.meant(candidate.order), "identity") < _LOSS_OF_IDENTITY * z.shape[1]:
        return "identity"
    if abs(total - 1) < (_OFF_BESIDE_SIGMOIDS if _has_sigmoids(candidate) else _OFF):
        return "sigmoid"
    if abs(float(np.tanh(z).sum(axis=1).mean()) - (2 - z.shape[1])) < 0.5:
        return "tanh"
    return "softmax"


def _is_read(finding: Finding) -> bool:
    return is_read(finding.accuracy, finding.question.meant(finding.answered.candidate.order))


def _layers(answered: Answered) -> list[Layer]:
    """The layers of the network that reads ink, row by row, with its outputs in order."""
    stack, assumed, _, order = answered.candidate
    layers = []
    for number, layer in enumerate(stack.layers):
        weights, biases = layer.weights, layer.biases
        if number == 0:
            given = affine(assumed.range, assumed.ink == "dark")
            weights, biases = folded(weights, biases, assumed.pixels, given)
        name = layer.activation or assumed.hidden
        if layer is stack.layers[-1]:
            name = answered.output
            if order is not None:
                rows = [order.index(digit) for digit in ORDERS[0]]
                weights, biases = weights[rows], None if biases is None else biases[rows]
        layers.append(_layer(weights, biases, name))
    return layers


def _layer(weights: Floats, biases: Floats | None, name: str) -> Layer:
    own = np.zeros(len(weights)) if biases is None else biases
    with np.errstate(over="ignore"):  # what 32 bits cannot hold is refused by the layer
        numbers = np.asarray(weights, np.float32), np.asarray(own, np.float32)
    return Layer(*numbers, ACTIVATIONS[name])


def _digits() -> tuple[Digits, Source]:
    """The built-in sample as most networks have seen digits: MNIST's as they are."""
    drawn, source = sample(False)
    images = drawn if source == "MNIST test" else sample(True).images
    return Digits(images.images, images.labels), source
