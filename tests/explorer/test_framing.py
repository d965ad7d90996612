"""Networks that learned from digits without a margin are shown drawings as they know them."""

import numpy as np
import pytest

from core import Network
from core.ink import Drawing
from core.ink.stroke import Stroke
from core.nn.model_card import CardError
from explorer.state.session import Session
from support.any_networks import network_of

ONE = Drawing(None, (Stroke(np.array([(14.0, 8.0), (14.0, 20.0)]), 2.4),))
SIDES = {"filled": 20, "fitted": 8}


def session_of(framing: str, centred: bool = True) -> Session:
    side = SIDES[framing]
    session = Session(network_of(side * side, 12, 10, framing=framing))
    session.replace_drawing(ONE)
    session.centre(centred)
    return session


@pytest.mark.parametrize("framing", SIDES)
def test_through_the_lens_a_digit_fills_the_image_of_such_a_network(framing: str) -> None:
    rows = session_of(framing).received.any(axis=1)
    assert rows[[0, -1]].all()


@pytest.mark.parametrize("framing", SIDES)
def test_without_the_lens_it_is_seen_as_it_was_drawn(framing: str) -> None:
    assert not session_of(framing, centred=False).received[[0, -1]].any()


@pytest.mark.parametrize("framing", SIDES)
def test_a_place_of_the_pad_and_the_neuron_that_sees_it_belong_together(framing: str) -> None:
    session = session_of(framing)
    lit = int(session.received.argmax())
    session.point_at_input(lit)
    pixel = session.pointed.pixel
    assert ONE.image.flat[pixel] > 0.1
    session.point_at_pad((pixel % 28 + 0.5, pixel // 28 + 0.5))
    assert abs(session.pointed.neuron // SIDES[framing] - lit // SIDES[framing]) <= 1


def test_a_blank_pad_is_blank_in_every_framing() -> None:
    session = session_of("fitted")
    session.replace_drawing(Drawing.blank)
    assert not session.received.any()


def test_a_card_names_no_framing_that_does_not_exist() -> None:
    with pytest.raises(CardError, match="framing"):
        Network(network_of(64, 10).layers, {"framing": "round"})
