"""A walk through every place of the page, in any of its languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from explorer.texts import text
from explorer.texts.languages import speaking
from support.explorer_page import SEVEN, ExplorerPage

_CUT = Path(__file__).with_name("cut.js").read_text(encoding="utf-8")
_OPEN = "all => all.forEach(each => { each.open = true })"


def cut_off(page: Page) -> list[str]:
    """What of an open page cannot be read: it is cut off, sticks out, or lies upon other words."""
    return [str(fault) for fault in page.evaluate(_CUT)]


def said(language: str, key: str) -> str:
    """What a page in this language calls something."""
    with speaking(language):
        return text(key)


class Tour:
    """One page in one language, which goes from place to place as often as one likes."""

    def __init__(self, explorer: ExplorerPage, language: str) -> None:
        self.explorer, self.page, self.language = explorer, explorer.page, language

    def word(self, key: str) -> str:
        return said(self.language, key)

    def button(self, key: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=self.word(key), exact=True)

    def draw(self) -> None:
        self.explorer.draw_without_waiting(SEVEN)
        expect(self.explorer.prediction).to_have_attribute("data-digit", "7")

    def places(self) -> Iterator[str]:
        """Go through all of them, with a drawing on the pad; the name of each when it is open."""
        yield from self.explore()
        yield from self.sheets()
        yield from self.menu()
        yield from self.backpropagation()
        yield from self.edit()
        yield from self.train()
        yield from self.test()
        yield from self.lesson()

    def explore(self) -> Iterator[str]:
        """What the network made of the drawing, and one neuron after the other."""
        page = self.page
        yield "a drawing"
        self.button("control.step").click()
        yield "a forward pass"
        page.keyboard.press("Escape")
        self.button("audit.network").click()
        expect(page.get_by_test_id("verdict").locator("li").first).to_be_visible()
        why = self.button("contrast.open")
        why.click()
        expect(page.get_by_text(self.word("contrast.pixels"), exact=True)).to_be_visible()
        yield "two digits compared"
        why.click()
        self.choose(3, 7)
        yield "an output"
        self.choose(1, 5)
        for question in ("details.reacts", "details.prefers", "details.why"):
            page.get_by_role("tab", name=self.word(question)).click()
            expect(page.get_by_role("tabpanel", name=self.word(question))).to_be_visible()
            yield question
        self.button("equation.show_table").click()
        table = page.get_by_role("dialog", name=self.word("equation.table"))
        table.wait_for()  # it opens when the terms have come, and lies over what is clicked next
        yield "all terms of a sum"
        page.keyboard.press("Escape")
        table.wait_for(state="hidden")

    def choose(self, layer: int, index: int) -> None:
        """Click a neuron of the network, which may have to be scrolled to."""
        self.page.locator(".frame").first.scroll_into_view_if_needed()
        self.explorer.wait_until_settled()
        self.explorer.tap(layer, index)

    def sheets(self) -> Iterator[str]:
        """What opens over the page from buttons beside what it belongs to."""
        page = self.page
        page.get_by_test_id("network").click()
        sheet = page.get_by_role("dialog", name=self.word("networks.title"))
        sheet.get_by_role("article").first.wait_for()
        sheet.locator("details").evaluate_all(_OPEN)
        yield "the networks"
        page.keyboard.press("Escape")
        page.get_by_role("button", name=self.word("examples.open")).first.click()
        page.get_by_role("dialog", name=self.word("examples.title")).wait_for()
        yield "examples"
        page.keyboard.press("Escape")
        self.button("page.settings").click()
        yield "settings"
        page.keyboard.press("Escape")

    def menu(self) -> Iterator[str]:
        """The menu, and what opens from it."""
        self.button("page.more").click()
        yield "the menu"
        self.page.keyboard.press("Escape")
        for line, content in (
            ("share.title", "share.copy"),
            ("take_away.picture", "take_away.svg"),
            ("take_away.worksheet", "worksheet.print"),
            ("shortcuts.title", "shortcuts.space"),
            ("about.title", "about.what"),
        ):
            self._choose_line(line)
            sheet = self.page.get_by_role("dialog").locator("visible=true")
            expect(sheet.get_by_text(self.word(content)).first).to_be_visible()
            yield line
            self.page.keyboard.press("Escape")

    def _choose_line(self, key: str) -> None:
        """Choose a line of the menu, also one that only a narrow page shows."""
        self.button("page.more").click()
        menu = self.page.get_by_role("dialog", name=self.word("page.more"))
        line = menu.get_by_role("button", name=self.word(key), exact=True, include_hidden=True)
        line.dispatch_event("click")

    def backpropagation(self) -> Iterator[str]:
        page = self.page
        opener = self.button("backward.title")
        opener.click()
        panel = page.get_by_test_id("backpropagation")
        yield "backpropagation"
        panel.get_by_role("button", name="2", exact=True).click()
        expect(panel.get_by_test_id("loss")).to_be_visible()
        for _ in range(3):
            if self.button("backward.next").is_enabled():
                self.button("backward.next").click()
        self.button("backward.check", panel).click()
        expect(panel.get_by_test_id("gradient-check")).to_contain_text(self.word("backward.agrees"))
        panel.locator("details").evaluate_all(_OPEN)
        expect(page.get_by_role("slider", name=self.word("backward.slider"))).to_be_enabled()
        yield "all of backpropagation"
        opener.click()

    def edit(self) -> Iterator[str]:
        self.choose(2, 3)
        self._go("place.edit")
        panel = self.page.get_by_test_id("edit")
        self.button("edit.silence", panel).click()
        expect(self.button("edit.reset_all", panel)).to_be_enabled()
        panel.locator("details").evaluate_all(_OPEN)
        yield "a changed neuron"
        self.button("edit.reset_all", panel).click()

    def _go(self, key: str) -> None:
        row = self.page.get_by_role("navigation", name=self.word("place.places"))
        self.button(key, row).click()

    def train(self) -> Iterator[str]:
        self._go("place.train")
        panel = self.page.get_by_test_id("training")
        panel.get_by_text(self.word("training_form.more")).wait_for()
        panel.locator("details").evaluate_all(_OPEN)
        yield "a training"

    def test(self) -> Iterator[str]:
        self._go("place.test")
        panel = self.page.get_by_test_id("testing")
        panel.locator("td").first.wait_for(state="attached")
        panel.locator("details").evaluate_all(_OPEN)
        panel.get_by_test_id("matrix").get_by_role("application").focus()
        self.page.keyboard.press("Enter")
        expect(self.button("gallery.close", panel)).to_be_visible()
        yield "a test"
        self._go("place.explore")

    def lesson(self) -> Iterator[str]:
        """The chapters, a card, and one with a question."""
        guide = self.page.get_by_test_id("guide")
        self._choose_line("place.lesson")
        chapters = guide.locator(".contents button")
        guide.locator(".contents button:visible, .text:visible").first.wait_for()
        if not chapters.first.is_visible():
            self.button("lesson.contents", guide).click()
        expect(chapters.first).to_be_visible()
        yield "the chapters"
        chapters.nth(1).click()
        expect(guide.locator(".text")).not_to_be_empty()
        yield "a card"
        answer = guide.locator(".answers button").first
        while not answer.is_visible():
            before = guide.locator(".text").inner_text()
            self.button("lesson.next", guide).click()
            expect(guide.locator(".text")).not_to_have_text(before)
        if answer.is_enabled():
            answer.click()
        expect(guide.locator(".why")).not_to_be_empty()
        yield "a question"
        self.button("lesson.close", guide).click()
        expect(guide).to_be_hidden()
        self.page.keyboard.press("Escape")
        self.explorer.wait_for_no_selection()
