"""The place Test in the browser: a matrix that adds up, its images, and the way to the pad."""

from __future__ import annotations

import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from core.data import mnist
from core.evaluation.metrics import confusion_counts
from core.ink import centre_images
from support import axe
from support.explorer_page import SEVEN, ExplorerPage


@pytest.fixture
def testing(explorer: ExplorerPage) -> Locator:
    """The panel of the place Test, with what came of the first test."""
    explorer.button("Test").click()
    panel = explorer.page.get_by_test_id("testing")
    expect(panel.get_by_text("of 10,000 MNIST test images read correctly")).to_be_visible()
    return panel


def counts(explorer: ExplorerPage) -> np.ndarray:
    """The numbers that are written in the cells."""
    written = explorer.column("confusion", "text")
    return np.array([int(each or 0) for each in written]).reshape(10, 10)


def test_a_network_is_tested_and_what_it_misreads_is_put_on_the_pad(
    explorer: ExplorerPage, testing: Locator
) -> None:
    digits = mnist.load("test")
    read = explorer.network(centre_images(digits.images)).argmax(axis=1).astype(np.uint8)
    expected = confusion_counts(digits.labels, read)
    assert (counts(explorer) == expected).all()
    assert counts(explorer).sum() == 10_000
    right = int(expected.trace())
    expect(testing).to_contain_text(f"{10_000 - right} misread")
    share = re.search(r"([\d.]+) % of 10,000", testing.inner_text())
    assert share is not None
    assert float(share[1]) == pytest.approx(right / 100, abs=0.051)

    # With the keyboard: from 0 read as 0 to 4 read as 9.
    testing.get_by_role("application").focus()
    for key in ("ArrowDown",) * 4 + ("ArrowRight",) * 9:
        explorer.page.keyboard.press(key)
    expect(testing).to_contain_text(f"True 4, read as 9: {expected[4, 9]} of {expected[4].sum()}")
    explorer.page.keyboard.press("Enter")
    gallery = testing.get_by_test_id("gallery").first
    expect(gallery).to_contain_text(f"{expected[4, 9]} images of 4, read as 9")
    first = gallery.get_by_role("button", name="put it on the pad").first
    expect(first).to_have_accessible_name(re.compile("Digit 4, read as 9 "))
    first.click()
    expect(explorer.prediction).to_have_attribute("data-digit", "9")
    explorer.press("Clear")

    # Beside another network, and what is folded.
    testing.get_by_label("Compare with").select_option("mnist")
    expect(
        testing.get_by_role("button", name=re.compile(r"^\d+ read by “.*” alone$"))
    ).to_have_count(2)
    for title in (  # from below, so that none moves while it is clicked
        "Map of the last hidden layer (PCA)",
        "Robustness",
        "Calibration and rejection",
        "By digit",
    ):
        testing.get_by_text(title, exact=True).click()
    expect(testing).to_contain_text("expected calibration error")
    expect(testing).to_contain_text("1,000 of 10,000 images")
    assert axe.violations(explorer.page) == []
    explorer.choose("Light")
    assert axe.violations(explorer.page) == [], "light"

    # A line around one half of the map opens what is inside, the keyboard a circle.
    around = testing.get_by_role("application", name="Map of the images")
    around.scroll_into_view_if_needed()
    with Image.open(BytesIO(around.screenshot())) as picture:
        assert (np.array(picture.convert("RGB")).max(axis=2) > 100).mean() > 0.02, "digits"
    box = around.bounding_box()
    assert box is not None
    corners = [(0.01, 0.01), (0.5, 0.01), (0.5, 0.99), (0.01, 0.99)]
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    explorer.page.mouse.move(*places[0])
    explorer.page.mouse.down()
    for place in places[1:]:
        explorer.page.mouse.move(*place)
    explorer.page.mouse.up()
    inside = int((explorer.column("map_images", "x") < 0.5).sum())
    found = testing.get_by_text(re.compile("images in this region"))
    expect(found).to_have_text(re.compile(r"^\d+ images"))
    assert int(found.inner_text().split()[0]) == pytest.approx(inside, abs=inside / 20)

    # A drawing of one's own; the key is for the digit, though the menu was used last.
    menu = testing.get_by_role("combobox", name="Images")
    menu.focus()
    menu.select_option("own")
    expect(testing.get_by_role("group", name="Add the drawing as")).to_be_visible()
    explorer.draw(SEVEN)
    expect(testing).to_contain_text("px from the centre", timeout=120_000)
    explorer.page.keyboard.press("7")
    expect(testing.get_by_text("Added as 7. Draw the next one.")).to_be_visible()
    expect(testing).to_contain_text("1 drawing of yours, normalised:")
    assert counts(explorer).sum() == 1
    expect(testing.get_by_title("Digit 7, read correctly")).to_be_visible()

    # It is there in Train as well, and can be removed in either place and brought back.
    explorer.button("Train").click()
    own = explorer.page.get_by_test_id("own-drawings")
    own.locator("summary").click()
    expect(own.get_by_role("listitem")).to_have_count(1)
    own.get_by_role("button", name="Remove this 7").click()
    expect(own.get_by_text("Removed 1 drawing.")).to_be_visible()
    explorer.button("Test").click()
    expect(testing).to_contain_text("You have collected no drawings yet.")
    testing.get_by_role("button", name="Bring back").click()
    expect(testing.get_by_title("Digit 7, read correctly")).to_be_visible()
