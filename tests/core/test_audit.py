"""The audit agrees with what a network computes, and with nothing else."""

import math
from dataclasses import replace

import numpy as np
import pytest

from core import Network, Trace
from core.assets import asset
from core.data import mnist
from core.explain.audit import audit, audit_neuron
from core.nn.activations import ACTIVATIONS, relu
from core.nn.layer import NetworkError

DEFAULT = Network.load(asset("networks/default.npz"))
NETWORKS = {
    "default": DEFAULT,
    "784-64-32-10 relu": Network.random((784, 64, 32, 10), 4, relu),
    **{
        f"{name}, spread {spread:g}": Network.random((784, 16, 16, 10), 5, each, init_std=spread)
        for name, each in ACTIVATIONS.items()
        for spread in (0.05, 1, 10)
    },
}
EACH = pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    return mnist.load("test").images[0]


def tampered(trace: Trace, layer: int, neuron: int, value: float, which: str) -> Trace:
    arrays = list(getattr(trace, which))
    arrays[layer - 1] = arrays[layer - 1].copy()
    arrays[layer - 1][neuron] = value
    return replace(trace, **{which: tuple(arrays)})


@EACH
def test_what_a_network_computes_passes(network: Network, image: np.ndarray) -> None:
    noise = np.random.default_rng(1).random(784, np.float32)
    for seen in (image, noise, np.zeros(784), np.ones(784)):
        layers = audit(network, network.trace(seen))
        assert [layer.layer for layer in layers] == list(range(1, len(network.layers) + 1))
        assert [len(layer.checks) for layer in layers] == list(network.sizes[1:])
        assert all(layer.agrees for layer in layers)


def test_the_default_network_is_right_to_five_decimals(image: np.ndarray) -> None:
    for layer in audit(DEFAULT, DEFAULT.trace(image)):
        assert 0 <= layer.z_difference < 2e-5
        assert 0 <= layer.a_difference < 1e-5


@EACH
def test_one_neuron_is_computed_again_from_the_stored_weights(
    network: Network, image: np.ndarray
) -> None:
    trace = network.trace(image)
    a = image.astype(np.float64)
    for number, layer in enumerate(network.layers, start=1):
        z = layer.weights.astype(np.float64) @ a + layer.biases
        a = layer.activation(z)
        check = audit_neuron(network, trace, number, 3)
        assert check.agrees
        assert (check.layer, check.neuron) == (number, 3)
        assert check.z == pytest.approx(z[3], rel=1e-12, abs=1e-9)
        assert check.a == pytest.approx(a[3], rel=1e-9, abs=1e-12)
        assert check.z_difference == abs(check.z - float(trace.z[number - 1][3]))


@pytest.mark.parametrize("which", ["z", "a"])
@pytest.mark.parametrize("value", [5.0, math.nan, math.inf])
def test_a_number_that_was_tampered_with_is_found_where_it_is(
    image: np.ndarray, which: str, value: float
) -> None:
    layers = audit(DEFAULT, tampered(DEFAULT.trace(image), 2, 11, value, which))
    assert [layer.agrees for layer in layers] == [True, False, True]
    assert [check.neuron for check in layers[1].checks if not check.agrees] == [11]
    difference = layers[1].z_difference if which == "z" else layers[1].a_difference
    assert not difference < 1


def test_the_trace_of_other_weights_is_found_out(image: np.ndarray) -> None:
    edited = DEFAULT.with_bias(1, 4, float(DEFAULT.layers[0].biases[4]) + 0.01)
    trace = DEFAULT.trace(image)
    assert not audit_neuron(edited, trace, 1, 4).agrees
    assert audit_neuron(edited, trace, 1, 5).agrees


def test_a_pixel_cannot_be_computed_again(image: np.ndarray) -> None:
    with pytest.raises(NetworkError, match="no layer 0 with weights"):
        audit_neuron(DEFAULT, DEFAULT.trace(image), 0, 100)
