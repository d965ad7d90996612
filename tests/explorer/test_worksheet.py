"""A worksheet's arithmetic works out on paper, with the numbers as they are printed."""

from __future__ import annotations

import asyncio
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape

import numpy as np
import pytest

from core import Network
from core.ink.example_drawings import load_examples
from core.nn.activations import ACTIVATIONS
from core.nn.layer import Layer
from core.nn.pretrained import pretrained
from explorer.exchange.paper_network import IMAGE, paper_network
from explorer.exchange.paper_sum import PaperSum, rounded
from explorer.exchange.worksheet import Worksheet
from explorer.exchange.worksheet_page import MOST, Asked, worksheet
from explorer.state.session import Neuron, Session
from support.telling import tell

LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def made(
    sizes: tuple[int, ...], hidden: str = "sigmoid", last: str = "sigmoid", labels: object = None
) -> Network:
    """A network of these sizes with random weights."""
    rng = np.random.default_rng(5)
    names = [*[hidden] * (len(sizes) - 2), last]
    layers = [
        Layer(rng.normal(0, 0.5, (n, m)), rng.normal(0, 1, n), ACTIVATIONS[name])
        for m, n, name in zip(sizes[:-1], sizes[1:], names, strict=True)
    ]
    return Network(layers, card={} if labels is None else {"labels": labels})


NETWORKS = {
    "default": pretrained()["default"],
    "small": made((64, 8, 2)),
    "one layer": made((784, 10), last="identity"),
    "letters": made((196, 16, 16, 26), "tanh", "softmax", list(LETTERS)),
    "deep": made((1024, 512, 512, 512, 512, 512, 36), "relu"),
}
PLACES = [
    ("default", 1, 5),
    ("default", 3, 3),
    ("small", 2, 1),
    ("one layer", 1, 7),
    ("letters", 2, 3),
    ("letters", 3, 25),
    ("deep", 4, 511),
]


def asked(name: str, layer: int, number: int, count: int = 6) -> Asked:
    network = NETWORKS[name]
    image = np.random.default_rng(3).random(network.sizes[0], np.float32)
    if network.sizes[0] == 784:
        image = load_examples()[5].drawing.centred().ravel()
    full = tuple(1.0 for _ in network.layers)
    return Asked(network, network.trace(image), full, "yours", Neuron(layer, number), count)


def sheets(html: str) -> tuple[str, str]:
    _, task, answers = html.split('<section class="sheet">')
    return task, answers


