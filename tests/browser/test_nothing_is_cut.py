"""In no language is anything cut off, on a laptop or on a phone: everywhere measured."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from core import Network
from explorer.texts.languages import offered_languages
from support.class_pages import CODE, Come, draw_seven
from support.explorer_page import Visit
from support.server import Server
from support.tour import Tour, cut_off, said

LAPTOP, PHONE = (1366, 768), (390, 844)


@pytest.mark.parametrize("language", offered_languages())
def test_nothing_of_the_page_is_cut(visit: Visit, server: Server, language: str) -> None:
    explorer = visit(f"{server.address}?language={language}")
    tour = Tour(explorer, language)
    tour.draw()
    faults = {}
    for size in (LAPTOP, PHONE):
        explorer.resize(*size)
        faults |= {(size[0], place): cut_off(explorer.page) for place in tour.places()}
    assert {where: found for where, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", offered_languages())
def test_nothing_of_a_class_is_cut(come: Come, network: Network, language: str) -> None:
    teacher, pupil = (come(f"{page}?language={language}") for page in ("teacher", ""))

    def press(page: Page, key: str) -> None:
        page.get_by_role("button", name=said(language, key), exact=True).click()

    def check(when: str) -> None:
        for width, height in (LAPTOP, PHONE):
            pupil.set_viewport_size({"width": width, "height": height})
            assert cut_off(pupil) == [], f"{when}, for a pupil, {width} pixels wide"
        assert cut_off(teacher) == [], f"{when}, for the teacher"

    teacher.get_by_label(said(language, "teacher.code")).wait_for()
    assert cut_off(teacher) == [], "before the code"
    teacher.get_by_label(said(language, "teacher.code")).fill(CODE)
    press(teacher, "teacher.open")
    pupil.get_by_label(said(language, "pupil.nickname_name")).fill("Ada")
    check("before joining")
    press(pupil, "pupil.join")
    draw_seven(pupil, network)
    tile = teacher.get_by_test_id("wall").get_by_role("button").filter(has_text="Ada")
    expect(tile).to_contain_text("7")
    tile.click()
    check("with a drawing")
    press(teacher, "teacher.vote")
    expect(pupil.get_by_test_id("question")).to_be_visible()
    check("in a vote")
    press(teacher, "teacher.reveal")
    press(teacher, "teacher.stop")
    for sheet in ("results.open", "place.lesson"):
        press(teacher, sheet)
        expect(teacher.get_by_role("dialog").locator("visible=true")).to_have_count(1)
        assert cut_off(teacher) == [], sheet
        teacher.keyboard.press("Escape")
