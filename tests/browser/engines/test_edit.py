"""The place Edit in each engine: weights painted, a bias typed, all of it undone."""

from __future__ import annotations

import numpy as np

from core import Network
from core.ink import centre
from support.engines.page import Page
from support.engines.waiting import until
from support.explorer_page import SEVEN

NUMBER = 5
CANVAS = "canvas[aria-label^='Weights from the pixels']"
# All at once: the edges may be drawn anew between two questions.
_EDGES = "(...names) => names.map(name => Array.from(model('edges').data[name]))"
BIAS = "input[type=text][aria-label=Bias]"


def painted(page: Page, network: Network) -> int:
    """How many of the neuron's edges have another weight than at first."""
    weight, layer, target = np.array(page.ask(_EDGES, "weight", "layer", "target"))
    ours = weight[(layer == 1) & (target == NUMBER)]
    first = network.layers[0].weights[NUMBER].astype(float)
    return len(ours) - int(np.isin(np.round(ours, 4), np.round(first, 4)).sum())


def expect_answer_of(page: Page, network: Network, image: np.ndarray) -> None:
    expected = network(image.ravel())
    until(lambda: np.allclose(page.activations(), expected, atol=1e-4), "the changed answer")


def test_a_neuron_is_changed_by_brush_and_by_number(page: Page, network: Network) -> None:
    image = centre([page.draw(SEVEN)])
    page.wait_for_inputs(image)
    page.click("button", "Edit")
    page.choose_neuron(1, NUMBER)
    page.wait_for_text("h2", f"Hidden layer 1 · neuron {NUMBER + 1}")

    left, top, width, height = page.box(CANVAS)
    page.tab.drag([(left + width * share, top + height / 2) for share in (0.3, 0.5, 0.7)])
    page.wait_for_text(".mark", "changed")
    until(lambda: painted(page, network) > 0, "painted edges")
    assert painted(page, network) < 200
    page.click("button", "Undo change")
    until(lambda: painted(page, network) == 0, "the edges as they were")

    page.click(BIAS)
    page.tab.press(*["Backspace", "Delete"] * 8, *"1/2", "Enter")
    expect_answer_of(page, network.with_bias(1, NUMBER, 0.5), image)
    page.click("button", "Undo change")
    expect_answer_of(page, network, image)
