"""One step of backpropagation in each engine: the loss, its gradient over the picture, a step."""

from __future__ import annotations

import numpy as np

from core import Network
from core.ink import centre
from core.training.descent_steps import descend
from core.training.loop import one_hot
from core.training.losses import quadratic
from core.training.objective import Objective, exact_gradient
from support.engines.page import Page
from support.engines.waiting import until
from support.explorer_page import SEVEN

_IS_PAINTED = """() => {
  const sheet = find("[data-testid=gradient-overlay]")
  if (!sheet) return false
  const {width, height} = sheet
  if (width === 0) return false
  const {data} = sheet.getContext("2d").getImageData(0, 0, width, height)
  return data.some(value => value > 0)
}"""
#: Scrolls to a button.
_SHOW = "name => find('button', name).scrollIntoView({block: 'center'})"


def expect_answer_of(page: Page, network: Network, image: np.ndarray) -> None:
    expected = network(image.ravel())
    until(lambda: np.allclose(page.activations(), expected, atol=1e-4), "the answer after the step")


def test_a_step_goes_where_the_gradient_points(page: Page, network: Network) -> None:
    image = centre([page.draw(SEVEN)])
    page.wait_for_inputs(image)
    objective = Objective(image.reshape(1, -1), one_hot(np.array([7], np.uint8)), quadratic)
    value, _ = exact_gradient(network, objective)
    page.click(".backward-opener")
    page.click(".digits button", "7")
    page.wait_for_text("[data-testid=loss]", f"C = {value:.3f}"[:-1])
    page.click("button", "One layer back")
    page.wait_for_text("h3", "δ of the outputs")
    page.wait_for(_IS_PAINTED)
    page.ask(_SHOW, "Take one step")
    page.click("button", "Take one step")
    expect_answer_of(page, descend(network, objective, 1.0), image)
    page.click("button", "Undo change")
    expect_answer_of(page, network, image)
