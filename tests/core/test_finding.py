"""What a file leaves open is found out: what comes of it computes what the file's network does."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from core import Network
from core.data.images import Images
from core.errors import InputError
from core.evaluation.metrics import accuracy
from core.evaluation.sample import sample
from core.file_format import FileFormat
from core.formats.aspects import AspectError
from core.formats.finding import Finding, find
from core.formats.found import FoundLayer, FoundNetwork
from core.formats.words import found_in_words
from core.ink.resize import resized
from core.nn.activations import ACTIVATIONS
from core.nn.image_network import ImageNetworkError, labels
from core.nn.pretrained import pretrained

Matrix = NDArray[np.float64]
Layers = Sequence[tuple[Matrix, Matrix]]

SHIFTED = [*range(1, 10), 0]


def layers_of(name: str) -> Layers:
    return [
        (each.weights.astype("f8"), each.biases.astype("f8")) for each in pretrained()[name].layers
    ]


def expecting(layers: Layers, slope: float, start: float) -> Layers:
    """The same network, for what is slope·x + start where these are given x."""
    (weights, biases), *others = layers
    first = weights / slope
    return [(first, biases - start * first.sum(axis=1)), *others]


def transposed(layers: Layers) -> Layers:
    (weights, biases), *others = layers
    return [(weights.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784), biases), *others]


def in_order(layers: Layers, order: Sequence[int]) -> Layers:
    *others, (weights, biases) = layers
    return [*others, (weights[order], biases[order])]


def network(layers: Sequence[FoundLayer], **what: object) -> FoundNetwork:
    return FoundNetwork(FileFormat.NUMPY_ARCHIVE, tuple(layers), **what)  # type: ignore[arg-type]


def plain(layers: Layers) -> FoundNetwork:
    return network([FoundLayer(weights, biases) for weights, biases in layers])


def keras(layers: Layers) -> FoundNetwork:
    return network([FoundLayer(weights.T, biases.reshape(-1, 1)) for weights, biases in layers])


def theta(layers: Layers) -> FoundNetwork:
    return network([FoundLayer(np.c_[biases, weights]) for weights, biases in layers])


def last_row(layers: Layers) -> FoundNetwork:
    return network([FoundLayer(np.vstack([weights.T, biases])) for weights, biases in layers])


def without_biases(layers: Layers) -> FoundNetwork:
    return network([FoundLayer(weights) for weights, _ in layers])


def out_of_order(layers: Layers) -> FoundNetwork:
    return plain(layers[::-1])


def line(*parts: Matrix) -> FoundNetwork:
    return FoundNetwork(
        FileFormat.MATLAB, unrolled=np.concatenate([each.ravel() for each in parts])
    )


def matlab_line(layers: Layers) -> FoundNetwork:
    return line(*(np.c_[biases, weights].ravel("F") for weights, biases in layers))


def flat(layers: Layers) -> FoundNetwork:
    return line(*(part for layer in layers for part in layer))


def flat_weights_first(layers: Layers) -> FoundNetwork:
    return line(*(weights for weights, _ in layers), *(biases for _, biases in layers))


class Case(NamedTuple):
    """A network of ours, changed, in a form, and what shall be found of it."""

    name: str
    change: Callable[[Layers], Layers]
    form: Callable[[Layers], FoundNetwork]
    found: dict[str, str]


def as_it_is(layers: Layers) -> Layers:
    return layers


CASES = {
    "plain": Case("mnist", as_it_is, plain, {"pixels": "rows", "order": "0123456789"}),
    "relu": Case("relu", as_it_is, plain, {"hidden": "relu", "output": "sigmoid"}),
    "keras kernels": Case("mnist", as_it_is, keras, {"weights": "columns", "biases": "own"}),
    "Theta": Case("mnist", as_it_is, theta, {"weights": "rows", "biases": "first"}),
    "bias in the last row": Case(
        "mnist", as_it_is, last_row, {"weights": "columns", "biases": "last"}
    ),
    "no biases": Case(
        "mnist", lambda it: [(w, 0 * b) for w, b in it], without_biases, {"biases": "none"}
    ),
    "layers by name": Case("wide", as_it_is, out_of_order, {"sizes": "784-64-32-10"}),
    "transposed and shifted": Case(
        "mnist",
        lambda it: in_order(transposed(it), SHIFTED),
        theta,
        {"pixels": "transposed", "order": "1234567890", "biases": "first"},
    ),
    "another order": Case(
        "mnist",
        lambda it: in_order(it, [3, 1, 4, 5, 9, 2, 6, 8, 7, 0]),
        plain,
        {"order": "3145926870"},
    ),
    "normalised": Case(
        "relu",
        lambda it: expecting(it, 1 / 0.3081, -0.1307 / 0.3081),
        plain,
        {"range": "normalized"},
    ),
    "0 to 255": Case("relu", lambda it: expecting(it, 255, 0), keras, {"range": "0_255"}),
    "-1 to 1": Case("mnist", lambda it: expecting(it, 2, -1), plain, {"range": "minus_1_1"}),
    "dark ink": Case(
        "mnist", lambda it: expecting(it, -1, 1), plain, {"ink": "dark", "range": "0_1"}
    ),
    "dark ink, -1 to 1": Case(
        "relu", lambda it: expecting(it, -2, 1), plain, {"ink": "dark", "range": "minus_1_1"}
    ),
    "dark ink, 0 to 255": Case(
        "relu", lambda it: expecting(it, -255, 255), plain, {"ink": "dark", "range": "0_255"}
    ),
    "Matlab's line": Case(
        "mnist",
        lambda it: in_order(transposed(it), SHIFTED),
        matlab_line,
        {"weights": "by_columns", "biases": "first", "pixels": "transposed", "order": "1234567890"},
    ),
    "a line": Case("mnist", as_it_is, flat, {"weights": "by_rows", "biases": "after"}),
    "a line, weights first": Case("wide", as_it_is, flat_weights_first, {"biases": "end"}),
}


def values(finding: Finding) -> dict[str, str]:
    return {aspect.name: aspect.value for aspect in finding.aspects}


def digits() -> Images:
    drawn, source = sample(False)
    return drawn if source == "MNIST test" else sample(True).images


def given(images: NDArray[np.float32], found: dict[str, str]) -> Matrix:
    """The images as the file's own network wants them, computed by themselves."""
    x = images.astype(np.float64)
    if found["pixels"] == "transposed":
        x = x.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784)
    if found["ink"] == "dark":
        x = 1 - x
    return {
        "0_1": x,
        "0_255": 255 * x,
        "minus_1_1": 2 * x - 1,
        "normalized": (x - 0.1307) / 0.3081,
    }[found["range"]]


