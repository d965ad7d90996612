"""An event loop whose time passes at once when nobody has anything to do."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any


class _Selector(selectors.DefaultSelector):
    """Does not wait for a time; notes how long it should have."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.passed += max(timeout or 0.0, 0.0)
        return super().select(None if timeout is None else 0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._waited = _Selector()
        super().__init__(self._waited)

    def time(self) -> float:
        return self._waited.passed


def run_in_virtual_time(main: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that sleeps, without waiting; `loop.time()` says when it would be."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        runner.run(main)
