"""The pretrained networks that travel with the project, ready to be compared."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from core.assets import asset
from core.nn.network import Network

DEFAULT: Final = "default"


@cache
def pretrained() -> Mapping[str, Network]:
    """All of them by the name of their file, the default one first.

    They are read once for all sessions of a process. Raises ``AssetError`` when they are missing
    and ``NetworkFileError`` for a damaged one.
    """
    paths = asset("networks").glob("*.npz")
    in_order = sorted(paths, key=lambda path: (path.stem != DEFAULT, path.stem))
    return MappingProxyType({path.stem: Network.load(path) for path in in_order})
