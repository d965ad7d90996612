"""The page of a study in a real browser, opened as the file that it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.training.recipes import Recipe
from core.training.study import Result, Study
from explorer.training.study_page import write_page
from support.chromium import visitor
from support.watch import Watch

STUDY = Study(Recipe(), widths=(8, 16, 32), depths=(1, 2, 3), n_seeds=3)
RESULTS = [
    Result(each.hidden, each.seed, each.n_parameters, 12.25, 0.88 + number / 300)
    for number, each in enumerate(STUDY.recipes)
]
DIVERGED = [replace(each, accuracy=None, failure="It diverged.") for each in RESULTS]

#: For each plot, how many points have been drawn inside its frame.
_POINTS = """() => [...document.querySelectorAll(".plots > div")].map((_, number) => {
  const plot = Bokeh.documents[0].roots()[number]
  const {bbox} = Bokeh.index.find_one(plot).frame
  const points = plot.renderers.find(each => each.data_source.name === "results")
  const {sx, sy} = Bokeh.index.find_one(points).glyph
  return [...sx].filter((x, at) => bbox.contains(x, sy[at])).length
})"""


@pytest.mark.parametrize(
    "results",
    [[], RESULTS[:1], [*RESULTS[:20], *DIVERGED[20:]]],
    ids=["none", "one", "some diverged"],
)
def test_every_result_is_drawn_in_both_plots_and_no_host_is_asked(
    chromium: Browser, tmp_path: Path, results: list[Result]
) -> None:
    write_page(STUDY, results, tmp_path / "study.html")
    watch = Watch("")  # a file has no host
    context = visitor(chromium, offline=True)
    page = watch.over(context.new_page())
    page.goto((tmp_path / "study.html").as_uri())
    page.wait_for_function("window.Bokeh?.documents[0]?.is_idle")
    expect(page.locator(".plots canvas").first).to_be_visible()
    assert page.evaluate(_POINTS) == [len(results)] * 2
    expect(page.get_by_role("heading")).to_have_text("Study of 27 networks")
    expect(page.locator("tbody tr")).to_have_count(len({each.hidden for each in results}))
    context.close()
    assert watch.troubles == []


def test_the_page_fits_a_phone(chromium: Browser, tmp_path: Path) -> None:
    write_page(STUDY, RESULTS, tmp_path / "study.html")
    context = visitor(chromium, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((tmp_path / "study.html").as_uri())
    page.wait_for_function("window.Bokeh?.documents[0]?.is_idle")
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width == 390
