"""What a network becomes when all its weights are made worse, or a layer gets another function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core import Layer, Network
from core.assets import asset
from core.edit.damage import BITS, pruned, quantized, with_activation, with_noise, without_biases
from core.errors import InputError
from core.nn.activations import identity, relu, sigmoid, tanh
from core.nn.layer import NetworkError

DEFAULT = Network.load(asset("networks/default.npz"))
IMAGES = np.random.default_rng(0).random((50, 784)).astype(np.float32)


def row(*weights: float, bias: float = 0.5) -> Network:
    """One neuron that looks at so many inputs."""
    return Network([Layer(np.array([weights]), np.array([bias]), identity)])


def weights_of(network: Network) -> list[float]:
    return network.layers[0].weights[0].tolist()


DAMAGE: dict[str, Callable[[Network], Network]] = {
    "noise": lambda network: with_noise(network, 0.5, seed=1),
    "pruned": lambda network: pruned(network, 0.3),
    **{f"{bits} bits": lambda network, bits=bits: quantized(network, bits) for bits in BITS},
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_to_the_weights_leaves_the_biases_and_the_original(
    damage: Callable[[Network], Network], tmp_path: Path
) -> None:
    before = [layer.weights.tobytes() for layer in DEFAULT.layers]
    damaged = damage(DEFAULT)
    assert [layer.weights.tobytes() for layer in DEFAULT.layers] == before
    for new, old in zip(damaged.layers, DEFAULT.layers, strict=True):
        assert (new.weights != old.weights).any()
        assert new.biases is old.biases
        assert new.activation is old.activation
    assert damaged.card["edited"] is True
    damaged.save(tmp_path / "damaged.npz")
    np.testing.assert_array_equal(Network.load(tmp_path / "damaged.npz")(IMAGES), damaged(IMAGES))


def test_without_biases_only_the_weights_are_left() -> None:
    bare = without_biases(DEFAULT)
    a = IMAGES
    for new, old in zip(bare.layers, DEFAULT.layers, strict=True):
        assert not new.biases.any()
        assert new.weights is old.weights
        a = 1 / (1 + np.exp(-(a @ old.weights.T)))
    np.testing.assert_allclose(bare(IMAGES), a, atol=1e-5)
    assert without_biases(bare) is bare


def test_a_layer_without_biases_is_shared() -> None:
    first, second = Network.random((3, 4, 2), seed=0).layers
    biased = Network([first, Layer(second.weights, np.ones(2))])
    assert without_biases(biased).layers[0] is first


def test_noise_is_as_large_as_it_is_said_to_be_in_every_layer() -> None:
    noisy = with_noise(DEFAULT, 0.5, seed=1)
    for new, old in zip(noisy.layers, DEFAULT.layers, strict=True):
        noise = new.weights - old.weights
        off = 4 / np.sqrt(2 * noise.size)
        assert noise.std() / old.weights.std() == pytest.approx(0.5, rel=off)
        assert abs(noise.mean()) < 4 * noise.std() / np.sqrt(noise.size)


def test_noise_follows_from_its_seed_and_grows_with_its_size() -> None:
    one, again, other = (with_noise(DEFAULT, 0.5, seed) for seed in (7, 7, 8))
    first = [network.layers[0].weights for network in (one, again, other)]
    np.testing.assert_array_equal(first[0], first[1])
    assert (first[0] != first[2]).all()
    twice = with_noise(DEFAULT, 1.0, seed=7).layers[0].weights
    old = DEFAULT.layers[0].weights
    np.testing.assert_allclose(twice - old, 2 * (first[0] - old), atol=1e-5)


def test_what_damages_nothing_gives_the_network_itself() -> None:
    assert with_noise(DEFAULT, 0, seed=1) is DEFAULT
    assert pruned(DEFAULT, 0) is DEFAULT
    assert with_activation(DEFAULT, 1, sigmoid) is DEFAULT
    few = quantized(DEFAULT, 4)
    assert quantized(few, 4) is few


@pytest.mark.parametrize(
    ("share", "left"),
    [
        (0.2, [3, -1, 2, -4, 0]),
        (0.4, [3, 0, 2, -4, 0]),
        (0.5, [3, 0, 2, -4, 0]),
        (0.6, [3, 0, 0, -4, 0]),
        (1, [0, 0, 0, 0, 0]),
    ],
)
def test_the_weights_nearest_to_0_are_pruned_first(share: float, left: list[float]) -> None:
    assert weights_of(pruned(row(3, -1, 2, -4, 0.5), share)) == left


def test_of_equal_weights_the_first_are_pruned() -> None:
    left = weights_of(pruned(row(*[1, 3, -1, 2] * 100), 0.25))
    assert left == [0, 3, 0, 2] * 50 + [1, 3, -1, 2] * 50


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_every_layer_loses_the_same_share(share: float) -> None:
    for new, old in zip(pruned(DEFAULT, share).layers, DEFAULT.layers, strict=True):
        gone = new.weights != old.weights
        assert gone.sum() == round(share * old.weights.size)
        assert abs(old.weights[gone]).max() <= abs(old.weights[~gone]).min()


@pytest.mark.parametrize(
    ("bits", "rounded"),
    [
        (8, [127, -126, 64, 0, 1]),
        (4, [127, -127, 4 * 127 / 7, 0, 0]),
        (2, [127, -127, 127, 0, 0]),
        (1, [63.72, -63.72, 63.72, 63.72, 63.72]),
    ],
)
def test_weights_are_rounded_to_the_nearest_level(bits: int, rounded: list[float]) -> None:
    found = weights_of(quantized(row(127, -126.4, 64.2, 0, 1), bits))
    assert found == pytest.approx(rounded, rel=1e-6)


@pytest.mark.parametrize(("bits", "most"), [(8, 255), (4, 15), (2, 3), (1, 2)])
def test_no_layer_has_more_levels_than_its_bits_tell_apart(bits: int, most: int) -> None:
    for new, old in zip(quantized(DEFAULT, bits).layers, DEFAULT.layers, strict=True):
        levels = np.unique(new.weights)
        assert most / 4 < len(levels) <= most
        largest = float(abs(old.weights).max())
        if bits > 1:
            assert float(abs(levels).max()) == largest
            half_a_step = largest / (2 ** (bits - 1) - 1) / 2
            assert abs(new.weights - old.weights).max() <= half_a_step * (1 + 1e-6)
        else:
            assert (np.sign(new.weights) == np.where(old.weights < 0, -1, 1)).all()
            np.testing.assert_allclose(levels, [-levels[1], levels[1]])


@pytest.mark.parametrize("bits", BITS)
def test_weights_that_are_all_0_stay_0(bits: int) -> None:
    nothing = row(0, 0)
    assert quantized(nothing, bits) is nothing


@pytest.mark.parametrize(
    ("activation", "function"), [(relu, lambda z: np.maximum(z, 0)), (tanh, np.tanh)]
)
def test_a_layer_with_another_function_keeps_its_weights(
    activation: object, function: Callable[[np.ndarray], np.ndarray]
) -> None:
    edited = with_activation(DEFAULT, 2, activation)
    first, second, third = edited.layers
    assert (first, third) == (DEFAULT.layers[0], DEFAULT.layers[2])
    assert second.weights is DEFAULT.layers[1].weights
    assert second.biases is DEFAULT.layers[1].biases
    before, after = DEFAULT.trace(IMAGES), edited.trace(IMAGES)
    np.testing.assert_array_equal(after.z[1], before.z[1])
    np.testing.assert_allclose(after.a[1], function(before.z[1]), rtol=1e-5, atol=1e-6)


def test_a_scale_of_brightness_does_not_outlive_its_function() -> None:
    hidden = Layer(np.ones((2, 3)), np.zeros(2), relu, scale=40.0)
    network = Network([hidden, *Network.random((2, 2), 0).layers])
    assert with_activation(network, 1, tanh).layers[0].scale == 1


@pytest.mark.parametrize(
    ("damage", "code", "sentence"),
    [
        (lambda: with_noise(DEFAULT, -1, 0), "edit.noise", "-1 is not."),
        (lambda: with_noise(DEFAULT, np.nan, 0), "edit.noise", "from 0 to 100 .* nan is not."),
        (lambda: with_noise(DEFAULT, 1e39, 0), "edit.noise", "1e.39 is not."),
        (lambda: with_noise(DEFAULT, 1, -1), "edit.seed", "from 0 on, not -1."),
        (lambda: pruned(DEFAULT, 1.5), "edit.share", "From 0 % to 100 % .* not 150 %."),
        (lambda: pruned(DEFAULT, np.nan), "edit.share", "not nan %."),
        (lambda: quantized(DEFAULT, 3), "edit.bits", "8, 4, 2 or 1 bits, not 3."),
        (lambda: with_activation(DEFAULT, 3, relu), "edit.outputs", "choose a hidden layer."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    damage: Callable[[], Network], code: str, sentence: str
) -> None:
    with pytest.raises(InputError, match=f"{sentence}$") as caught:
        damage()
    assert caught.value.code == code


@pytest.mark.parametrize("layer", [0, 4])
def test_a_layer_that_does_not_exist_has_no_function(layer: int) -> None:
    with pytest.raises(NetworkError, match=f"no layer {layer}"):
        with_activation(DEFAULT, layer, relu)


def test_noise_that_no_weight_can_hold_is_refused() -> None:
    with pytest.raises(NetworkError, match="must be finite"):
        with_noise(row(1e6, -1e6, 1e6), 100, seed=0)
