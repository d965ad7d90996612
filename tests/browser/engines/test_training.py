"""The place Train in each engine: a network learns, stops, and an earlier one comes back."""

from __future__ import annotations

import numpy as np

from core.training.pipeline import initial_network
from core.training.recipes import RECIPES
from support.engines.page import Page
from support.engines.waiting import until

_READ = "() => parseFloat(find('tr + tr td')?.textContent)"
_READS = "wanted => parseFloat(find('tr + tr td')?.textContent) > wanted"
_ENABLED = "name => find(`.time button[name=${name}]`)?.disabled === false"
_WEIGHTS = "() => Array.from(model('edges').data.weight)"
_CAN_MOVE = "() => find('[aria-label=\"Place in the training\"]')?.disabled === false"


def test_it_learns_and_every_moment_comes_back(page: Page) -> None:
    start = initial_network(RECIPES["lesson"], 0)
    first = np.sort(np.concatenate([layer.weights.ravel() for layer in start.layers]))
    page.click("button", "Train")
    page.wait_for(_ENABLED, "step")
    until(lambda: weights_are(page, first), "the random weights")
    page.click(".time button[name=play]")
    page.wait_for(_READS, 60)
    page.click(".time button[name=play]")
    page.wait_for(_CAN_MOVE)
    assert page.ask(_READ) > 50
    until(lambda: not weights_are(page, first), "weights that have been learned")
    page.click('[aria-label="Place in the training"]')
    page.tab.press("Home")
    until(lambda: weights_are(page, first), "the random weights again")


def weights_are(page: Page, weights: np.ndarray) -> bool:
    found = np.sort(np.array(page.ask(_WEIGHTS)))
    return len(found) == len(weights) and bool(np.allclose(found, weights, atol=1e-5))
