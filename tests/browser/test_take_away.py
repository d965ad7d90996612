"""What one takes away is what the page shows: pictures, a sum, a worksheet, a class's results."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PIL import Image
from playwright.sync_api import Download, Locator, Page, expect

from core import Network
from support.axe import expect_no_violations
from support.class_pages import Come, draw_seven, enter, join
from support.explorer_page import SEVEN, ExplorerPage

SVG = "{http://www.w3.org/2000/svg}"
PAPERS = ("A4", "Letter")


def saved(sheet: Locator, name: str | re.Pattern[str]) -> Download:
    with sheet.page.expect_download() as waiting:
        sheet.get_by_role("button", name=name).click()
    return waiting.value


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def pixels(download: Download) -> np.ndarray:
    """(height, width, 3), 0-255."""
    with Image.open(BytesIO(content(download))) as image:
        return np.array(image.convert("RGB")).astype(int)


def open_pictures(explorer: ExplorerPage) -> Locator:
    explorer.choose("Save picture…")
    sheet = explorer.page.get_by_test_id("save-picture")
    expect(sheet).to_be_visible()
    return sheet


def stage_on_screen(explorer: ExplorerPage) -> np.ndarray:
    """The stage as it is painted, without what stands over it."""
    box = explorer.page.evaluate(
        """() => {
          const view = Bokeh.index.find_one(Bokeh.documents[0].get_model_by_name("network"))
          const {left, top, width, height} = view.el.getBoundingClientRect()
          return [left, top, left + width, top + height].map(Math.round)
        }"""
    )
    left, top, right, bottom = box
    return explorer.picture()[top:bottom, left:right]


def smaller(picture: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    image = Image.fromarray(picture.astype(np.uint8)).resize(shape[1::-1], Image.Resampling.BOX)
    return np.array(image).astype(int)


def test_the_picture_of_the_network_is_the_one_on_the_page(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.tap(2, 3)
    explorer.page.mouse.move(5, 5)
    explorer.wait_for_answer()
    on_screen = stage_on_screen(explorer)
    sheet = open_pictures(explorer)
    sheet.get_by_role("checkbox", name="With legend and network").uncheck()
    picture = pixels(saved(sheet, re.compile("^PNG, 1,")))
    np.testing.assert_allclose(picture.shape[:2], 2 * np.array(on_screen.shape[:2]), atol=2)
    rough = (on_screen.shape[0] // 4, on_screen.shape[1] // 4)  # which half a pixel does not change
    difference = abs(smaller(picture, rough) - smaller(on_screen, rough)).mean(axis=-1)
    difference[: 60 // 4] = 0  # the legend and the prompt stand over the stage
    difference[-120 // 4 :, : 160 // 4] = 0
    assert difference.mean() < 3
    assert (difference > 60).mean() < 0.002


def test_the_vectors_are_circles_lines_and_texts_of_the_page_s_numbers(
    explorer: ExplorerPage,
) -> None:
    explorer.draw(SEVEN)
    sheet = open_pictures(explorer)
    download = saved(sheet, "SVG, vectors")
    assert download.suggested_filename == "network.svg"
    root = ElementTree.fromstring(content(download))
    lines = root.findall(f"{SVG}line")
    alphas = explorer.column("edges", "alpha")
    assert len(lines) == (alphas > 0).sum()
    weights = explorer.column("edges", "weight")[alphas > 0]
    assert [line.get("stroke") == "#58C4DD" for line in lines] == (weights > 0).tolist()
    opacities = [float(line.get("stroke-opacity", "1")) for line in lines]
    np.testing.assert_allclose(opacities, alphas[alphas > 0], atol=0.006)
    circles = root.findall(f"{SVG}circle")
    lit = (explorer.column("inputs", "activation") > 0).sum()
    assert len(circles) == 784 + lit + 2 * (16 + 16 + 10)
    texts = [each.text for each in root.findall(f"{SVG}text")]
    assert {"784 pixels", "12,544 weights", "activation 0", *"0123456789"} <= set(texts)
    assert any("13,002 parameters" in str(each) for each in texts)


def test_a_neuron_leaves_as_a_picture_and_as_a_sum(
    explorer: ExplorerPage, network: Network
) -> None:
    explorer.draw(SEVEN)
    explorer.tap(1, 5)
    z = explorer.number("z")
    explorer.inspector.get_by_role("button", name="Save…").click()
    sheet = explorer.page.get_by_test_id("save-picture")
    expect(sheet).to_be_focused()
    expect_no_violations(explorer.page, "with pictures to save")
    picture = pixels(saved(sheet, "Weights as PNG"))
    weights = network.layers[0].weights[5].reshape(28, 28)
    side = picture.shape[1] // 28
    image = picture[: 28 * side].reshape(28, side, 28, side, 3)
    assert (image == image[:, :1, :, :1]).all(), "every pixel is a square of one colour"
    red, blue = image[:, 0, :, 0, 0], image[:, 0, :, 0, 2]
    strong = abs(weights) > 0.2 * abs(weights).max()
    assert ((blue > red) == (weights > 0))[strong].all()

    rows = list(csv.reader(StringIO(content(saved(sheet, "Sum as CSV")).decode(), newline="")))
    products = [float(activation) * float(weight) for _, _, activation, weight, _ in rows[1:785]]
    bias = float(rows[786][-1])
    assert abs(sum(products) + bias - z) < 1e-5


def print_without_a_printer(page: Page, press: Callable[[], None]) -> None:
    """Press what prints, and go on as if the browser's own window were open."""
    page.evaluate("() => { window.print = () => { window.isPrinting = true } }")
    press()
    page.wait_for_function("() => window.isPrinting")


