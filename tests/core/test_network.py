"""A network is a function and a value: it computes what its numbers say and never changes."""

import copy
import pickle
from dataclasses import replace

import numpy as np
import pytest

from core import Layer, Network
from core.nn.activations import ACTIVATIONS, Activation, relu, sigmoid
from core.nn.image_values import ImageError
from core.nn.initialization import INITIALIZATIONS
from core.nn.layer import NetworkError
from core.nn.pretrained import pretrained

SIZES = (784, 16, 16, 10)


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.random(SIZES, seed=1)


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    return np.random.default_rng(2).random((5, 784), dtype=np.float32)


def test_the_lesson_s_network_has_13002_parameters(network: Network) -> None:
    assert network.sizes == SIZES
    assert network.n_parameters == 13_002
    assert repr(network) == "Network 784-16-16-10, sigmoid, 13,002 parameters"


def test_a_mixed_network_names_all_its_functions() -> None:
    mixed = Network.random((4, 3, 2), seed=0, activation=relu, output=sigmoid)
    assert repr(mixed) == "Network 4-3-2, relu, sigmoid, 23 parameters"


def test_outputs_are_what_a_plain_loop_computes(network: Network, images: np.ndarray) -> None:
    a = images[0].astype(np.float64)
    for layer in network.layers:
        z = [
            sum(float(w) * v for w, v in zip(row, a, strict=True)) + float(b)
            for row, b in zip(layer.weights, layer.biases, strict=True)
        ]
        a = 1 / (1 + np.exp(-np.array(z)))
    np.testing.assert_allclose(network(images[0]), a, atol=1e-6)


def test_a_batch_gives_the_answers_of_its_images(network: Network, images: np.ndarray) -> None:
    batch = network(images)
    assert batch.shape == (5, 10)
    assert batch.dtype == np.float32
    for image, outputs in zip(images, batch, strict=True):
        np.testing.assert_allclose(network(image), outputs, atol=1e-6)
    assert network(images[:0]).shape == (0, 10)


def test_trace_tells_every_sum_and_activation(network: Network, images: np.ndarray) -> None:
    trace = network.trace(images[0])
    assert len(trace) == len(network.layers) == 3
    a = trace.inputs
    for layer, step in zip(network.layers, trace, strict=True):
        np.testing.assert_allclose(step.z, layer.weights @ a + layer.biases, atol=1e-5)
        np.testing.assert_array_equal(step.a, layer.activation(step.z))
        a = step.a
    assert trace.outputs is trace.a[-1] is trace[-1].a
    assert trace.z[0] is trace[0].z
    assert [step.a.shape for step in trace[1:]] == [(16,), (10,)]
    np.testing.assert_array_equal(trace.outputs, network(images[0]))


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_the_outputs_are_those_of_the_trace_bit_for_bit(
    activation: Activation, images: np.ndarray
) -> None:
    random = Network.random(SIZES, seed=3, activation=activation)
    biases = np.random.default_rng(4).normal(size=16)
    network = Network([replace(each, biases=biases[: each.n_out]) for each in random.layers])
    for x in (images[0], images, np.zeros(784)):
        np.testing.assert_array_equal(network(x), network.trace(x).outputs)


def test_a_call_leaves_the_image_alone_and_gives_outputs_of_its_own(
    network: Network, images: np.ndarray
) -> None:
    image = images[0].copy()
    first = network(image)
    kept = first.copy()
    network(1 - image)
    np.testing.assert_array_equal(image, images[0])
    np.testing.assert_array_equal(first, kept)
    first[:] = 0
    np.testing.assert_array_equal(network(image), kept)


