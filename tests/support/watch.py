"""Notes what goes wrong in a page: complaints of the browser, and requests to another host."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page


class Watch:
    """Everything that goes wrong in the pages of a browser."""

    def __init__(self, host: str) -> None:
        self.troubles: list[str] = []
        self._host = host

    def over(self, page: Page) -> Page:
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("request", lambda request: self._expect_own_host(request.url))
        page.on("websocket", lambda socket: self._expect_own_host(socket.url))
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text}")

    def _expect_own_host(self, url: str) -> None:
        address = urlsplit(url.removeprefix("blob:"))
        if address.scheme != "data" and address.netloc != self._host:
            self.troubles.append(f"asks another host: {url}")
