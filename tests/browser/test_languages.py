"""The pages with catalogues of other languages: nothing that people see is in any other words.

The languages are made up: every text of the catalogue in ⟦brackets⟧, or in others for whom reads
German. Whatever a page shows outside of its own does not come from there.
"""

from __future__ import annotations

import json
import re
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from urllib.error import HTTPError
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from core import Network
from support.chromium import visitor
from support.explorer_page import SEVEN, ExplorerPage
from support.server import CODE, ROOT, Server, serving
from support.watch import Watch

#: Texts and attributes of all that can be seen or is read out, shadow roots included, and what
#: Bokeh writes on its canvas or beside the pointer. `translate="no"` marks names and commands.
_TOLD = """() => {
  const told = [document.title]
  const attributes = ["aria-label", "aria-description", "title", "alt", "placeholder"]
  const visit = node => {
    if (node.nodeType === Node.TEXT_NODE) told.push(node.data)
    if (node.nodeType === Node.ELEMENT_NODE) {
      const isChoice = node.matches("option")
      if (node.matches("script, style, [translate=no]")) return
      if (!isChoice && !node.checkVisibility({visibilityProperty: true})) return
      told.push(...attributes.map(name => node.getAttribute(name) ?? ""))
      node.shadowRoot?.childNodes.forEach(visit)
    }
    node.childNodes.forEach(visit)
  }
  visit(document.body)
  const models = Bokeh.documents.flatMap(each => [...each._all_models.values()])
  for (const model of models) {
    if (model.type === "HoverTool") told.push(model.tooltips)
    if (model.type === "GlyphRenderer" && model.glyph.type === "Text")
      told.push(...model.data_source.data[model.glyph.text.field])
  }
  return told
}"""


MARKS = {"en": "⟦⟧", "de": "⦅⦆"}


