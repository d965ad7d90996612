"""The networks that every page offers: one instance of each for all sessions of a process."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from core.edit.sandbox import sandbox
from core.nn.network import Network
from core.nn.pretrained import pretrained

SANDBOX: Final = "sandbox"

#: The name of the network that a person trains on the page.
TRAINING: Final = "training"

#: The most networks that a person keeps in a session.
MOST_OWN: Final = 20

#: What the names of networks begin with that a person has kept.
_OWN: Final = "own-"


@cache
def offered_networks() -> Mapping[str, Network]:
    """By their names: the pretrained ones, the default one first, and then the sandbox."""
    return MappingProxyType({**pretrained(), SANDBOX: sandbox()})


def is_own(name: str) -> bool:
    """Whether a network of this name is one that a person has kept."""
    return name.startswith(_OWN) and name.removeprefix(_OWN).isdecimal() and len(name) < 10


def own_name(taken: Collection[str]) -> str:
    """The next name for a network that a person keeps."""
    numbers = (int(name.removeprefix(_OWN)) for name in taken if is_own(name))
    return f"{_OWN}{max(numbers, default=0) + 1}"


def has_room(names: Collection[str]) -> bool:
    """Whether a person who has networks of these names can keep another one."""
    return sum(map(is_own, names)) < MOST_OWN
