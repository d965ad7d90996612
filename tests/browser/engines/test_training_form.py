"""The form of a training in each engine: by mouse and keyboard, with an entry that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.engines.page import Page, Visit
from support.server import TRAINING_FORM, Server, serving

_VALUE = "(field, value) => find(field)?.value === value"
_PRESSED = "name => find('button[aria-pressed=true]', name) !== undefined"


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with serving(**TRAINING_FORM) as server:
        yield server


def enter(page: Page, field: str, value: str) -> None:
    page.click(field)
    page.wait_for("field => find(field).getRootNode().activeElement === find(field)", field)
    page.tab.press(*["Backspace", "Delete"] * 8, *value, "Enter")


def test_entries_refusals_and_starting_points(visit: Visit, server: Server) -> None:
    page = visit(server.address, (400, 800))
    enter(page, "#hidden", "sixteen")
    page.wait_for_text("#hidden-error", "This must be the sizes of up to 4 layers")
    enter(page, "#learning_rate", "0,50")
    page.wait_for(_VALUE, "#learning_rate", "0.5")
    page.wait_for(_VALUE, "#hidden", "sixteen")
    page.click("button", "A good one")
    page.wait_for(_PRESSED, "A good one")
    page.wait_for(_VALUE, "#hidden", "16, 16")
    page.wait_for(_VALUE, "#learning_rate", "0.01")
    page.click("summary")
    page.wait_for(_VALUE, "#optimizer", "adam")
    page.click("button", "Copy")
    page.wait_for_text("[role=status]", "Copied")
