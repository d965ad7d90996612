"""What is saved of a neuron is what the network computes, and one can compute it again."""

from __future__ import annotations

import csv
from base64 import b64decode
from io import StringIO

import numpy as np
import pytest

from core.ink.example_drawings import load_examples
from core.nn.activations import sigmoid
from core.nn.pretrained import pretrained
from explorer import create_app
from explorer.diagram.palette import weight_colours
from explorer.exchange.neuron_picture import neuron_picture
from explorer.exchange.save_picture import SavePicture
from explorer.exchange.sum_csv import sum_csv
from explorer.state.session import Neuron, Session
from support.telling import tell


@pytest.fixture
def session() -> Session:
    session = Session()
    session.replace_drawing(load_examples()[5].drawing)
    return session


def table(session: Session, neuron: Neuron) -> list[dict[str, str]]:
    text = sum_csv(session.network, session.trace, neuron)
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.mark.parametrize("neuron", [Neuron(1, 5), Neuron(2, 3), Neuron(3, 9)])
def test_who_adds_up_the_table_comes_to_the_activation(session: Session, neuron: Neuron) -> None:
    *terms, total, bias, z, a = table(session, neuron)
    assert len(terms) == session.network.sizes[neuron.layer - 1]
    products = [float(each["activation"]) * float(each["weight"]) for each in terms]
    for each, product in zip(terms, products, strict=True):
        assert float(each["product"]) == pytest.approx(product, rel=1e-6)
    layer = session.network.layers[neuron.layer - 1]
    assert np.float32(bias["product"]) == layer.biases[neuron.number]
    assert float(total["product"]) == pytest.approx(sum(products), abs=1e-5)
    by_hand = np.array([sum(products) + float(bias["product"])])
    assert float(z["product"]) == pytest.approx(by_hand[0], abs=1e-4)
    assert float(a["product"]) == pytest.approx(sigmoid(by_hand)[0], abs=1e-5)


def test_every_number_of_the_table_is_the_networks_to_the_last_bit(session: Session) -> None:
    terms = table(session, Neuron(1, 5))[:-4]
    weights = np.array([np.float32(each["weight"]) for each in terms])
    activations = np.array([np.float32(each["activation"]) for each in terms])
    np.testing.assert_array_equal(weights, session.network.layers[0].weights[5])
    np.testing.assert_array_equal(activations, session.trace.inputs)
    exact = weights.astype(float) * activations.astype(float)
    assert [float(each["product"]) for each in terms] == exact.tolist()


def test_sources_have_the_names_of_programs_and_of_people(session: Session) -> None:
    rows = table(session, Neuron(1, 0))
    assert (rows[29]["source"], rows[29]["name"]) == ("0:29", "row 2, col 2")
    assert [row["source"] for row in rows[-4:]] == ["sum", "bias", "z", "a"]
    assert table(session, Neuron(3, 0))[4]["name"] == "neuron 5"


def colours(picture: dict[str, object], tile: int) -> np.ndarray:
    """(side, side, 3) of a tile, 0-255."""
    table = np.frombuffer(b64decode(str(picture["colours"])), np.uint8).reshape(-1, 3)
    np.testing.assert_array_equal(table, weight_colours())
    shades = np.frombuffer(b64decode(picture["tiles"][tile]), np.uint8)  # type: ignore[index]
    return table[shades].reshape(picture["side"], picture["side"], 3)  # type: ignore[call-overload]


def test_a_neuron_of_the_first_layer_is_one_image_of_its_weights(session: Session) -> None:
    picture = neuron_picture(session, Neuron(1, 5))
    weights = session.network.layers[0].weights[5].reshape(28, 28)
    assert picture["limit"] == pytest.approx(abs(weights).max())
    red, _, blue = np.moveaxis(colours(picture, 0).astype(int), -1, 0)
    strong = abs(weights) > 0.2 * picture["limit"]
    assert (strong & ((blue > red) != (weights > 0))).sum() == 0
    row, column = np.unravel_index(abs(weights).argmax(), weights.shape)
    assert max(colours(picture, 0)[row, column]) > 200, "the largest has full colour"


def test_a_deeper_neuron_has_a_tile_for_each_source(session: Session) -> None:
    picture = neuron_picture(session, Neuron(2, 3))
    weights = session.network.layers[1].weights[3]
    assert (len(picture["tiles"]), picture["side"]) == (16, 28)
    assert [frame > 127 for frame in picture["frames"]] == (weights > 0).tolist()
    assert picture["names"][15] == "16"
    assert neuron_picture(session, Neuron(3, 3))["side"] == 4
    assert len(neuron_picture(session, Neuron(0, 400))["tiles"]) == 16


def test_the_sheet_hands_over_the_selected_neuron_and_forgets_it(session: Session) -> None:
    sheet = SavePicture(session)
    neuron = Neuron(2, 3)
    session.select(neuron)
    sheet.open()
    assert sheet.title == "Hidden layer 2 · neuron 4"
    assert sheet.caption.startswith("Handwriting (default) · Network 784-16-16-10")
    tell(sheet, {"type": "sum"})
    expected = sum_csv(session.network, session.trace, neuron)
    assert b64decode(sheet.content).decode() == expected
    assert sheet.file == "sum-2-3.csv"
    tell(sheet, {"type": "picture"})
    assert len(sheet.picture["tiles"]) == 16
    tell(sheet, {"type": "saved"})
    assert (sheet.picture, sheet.content) == ({}, "")


@pytest.mark.parametrize("selected", [None, Neuron(0, 5)])
def test_without_a_sum_there_is_no_table(session: Session, selected: Neuron | None) -> None:
    sheet = SavePicture(session)
    session.select(selected)
    sheet.open()
    tell(sheet, {"type": "sum"})
    assert sheet.content == ""


def test_another_network_has_its_own_picture(session: Session) -> None:
    session.choose_network("wide")
    assert session.network is pretrained()["wide"]
    assert len(neuron_picture(session, Neuron(3, 0))["tiles"]) == 32


def test_a_page_builds_a_sheet_when_it_is_first_asked_for() -> None:
    page = create_app()
    room = page._sheets.room
    assert room.objects == []
    for name in ("picture", "worksheet", "picture"):
        tell(page, {"type": "take-away", "sheet": name})
    tell(page, {"type": "take-away", "sheet": "elsewhere"})
    assert [type(each).__name__ for each in room.objects] == ["SavePicture", "Worksheet"]
    assert [each.opened for each in room.objects] == [2, 1]
