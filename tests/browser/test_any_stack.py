"""Any dense stack in the picture: images of any side, one layer or many, wide ones thinned."""

from __future__ import annotations

from itertools import pairwise
from string import ascii_uppercase, digits

import numpy as np
import pytest
from playwright.sync_api import expect

from core import Network
from core.nn.activations import ACTIVATIONS
from support.explorer_page import SEVEN, ExplorerPage, Visit
from support.server import Server

SIGNS = [*ascii_uppercase, *digits]
STACKS = {
    "small": ((64, 8, 2), "sigmoid", ["ring", "stroke"]),
    "single": ((784, 10), "softmax", [*digits]),
    "wide": ((1024, 512, 512, 512, 512, 36), "identity", SIGNS),
}
#: From where to where each text of a source reaches across the picture, in pixels of the screen.
_TEXTS = """name => {
  const model = Bokeh.documents[0].get_model_by_name(name)
  const network = Bokeh.documents[0].get_model_by_name("network")
  const view = Bokeh.index.find_one(network)
  const {glyph, visible} = network.renderers.find(each => each.data_source === model)
  const context = new OffscreenCanvas(1, 1).getContext("2d")
  context.font = `${glyph.text_font_size.value} ${glyph.text_font.value}`
  return visible ? model.data.text.map((text, i) => {
    const middle = view.frame.x_scale.compute(model.data.x[i])
    const {width} = context.measureText(text)
    return [middle - width / 2, middle + width / 2]
  }) : []
}"""


def network_of(name: str) -> Network:
    sizes, output, labels = STACKS[name]
    random = Network.random(
        sizes, seed=2, activation=ACTIVATIONS["relu"], output=ACTIVATIONS[output]
    )
    return Network(random.layers, {"labels": labels})


@pytest.fixture(scope="module", params=list(STACKS))
def network(request: pytest.FixtureRequest) -> Network:
    return network_of(request.param)


@pytest.fixture
def explorer(own_server: Server, visit: Visit) -> ExplorerPage:
    return visit(address=own_server.address)


only_wide = pytest.mark.parametrize("network", ["wide"], indirect=True)


def test_what_is_drawn_are_the_networks_own_numbers(
    explorer: ExplorerPage, network: Network
) -> None:
    explorer.draw(SEVEN)
    expect_the_activations_of_those_that_are_shown(explorer)
    expect_edges_between_them_with_their_weights(explorer, network)
    expect_the_answer_by_its_label(explorer, network)
    expect_captions_beside_each_other(explorer)
    explorer.button("Verify all numbers").click()
    verdict = explorer.page.get_by_test_id("verdict").locator("li")
    expect(verdict.last).to_contain_text("all edges follow from their weight")
    assert all(line.startswith("✓") for line in verdict.all_inner_texts())
    explorer.resize(390, 844)
    expect_captions_beside_each_other(explorer)
    expect_outputs_that_stand_beside_the_pad(explorer, network)


def expect_the_activations_of_those_that_are_shown(explorer: ExplorerPage) -> None:
    layer, index, shown = explorer.columns("neurons", "layer", "index", "activation")
    for number, a in enumerate(explorer.expected.trace.a, start=1):
        here = layer == number
        assert here.sum() == min(len(a), 64)
        np.testing.assert_allclose(shown[here], a[index[here]], atol=1e-4)


def expect_edges_between_them_with_their_weights(explorer: ExplorerPage, network: Network) -> None:
    layer, source, target, weight = explorer.columns("edges", "layer", "source", "target", "weight")
    neurons, index = explorer.columns("neurons", "layer", "index")
    for number, each in enumerate(network.layers, start=1):
        here = layer == number
        np.testing.assert_allclose(
            weight[here], each.weights[target[here], source[here]], atol=1e-6
        )
        assert set(target[here]) <= set(index[neurons == number])
        assert number == 1 or set(source[here]) <= set(index[neurons == number - 1])
        pairs = min(each.n_out, 64) * (each.n_in if number == 1 else min(each.n_in, 64))
        assert here.sum() == (pairs if pairs <= 784 * 64 else 16_384)


def expect_the_answer_by_its_label(explorer: ExplorerPage, network: Network) -> None:
    outputs = explorer.expected.trace.outputs
    expect(explorer.prediction).to_have_attribute("data-digit", str(outputs.argmax()))
    expect(explorer.prediction).to_have_attribute(
        "data-label", network.card["labels"][outputs.argmax()]
    )
    rows = explorer.page.get_by_test_id("outputs").locator("li")
    assert rows.locator("b").all_inner_texts() == network.card["labels"]


def expect_captions_beside_each_other(explorer: ExplorerPage) -> None:
    for name in ("layer_captions", "weight_counts"):
        ends = explorer.page.evaluate(_TEXTS, name)
        assert all(right < left for (_, right), (left, _) in pairwise(ends))


def expect_outputs_that_stand_beside_the_pad(explorer: ExplorerPage, network: Network) -> None:
    """All of them, though they be 36, and none of them is higher or lower than the pad."""
    pad = explorer.pad.bounding_box()
    assert pad is not None
    for row in explorer.page.get_by_test_id("outputs").locator("li").all():
        box = row.bounding_box()
        assert box is not None
        assert pad["x"] + pad["width"] < box["x"]
        assert box["x"] + box["width"] <= 390
        assert box["y"] + box["height"] < pad["y"] + pad["height"] + 4


@only_wide
def test_a_hidden_neuron_is_brought_up_by_its_number_and_by_keys(
    explorer: ExplorerPage, network: Network
) -> None:
    opener = explorer.page.get_by_role("button", name="64 of 512 neurons shown")
    expect(opener).to_contain_text("most active on examples")
    shown = explorer.column("neurons", "index")[:64].tolist()
    hidden = next(number for number in range(100, 512) if number not in shown)
    opener.click()
    explorer.page.get_by_label("Neuron", exact=True).fill(str(hidden + 1))
    explorer.page.keyboard.press("Enter")
    explorer.wait_for_selection(1, hidden)
    expect_its_edges(explorer, network, hidden)
    explorer.page.locator(".figure").focus()
    explorer.page.keyboard.press("Shift+ArrowDown")
    explorer.wait_for_selection(1, hidden + 1)
    expect_its_edges(explorer, network, hidden + 1)
    expect_all_others_to_stand_as_before(explorer, shown)
    opener.click()
    explorer.button("Next 64").click()
    expect(opener).to_contain_text("1 to 64")
    expect_the_activations_of_those_that_are_shown(explorer)


def expect_its_edges(explorer: ExplorerPage, network: Network, number: int) -> None:
    explorer.page.wait_for_function(
        """number => Bokeh.documents[0].get_model_by_name("selected_edges")
          .data.target.some(each => each === number)""",
        arg=number,
    )
    target, source, weight = explorer.columns("selected_edges", "target", "source", "weight")
    assert set(target) == {number}
    np.testing.assert_allclose(weight, network.layers[0].weights[number][source], atol=1e-6)


def expect_all_others_to_stand_as_before(explorer: ExplorerPage, before: list[int]) -> None:
    now = explorer.column("neurons", "index")[:64].tolist()
    assert sum(one != other for one, other in zip(before, now, strict=True)) <= 2


@only_wide
def test_a_forward_pass_is_told_layer_by_layer_over_what_is_shown(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    words = explorer.page.locator(".words")
    for step in range(1, 6):
        explorer.button("Step").click()
        expect(words).to_contain_text(f"Layer {step} of 5")
    expect(words).to_contain_text("36 sums of 512 products")
