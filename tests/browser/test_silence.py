"""A line that falls silent without closing, as a school's network does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from support.explorer_page import FOUR, SEVEN, ExplorerPage, Visit
from support.line import Line

_OPACITY = """selector => {
  const find = root => root.querySelector(selector) ?? [...root.querySelectorAll("*")]
    .map(each => each.shadowRoot && find(each.shadowRoot)).find(Boolean)
  let least = 1
  for (let at = find(document); at; at = at.parentNode ?? at.host)
    if (at instanceof Element) least *= Number(getComputedStyle(at).opacity)
  return least
}"""
OLD = ("[data-testid=outputs]", "[data-testid=prediction]", ".figure", "[data-testid=inspector]")


@pytest.fixture
def explorer(line: Line, visit: Visit) -> Iterator[ExplorerPage]:
    explorer = visit(address=line.address)
    explorer.draw(SEVEN)
    yield explorer
    line.recover()


def opacities(explorer: ExplorerPage) -> set[float]:
    return {round(explorer.page.evaluate(_OPACITY, part), 3) for part in OLD}


def test_a_line_that_falls_silent_is_said(explorer: ExplorerPage, line: Line) -> None:
    expect_ink_without_an_answer_to_be_said(explorer, line)
    expect_a_control_without_an_answer_to_be_said(explorer, line)


def expect_ink_without_an_answer_to_be_said(explorer: ExplorerPage, line: Line) -> None:
    """And what is old is dim."""
    notice = explorer.page.get_by_test_id("notice")
    line.fall_silent()
    drawn = explorer.draw_without_waiting(FOUR[0])
    expect(notice).to_contain_text("Waiting for the server…")
    assert max(opacities(explorer)) < 0.6
    assert explorer.page.evaluate(_OPACITY, "[data-testid=pad]") == 1, "ink is never old"
    more = explorer.draw_without_waiting(FOUR[1])
    line.recover()
    expect(notice).to_be_hidden()
    assert opacities(explorer) == {1}
    for points in (drawn, more):
        explorer.expected.draw(points)
    explorer.wait_for_answer()


def expect_a_control_without_an_answer_to_be_said(explorer: ExplorerPage, line: Line) -> None:
    notice = explorer.page.get_by_test_id("notice")
    line.fall_silent()
    explorer.button("Centre").click()
    expect(notice).to_contain_text("Waiting for the server…")
    line.recover()
    expect(notice).to_be_hidden()
