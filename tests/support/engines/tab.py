"""What the tests of this folder ask of a browser: one interface, and an adapter for each engine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

#: In CSS pixels: across and down; width and height.
Place = tuple[float, float]
Size = tuple[int, int]


class Tab(Protocol):
    """One window of a browser."""

    def open(self, address: str) -> None:
        """Go to an address; returns when its document is there."""

    def reload(self) -> None:
        """Load the same address again; returns when the new document is there."""

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What a JavaScript function returns or promises for the arguments; all of it is JSON."""

    def drag(self, places: Sequence[Place]) -> None:
        """Press the mouse at the first place, move it to the others and release it: or click."""

    def press(self, *keys: str) -> None:
        """Press one key after the other: characters, or names of `actions.KEYS`."""

    def screenshot(self) -> bytes:
        """What the window shows, as PNG."""

    def troubles(self) -> list[str]:
        """Errors and warnings of the console so far, and scripts that have failed."""

    def requests(self) -> list[str]:
        """The addresses that the page has asked for so far."""


class Engine(Protocol):
    """A browser that runs."""

    name: str
    version: str

    def tab(self, size: Size) -> AbstractContextManager[Tab]:
        """A new window that shows so many CSS pixels and remembers nothing of another one."""
