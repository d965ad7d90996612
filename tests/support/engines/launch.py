"""Every engine that pupils have, by name: Chromium, Firefox, and WebKit, which is Safari's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType

from support.engines.chromium import chromium
from support.engines.firefox import firefox
from support.engines.tab import Engine
from support.engines.webkit import webkit

ENGINES: Mapping[str, Callable[[], AbstractContextManager[Engine]]] = MappingProxyType(
    {"chromium": chromium, "firefox": firefox, "webkit": webkit}
)
