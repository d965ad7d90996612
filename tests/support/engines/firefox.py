"""Firefox ESR over WebDriver BiDi, which it speaks without a driver in between.

Playwright asks every Firefox for commands that the ESR does not have yet, and Selenium needs
geckodriver, which neither Debian nor a package registry brings.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from websocket import WebSocket, create_connection

from support.engines import actions
from support.engines.program import running
from support.engines.tab import Place, Size
from support.engines.waiting import until
from support.patience import PATIENCE

#: Like on a phone and in the other engines here, scrollbars take no room from the page.
_PREFERENCES = 'user_pref("ui.useOverlayScrollbars", 1);\n'
_PORT = re.compile(r'"ws_port": (\d+)')
_EVENTS = ("log.entryAdded", "network.beforeRequestSent")
#: A result becomes text in the page: BiDi would describe it property by property.
_AS_TEXT = "async given => JSON.stringify(await ({})(...JSON.parse(given)) ?? null)"


class Connection:
    """Commands and their results over one websocket, and the events that come in between."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its result."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        self._socket.send(json.dumps(command))
        while (message := json.loads(self._socket.recv())).get("id") != self._number:
            self.events.append(message)
        assert message["type"] == "success", f"{method}: {message}"
        return dict(message["result"])


class FirefoxTab:
    """A browsing context of BiDi's."""

    def __init__(self, connection: Connection, context: str) -> None:
        self._connection = connection
        self._context = context

    def open(self, address: str) -> None:
        self._ask("browsingContext.navigate", url=address, wait="complete")

    def reload(self) -> None:
        self._ask("browsingContext.reload", wait="complete")

    def evaluate(self, function: str, *arguments: Any) -> Any:
        answer = self._connection.ask(
            "script.callFunction",
            functionDeclaration=_AS_TEXT.format(function),
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def drag(self, places: Sequence[Place]) -> None:
        self._ask("input.performActions", actions=actions.drag(places))

    def press(self, *keys: str) -> None:
        self._ask("input.performActions", actions=actions.press(keys))

    def screenshot(self) -> bytes:
        return b64decode(self._ask("browsingContext.captureScreenshot")["data"])

    def troubles(self) -> list[str]:
        entries = [event for event in self._events("log.entryAdded") if self._is_ours(event)]
        levels = ("error", "warn")
        return [f"{each['level']}: {each['text']}" for each in entries if each["level"] in levels]

    def requests(self) -> list[str]:
        asked = self._events("network.beforeRequestSent")
        return [event["request"]["url"] for event in asked if event["context"] == self._context]

    def _events(self, method: str) -> list[dict[str, Any]]:
        self._connection.ask("session.status")  # what has happened comes before the answer
        return [event["params"] for event in self._connection.events if event["method"] == method]

    def _is_ours(self, entry: dict[str, Any]) -> bool:
        return bool(entry["source"].get("context") == self._context)

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._connection.ask(method, context=self._context, **parameters)


class Firefox:
    """A Firefox that runs."""

    name = "Firefox ESR"

    def __init__(self, connection: Connection) -> None:
        self._ask = connection.ask
        self._connection = connection
        self.version = self._ask("session.new", capabilities={})["capabilities"]["browserVersion"]
        self._ask("session.subscribe", events=_EVENTS)

    @contextmanager
    def tab(self, size: Size) -> Iterator[FirefoxTab]:
        user = self._ask("browser.createUserContext")["userContext"]
        # A window of its own: Firefox paints no tab that lies behind another one.
        new = self._ask("browsingContext.create", type="window", userContext=user)
        viewport = {"width": size[0], "height": size[1]}
        self._ask("browsingContext.setViewport", context=new["context"], viewport=viewport)
        try:
            yield FirefoxTab(self._connection, new["context"])
        finally:
            self._ask("browser.removeUserContext", userContext=user)


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Start Firefox with a profile of its own, and end it at last."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        (profile / "user.js").write_text(_PREFERENCES)
        options = ("--headless", "--remote-debugging-port", "0", "--profile", folder)
        with running("firefox-esr", *options), closing(_connected(profile)) as socket:
            yield Firefox(Connection(socket))


def _connected(profile: Path) -> WebSocket:
    """A connection to the Firefox that is about to write into its profile where it listens."""
    file = profile / "WebDriverBiDiServer.json"
    told = until(
        lambda: file.exists() and re.search(r'"ws_port": (\d+)', file.read_text()), "Firefox"
    )
    address = f"ws://127.0.0.1:{told[1]}/session"
    return create_connection(address, suppress_origin=True, timeout=PATIENCE)
