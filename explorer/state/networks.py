"""The networks that every page offers: one instance of each for all sessions of a process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from core.edit.sandbox import sandbox
from core.nn.network import Network
from core.nn.pretrained import pretrained

SANDBOX: Final = "sandbox"


@cache
def offered_networks() -> Mapping[str, Network]:
    """By their names: the pretrained ones, the default one first, and then the sandbox."""
    return MappingProxyType({**pretrained(), SANDBOX: sandbox()})