def computed(layers: Layers, functions: Sequence[str], x: Matrix) -> Matrix:
    for (weights, biases), name in zip(layers, functions, strict=True):
        x = np.asarray(ACTIVATIONS[name].function(x @ weights.T + biases), np.float64)
    return x


@pytest.mark.parametrize("name", CASES)
def test_what_is_found_computes_what_the_network_of_the_file_computes(name: str) -> None:
    case = CASES[name]
    layers = case.change(layers_of(case.name))
    finding = find(case.form(layers), "net.npz")
    found = values(finding)
    assert {key: found[key] for key in case.found} == case.found
    images = digits().images[:200]
    functions = [found["hidden"]] * (len(layers) - 1) + [found["output"]]
    outputs = computed(layers, functions, given(images, found))
    if name != "no biases":
        assert (
            finding.network.layers[-1].activation is pretrained()[case.name].layers[-1].activation
        )
    places = [found["order"].index(digit) for digit in "0123456789"]
    np.testing.assert_allclose(finding.network(images), outputs[:, places], atol=1e-5)
    assert finding.accuracy is not None
    assert finding.accuracy > 0.75


def test_every_other_value_reads_fewer_digits_and_says_so() -> None:
    layers = in_order(transposed(layers_of("mnist")), SHIFTED)
    finding = find(plain(layers), "net.npz")
    for aspect in finding.aspects:
        if aspect.name in ("pixels", "order"):
            assert aspect.basis == "sample"
            shares = {option.value: option.accuracy or 0 for option in aspect.options}
            assert max(shares, key=lambda value: shares[value]) == aspect.value
            assert shares[aspect.value] == pytest.approx(finding.accuracy)
            assert sorted(shares.values())[-2] < 0.6


