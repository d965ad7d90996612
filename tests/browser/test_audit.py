"""The audit: an honest page is never accused, and whatever is changed in one is found out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from core import Network
from explorer.state.session import Session
from support.explorer_page import FOUR, SEVEN, ExplorerPage, Visit
from support.relu_network import relu_network
from support.server import Server, serving_network

#: What somebody changes in the page, of an edge that can be seen well or of a circle, and what the
#: audit has to say of it.
TAMPERED = {
    "opacity": ("edges.alpha[row] /= 2", r"another opacity"),
    "colour": ("edges.carried[row] *= -1", r"another colour"),
    "order": (
        "for (const column of Object.values(edges))"
        " [column[0], column[row]] = [column[row], column[0]]",
        r"on top of",
    ),
    "width": ("edges.width[row] += 1", r"another width"),
    "weight": ("edges.weight[row] += 0.01", r"edges drawn: largest difference 1\.0e-2"),
    "place": ("edges.y1[row] += 1", r"run between"),
    "neuron": (
        "neurons.brightness[3] = Math.abs(neurons.brightness[3] - 0.25)",
        r"circles drawn: largest difference [1-9]\.\de-1",
    ),
    "pixel": ("inputs.activation[0] = 0.5", r"circles drawn: largest difference 5\.0e-1"),
    "colours": (
        "mapper.setv({palette: mapper.palette.toReversed()}, {sync: false})",
        r"another colour",
    ),
}
_TAMPER = """number => {
  const model = name => Bokeh.documents[0].get_model_by_name(name)
  const [edges, neurons, inputs] = ["edges", "neurons", "inputs"].map(name => model(name).data)
  // The stage's own columns stay as they are.
  for (const name of Object.keys(edges)) edges[name] = Array.from(edges[name])
  const renderers = model("network").renderers
  const {transform: mapper} = renderers.find(
    each => each.data_source === model("edges")).glyph.line_color
  const last = edges.alpha.findLastIndex((alpha, i) => alpha > 0.1 && edges.layer[i] === 1)
  const row = last - 1 - number
  %s
}"""


@pytest.fixture(scope="module", params=["default", "relu", "wide"])
def other_network(request: pytest.FixtureRequest) -> Network | None:
    """None for the default network; of the wide one 64 of 256 neurons are shown."""
    hidden = {"default": None, "relu": 12, "wide": 256}[request.param]
    return None if hidden is None else relu_network(hidden)


@pytest.fixture(scope="module")
def network(other_network: Network | None) -> Network:
    return other_network or Session().network


@pytest.fixture(scope="module")
def own_server(
    other_network: Network | None, running: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    if other_network is None:
        yield running
        return
    with serving_network(other_network, tmp_path_factory.mktemp("networks")) as server:
        yield server


@pytest.fixture
def explorer(own_server: Server, visit: Visit) -> ExplorerPage:
    return visit(address=own_server.address)


def verdict(explorer: ExplorerPage, button: str = "Verify all numbers") -> list[str]:
    """What the audit says now; what it has said before is gone, since something has changed."""
    lines = explorer.page.get_by_test_id("verdict").locator("li")
    expect(lines).to_have_count(0)
    explorer.button(button).click()
    expect(lines.first).to_be_visible()
    return lines.all_inner_texts()


def accusations(explorer: ExplorerPage) -> list[str]:
    """What the audit complains of when it is asked once more."""
    explorer.button("Verify all numbers").click()
    lines = explorer.page.get_by_test_id("verdict").locator("li")
    expect(lines.filter(has_text="This does not agree").first).to_be_visible()
    return complaints(lines.all_inner_texts())


def complaints(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("✓")]


def contribution(explorer: ExplorerPage) -> Locator:
    return explorer.button("Contribution w·a")


def show_contributions(explorer: ExplorerPage, on: bool) -> None:
    """Switch the edges, and wait until they are drawn so."""
    contribution(explorer).click()
    legend = explorer.page.locator(".legend")
    expect(legend).to_contain_text("contribution w·a −" if on else "weight −")


def show_everything_anew(explorer: ExplorerPage, of_contributions: bool) -> None:
    explorer.press("Undo")
    explorer.press("Redo")
    show_contributions(explorer, not of_contributions)
    show_contributions(explorer, of_contributions)


@pytest.mark.parametrize("other_network", ["default"], indirect=True)
def test_edges_that_wait_for_the_pen_to_rest_are_audited_as_they_will_be(
    explorer: ExplorerPage,
) -> None:
    show_contributions(explorer, True)
    for stroke in FOUR:
        explorer.draw_without_waiting(stroke)
        assert complaints(verdict(explorer)) == []


@pytest.mark.parametrize("other_network", ["default"], indirect=True)
def test_neither_a_selected_neuron_nor_hidden_edges_nor_another_shape_is_a_complaint(
    explorer: ExplorerPage,
) -> None:
    explorer.draw(SEVEN)
    explorer.tap(1, 5)
    lines = verdict(explorer, "Verify this neuron's numbers")
    assert complaints(lines) == []
    assert lines[0].startswith("✓ Hidden layer 1 · neuron 6")
    explorer.set_slider("Hide weak edges", 0.3)
    assert complaints(verdict(explorer)) == []
    show_contributions(explorer, True)
    assert complaints(verdict(explorer)) == []
    explorer.resize(390, 844)
    explorer.press("Undo")
    assert complaints(verdict(explorer)) == []


@pytest.mark.parametrize("other_network", ["default"], indirect=True)
def test_whatever_is_changed_is_found_out(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    for of_contributions in (False, True):
        if of_contributions:
            show_contributions(explorer, True)
        for tampering, finding in TAMPERED.values():
            explorer.page.evaluate(_TAMPER % tampering, 0)
            found = complaints(verdict(explorer))
            assert any(re.search(finding, line) for line in found), (tampering, found)
            assert all("This does not agree" in line for line in found)
            show_everything_anew(explorer, of_contributions)
        put_colours_back(explorer)


def test_an_honest_page_is_not_accused_and_all_that_is_changed_in_one_is_found_out(
    explorer: ExplorerPage,
) -> None:
    explorer.draw(SEVEN)
    expect_honesty(explorer, "weight")
    tamper_with_everything(explorer)
    show_contributions(explorer, True)
    show_everything_anew(explorer, True)
    expect_honesty(explorer, "contribution w·a")
    tamper_with_everything(explorer)


def expect_honesty(explorer: ExplorerPage, shown: str) -> None:
    """The audit accuses nobody, and says what the edges show."""
    lines = verdict(explorer)
    assert complaints(lines) == []
    assert lines[-1].endswith(f"all edges follow from their {shown}.")


def tamper_with_everything(explorer: ExplorerPage) -> None:
    """Change all that can be changed, each in another edge; the audit finds each of them."""
    for number, (tampering, _) in enumerate(TAMPERED.values()):
        explorer.page.evaluate(_TAMPER % tampering, number)
    found = accusations(explorer)
    for _, finding in TAMPERED.values():
        assert any(re.search(finding, line) for line in found), (finding, found)
    put_colours_back(explorer)


def put_colours_back(explorer: ExplorerPage) -> None:
    """All else is drawn anew with the picture: what was turned round is turned round again."""
    explorer.page.evaluate(_TAMPER % TAMPERED["colours"][0], 0)
