"""Every network that can be chosen loads, says what it is, and reads as well as its card says."""

import pytest

from core.data import pen_digits
from core.data.dataset import digit_images
from core.data.pen_digits import is_by
from core.evaluation.metrics import accuracy
from core.evaluation.rejection import rejection_rate, threshold
from core.nn.activations import relu, sigmoid
from core.nn.pretrained import DEFAULT, pretrained
from support.digits import mnist_test

NAMES = ("default", "convolutional", "lesson", "mnist", "relu", "untrained", "wide")


@pytest.mark.parametrize("name", NAMES)
def test_the_card_introduces_the_network(name: str) -> None:
    network = pretrained()[name]
    assert {"title", "recipe", "command", "seed", "accuracy", "data"} <= set(network.card)
    assert str(network.card["command"]).startswith("python -m core train ")
    claimed = network.card["accuracy"]["MNIST test, centred"]
    assert accuracy(network, mnist_test(centred=True)) == pytest.approx(claimed, abs=1e-3)


def test_the_pretrained_networks_have_several_structures_the_default_first() -> None:
    named = pretrained()
    assert tuple(named) == NAMES
    assert NAMES[0] == DEFAULT
    assert len({network.card["title"] for network in named.values()}) == len(NAMES)
    assert named["default"].sizes == named["lesson"].sizes == (784, 16, 16, 10)
    assert {layer.activation for layer in named["default"].layers} == {sigmoid}
    assert named["wide"].sizes == (784, 64, 32, 10)
    assert [bool(layer.shared) for layer in named["convolutional"].layers] == [True, True, False]
    assert named["relu"].layers[0].activation == relu
    assert named["relu"].layers[0].scale > 1
    assert accuracy(named["untrained"], mnist_test(centred=False)) < 0.3


@pytest.mark.parametrize(
    ("name", "least"),
    [("default", 0.955), ("convolutional", 0.965), ("relu", 0.955), ("wide", 0.98)],
)
def test_people_it_never_learned_from_are_read_and_rarely_rejected(name: str, least: float) -> None:
    network = pretrained()[name]
    held_out = network.card["held out"]
    theirs = digit_images([each for each in pen_digits.load() if is_by(each, held_out)])
    assert accuracy(network, theirs) >= least
    assert 0 < threshold(network) < 1
    assert rejection_rate(network, theirs.images) <= 0.03


@pytest.mark.parametrize(
    ("name", "least"), [("default", 0.88), ("convolutional", 0.9), ("relu", 0.85), ("wide", 0.94)]
)
def test_letters_of_people_it_never_learned_from_are_rejected(name: str, least: float) -> None:
    card = pretrained()[name].card
    assert card["rejected"]["letters of people that resemble no digit"] >= least
    for source in ("UNIPEN", "UCI Pen-Based Recognition", "UJIpenchars2", "Omniglot"):
        assert source in card["data"]