def test_what_the_file_says_is_taken_as_it_is() -> None:
    said = [
        FoundLayer(w, b, name, out_first=True)
        for (w, b), name in zip(layers_of("relu"), ("relu", "relu", "softmax"), strict=True)
    ]
    finding = find(network(said, labels=tuple("0123456789"), title="Mine"), "net.npz")
    bases = {aspect.name: (aspect.value, aspect.basis) for aspect in finding.aspects}
    assert bases["output"] == ("softmax", "file")
    assert bases["hidden"] == ("relu", "file")
    assert bases["order"] == ("0123456789", "file")
    assert finding.network.card["title"] == "Mine"


def test_outputs_that_the_file_names_in_another_order_are_put_in_order() -> None:
    layers = in_order(layers_of("mnist"), SHIFTED)
    named = [FoundLayer(*layer) for layer in layers]
    finding = find(network(named, labels=tuple("1234567890")), "net.npz")
    assert "labels" not in finding.network.card
    np.testing.assert_allclose(
        finding.network(digits().images[:9]), pretrained()["mnist"](digits().images[:9]), atol=1e-5
    )


def test_a_person_can_correct_what_was_found() -> None:
    finding = find(plain(layers_of("mnist")), "net.npz")
    other = finding.with_choices({"pixels": "transposed", "output": "softmax"})
    assert (values(other)["pixels"], values(other)["output"]) == ("transposed", "softmax")
    assert {each.name: each.basis for each in other.aspects}["pixels"] == "person"
    assert other.accuracy is not None
    assert finding.accuracy is not None
    assert other.accuracy < finding.accuracy
    again = other.with_choices({"pixels": "rows", "output": "sigmoid"})
    assert again.accuracy == finding.accuracy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pixels", "spiral"),
        ("range", "0_7"),
        ("order", "0123456788"),
        ("order", "x"),
        ("output", "relu"),
        ("sizes", "784-10"),
        ("weights", "columns"),
        ("taste", "sweet"),
        ("__class__", "rows"),
    ],
)
def test_what_cannot_be_is_no_choice(name: str, value: str) -> None:
    with pytest.raises(AspectError, match="cannot be read in this way"):
        find(plain(layers_of("mnist")), "net.npz").with_choices({name: value})


def test_of_a_network_that_reads_nothing_the_usual_is_assumed() -> None:
    finding = find(plain([(w.astype("f8"), b) for w, b in random_layers((784, 20, 10))]), "net.npz")
    found = values(finding)
    usual = {"range": "0_1", "ink": "bright", "pixels": "rows", "order": "0123456789"}
    assert {name: found[name] for name in usual} == usual
    assert all(aspect.basis in ("assumed", "shapes") for aspect in finding.aspects)


def random_layers(sizes: Sequence[int]) -> Layers:
    made = Network.random(sizes, seed=3)
    return [(each.weights.astype("f8"), each.biases.astype("f8")) for each in made.layers]


def test_letters_have_their_names() -> None:
    finding = find(plain(random_layers((784, 30, 26))), "letters.npz")
    assert labels(finding.network) == tuple("abcdefghijklmnopqrstuvwxyz")
    assert "order" not in values(finding)
    finding = find(plain(random_layers((256, 5))), "few.npz")
    assert labels(finding.network) == tuple("01234")


def least_squares(images: Matrix, numbers: NDArray[np.uint8]) -> Layers:
    """A network of one layer that reads these images, (m, n)."""
    ones = np.c_[images, np.ones(len(images))]
    wanted = np.eye(10)[numbers]
    solved = np.linalg.solve(ones.T @ ones + 1e-1 * np.eye(ones.shape[1]), ones.T @ wanted)
    return [(solved[:-1].T, solved[-1])]


def test_digits_that_fill_their_images_are_found_in_images_of_another_size() -> None:
    drawn = digits()
    filled = resized(drawn.images.reshape(-1, 28, 28)[:, 4:24, 4:24], 20)
    columns = filled.transpose(0, 2, 1).reshape(len(filled), -1)
    finding = find(theta(least_squares(columns.astype("f8"), drawn.labels)), "course.mat")
    assert values(finding)["pixels"] == "transposed"
    assert values(finding)["output"] == "identity"
    assert finding.accuracy is not None
    assert finding.accuracy > 0.8
    assert finding.network.card["framing"] == "filled"
    assert accuracy(finding.network, drawn) == pytest.approx(finding.accuracy, abs=0.01)
    assert finding.network.sizes == (400, 10)


