"""What axe finds in a page that keeps somebody from using it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

_PRESS_L = """() => document.body.dispatchEvent(
  new KeyboardEvent("keydown", {key: "l", code: "KeyL", bubbles: true, composed: true}))"""


def violations(page: Page, **options: Any) -> list[str]:
    """Each element that breaks a rule, and how; ``options`` are those of axe."""
    # All that is in order would be described as well, element by element.
    only = {"resultTypes": ["violations"]}
    found = Axe().run(page, options=only | options).response["violations"]
    return [
        f"{rule['id']}: {node['failureSummary']} {node['html']}"
        for rule in found
        for node in rule["nodes"]
    ]


def expect_no_violations(page: Page, state: str) -> None:
    """Axe finds nothing on a dark page of the explorer, nor once it is light; it is left dark.

    A theme is nothing but colours: of a light page only the contrasts are new.
    """
    assert violations(page) == [], f"{state}, dark"
    change_theme(page, "light")
    assert violations(page, runOnly=["color-contrast"]) == [], f"{state}, light"
    change_theme(page, "dark")


def change_theme(page: Page, other: str) -> None:
    """Change to the theme that the page does not have, whatever has the focus."""
    page.evaluate(_PRESS_L)
    expect(page.locator("html")).to_have_attribute("data-theme", other)
