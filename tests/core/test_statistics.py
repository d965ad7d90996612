"""What a neuron prefers is what it really does, and is kept without an image of any data set."""

from pathlib import Path

import numpy as np
import pytest

from core import Network
from core.__main__ import main
from core.assets import asset
from core.data import mnist
from core.data.augmentation.handwriting import varied_strokes
from core.data.images import Images
from core.evaluation.measure_statistics import FEW, Pool, measure_statistics, pool_of
from core.explain.preference import preference
from core.ink import centre
from core.ink.example_drawings import Example, load_examples
from core.nn.activations import ACTIVATIONS, Activation
from core.nn.layer import NetworkError
from support.digits import mnist_test

DEFAULT = Network.load(asset("networks/default.npz"))
EXAMPLES = load_examples()
DRAWN = [example for example in EXAMPLES if example.drawing.strokes]


@pytest.fixture(scope="module")
def pool() -> Pool:
    return pool_of(EXAMPLES, 1)


@pytest.fixture(scope="module")
def images() -> Images:
    return mnist.load("test")[:500]


def measured(network: Network, images: Images, pool: Pool) -> Network:
    statistics = measure_statistics(network, images, "500 images", pool, "a few drawings")
    return Network(network.layers, statistics=statistics)


def test_the_command_adds_statistics_and_changes_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, again = tmp_path / "net.npz", tmp_path / "again.npz"
    for each in (path, again):
        Network(DEFAULT.layers, DEFAULT.card).save(each)
        assert main(["profile", "--network", str(each)]) == 0
    assert path.read_bytes() == again.read_bytes()
    assert path.stat().st_size < 170_000
    network = Network.load(path)
    assert network.card == DEFAULT.card
    for one, other in zip(network.layers, DEFAULT.layers, strict=True):
        np.testing.assert_array_equal(one.weights, other.weights)
    assert network.statistics is not None
    assert "10,000 test images of MNIST, centred" in network.statistics.means_of
    assert "drawn for this project" in network.statistics.images_of
    assert network.statistics.means_of in capsys.readouterr().out

    test = mnist_test(centred=True)
    a = network(test.images)[test.labels == 3].mean(axis=0)
    np.testing.assert_allclose(network.statistics.means[-1][:, 3], a, atol=1e-4)
    assert (network.statistics.means[-1].argmax(axis=1) == np.arange(10)).all()


def test_a_network_that_sees_no_drawings_has_no_preference_for_any(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.npz"
    Network.random((9, 2), seed=0).save(path)
    before = path.read_bytes()
    assert main(["profile", "--network", str(path)]) == 1
    printed = capsys.readouterr().err
    assert "net.npz has 9 inputs and 2 outputs; reading digits takes 784 and 10." in printed
    assert printed.count("\n") == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_no_drawing_activates_a_neuron_more_than_the_most_or_less_than_the_least(
    activation: Activation, images: Images, pool: Pool
) -> None:
    plain = Network.random((784, 64, 32, 10), 3, activation, init_std=0.3)
    network = measured(plain, images, pool)
    everything = network.trace(pool.images / np.float32(255))
    for layer, a in enumerate(everything.a, start=1):
        for neuron in range(a.shape[1]):
            likes = preference(network, layer, neuron)
            assert likes is not None
            ordered = np.sort(a[:, neuron])
            np.testing.assert_allclose(likes.maximizing.activations, ordered[::-1][:FEW], rtol=1e-4)
            np.testing.assert_allclose(
                likes.minimizing.activations, ordered[:FEW], rtol=1e-4, atol=1e-6
            )


def test_means_are_those_of_each_digit(images: Images, pool: Pool) -> None:
    network = measured(DEFAULT, images, pool)
    likes = preference(network, 1, 4)
    assert likes is not None
    for digit in range(10):
        chosen = images.images[images.labels == digit]
        mean = float(network.trace(chosen).a[0][:, 4].mean())
        assert likes.means[digit] == pytest.approx(mean, abs=1e-4)
    assert (likes.means_of, likes.images_of) == ("500 images", "a few drawings")


def test_where_many_drawings_saturate_a_neuron_the_sum_decides(images: Images, pool: Pool) -> None:
    network = measured(DEFAULT.with_bias(1, 3, 200.0), images, pool)
    likes = preference(network, 1, 3)
    assert likes is not None
    assert (likes.maximizing.activations == 1).all()
    z = network.trace(pool.images / np.float32(255)).z[0][:, 3]
    best = network.trace(likes.maximizing.images / np.float32(255)).z[0][:, 3]
    np.testing.assert_allclose(best, np.sort(z)[::-1][:FEW], rtol=1e-5)


def test_without_statistics_there_is_no_preference() -> None:
    network = Network(DEFAULT.layers)
    assert preference(network, 2, 5) is None
    with pytest.raises(NetworkError, match="Layer 2 has no neuron 16"):
        preference(network, 2, 16)


def test_the_drawings_are_the_project_s_own_as_the_lens_shows_them(pool: Pool) -> None:
    example = next(each for each in EXAMPLES if each.digit is not None)
    own = np.rint(255 * centre(example.drawing.strokes)).ravel()
    np.testing.assert_array_equal(pool.images[0], own)
    assert set(pool.labels) == set(range(10))
    assert not np.array_equal(pool.images[0], pool.images[1])
    np.testing.assert_array_equal(pool_of(EXAMPLES, 1).images, pool.images)


def test_most_variations_can_still_be_read(pool: Pool) -> None:
    read = DEFAULT(pool.images / np.float32(255)).argmax(axis=1)
    assert (read == pool.labels)[1::2].mean() > 0.85


@pytest.mark.parametrize("example", DRAWN, ids=lambda example: example.name)
def test_a_variation_stays_on_the_pad_wherever_the_digit_was_drawn(example: Example) -> None:
    rng = np.random.default_rng(5)
    for stroke in varied_strokes(rng, example.drawing.strokes):
        assert stroke.points.min() > 0
        assert stroke.points.max() < 28
