"""On a laptop, a tablet and a phone everything stands at the same place in every engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from support.engines.launch import ENGINES
from support.engines.page import Box, Page
from support.engines.tab import Engine, Size
from support.explorer_page import SEVEN
from support.server import Server

LAPTOP, TABLET, PHONE = (1366, 768), (820, 1180), (390, 844)
TOLERANCE = 2  # CSS pixels, for the engines round texts in different ways

_BOXES = """() => {
  const view = viewOf("weight_picture")
  if (!view?.has_finished() || view.frame.bbox.height === 0) return null
  const {el, frame} = view
  const [left, top] = boxOf(el)
  const {left: x, top: y, width, height} = frame.bbox
  const [inspectorLeft, inspectorTop, inspectorWidth] = boxOf(find("[data-testid=inspector]"))
  const buttons = ["Undo", "Redo", "Clear", "Eraser", "Centre",
    "Contribution w·a", "Pin", "Play", "Step"]
  return {
    page: [innerWidth, innerHeight],
    pad: boxOf(find("[data-testid=pad]")),
    stage: boxOf(viewOf("network").el),
    outputs: boxOf(find("[data-testid=outputs]")),
    inspector: [inspectorLeft, inspectorTop, inspectorWidth],
    weights: boxOf(el),
    "weight image": [left + x, top + y, width, height],
    ...Object.fromEntries(buttons.map(name => [name, boxOf(find("button", name))])),
  }
}"""


def boxes(engine: Engine, address: str, size: Size) -> dict[str, Box]:
    """Where everything is, with a drawing and a neuron that is looked at."""
    with engine.tab(size) as tab:
        page = Page(tab, address).open().wait_until_ready()
        page.draw(SEVEN)
        page.wait_for_answer("7")
        page.choose(1, 5)
        return dict(page.wait_until_it_rests(_BOXES))


@pytest.mark.parametrize("size", [LAPTOP, TABLET, PHONE], ids=["laptop", "tablet", "phone"])
def test_everything_stands_at_the_same_place(
    engines: Callable[[str], Engine], server: Server, size: Size
) -> None:
    reference, *others = (boxes(engines(name), server.address, size) for name in ENGINES)
    assert reference["page"] == list(size)
    *_, width, height = reference["weight image"]
    assert width == pytest.approx(height, abs=1)
    for engine, found in zip(ENGINES[1:], others, strict=True):
        for name, box in reference.items():
            assert found[name] == pytest.approx(box, abs=TOLERANCE), f"{name} in {engine}"
