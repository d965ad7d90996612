"""What was changed of a network in an address: short, exact to the last bit, and safe to open."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Network
from core.edit.damage import quantized, with_activation
from core.edit.neurons import silenced, swapped
from core.edit.painting import painted
from core.edit.url_text import ChangesError, from_url_text, to_url_text
from core.nn.activations import relu
from core.nn.pretrained import pretrained
from core.packed_text import in_bytes, numbers_in, packed, unpacked

DEFAULT = pretrained()["default"]
SMALL = Network.random((3, 4, 2), seed=1)


def changed(network: Network) -> str:
    text = to_url_text(DEFAULT, network)
    assert text is not None
    return text


def bits(network: Network) -> list[bytes]:
    return [table.tobytes() for each in network.layers for table in (each.weights, each.biases)]


def painted_on(network: Network) -> Network:
    row = network.layers[0].weights[5]
    return network.with_weights(1, 5, painted(row, [(6, 9), (20, 12)], "add", 1.0, 2.0))


CHANGED = {
    "a bias": (DEFAULT.with_bias(1, 5, 0.1), 40),
    "a weight": (DEFAULT.with_weight(3, 9, 15, -2.5), 40),
    "a silent neuron": (silenced(DEFAULT, 1, 5), 100),
    "a stroke of the brush": (painted_on(DEFAULT), 600),
    "two bits a weight": (quantized(DEFAULT, 2), 1_000),
    "the sign of a zero": (DEFAULT.with_bias(2, 3, 0.0).with_bias(2, 4, -0.0), 50),
}


@pytest.mark.parametrize(("network", "longest"), CHANGED.values(), ids=CHANGED)
def test_changes_come_back_to_the_last_bit(network: Network, longest: int) -> None:
    text = changed(network)
    assert len(text) <= longest
    again = from_url_text(DEFAULT, text)
    assert bits(again) == bits(network)
    shared = [a is b for a, b in zip(again.layers, DEFAULT.layers, strict=True)]
    assert shared == [a is b for a, b in zip(network.layers, DEFAULT.layers, strict=True)]


CELLS = st.tuples(st.integers(0, 4), st.integers(0, 1), st.floats(-1e6, 1e6, width=32))


@given(st.lists(CELLS, max_size=9))
def test_any_numbers_come_back(cells: list[tuple[int, int, float]]) -> None:
    network = SMALL
    for source, neuron, value in cells:
        if source == 4:
            network = network.with_bias(2, neuron, value)
        else:
            network = network.with_weight(2, neuron, source, value)
    text = to_url_text(SMALL, network)
    assert text is not None
    assert bits(from_url_text(SMALL, text)) == bits(network)


def test_no_changes_are_no_text() -> None:
    assert changed(DEFAULT) == ""
    assert changed(DEFAULT.with_bias(1, 5, float(DEFAULT.layers[0].biases[5]))) == ""
    assert from_url_text(DEFAULT, "") is DEFAULT


def test_more_than_numbers_is_no_text() -> None:
    assert to_url_text(DEFAULT, with_activation(DEFAULT, 1, relu)) is None
    assert to_url_text(DEFAULT, pretrained()["wide"]) is None


def test_changes_of_another_network_are_refused() -> None:
    with pytest.raises(ChangesError, match="another network"):
        from_url_text(swapped(DEFAULT, 1, 2, 3), changed(DEFAULT.with_bias(1, 5, 0.1)))


_, CHECKSUM, *_ = numbers_in(unpacked(str(to_url_text(SMALL, SMALL.with_bias(1, 2, 0.5))), 1000))


def text_of(*numbers: int, values: tuple[float, ...] = (0.5,), version: int = 1) -> str:
    planes = np.array(values, "<f4").view(np.uint8).reshape(-1, 4).T.tobytes()
    return packed(in_bytes([version, CHECKSUM, *numbers]) + planes)


def test_a_text_that_is_made_by_hand_is_read() -> None:
    network = from_url_text(SMALL, text_of(0, 2, 4, 0, values=(0.5, 0.25)))
    expected = SMALL.with_bias(2, 0, 0.5).with_weight(2, 1, 0, 0.25)
    assert bits(network) == bits(expected)


DAMAGED = {
    "no text of ours": "Dear pupils",
    "another alphabet": "пять",
    "cut off": changed(painted_on(DEFAULT))[:-6],
    "another version": text_of(0, 1, 4, version=2),
    "nothing behind the version": packed(in_bytes([1])),
    "no place": text_of(0, 1),
    "a place that the layer does not have": text_of(0, 1, 10),
    "a place beyond all numbers": text_of(0, 2, 2**62, 2**62, values=(0.5, 0.5)),
    "more places than the layer has": text_of(0, 2**40, 1),
    "no number for a place": text_of(0, 1, 4, values=()),
    "half a number for a place": packed(in_bytes([1, CHECKSUM, 0, 1, 4]) + b"ab"),
    "not a number": text_of(0, 1, 4, values=(float("nan"),)),
    "infinite": text_of(0, 1, 4, values=(float("inf"),)),
    "larger than any weight": text_of(0, 1, 4, values=(2e6,)),
    "a bomb": urlsafe_b64encode(zlib.compress(bytes([1]) + bytes(10**7))).decode(),
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_text_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ChangesError, match=r"^Not changes of a network\.$"):
        from_url_text(SMALL, text)