def test_a_trace_keeps_its_numbers_when_the_image_changes_later(network: Network) -> None:
    image = np.zeros(784, np.float32)
    trace = network.trace(image)
    image[:] = 1
    assert not trace.inputs.any()
    for array in (trace.inputs, *trace.z, *trace.a):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_nothing_in_a_network_can_be_changed_in_place(network: Network) -> None:
    with pytest.raises(ValueError, match="read-only"):
        network.layers[0].weights[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        network.layers[0].biases[0] = 1
    with pytest.raises(AttributeError):
        network.layers = ()
    with pytest.raises(TypeError):
        network.card["title"] = "mine"


def test_a_layer_does_not_follow_the_array_it_was_made_from() -> None:
    weights = np.ones((2, 3), np.float32)
    window = weights[:]
    window.setflags(write=False)
    layers = Layer(weights, np.zeros(2)), Layer(window, np.zeros(2))
    weights[:] = 7
    for layer in layers:
        assert (layer.weights == 1).all()


def test_an_edit_gives_a_new_network_and_shares_the_rest(network: Network) -> None:
    edited = network.with_weight(layer=1, target=5, source=300, value=2.5)
    assert edited.layers[0].weights[5, 300] == 2.5
    assert network.layers[0].weights[5, 300] != 2.5
    assert (edited.layers[0].weights != network.layers[0].weights).sum() == 1
    assert edited.layers[0].biases is network.layers[0].biases
    assert edited.layers[1] is network.layers[1]
    assert edited.layers[2] is network.layers[2]

    lifted = edited.with_bias(layer=3, neuron=9, value=-10)
    assert lifted.layers[2].biases[9] == -10
    assert lifted.layers[2].weights is network.layers[2].weights
    assert lifted.layers[0] is edited.layers[0]


def test_a_whole_row_of_weights_can_be_replaced(network: Network) -> None:
    row = np.linspace(-1, 1, 16)
    edited = network.with_weights(layer=2, neuron=4, row=row)
    np.testing.assert_array_equal(edited.layers[1].weights[4], row.astype(np.float32))
    changed = (edited.layers[1].weights != network.layers[1].weights).any(axis=1)
    assert np.flatnonzero(changed).tolist() == [4]
    assert edited.layers[1].biases is network.layers[1].biases
    assert (edited.layers[0], edited.layers[2]) == (network.layers[0], network.layers[2])
    with pytest.raises(NetworkError, match=r"neuron of layer 2 has 16 weights.*\(3,\)"):
        network.with_weights(2, 4, row[:3])
    for value in (np.nan, np.inf, 1e39):
        with pytest.raises(NetworkError, match="must be finite"):
            network.with_weights(2, 4, np.full(16, value))


def test_a_network_with_its_own_layers_is_itself(network: Network) -> None:
    assert network.with_layers(network.layers) is network
    assert network.with_layer(2, network.layers[1]) is network


@pytest.mark.parametrize("value", [np.nan, -np.inf, 1e39, 1_000_001, np.float64(1e39)])
def test_a_number_that_no_weight_or_bias_can_be_is_refused_in_one_sentence(
    network: Network, value: float
) -> None:
    for edit in (
        lambda: network.with_weight(1, 0, 0, value),
        lambda: network.with_bias(1, 0, value),
    ):
        with pytest.raises(NetworkError) as caught:
            edit()
        assert str(caught.value) == (
            f"A weight or a bias must be finite and from -1,000,000 to 1,000,000; {value} is not."
        )
        assert caught.value.code == "edit.number"


def test_an_edited_network_says_so_on_its_card() -> None:
    network = Network(Network.random((3, 2), seed=0).layers, {"title": "small"})
    assert network.with_bias(1, 0, 1.0).card == {"title": "small", "edited": True}
    assert network.card == {"title": "small"}


def test_a_copy_of_an_immutable_network_is_the_network(network: Network) -> None:
    assert copy.deepcopy(network) is network


@pytest.mark.parametrize("name", ["default", "relu"])
def test_a_network_is_the_same_in_another_process(name: str) -> None:
    network = pretrained()[name]
    other = pickle.loads(pickle.dumps(network))
    assert other.to_bytes() == network.to_bytes()
    with pytest.raises(TypeError):
        other.card["title"] = "another"
    for one, two in zip(other.layers, network.layers, strict=True):
        assert one.activation is two.activation
        assert not one.weights.flags.writeable
    assert not other.statistics.images.flags.writeable


@pytest.mark.parametrize(
    ("layer", "target", "source", "message"),
    [
        (0, 0, 0, "no layer 0 with weights; they count from 1 to 3"),
        (4, 0, 0, "no layer 4"),
        (1, 16, 0, "Layer 1 has no neuron 16; they count from 0 to 15"),
        (1, 0, 784, "Layer 0 has no neuron 784"),
        (2, -1, 0, "no neuron -1"),
    ],
)
def test_an_edit_that_misses_says_what_there_is(
    network: Network, layer: int, target: int, source: int, message: str
) -> None:
    with pytest.raises(NetworkError, match=message):
        network.with_weight(layer, target, source, 1.0)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e300])
def test_no_weight_can_become_infinite(network: Network, value: float) -> None:
    with pytest.raises(NetworkError, match="finite"):
        network.with_weight(1, 0, 0, value)


