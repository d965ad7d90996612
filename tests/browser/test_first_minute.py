"""What the page asks for in the first minute, and what it puts on paper."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from support.chromium import MOVING
from support.explorer_page import SEVEN, ExplorerPage


def test_three_prompts_come_one_after_the_other_and_none_comes_back(explorer: ExplorerPage) -> None:
    prompt = explorer.page.locator(".prompt")
    explorer.page.emulate_media(**MOVING)
    expect(prompt).to_have_text("Draw a digit")
    explorer.draw(SEVEN)
    expect(prompt).to_have_text("Click a circle")
    explorer.tap(1, 5)
    expect(prompt).to_have_text("Press play")
    explorer.button("Play").click()
    expect(prompt).to_be_hidden()
    explorer.reload()
    expect(prompt).to_be_hidden()


def test_on_paper_the_whole_page_is_one_page_in_either_orientation(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.tap(1, 5)
    for paper in ("A4", "Letter"):
        for landscape in (False, True):
            printed = explorer.page.pdf(format=paper, landscape=landscape)
            assert len(re.findall(rb"/Type /Page\b", printed)) == 1, (paper, landscape)


def test_on_a_phone_a_neuron_raises_a_sheet_that_can_be_dragged_away(
    explorer: ExplorerPage,
) -> None:
    page = explorer.page
    explorer.resize(390, 844)
    explorer.tap(1, 5)
    sheet, grip = page.locator("section.inspector"), page.locator(".grip")
    expect(sheet).to_have_css("position", "fixed")
    box = sheet.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == 844
    assert 0.4 * 844 <= box["height"] <= 0.5 * 844
    handle = grip.bounding_box()
    assert handle is not None
    page.mouse.move(195, handle["y"] + 12)
    page.mouse.down()
    page.mouse.move(195, 200, steps=4)
    expect(sheet).to_have_css("height", "644px")
    page.mouse.move(195, 830, steps=4)
    page.mouse.up()
    explorer.wait_for_no_selection()
    expect(sheet).not_to_have_css("position", "fixed")