def pages_of(page: Page, paper: str) -> int:
    return len(re.findall(rb"/Type /Page\b", page.pdf(format=paper)))


def test_a_worksheet_is_two_pages_of_either_paper_and_the_page_comes_back(
    explorer: ExplorerPage,
) -> None:
    page = explorer.page
    explorer.draw(SEVEN)
    explorer.choose("Worksheet…")
    sheet = page.get_by_test_id("worksheet")
    expect(sheet.get_by_label("Neuron")).to_have_value("7")
    expect_no_violations(page, "with a worksheet")
    sheet.get_by_label("Layer").select_option("Hidden 1")
    sheet.get_by_label("Products to work out").select_option("10")
    for letter in "AJ":
        expect(sheet.locator("table.sum th", has_text=letter).first).to_be_attached()
    expect(sheet.get_by_role("heading", name="Hidden layer 1 · neuron 1").first).to_be_attached()
    for paper in PAPERS:
        page.evaluate("() => { window.isPrinting = false }")
        print_without_a_printer(page, sheet.get_by_role("button", name="Print").click)
        assert page.locator(".neuron-explorer-paper").count() == 1
        assert pages_of(page, paper) == 2, paper
        assert page.locator(".neuron-explorer-paper").count() == 0
    page.keyboard.press("Escape")
    expect(explorer.pad).to_be_visible()
    explorer.press("Undo")


def test_a_worksheet_is_kept_as_a_document_that_needs_nothing_else(explorer: ExplorerPage) -> None:
    explorer.choose("Worksheet…")
    download = saved(explorer.page.get_by_test_id("worksheet"), "Save as HTML")
    document = content(download).decode()
    assert download.suggested_filename == "worksheet-3-3.html"
    assert "Output 3" in document
    assert not re.search(r"<script|<link|src=|url\(|@import", document)


def test_the_results_of_a_class_have_names_only_if_the_teacher_says_so(
    come: Come, network: Network
) -> None:
    ada = join(come(), "Ada")
    draw_seven(ada, network)
    ada.get_by_role("group", name="The digit that you meant").get_by_role("button").nth(7).click()
    teacher = come("teacher")
    enter(teacher)
    expect(teacher.get_by_test_id("wall")).to_contain_text("meant 7")
    teacher.get_by_role("button", name="Results…").click()
    sheet = teacher.get_by_role("dialog", name="Results of the class")
    assert b"Ada" not in content(saved(sheet, "Drawings as CSV"))
    sheet.get_by_label("With the pupils' names").check()
    assert b"Ada,1,7,7,1,1" in content(saved(sheet, "Drawings as CSV"))
    assert b"\r\n7,0,0,0,0,0,0,0,1,0,0\r\n" in content(saved(sheet, "Confusion matrix as CSV"))
    sheet.get_by_label("With the pupils' names").uncheck()
    print_without_a_printer(teacher, sheet.get_by_role("button", name="Print").click)
    paper = teacher.locator(".neuron-explorer-paper")
    expect(paper.locator("figure")).to_have_count(1)
    expect(paper).not_to_contain_text("Ada")
    assert pages_of(teacher, "A4") == 1