def cells(sheet: str) -> list[list[str]]:
    """The rows of the sum as they are read."""
    (table,) = re.findall(r'<table class="sum">(.*?)</table>', sheet, re.DOTALL)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)[1:]
    return [[unescape(c) for c in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", r)] for r in rows]


def decimal(written: str) -> Decimal:
    return Decimal(written.replace("−", "-").replace(",", ""))


@pytest.mark.parametrize(("name", "layer", "number"), PLACES)
def test_who_works_out_what_is_printed_comes_to_the_answers(
    name: str, layer: int, number: int
) -> None:
    given = asked(name, layer, number)
    task, answers = (cells(sheet) for sheet in sheets(worksheet(given)))
    products = []
    for row, solved in zip(task[:6], answers[:6], strict=True):
        activation, weight = decimal(row[2]), decimal(row[4])
        places = Decimal(1).scaleb(weight.as_tuple().exponent)
        product = (activation * weight).quantize(places, ROUND_HALF_UP)
        assert decimal(solved[6]) == product
        assert row[6] == "", "it is for the pupil to fill in"
        products.append(product)
    others, bias, z = (decimal(row[-1]) for row in answers[6:9])
    assert task[8][-1] == ""
    assert z == sum(products) + others + bias
    exact = float(given.trace.z[layer - 1][number])
    assert float(z) == pytest.approx(exact, rel=0.01, abs=0.1)


@pytest.mark.parametrize(("name", "layer", "number"), PLACES)
def test_the_exact_values_stand_beside_the_answers(name: str, layer: int, number: int) -> None:
    given = asked(name, layer, number)
    (words,) = re.findall(r'<p class="exact">(.*?)</p>', worksheet(given), re.DOTALL)
    z, a = (float(decimal(each)) for each in re.findall(r"= (−?[\d.,]*\d)", unescape(words)))
    assert z == pytest.approx(float(given.trace.z[layer - 1][number]), rel=1e-6)
    assert a == pytest.approx(float(given.trace.a[layer - 1][number]), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("function", ["sigmoid", "tanh", "softmax", "relu", "identity"])
def test_the_activation_on_paper_is_nearly_the_networks(function: str) -> None:
    network = made((64, 8, 5), last=function)
    trace = network.trace(np.random.default_rng(3).random(64, np.float32))
    for number in range(5):
        sums = PaperSum.of(network, trace, Neuron(2, number), 4)
        assert float(sums.a) == pytest.approx(float(trace.a[1][number]), abs=0.03)


def test_the_largest_terms_are_named_and_the_others_added_up() -> None:
    given = asked("default", 1, 5)
    sums = PaperSum.of(given.network, given.trace, given.neuron, 4)
    terms = given.network.layers[0].weights[5].astype(float) * given.trace.inputs
    order = np.argsort(-abs(terms), kind="stable")
    assert [term.source for term in sums.terms] == order[:4].tolist()
    assert sums.n_others == 780
    assert float(sums.others) == pytest.approx(terms[order[4:]].sum(), abs=0.005)


def test_halves_are_rounded_as_at_school() -> None:
    assert [rounded(each, 2) for each in (0.125, -0.125, 0.375)] == [
        Decimal("0.13"),
        Decimal("-0.13"),
        Decimal("0.38"),
    ]
    assert rounded(3e38, 2) > 0, "whatever a network can hold"


def test_small_products_have_more_places() -> None:
    layer = Layer(np.full((2, 64), 0.001), np.zeros(2), ACTIVATIONS["sigmoid"])
    network = Network([layer])
    sums = PaperSum.of(network, network.trace(np.ones(64, np.float32)), Neuron(1, 0), 3)
    assert [str(term.product) for term in sums.terms] == ["0.0010"] * 3


def test_every_letter_has_its_place_and_no_two_are_one_over_the_other() -> None:
    given = asked("default", 1, 5, MOST)
    sums = PaperSum.of(given.network, given.trace, given.neuron, MOST)
    figure = paper_network(given.network, given.trace, given.full, given.neuron, sums.terms)
    heights = sorted(each.y for each in figure.letters)
    assert [each.text for each in figure.letters] == list(LETTERS[:MOST])
    assert min(np.diff(heights)) > 3
    assert 0 < heights[0] < heights[-1] < IMAGE + 1


def test_a_crowded_layer_shows_some_and_says_so() -> None:
    given = asked("deep", 4, 511)
    html = worksheet(given)
    sums = PaperSum.of(given.network, given.trace, given.neuron, 6)
    figure = paper_network(given.network, given.trace, given.full, given.neuron, sums.terms)
    assert sum(circle.is_chosen for circle in figure.circles) == 1
    shown = len({circle.y for circle in figure.circles if circle.x == figure.circles[0].x})
    assert f"{shown} of 512 shown" in html
    assert shown <= 24


def test_outputs_have_their_own_names_and_nothing_in_them_is_markup() -> None:
    network = made((64, 3), labels=["<b>", "Ä", "x&y"])
    trace = network.trace(np.ones(64, np.float32))
    html = worksheet(Asked(network, trace, (1.0,), "yours", Neuron(1, 0), 3))
    assert "Output &lt;b&gt;" in html
    assert "<b>" not in html
    assert "Ä" in html
    assert "<script" not in html


def test_a_blank_pad_has_a_worksheet_too() -> None:
    session = Session()
    sums = PaperSum.of(session.network, session.trace, Neuron(1, 0), 6)
    assert all(term.product == 0 for term in sums.terms)
    assert sums.z == sums.bias


@pytest.fixture
def session() -> Session:
    session = Session()
    session.replace_drawing(load_examples()[5].drawing)
    return session


async def opened(sheet: Worksheet) -> None:
    await sheet.open()


def open_sheet(session: Session) -> Worksheet:
    sheet = Worksheet(session)
    asyncio.run(opened(sheet))
    return sheet


def test_it_is_about_the_selected_neuron_else_about_the_answer(session: Session) -> None:
    assert open_sheet(session).neuron == [3, session.answer.digit]
    session.select(Neuron(2, 4))
    assert open_sheet(session).neuron == [2, 4]
    session.select(Neuron(0, 30))
    assert open_sheet(session).neuron == [3, session.answer.digit], "a pixel has no sum"


def test_another_neuron_and_another_number_can_be_chosen(session: Session) -> None:
    sheet = open_sheet(session)
    tell(sheet, {"type": "make", "neuron": [1, 15], "count": 3})
    assert (sheet.neuron, sheet.count) == ([1, 15], 3)
    assert "Hidden layer 1 · neuron 16" in sheet.html
    assert len(cells(sheets(sheet.html)[0])) == 3 + 4


@pytest.mark.parametrize(
    ("neuron", "count"),
    [
        ([0, 0], 6),
        ([4, 0], 6),
        ([1, 16], 6),
        ([1, -1], 6),
        ([1, 0], 1),
        ([1, 0], 11),
        (["1", 0], 6),
    ],
)
def test_what_is_no_sheet_changes_nothing(session: Session, neuron: list[int], count: int) -> None:
    sheet = open_sheet(session)
    before = sheet.html
    tell(sheet, {"type": "make", "neuron": neuron, "count": count})
    assert sheet.html == before
