"""What axe finds in a page that keeps somebody from using it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page, **options: Any) -> list[str]:
    """Each element that breaks a rule, and how; ``options`` are those of axe."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['failureSummary']} {node['html']}"
        for rule in found
        for node in rule["nodes"]
    ]