def cut_out(image: Matrix, side: int) -> Matrix:
    """The digit of an image, (side, side), from edge to edge of its longer way."""
    rows, columns = np.nonzero(image > 0.3)
    middle = (rows.min() + rows.max() + 1) / 2, (columns.min() + columns.max() + 1) / 2
    size = max(np.ptp(rows), np.ptp(columns)) + 1
    pixels = np.zeros((side, side))
    for place in np.ndindex(4 * side, 4 * side):
        at = [
            int(m + size * ((p + 0.5) / (4 * side) - 0.5))
            for m, p in zip(middle, place, strict=True)
        ]
        pixels[place[0] // 4, place[1] // 4] += image[min(27, at[0]), min(27, at[1])] / 16
    return pixels


def test_small_images_that_are_cut_to_their_digits_are_found_with_their_range() -> None:
    drawn = digits()
    kept = slice(0, 400)
    small = np.array([cut_out(each, 8) for each in drawn.images[kept].reshape(-1, 28, 28)])
    given = 16 * small.reshape(-1, 64).astype("f8")
    finding = find(keras(least_squares(given, drawn.labels[kept])), "mlp.npz")
    found = values(finding)
    assert (found["range"], found["pixels"], found["order"]) == ("0_16", "rows", "0123456789")
    assert finding.accuracy is not None
    assert finding.accuracy > 0.6
    assert finding.network.card["framing"] == "fitted"
    assert accuracy(finding.network, drawn) == pytest.approx(finding.accuracy, abs=0.01)


def test_no_order_is_made_up_for_a_network_that_reads_little() -> None:
    drawn = digits()
    weak = drawn.images.astype("f8")
    weak[:, : 13 * 28] = weak[:, 14 * 28 :] = 0
    few = in_order(least_squares(weak, drawn.labels), [3, 1, 4, 5, 9, 2, 6, 8, 7, 0])
    assert values(find(plain(few), "weak.npz"))["order"] == "0123456789"


def test_activations_without_a_bound_have_a_scale_of_what_occurs() -> None:
    network = find(plain(layers_of("relu")), "net.npz").network
    hidden = network.trace(digits().images).a[0]
    assert network.layers[0].scale == pytest.approx(hidden.max())


REFUSED = {
    "no chain": (
        plain([(np.ones((5, 784)), np.ones(5)), (np.ones((3, 4)), np.ones(3))]),
        "5 × 784",
    ),
    "no square": (plain(random_layers((785, 10))), "785 inputs"),
    "too few outputs": (plain(random_layers((784, 1))), "this one has 1"),
    "too wide": (plain(random_layers((64, 513, 10))), "513 neurons"),
    "too deep": (plain(random_layers((64, *[8] * 7, 10))), "8 layers"),
    "a line of no network": (line(np.ones(60)), "fit no dense network"),
    "too large numbers": (plain([(np.full((10, 784), 1e9), np.ones(10))]), "up to a million"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_shown_is_refused_in_a_sentence(name: str) -> None:
    found, why = REFUSED[name]
    with pytest.raises(InputError, match=re.escape(why)):
        _ = find(found, "net.npz").network


def test_the_inputs_of_a_network_are_named_however_it_is_turned() -> None:
    with pytest.raises(ImageNetworkError):
        find(keras(random_layers((100_0, 10))), "net.npz")


def test_the_card_and_the_command_line_say_what_was_found() -> None:
    layers = in_order(transposed(layers_of("mnist")), SHIFTED)
    network = find(theta(layers), "weights.mat").network
    imported = network.card["imported"]
    assert (imported["file"], imported["pixels"]) == ("weights.mat", "transposed")
    said = found_in_words(network)
    assert said is not None
    assert said.startswith("weights.mat (NumPy, .npz): 784-16-16-10; a neuron's bias before")
    assert "pixels column by column (transposed)" in said
    assert "outputs for 1, 2, 3, 4, 5, 6, 7, 8, 9, 0" in said
    assert re.search(r"So it reads \d\d\.\d% of 1,000 digits", said)
    assert found_in_words(pretrained()["mnist"]) is None


def test_of_letters_the_command_line_says_that_nothing_was_tried() -> None:
    said = found_in_words(find(plain(random_layers((784, 5, 2))), "two.npz").network)
    assert said is not None