def test_one_seed_gives_one_network() -> None:
    first, again, other = (Network.random(SIZES, seed) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first.layers[0].weights, again.layers[0].weights)
    assert (first.layers[0].weights != other.layers[0].weights).any()
    assert first.layers[0].weights.std() == pytest.approx(1 / 28, rel=0.02)


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("scaled", 1 / 28, 1 / 20),
        ("normal", 1, 1),
        ("xavier", (2 / 1184) ** 0.5, (2 / 700) ** 0.5),
        ("he", (2 / 784) ** 0.5, (2 / 400) ** 0.5),
        ("zeros", 0, 0),
    ],
)
def test_an_initialization_decides_the_size_of_the_first_weights(
    name: str, first: float, second: float
) -> None:
    sizes, init = (784, 400, 300), INITIALIZATIONS[name]
    drawn = Network.random(sizes, seed=2, init=init).layers
    units = Network.random(sizes, seed=2, init_std=1.0, init=init).layers
    for layer, unit, std in zip(drawn, units, (first, second), strict=True):
        assert layer.weights.std() == pytest.approx(std, rel=0.01)
        np.testing.assert_allclose(layer.weights, std * unit.weights, rtol=1e-6)
        assert not (np.signbit(layer.weights) & (layer.weights == 0)).any()
        assert not layer.biases.any()


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros((28, 28)), r"784 numbers per image.*\(28, 28\)"),
        (np.zeros(783), "784 numbers"),
        (0.5, "784 numbers"),
        (np.full(784, 255), "from 255 to 255"),
        (np.linspace(-0.5, 1, 784), "from -0.5 to 1"),
        (np.full(784, np.nan), "contains NaN"),
        (np.full(784, -np.inf), "from -inf"),
        (["a"] * 784, "table of numbers"),
        ([10**400] * 784, "table of numbers"),
        ([[0.0], [0.0, 1.0]], "table of numbers"),
    ],
)
def test_what_is_not_an_image_is_refused_in_one_sentence(
    network: Network, image: object, message: str
) -> None:
    for look in (network, network.trace):
        with pytest.raises(ImageError, match=message) as caught:
            look(image)
        assert str(caught.value).count("\n") == 0


def test_every_way_to_write_0_and_1_is_welcome(network: Network) -> None:
    expected = network(np.zeros(784))
    for blank in ([0] * 784, np.zeros(784, bool), np.full(784, -0.0), np.zeros((1, 784), "u1")[0]):
        np.testing.assert_array_equal(network(blank), expected)
    assert np.isfinite(network(np.ones(784))).all()


@pytest.mark.parametrize(
    ("weights", "biases", "message"),
    [
        (np.zeros(3), np.zeros(3), "shape"),
        (np.zeros((0, 3)), np.zeros(0), "shape"),
        (np.zeros((2, 3)), np.zeros(3), r"2 neurons need 2 biases.*\(3,\)"),
        ([[np.nan, 0]], [0], "weights must be finite"),
        ([[2e6, 0]], [0], "weights must be finite numbers up to a million"),
        ([[-np.inf, 0]], [0], "weights must be finite"),
        ([[0, 0]], [-2e6], "biases must be finite"),
        ([[0, 0]], [np.inf], "biases must be finite"),
        ([["a", "b"]], [0], "weights must be a regular table"),
        ([[10**400, 0]], [0], "weights must be a regular table"),
    ],
)
def test_numbers_that_make_no_layer_are_refused(
    weights: object, biases: object, message: str
) -> None:
    with pytest.raises(NetworkError, match=message):
        Layer(weights, biases)


def test_layers_that_do_not_fit_are_refused() -> None:
    narrow, wide = Network.random((4, 3), 0).layers[0], Network.random((5, 2), 0).layers[0]
    with pytest.raises(NetworkError, match="Layer 1 has 3 neurons, but layer 2 expects 5"):
        Network([narrow, wide])
    with pytest.raises(NetworkError, match="at least one layer"):
        Network([])
    with pytest.raises(NetworkError, match="at least two sizes"):
        Network.random([784], 0)
    for scale in (0, -1, float("nan"), float("inf"), 10**400):
        with pytest.raises(NetworkError, match="scale must be a positive number"):
            Layer(narrow.weights, narrow.biases, scale=scale)


def test_a_network_that_no_memory_holds_is_refused_before_any_is_taken() -> None:
    for sizes in ((784, 999_999_999, 10), (784, 10**400, 10), (10**7, 10**7), (4000, 4001, 1)):
        with pytest.raises(NetworkError, match="can have 16,000,000 weights and biases"):
            Network.random(sizes, 0)
    with pytest.raises(NetworkError, match="whole number from 0 on, not -1"):
        Network.random((2, 2), seed=-1)
    with pytest.raises(NetworkError, match="must be finite"):
        Network.random((2, 2), seed=0, init_std=1e300)


def test_a_weight_that_no_number_holds_is_refused(network: Network) -> None:
    for value in (10**400, 1e300, float("nan")):
        with pytest.raises(NetworkError, match="must be finite"):
            network.with_weight(1, 0, 0, value)
