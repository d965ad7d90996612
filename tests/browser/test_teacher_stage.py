"""The network on the teacher's page: with whose drawing, how large, and when it is hidden."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from core import Network
from support.axe import violations
from support.class_pages import PHONE, Come, draw_seven, enter, join, tile
from support.explorer_page import ONE, SEVEN, ExplorerPage, Points

_WIDER = """pixels => {
  const view = Bokeh.index.find_one(Bokeh.documents[0].get_model_by_name("network"))
  return view.frame?.bbox.width > pixels
}"""


class Pupil:
    """A pupil who has drawn, and what the network makes of it."""

    def __init__(self, come: Come, network: Network, name: str, points: Points) -> None:
        self.page = ExplorerPage(join(come(), name), "", network).wait_until_ready()
        self.name = name
        self.draw(points)

    def draw(self, points: Points) -> None:
        self.page.draw(points)


class Teacher:
    """A teacher's page, as far as it shows the network."""

    def __init__(self, page: Page, network: Network) -> None:
        self.page = page
        self.stage = ExplorerPage(page, "", network)
        enter(page)

    def choose(self, name: str) -> None:
        tile(self.page, name).click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def sees(self, pupil: Pupil) -> None:
        """Every neuron has the activation that the pupil's drawing gives it, and all is visible."""
        expect(self.figure).to_be_visible()
        expected = pupil.page.expected.trace
        self.stage.expected = pupil.page.expected
        self.stage.wait_for_answer()
        self.stage.wait_for_network(self.stage.network)
        digit = str(expected.outputs.argmax())
        expect(self.stage.prediction).to_have_attribute("data-digit", digit)

    def sees_no_network(self) -> None:
        expect(self.figure).to_be_hidden()
        expect(self.stage.prediction).to_be_hidden()

    def is_wider_than(self, pixels: int) -> None:
        self.page.wait_for_function(_WIDER, arg=pixels)

    @property
    def figure(self) -> Locator:
        return self.page.get_by_role("application", name="The network")


@pytest.fixture
def teacher(come: Come, network: Network) -> Teacher:
    return Teacher(come("teacher"), network)


def test_the_chosen_drawing_is_in_the_network_follows_its_pupil_and_leaves_with_them(
    come: Come, teacher: Teacher, network: Network
) -> None:
    ada = Pupil(come, network, "Ada", SEVEN)
    bob = Pupil(come, network, "Bob", ONE)
    expect(teacher.page.get_by_text("No drawing chosen")).to_be_visible()
    teacher.sees_no_network()
    for pupil in (ada, bob):
        teacher.choose(pupil.name)
        teacher.sees(pupil)
    assert violations(teacher.page) == []
    bob.draw([(3, 3), (25, 3)])
    teacher.sees(bob)
    bob.page.page.close()
    expect(teacher.page.get_by_text("No drawing chosen")).to_be_visible()
    teacher.sees_no_network()


def test_the_network_has_no_answer_during_a_vote_and_can_be_laid_over_the_whole_page(
    come: Come, teacher: Teacher, network: Network
) -> None:
    ada = Pupil(come, network, "Ada", SEVEN)
    expect_no_answer_during_a_vote(teacher, ada)
    expect_the_network_over_the_whole_page(teacher, ada)


def expect_no_answer_during_a_vote(teacher: Teacher, ada: Pupil) -> None:
    """Neither on the screen nor in the page."""
    teacher.choose("Ada")
    teacher.sees(ada)
    teacher.press("Start vote")
    expect(teacher.page.get_by_role("img", name="The drawing in question")).to_be_visible()
    teacher.sees_no_network()
    assert (teacher.stage.column("inputs", "activation") == 0).all()
    expect(teacher.stage.prediction).to_have_attribute("data-digit", "")
    teacher.press("Reveal")
    teacher.sees(ada)
    teacher.press("Stop presenting")
    teacher.sees(ada)
    teacher.press("Show to all")
    expect(teacher.page.get_by_text("Shown to the class")).to_be_visible()
    teacher.page.reload()
    teacher.sees(ada)
    teacher.press("Stop presenting")
    expect(teacher.page.get_by_text("No drawing chosen")).to_be_visible()
    teacher.sees_no_network()


def expect_the_network_over_the_whole_page(teacher: Teacher, ada: Pupil) -> None:
    """It shows the weights of a neuron, and may hide the wall."""
    teacher.choose("Ada")
    teacher.sees(ada)
    teacher.is_wider_than(600)
    teacher.stage.wait_until_settled()
    teacher.page.mouse.click(*teacher.stage.on_screen(1, 5))
    teacher.page.wait_for_function(
        "() => Bokeh.documents[0].get_model_by_name('selection').data.x.length === 1"
    )
    teacher.press("Enlarge")
    expect(teacher.page.get_by_test_id("wall")).to_be_hidden()
    teacher.is_wider_than(1200)
    teacher.press("Enlarge")
    expect(teacher.page.get_by_test_id("wall")).to_be_visible()


def test_on_a_phone_the_network_comes_into_view(come: Come, network: Network) -> None:
    teacher = Teacher(come("teacher", **PHONE), network)
    draw_seven(join(come(), "Ada"), network)
    teacher.choose("Ada")
    expect(teacher.figure).to_be_in_viewport()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not teacher.page.evaluate(wide)
