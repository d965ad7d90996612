"""The place Test in each engine: a matrix that adds up, the way to the pad, a drawing counted."""

from __future__ import annotations

import numpy as np

from core import Network
from core.data import mnist
from core.evaluation.metrics import confusion_counts
from core.ink import centre_images
from support.engines.page import Page
from support.engines.waiting import until
from support.explorer_page import SEVEN

_COUNTS = "() => Array.from(model('confusion')?.data.text ?? [], Number)"
_MATRIX = "() => { const cells = find('.cells'); return cells && boxOf(cells) }"
_CHOOSE = """(label, value) => {
  const menu = all("label").find(each => each.textContent.startsWith(label)).querySelector("select")
  menu.value = value
  menu.dispatchEvent(new Event("change"))
}"""


def counts(page: Page) -> np.ndarray:
    """The numbers in the cells, row by row."""
    return np.array(page.ask(_COUNTS))


def test_a_cell_opens_its_images_and_a_drawing_is_counted(page: Page, network: Network) -> None:
    digits = mnist.load("test")
    read = network(centre_images(digits.images)).argmax(axis=1).astype(np.uint8)
    page.click("button", "Test")
    until(lambda: counts(page).sum() == len(digits), "all images in the matrix")
    assert (counts(page) == confusion_counts(digits.labels, read).ravel()).all()

    left, top, width, height = page.wait_until_it_rests(_MATRIX)
    page.tab.drag([(left + width * 5.5 / 11, top + height * 10.5 / 11)])
    page.wait_for_text("h3", "images of 9, read as 4")
    page.click(".thumbnail")
    page.wait_for_answer("4")

    page.click("button", "Clear")
    page.ask(_CHOOSE, "Images", "own")
    page.draw(SEVEN)
    page.wait_for_answer("7")
    page.click("button", "Add the drawing as 7 (0 so far)")
    until(lambda: counts(page).sum() == 1, "one's own drawing in the matrix")
    assert counts(page).argmax() == 77
