"""Chromium, driven by Playwright like in all other tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

from support.engines.tab import Place, Size


class ChromiumTab:
    """A page of Playwright's."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._requests: list[str] = []
        self._troubles: list[str] = []
        page.on("request", lambda request: self._requests.append(request.url))
        page.on("websocket", lambda socket: self._requests.append(socket.url))
        page.on("pageerror", lambda error: self._troubles.append(f"error: {error}"))
        page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._troubles.append(f"{message.type}: {message.text}")

    def open(self, address: str) -> None:
        self._page.goto(address)

    def reload(self) -> None:
        self._page.reload()

    def evaluate(self, function: str, *arguments: Any) -> Any:
        return self._page.evaluate(f"given => ({function})(...given)", list(arguments))

    def drag(self, places: Sequence[Place]) -> None:
        first, *others = [(round(x), round(y)) for x, y in places]
        if not others:  # in one go: a press that lasts is no click
            self._page.mouse.click(*first)
            return
        self._page.mouse.move(*first)
        self._page.mouse.down()
        for place in others:
            self._page.mouse.move(*place)
        self._page.mouse.up()

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)

    def screenshot(self) -> bytes:
        return self._page.screenshot()

    def troubles(self) -> list[str]:
        return self._troubles

    def requests(self) -> list[str]:
        return self._requests


class Chromium:
    """A Chromium that runs."""

    name = "Chromium"

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.version = browser.version

    @contextmanager
    def tab(self, size: Size) -> Iterator[ChromiumTab]:
        viewport = {"width": size[0], "height": size[1]}
        # What a person has by clicking in a window, this browser has not without one.
        permissions = ["clipboard-write"]
        with self._browser.new_context(viewport=viewport, permissions=permissions) as context:
            yield ChromiumTab(context.new_page())
