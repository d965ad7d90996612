"""WebKitGTK's MiniBrowser on a screen that nobody sees, driven by Selenium.

It is the engine of Safari, and of every browser on an iPad, as Debian packages it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from selenium.common.exceptions import NoSuchFrameException
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from support.engines import actions
from support.engines.program import found, running
from support.engines.tab import Place, Size
from support.engines.waiting import until

#: Without a graphics card, what its own processes paint is there sooner; root may not sandbox.
_SURROUNDINGS = {"GDK_BACKEND": "x11", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
_SWITCHES = (
    "--automation",
    "--enable-2d-canvas-acceleration=false",
    "--javascript-can-open-windows-automatically=true",
)
#: A window that a script opens has no toolbar, so that it can be of any size.
_OPEN = "(...size) => void open('', '', `noopener,width=${size[0]},height=${size[1]}`)"
#: The driver tells nothing of the console: each new document writes down what goes wrong in it.
_LISTEN = """before => {
  if (performance.timeOrigin === before) return false
  const troubles = window.troubles = []
  const tell = (kind, what) => troubles.push(`${kind}: ${what}`)
  addEventListener("error", event => tell("error", event.message ?? event.target.src), true)
  addEventListener("unhandledrejection", event => tell("error", event.reason))
  addEventListener("securitypolicyviolation", event => tell("refused", event.blockedURI))
  for (const level of ["error", "warn"]) console[level] = (...words) => tell(level, words.join(" "))
  return true
}"""
_BEFORE = "() => performance.timeOrigin"
_TROUBLES = "() => window.troubles ?? []"
_REQUESTS = "() => performance.getEntriesByType('resource').map(entry => entry.name)"


class WebKitTab:
    """A window of MiniBrowser's."""

    def __init__(self, driver: WebDriver, window: str) -> None:
        self._driver = driver
        self._window = window
        self._earlier: tuple[list[str], list[str]] = ([], [])

    def open(self, address: str) -> None:
        self._go(lambda: self._here.get(address))

    def reload(self) -> None:
        self._go(self._here.refresh)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        return self._here.execute_script(f"return ({function})(...arguments)", *arguments)

    def drag(self, places: Sequence[Place]) -> None:
        self._here.execute(Command.W3C_ACTIONS, {"actions": actions.drag(places)})

    def press(self, *keys: str) -> None:
        self._here.execute(Command.W3C_ACTIONS, {"actions": actions.press(keys)})

    def screenshot(self) -> bytes:
        return self._here.get_screenshot_as_png()

    def troubles(self) -> list[str]:
        return self._earlier[0] + list(self.evaluate(_TROUBLES))

    def requests(self) -> list[str]:
        return self._earlier[1] + list(self.evaluate(_REQUESTS))

    def _go(self, on: Callable[[], None]) -> None:
        """Go on to a new document, and listen to it as soon as it is there."""
        self._earlier = (self.troubles(), self.requests())
        before = self.evaluate(_BEFORE)
        on()
        until(lambda: self._listens_to_another_than(before), "the document")

    def _listens_to_another_than(self, before: float) -> bool:
        with suppress(NoSuchFrameException):  # the old document went while it was asked
            return bool(self.evaluate(_LISTEN, before))
        return False

    @property
    def _here(self) -> WebDriver:
        if self._driver.current_window_handle != self._window:
            self._driver.switch_to.window(self._window)
        return self._driver


class WebKit:
    """A MiniBrowser that runs."""

    name = "WebKitGTK"

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver
        self._first = driver.current_window_handle
        self.version = str(driver.capabilities["browserVersion"])

    @contextmanager
    def tab(self, size: Size) -> Iterator[WebKitTab]:
        window = self._open(size)
        try:
            yield WebKitTab(self._driver, window)
        finally:
            self._driver.switch_to.window(window)
            self._driver.execute_script("localStorage.clear()")
            self._driver.close()

    def _open(self, size: Size) -> str:
        self._driver.switch_to.window(self._first)
        before = set(self._driver.window_handles)
        self._driver.execute_script(f"({_OPEN})(...arguments)", *size)
        (window,) = set(self._driver.window_handles) - before
        self._driver.switch_to.window(window)
        self._driver.set_window_rect(0, 0, *size)
        return window


@contextmanager
def webkit() -> Iterator[WebKit]:
    """Start MiniBrowser and its driver, and end both at last."""
    with _screen() as display:
        surroundings = os.environ | _SURROUNDINGS | {"DISPLAY": display}
        service = Service(found("WebKitWebDriver"), env=surroundings)
        service.start()
        try:
            connection = RemoteConnection(client_config=ClientConfig(service.service_url))
            driver = WebDriver(connection, options=_options())
            yield WebKit(driver)
            driver.quit()
        finally:
            service.stop()


def _options() -> Options:
    options = Options()
    options.page_load_strategy = "none"  # to listen to a document from its beginning
    for switch in _SWITCHES:
        options.add_argument(switch)
    return options


@contextmanager
def _screen() -> Iterator[str]:
    """A screen of its own, in memory; yields its name."""
    told, tells = os.pipe()
    options = ("-displayfd", str(tells), "-screen", "0", "1600x1400x24", "-nolisten", "tcp")
    with running("Xvfb", *options, pass_fds=[tells]), open(told) as name:
        os.close(tells)
        yield f":{name.readline().strip()}"
