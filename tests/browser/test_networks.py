"""The choice of a network: a button with its name, and a card for each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Locator, expect

from core import Network
from core.nn.pretrained import pretrained
from explorer.diagram.palette import shades, weight_colours
from explorer.state.networks import offered_networks
from support.explorer_page import SEVEN, ExplorerPage, Visit
from support.server import serving_network

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

_PIXELS = """canvas => {
  const {width, height} = canvas
  return Array.from(canvas.getContext("2d").getImageData(0, 0, width, height).data)
}"""
_OUTLINE = "card => getComputedStyle(card).outlineStyle"


def opener(explorer: ExplorerPage) -> Locator:
    return explorer.page.get_by_test_id("network")


def card_of(sheet: Locator, name: str) -> Locator:
    return sheet.locator(f'article[data-network="{name}"]')


def test_every_network_has_a_card_with_a_sentence_a_picture_and_four_percentages(
    explorer: ExplorerPage,
) -> None:
    expect(opener(explorer)).to_have_accessible_name("Network: Handwriting (default) 784-16-16-10")
    expect(opener(explorer)).to_have_attribute("aria-haspopup", "dialog")
    sheet = explorer.open_networks()
    expect(sheet.get_by_role("article")).to_have_count(len(offered_networks()))
    lesson = card_of(sheet, "lesson")
    expect(lesson.get_by_role("heading")).to_have_text("The lesson's recipe")
    expect(lesson).to_contain_text("784-16-16-10")
    expect(lesson).to_contain_text("squared error, plain gradient descent")
    expect(lesson.locator(".percentages dd")).to_have_text(["92.8 %", "91.0 %", "–", "28.4 %"])
    hints = lesson.locator(".percentages div").evaluate_all("all => all.map(each => each.title)")
    assert len(set(hints)) == 4
    assert "10,000 test images" in hints[0]
    expect_weights_of_first_neurons(card_of(sheet, "wide").get_by_role("img"))
    expect_to_be_folded(card_of(sheet, "wide"))
    explorer.page.emulate_media(forced_colors="active")
    assert card_of(sheet, "default").evaluate(_OUTLINE) == "solid", "the present one"
    assert card_of(sheet, "wide").evaluate(_OUTLINE) == "none"


def expect_weights_of_first_neurons(picture: Locator) -> None:
    """The picture of the wide network is made of them."""
    expect(picture).to_have_accessible_name("The weights of 16 neurons of its first layer")
    shown = np.reshape(picture.evaluate(_PIXELS), (2 * 30 - 2, 8 * 30 - 2, 4))
    for neuron in (0, 7, 9):
        weights = pretrained()["wide"].layers[0].weights[neuron]
        wanted = weight_colours()[shades(weights, float(np.abs(weights).max()))]
        row, column = divmod(neuron, 8)
        tile = shown[30 * row :, 30 * column :][:28, :28, :3]
        np.testing.assert_array_equal(tile.reshape(784, 3), wanted)


def expect_to_be_folded(card: Locator) -> None:
    """What reproduces the wide network is not there until it is asked for."""
    command = card.get_by_text("python -m core train")
    expect(command).to_be_hidden()
    card.get_by_text("Reproduce and details").click()
    expect(command).to_contain_text("--hidden 64 32")
    expect(command).to_be_visible()
    expect(card).to_contain_text("52,650 parameters")


def test_another_network_is_chosen_by_its_card_and_kept(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.choose_network("wide")
    expect(explorer.page.get_by_role("dialog")).to_have_count(0)
    explorer.wait_for_network(explorer.expected.network)
    explorer.tap(1, 40)
    expect(opener(explorer)).to_have_accessible_name(
        "Network: Wider: 64 and 32 hidden neurons 784-64-32-10"
    )
    sheet = explorer.open_networks()
    expect(sheet.locator("article[aria-current=true]")).to_have_accessible_name(
        "Wider: 64 and 32 hidden neurons"
    )
    expect(sheet.get_by_role("button", name="Shown now")).to_have_count(1)
    explorer.reload()
    expect(opener(explorer)).to_have_accessible_name(re.compile("Wider"))
    explorer.wait_for_answer()
    explorer.choose_network("default")
    explorer.reload()
    expect(opener(explorer)).to_have_accessible_name(re.compile("Handwriting"))
    explorer.wait_for_answer()


def test_a_network_is_chosen_from_the_keyboard(explorer: ExplorerPage) -> None:
    keyboard = explorer.page.keyboard
    opener(explorer).focus()
    keyboard.press("Enter")
    card_of(explorer.page.get_by_role("dialog"), "mnist").wait_for()
    wanted = explorer.page.get_by_role("button", name="Use this network: Trained on MNIST only")
    for _ in range(20):
        keyboard.press("Tab")
        if wanted.evaluate("button => button.getRootNode().activeElement === button"):
            break
    keyboard.press("Enter")
    expect(opener(explorer)).to_have_accessible_name(re.compile("Trained on MNIST only"))
    expect(opener(explorer)).to_be_focused()
    keyboard.press("Enter")
    expect(explorer.page.get_by_role("dialog")).to_be_visible()
    keyboard.press("Escape")
    expect(explorer.page.get_by_role("dialog")).to_have_count(0)


def test_on_a_phone_the_name_gives_way_and_the_cards_scroll(visit: Visit) -> None:
    explorer = visit(**PHONE)
    explorer.choose_network("wide")
    for button in explorer.page.locator("header").get_by_role("button").all():
        expect(button).to_be_in_viewport(ratio=1)
    sheet = explorer.open_networks()
    expect(sheet).to_be_in_viewport(ratio=1)
    last = sheet.get_by_role("button", name=re.compile("Use this network|Shown now")).last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    assert sheet.evaluate("sheet => sheet.scrollWidth - sheet.clientWidth") == 0


HOSTILE = {
    "title": "<img src=x onerror=\"document.title='taken'\">",
    "description": "<script>document.title = 'taken'</script>",
    "notes": {"<b>bold</b>": "<iframe src='//example.org'></iframe>"},
    "accuracy": {"MNIST test": 0.5},
}


def test_the_card_of_somebody_s_own_network_is_shown_as_text(visit: Visit, tmp_path: Path) -> None:
    layers = Network.random((784, 12, 10), seed=0).layers
    with serving_network(Network(layers, HOSTILE), tmp_path) as server:
        explorer = visit(address=server.address)
        expect(opener(explorer)).to_contain_text(f"{HOSTILE['title']} 784-12-10")
        mine = explorer.open_networks().locator("article[aria-current=true]")
        expect(mine.get_by_role("heading")).to_have_text(str(HOSTILE["title"]))
        expect(mine.locator(".purpose")).to_have_text(str(HOSTILE["description"]))
        expect(mine.locator(".percentages dd")).to_have_text(["50.0 %", "–", "–", "–"])
        mine.get_by_text("Reproduce and details").click()
        expect(mine).to_contain_text("<b>bold</b>: <iframe")
        expect(mine.locator("img, script, b, iframe")).to_have_count(0)
        expect(explorer.page).to_have_title("Neuron explorer")
