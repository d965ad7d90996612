"""Every engine that pupils have, by name: Chromium, Firefox, and WebKit, which is Safari's."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from playwright.sync_api import Browser

from support.engines.chromium import Chromium
from support.engines.firefox import firefox
from support.engines.tab import Engine
from support.engines.webkit import webkit

ENGINES = ("chromium", "firefox", "webkit")


def launch(name: str, browser: Browser) -> AbstractContextManager[Engine]:
    """Start an engine; Chromium is the one that all tests share."""
    if name == "chromium":
        return nullcontext(Chromium(browser))
    return {"firefox": firefox, "webkit": webkit}[name]()
