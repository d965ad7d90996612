"""A walk through every place of the page, in any of its languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from explorer.texts import text
from explorer.texts.languages import speaking
from support.explorer_page import SEVEN, ExplorerPage

_CUT = Path(__file__).with_name("cut.js").read_text(encoding="utf-8")


def cut_off(page: Page) -> list[str]:
    """What of an open page cannot be read: it is cut off, sticks out, or lies upon other words."""
    return [str(fault) for fault in page.evaluate(_CUT)]


class Tour:
    """One page in one language, and what its parts are called in it."""

    def __init__(self, explorer: ExplorerPage, language: str) -> None:
        self.explorer, self.page, self.language = explorer, explorer.page, language

    def word(self, key: str) -> str:
        with speaking(self.language):
            return text(key)

    def button(self, key: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=self.word(key), exact=True)

    def begin(self) -> None:
        """Come for the first time, and draw a seven."""
        explorer = self.explorer
        explorer.page.goto(f"{explorer.address}?language={self.language}")
        explorer.wait_until_ready()

    def draw(self) -> None:
        self.explorer.draw_without_waiting(SEVEN)
        expect(self.explorer.prediction).to_have_attribute("data-digit", "7")

    def places(self) -> Iterator[str]:
        """Go from place to place; the name of each, when it is open."""
        yield from self._explore()
        yield from self._sheets()
        yield from self._backpropagation()
        yield from self._edit()
        yield from self._train()
        yield from self._test()
        yield from self._lesson()

    def _explore(self) -> Iterator[str]:
        page, explorer = self.page, self.explorer
        yield "a drawing"
        self.button("control.step").click()
        yield "a forward pass"
        page.keyboard.press("Escape")
        self.button("audit.network").click()
        expect(page.get_by_test_id("verdict").locator("li").first).to_be_visible()
        page.get_by_role("button", name=self.word("contrast.open")).click()
        expect(page.get_by_text(self.word("contrast.differs").strip("?？ ")).first).to_be_visible()
        yield "two digits compared"
        page.get_by_role("button", name=self.word("contrast.open")).click()
        for neuron in ((3, 7), (1, 5)):
            self._see_the_network()
            explorer.tap(*neuron)
            yield f"neuron {neuron}"
        for key in ("details.reacts", "details.prefers", "details.why"):
            page.get_by_role("tab", name=self.word(key)).click()
            expect(page.get_by_role("tabpanel", name=self.word(key))).to_be_visible()
            yield key
        self.button("equation.show_table").click()
        yield "all terms"
        page.keyboard.press("Escape")

    def _sheets(self) -> Iterator[str]:
        page = self.page
        page.get_by_test_id("network").click()
        sheet = page.get_by_role("dialog", name=self.word("networks.title"))
        sheet.get_by_role("article").first.wait_for()
        for folded in sheet.locator("summary").all()[:2]:
            folded.click()
        yield "networks"
        page.keyboard.press("Escape")
        page.get_by_role("button", name=self.word("examples.open")).first.click()
        page.get_by_role("dialog", name=self.word("examples.title")).wait_for()
        yield "examples"
        page.keyboard.press("Escape")
        self.button("page.settings").click()
        yield "settings"
        page.keyboard.press("Escape")
        self.button("page.more").click()
        yield "menu"
        page.keyboard.press("Escape")
        for key, ready in (
            ("share.title", "share.link"),
            ("take_away.picture", "take_away.svg"),
            ("take_away.worksheet", "worksheet.print"),
            ("shortcuts.title", "shortcuts.space"),
            ("about.title", "about.what"),
        ):
            self.button("page.more").click()
            menu = page.get_by_role("dialog", name=self.word("page.more"))
            menu.get_by_role("button", name=self.word(key), include_hidden=True).dispatch_event("click")
            sheet = page.get_by_role("dialog").locator("visible=true")
            expect(sheet).to_have_count(1)
            expect(sheet.get_by_text(self.word(ready)).or_(sheet.get_by_label(self.word(ready))).first).to_be_visible()
            yield key
            page.keyboard.press("Escape")

    def _backpropagation(self) -> Iterator[str]:
        page = self.page
        self.button("backward.title").click()
        panel = page.get_by_test_id("backpropagation")
        yield "backpropagation"
        panel.get_by_role("button", name="2", exact=True).click()
        expect(panel.get_by_test_id("loss")).to_be_visible()
        for _ in range(3):
            self.button("backward.next").click()
        self.button("backward.check", panel).click()
        expect(panel.get_by_test_id("gradient-check")).to_contain_text(self.word("backward.agrees"))
        panel.get_by_text(self.word("backward.landscape"), exact=True).click()
        expect(page.get_by_role("slider", name=self.word("backward.slider"))).to_be_enabled()
        yield "backpropagation, all of it"
        self.button("backward.title").click()

    def _go(self, key: str) -> None:
        row = self.page.get_by_role("navigation", name=self.word("place.places"))
        self.button(key, row).click()

    def _edit(self) -> Iterator[str]:
        self._see_the_network()
        self.explorer.tap(2, 3)
        self._go("place.edit")
        panel = self.page.get_by_test_id("edit")
        self.button("edit.silence", panel).click()
        expect(panel.get_by_text(self.word("edit.original"), exact=True)).to_be_visible()
        self._unfold(panel)
        yield "edit"
        self.button("edit.reset_all", panel).click()

    def _see_the_network(self) -> None:
        self.page.locator(".frame").first.scroll_into_view_if_needed()
        self.explorer.wait_until_settled()

    def _unfold(self, panel: Locator) -> None:
        panel.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")

    def _train(self) -> Iterator[str]:
        self._go("place.train")
        panel = self.page.get_by_test_id("training")
        panel.get_by_text(self.word("training_form.more")).wait_for()
        self._unfold(panel)
        yield "train"

    def _test(self) -> Iterator[str]:
        self._go("place.test")
        panel = self.page.get_by_test_id("testing")
        self._unfold(panel)
        panel.locator("td").first.wait_for()
        panel.get_by_test_id("matrix").get_by_role("application").focus()
        self.page.keyboard.press("Enter")
        expect(self.button("gallery.close", panel)).to_be_visible()
        yield "test"
        self._go("place.explore")

    def _lesson(self) -> Iterator[str]:
        page = self.page
        guide = page.get_by_test_id("guide")
        self.button("page.more").click()
        menu = page.get_by_role("dialog", name=self.word("page.more"))
        menu.get_by_role("button", name=self.word("place.lesson"), include_hidden=True).dispatch_event("click")
        chapters = guide.locator(".contents button")
        chapters.first.wait_for()
        yield "chapters"
        chapters.nth(1).click()
        guide.locator(".text").wait_for()
        yield "card"
        while not guide.locator(".answers button").first.is_visible():
            before = guide.locator(".text").inner_text()
            self.button("lesson.next", guide).click()
            expect(guide.locator(".text")).not_to_have_text(before)
        guide.locator(".answers button").first.click()
        expect(guide.locator(".why")).not_to_be_empty()
        yield "question"
