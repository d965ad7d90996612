"""Calls that hold up a whole event loop, whoever else waits in it."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from typing import Any, NoReturn

import pytest

_CALLS = ((time, "sleep"), (socket, "create_connection"), (subprocess, "Popen"))


def forbid_blocking_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on this thread cannot wait in a call that lets nobody else go on."""
    here = threading.get_ident()
    for module, name in _CALLS:
        monkeypatch.setattr(module, name, _forbidden(getattr(module, name), name, here))


def _forbidden(call: Any, name: str, thread: int) -> Any:
    def checked(*args: Any, **options: Any) -> Any:
        return _fail(name) if threading.get_ident() == thread else call(*args, **options)

    return checked


def _fail(name: str) -> NoReturn:
    raise AssertionError(f"{name} holds up the loop")
