"""A real Chromium that asks no host but this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from support.patience import PATIENCE

#: The options of a browser on a laptop, whose owner likes it dark, and nothing to move by itself:
#: to paint what moves takes a third of the processor's time for a stroke. Tests of what moves ask
#: for it (`MOVING`).
LAPTOP: dict[str, Any] = {
    "viewport": {"width": 1366, "height": 768},
    "color_scheme": "dark",
    "reduced_motion": "reduce",
}
MOVING: dict[str, Any] = {"reduced_motion": "no-preference"}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def program(*names: str) -> str:
    """The Chromium named by the variable CHROMIUM, else the first of these on the path."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert path, "Install Chromium (`bash tests/run` does), or name its path in CHROMIUM."
    return path


def visitor(browser: Browser, **options: Any) -> BrowserContext:
    """A browser of one's own, which has never been anywhere: on a laptop, or as the options say."""
    context = browser.new_context(**LAPTOP | options)
    context.set_default_timeout(1000 * PATIENCE)
    return context


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium without its windows, where there is one: it opens a page in a third less time."""
    path = program("chromium-headless-shell", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