def bracketed(entry: str | dict[str, str], marks: str) -> str | dict[str, str]:
    first, last = marks
    if isinstance(entry, dict):
        return {form: f"{first}{pattern}{last}" for form, pattern in entry.items()}
    return f"{first}{entry}{last}"


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A class, from a copy of the project that has these catalogues."""
    folder = tmp_path_factory.mktemp("abroad")
    for package in ("core", "explorer"):
        shutil.copytree(ROOT / package, folder / package)
    (folder / "assets").symlink_to(ROOT / "assets")
    texts = folder / "explorer/texts"
    entries = json.loads((texts / "en.json").read_text(encoding="utf-8"))
    as_it_is = {"number.thousands", "number.point"}
    for language, marks in MARKS.items():
        words = {
            k: each if k in as_it_is else bracketed(each, marks) for k, each in entries.items()
        }
        file = texts / f"{language}.json"
        file.write_text(json.dumps(words | {"language": language}), encoding="utf-8")
    with serving(*("--class", "--address", "127.0.0.1", "--code", CODE), folder=folder) as server:
        yield server


Come = Callable[..., Page]


@pytest.fixture
def come(chromium: Browser, abroad: Server) -> Iterator[Come]:
    """Open a page there, in a browser of its own; neither side may complain."""
    watches: list[Watch] = []
    with ExitStack() as browsers:

        def open_page(place: str = "") -> Page:
            context = visitor(chromium)
            browsers.callback(context.close)
            watches.append(Watch(urlsplit(abroad.address).netloc))
            page = watches[-1].over(context.new_page())
            page.goto(abroad.address + place)
            return page

        yield open_page
    assert [trouble for watch in watches for trouble in watch.troubles] == []
    assert abroad.complaints() == []


def outside(words: str, marks: str = MARKS["en"]) -> str:
    """What of a text is in no brackets, or nothing if no word is."""
    first, last = marks
    inside = re.compile(f"{first}[^{first}{last}]*{last}")
    while inside.search(words):
        words = inside.sub("", words)
    return words if re.search(r"[^\W\d_]{2}", words) else ""


def own_words(page: Page, language: str = "en") -> list[str]:
    """What the page tells that the catalogue does not say."""
    return [words for words in page.evaluate(_TOLD) if outside(words, MARKS[language])]


def test_what_is_outside_of_brackets_is_found() -> None:
    assert outside("⟦Threshold 0.50⟧ a = ⟦sigmoid⟧(1.2e-5)") == ""
    assert outside("⟦It says: ⟦so⟧⟧ 3,000") == ""
    assert outside("⟦Threshold⟧ others") != ""


@pytest.fixture
def explorer(come: Come, abroad: Server, network: Network) -> ExplorerPage:
    explorer = ExplorerPage(come(), abroad.address, network)
    return explorer.open()


def test_the_page_of_the_explorer_is_in_one_language(explorer: ExplorerPage) -> None:
    page = explorer.page
    assert own_words(page) == [], "at first"
    explorer.draw(SEVEN)
    assert own_words(page) == [], "with a drawing"
    page.get_by_role("button", name="Step").click()
    assert own_words(page) == [], "while a forward pass is told"
    page.get_by_role("button", name="Verify all numbers").click()
    expect(page.get_by_test_id("verdict").locator("li").first).to_be_visible()
    assert own_words(page) == [], "with what was verified"
    page.get_by_role("button", name="Why this digit").click()
    expect(page.get_by_text("Difference in z")).to_be_visible()
    expect(page.get_by_text("biases").first).to_be_visible()
    assert own_words(page) == [], "with two digits compared"


def test_backpropagation_is_in_one_language(explorer: ExplorerPage) -> None:
    page = explorer.page
    explorer.draw(SEVEN)
    page.get_by_role("button", name="Backpropagation").click()
    panel = page.get_by_test_id("backpropagation")
    assert own_words(page) == [], "before the digit is chosen"
    panel.get_by_role("button", name="2", exact=True).click()
    expect(panel.get_by_test_id("loss")).to_be_visible()
    assert own_words(page) == [], "at the loss"
    for _ in range(3):
        page.get_by_role("button", name="One layer back").click()
    page.mouse.click(*explorer.on_screen(2, 3))
    expect(panel.get_by_test_id("slopes").locator("dd")).to_have_count(3)
    panel.get_by_role("button", name="10 digits of the sample").click()
    expect(panel.get_by_test_id("angle")).to_contain_text("angle of")
    panel.get_by_role("button", name="Take one step").click()
    expect(panel.get_by_text("the loss went from")).to_be_visible()
    panel.get_by_role("button", name="Check 100 at random").click()
    expect(panel.get_by_test_id("gradient-check")).to_contain_text("is right")
    panel.get_by_text("Loss landscape").click()
    expect(page.get_by_role("slider", name="Move the network")).to_be_enabled()
    assert own_words(page) == [], "with all that can be opened"


def test_sheets_and_refused_files_are_in_one_language(explorer: ExplorerPage) -> None:
    page = explorer.page
    sheet = explorer.open_networks()
    for folded in sheet.get_by_text("Reproduce and details").all():
        folded.click()
    expect(sheet.get_by_text("python -m core train").nth(-1)).to_be_visible()
    assert own_words(page) == [], "the networks"
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="Examples").click()
    expect(page.get_by_role("dialog", name="Example drawings")).to_be_visible()
    assert own_words(page) == [], "examples"
    page.keyboard.press("Escape")
    paper = np.full((60, 90), 255, np.uint8)
    paper[10:50, 40:46] = 0
    Image.fromarray(paper).save(file := BytesIO(), "PNG")
    picture = {"name": "1.png", "mimeType": "image/png", "buffer": file.getvalue()}
    page.get_by_label("A picture to find digits in").set_input_files(picture)
    expect(page.get_by_test_id("picture").get_by_role("listitem").first).to_be_visible()
    assert own_words(page) == [], "a picture"
    page.keyboard.press("Escape")
    for number, content in enumerate(("draw", "{}", '{"base":null,"strokes":7}', '{"base":[]}')):
        name = f"{number}.json"
        file = {"name": name, "mimeType": "application/json", "buffer": content.encode()}
        page.get_by_label("A drawing to open").set_input_files(file)
        expect(page.get_by_test_id("notice")).to_contain_text(name)
        assert own_words(page) == [], content


def test_the_inspector_is_in_one_language(explorer: ExplorerPage) -> None:
    page = explorer.page
    explorer.draw(SEVEN)
    explorer.tap(0, 400)
    assert own_words(page) == [], "a pixel"
    for neuron in ((1, 5), (3, 7)):
        explorer.tap(*neuron)
        assert own_words(page) == [], neuron
        for question in ("What is it reacting to?", "What does it prefer?", "Why this number?"):
            page.get_by_role("tab", name=question).click()
            expect(page.get_by_role("tabpanel", name=question)).to_be_visible()
            assert own_words(page) == [], (neuron, question)
        page.get_by_role("button", name="All terms as a table").click()
        expect(page.get_by_role("table")).to_be_visible()
        assert own_words(page) == [], (neuron, "all terms")
        page.keyboard.press("Escape")
        expect(page.get_by_role("table")).to_be_hidden()


def test_the_place_test_is_in_one_language(explorer: ExplorerPage) -> None:
    page = explorer.page
    page.get_by_role("button", name="Test", exact=False).first.click()
    testing = page.get_by_test_id("testing")
    expect(testing.get_by_text("misread")).to_be_visible()
    explorer.draw(SEVEN)
    testing.get_by_role("combobox").nth(1).select_option("mnist")
    for folded in testing.locator("summary").all():
        folded.click()
    testing.get_by_test_id("matrix").get_by_role("application").focus()
    page.keyboard.press("Enter")
    expect(testing.get_by_text("read correctly").last).to_be_visible()
    expect(testing.get_by_text("px from the centre")).to_be_visible()
    assert own_words(page) == []


def test_pages_of_one_server_are_each_in_their_own_language(
    come: Come, abroad: Server, network: Network
) -> None:
    pupils = {"en": come(), "de": come("?language=de")}
    explorers = {each: ExplorerPage(page, abroad.address, network) for each, page in pupils.items()}
    teacher = come("teacher?language=de")
    teacher.get_by_label("code").fill(CODE)
    teacher.keyboard.press("Enter")
    teacher.get_by_role("button", name="Freeze").wait_for()

    def all_are_in_their_own(when: str) -> None:
        told = {each: own_words(page, each) for each, page in pupils.items()}
        assert told == {"en": [], "de": []}, when
        assert own_words(teacher, "de") == [], when

    for language, explorer in explorers.items():
        explorer.page.get_by_role("button", name="More").wait_for()
        assert explorer.page.locator("html").get_attribute("lang") == language
        explorer.draw(SEVEN)
    all_are_in_their_own("with a drawing")
    for page in pupils.values():
        page.get_by_role("button", name="Verify all numbers").click()
        page.get_by_role("button", name="Step").click()
        page.get_by_label("nickname").fill("Ada")
        page.get_by_role("button", name="Join the class").click()
    for page in pupils.values():
        expect(page.get_by_test_id("verdict").locator("li").first).to_be_visible()
    all_are_in_their_own("with what was verified, and in the class")
    teacher.get_by_role("button", name="Training").click()
    teacher.get_by_role("button", name="Start it for all").click()
    for page in pupils.values():
        page.get_by_role("button", name="See it in Train").click()
        expect(page.get_by_test_id("class-note")).to_be_visible()
    all_are_in_their_own("in the class's run")
    teacher.keyboard.press("Escape")
    teacher.get_by_role("button", name="Freeze").click()
    for page in pupils.values():
        expect(page.get_by_text("Paused by your teacher")).to_be_visible()
    all_are_in_their_own("frozen by somebody who reads another language")
    teacher.get_by_role("button", name="Freeze").click()
    teacher.get_by_role("button", name="Same run for all").click()
    teacher.get_by_role("button", name="End it").click()
    expect(teacher.get_by_role("button", name="Start it for all")).to_be_visible()


def test_a_language_is_chosen_in_the_menu_and_kept(come: Come, abroad: Server) -> None:
    page = come()
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Deutsch").click()
    page.wait_for_url("**/?language=de")
    page.get_by_role("button", name="More").wait_for()
    assert own_words(page, "de") == []
    page.goto(abroad.address)
    page.wait_for_url("**/?language=de")
    page.goto(f"{abroad.address}?language=en")
    page.get_by_role("button", name="More").wait_for()
    assert page.locator("html").get_attribute("lang") == "en", "the address says otherwise"


def test_a_class_is_in_one_language(come: Come, abroad: Server) -> None:
    pupil, teacher = come(), come("teacher")
    teacher.get_by_label("The teacher's code").fill("WRONG-ONE")
    teacher.get_by_role("button", name="Open").click()
    expect(teacher.get_by_text("That is not the code")).to_be_visible()
    assert own_words(teacher) == [], "a wrong code"
    teacher.get_by_label("The teacher's code").fill(CODE)
    teacher.get_by_role("button", name="Open").click()
    pupil.get_by_test_id("pad").wait_for()
    assert own_words(pupil) == [], "before joining"
    pupil.get_by_label("Your nickname").fill("Ada")
    pupil.get_by_role("button", name="Join the class").click()
    expect(pupil.get_by_test_id("pupil")).to_contain_text("Ada")
    assert own_words(pupil) == [], "after joining"
    teacher.get_by_role("button", name="Training").click()
    teacher.get_by_role("button", name="Start it for all").click()
    expect(teacher.get_by_text("Running for all")).to_be_visible()
    assert own_words(teacher) == [], "a run for all"
    pupil.get_by_role("button", name="See it in Train").wait_for()
    assert own_words(pupil) == [], "the way to the run"
    pupil.get_by_role("button", name="See it in Train").click()
    expect(pupil.get_by_test_id("class-note")).to_be_visible()
    assert own_words(pupil) == [], "in the run"
    teacher.keyboard.press("Escape")
    teacher.get_by_test_id("wall").get_by_text("Ada").click()
    assert own_words(teacher) == [], "a chosen drawing"
    teacher.get_by_role("button", name="Start vote").click()
    expect(pupil.get_by_test_id("question")).to_be_visible()
    assert own_words(pupil) == [], "a vote"
    assert own_words(teacher) == [], "a vote, for the teacher"
    teacher.get_by_role("button", name="Reveal").click()
    expect(pupil.get_by_text("Your teacher is presenting")).to_be_visible()
    assert own_words(pupil) == [], "what is presented"
    assert own_words(teacher) == [], "what is presented, for the teacher"
    teacher.get_by_role("button", name="Stop presenting").click()
    teacher.get_by_role("button", name="Freeze").click()
    expect(pupil.get_by_text("Paused by your teacher")).to_be_visible()
    assert own_words(pupil) == [], "frozen"


def answer_of(address: str) -> str:
    """The words of a page without scripts, whatever its status."""
    try:
        with urllib.request.urlopen(address) as answer:
            document = answer.read().decode()
    except HTTPError as refusal:
        with refusal:
            document = refusal.read().decode()
    markup = re.compile(
        r"<(style|script)\b.*?</\1>|<(\w+) translate=\"no\">.*?</\2>|<[^>]*>", re.DOTALL
    )
    return markup.sub("", document)


@pytest.mark.parametrize("place", ["invitation", "nowhere"])
def test_pages_without_scripts_are_in_one_language(abroad: Server, place: str) -> None:
    words = answer_of(f"{abroad.address}{place}")
    assert "⟦" in words
    assert outside(words) == ""
