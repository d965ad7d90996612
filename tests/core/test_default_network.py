"""The network that the page opens with is the lesson's, and reads."""

import pytest

from core import Network
from core.assets import asset
from core.evaluation.metrics import accuracy
from core.nn.activations import sigmoid
from support.digits import mnist_test


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.load(asset("networks/default.npz"))


def test_it_has_the_lesson_s_shape(network: Network) -> None:
    assert network.sizes == (784, 16, 16, 10)
    assert {layer.activation for layer in network.layers} == {sigmoid}


@pytest.mark.parametrize(("centred", "least"), [(False, 0.8), (True, 0.965)])
def test_it_reads_the_test_images_as_they_are_and_under_the_lens(
    network: Network, centred: bool, least: float
) -> None:
    assert accuracy(network, mnist_test(centred)) >= least


def test_its_card_says_how_it_was_made_and_from_what(network: Network) -> None:
    assert network.card["command"].startswith("python -m core train ")
    assert "--seed 3" in network.card["command"]
    assert "CC BY-SA 3.0" in network.card["data"]
    assert "CC BY 4.0" in network.card["data"]
