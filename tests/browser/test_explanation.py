"""Every number of a neuron: the sum, the pictures, and the contrast of two digits."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from core.explain.contrast import compare, leading_pair
from core.explain.weighted_sum import explain
from support.eventually import eventually
from support.explorer_page import FOUR, SEVEN, ExplorerPage


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def steps(explorer: ExplorerPage) -> dict[str, float]:
    """The waterfall as it is written: what each step is called, and its number."""
    rows = explorer.page.locator(".waterfall li")
    rows.first.wait_for()
    return {
        row.locator(".label").inner_text(): number(row.locator(".value").inner_text())
        for row in rows.all()
    }


def tab(explorer: ExplorerPage, name: str) -> Locator:
    return explorer.page.get_by_role("tab", name=name)


def test_every_number_of_a_neuron_follows_from_others(explorer: ExplorerPage) -> None:
    expect_terms_to_add_up_to_z(explorer)
    explorer.page.keyboard.press("Escape")
    explorer.wait_for_no_selection()
    explorer.press("Clear")
    expect_all_784_terms_to_add_up(explorer)
    expect_what_a_neuron_reacts_to_and_prefers(explorer)


def expect_terms_to_add_up_to_z(explorer: ExplorerPage) -> None:
    explorer.draw(*FOUR)
    for layer, index in ((1, 5), (2, 3), (3, 4)):
        explorer.tap(layer, index)
        sums = explain(explorer.expected.network, explorer.expected.trace, layer, index)
        expect_steps(explorer, sums.z)
        expect(explorer.page.locator(".formula")).to_contain_text("σ(")
        expect(explorer.page.get_by_role("img", name="The curve of sigmoid")).to_be_visible()


def expect_steps(explorer: ExplorerPage, z: float) -> None:
    """The waterfall leads to z, the largest terms first."""

    def lead_there() -> None:
        shown = steps(explorer)
        named = {name: value for name, value in shown.items() if name not in ("sum", "bias", "z")}
        assert shown["z"] == pytest.approx(z, abs=0.001)
        assert sum(named.values()) == pytest.approx(shown["sum"], abs=0.01)
        assert shown["sum"] + shown["bias"] == pytest.approx(shown["z"], abs=0.002)
        sizes = [abs(value) for value in named.values()][:8]
        assert sizes == sorted(sizes, reverse=True)

    eventually(lead_there)


def expect_all_784_terms_to_add_up(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.tap(1, 5)
    table = explorer.page.get_by_role("dialog", name="All terms of the sum")
    expect(table).to_be_hidden()
    explorer.page.get_by_role("button", name="All terms as a table").click()
    expect(table).to_be_visible()
    cells = explorer.page.locator("tbody tr td:last-child")
    expect(cells).to_have_count(784)
    total = sum(map(float, cells.all_inner_texts()))
    sums = explain(explorer.expected.network, explorer.expected.trace, 1, 5)
    assert total == pytest.approx(sums.weighted_sum, abs=1e-4)
    explorer.page.get_by_role("button", name="source").click()
    expect(explorer.page.locator("tbody td").first).to_have_text("row 1, col 1")
    explorer.page.keyboard.press("Escape")
    expect(table).to_be_hidden()


def expect_what_a_neuron_reacts_to_and_prefers(explorer: ExplorerPage) -> None:
    """The same neuron, with the same drawing."""
    tab(explorer, "What is it reacting to?").click()
    sums = explain(explorer.expected.network, explorer.expected.trace, 1, 5)
    product = explorer.page.get_by_text(re.compile("All 784 products add up to"))
    written = re.search(r"add up to (\S+?);", product.inner_text())
    assert written is not None
    assert float(written[1]) == pytest.approx(sums.weighted_sum, rel=1e-4)
    tab(explorer, "What does it prefer?").click()
    statistics = explorer.expected.network.statistics
    assert statistics is not None
    means = explorer.page.locator("#panel-prefers li output")
    expect(means).to_have_count(10)
    np.testing.assert_allclose(
        list(map(float, means.all_inner_texts())), statistics.means[0][5], atol=0.006
    )


def test_neurons_are_reached_by_picture_and_keys_and_two_digits_are_held_against_each_other(
    explorer: ExplorerPage,
) -> None:
    expect_neurons_to_be_reached_by_picture_and_keys(explorer)
    explorer.page.keyboard.press("Escape")
    explorer.wait_for_no_selection()
    expect_the_difference_of_two_digits_to_add_up(explorer)


def expect_the_difference_of_two_digits_to_add_up(explorer: ExplorerPage) -> None:
    explorer.draw(*FOUR)
    explorer.page.get_by_role("button", name="Why this digit and not that one?").click()
    trace = explorer.expected.trace
    one, other = leading_pair(trace)
    expect(explorer.page.get_by_label("This digit")).to_have_value(str(one))
    expect(explorer.page.get_by_label("Not that one")).to_have_value(str(other))
    difference = compare(explorer.expected.network, trace, one, other)
    exact = explorer.page.get_by_text(re.compile("^exact: "))
    parts = [number(part) for part in re.findall(r"[+−]\d+\.\d+", exact.inner_text())]
    assert parts[0] + parts[1] == pytest.approx(parts[2], abs=0.002)
    assert parts[2] == pytest.approx(difference.value, abs=0.001)


def expect_neurons_to_be_reached_by_picture_and_keys(explorer: ExplorerPage) -> None:
    pictures = explorer.page.get_by_role("button", name=re.compile("Weights of neuron "))
    expect(pictures).to_have_count(explorer.network.sizes[1])
    pictures.nth(3).click()
    explorer.wait_for_selection(1, 3)
    explorer.page.keyboard.press("Escape")
    explorer.wait_for_no_selection()
    explorer.page.get_by_role("application", name=re.compile("The network")).focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        explorer.page.keyboard.press(key)
    explorer.wait_for_selection(2, 1)


def test_a_digit_can_be_drawn_with_the_keyboard_alone(explorer: ExplorerPage) -> None:
    explorer.page.get_by_role("application", name=re.compile("Drawing cursor")).focus()
    for key in ["ArrowUp"] * 8 + ["Space"] + ["ArrowDown"] * 16 + ["Space"]:
        explorer.page.keyboard.press(key)
    explorer.expected.draw([(14, row) for row in range(6, 23)])
    explorer.wait_for_answer()
    expect(explorer.prediction).to_have_attribute("data-digit", "1")
