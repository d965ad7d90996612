"""Puts the rules in force when `panel serve explorer/app.py` starts, without a plugin as well.

Panel runs app.py when its first page is opened: too late for the routes, which by then would have
imported whatever a URL names. What an installed package names as an entry point is the only thing
that Panel loads before it listens. It does so for every application, so this looks first whether
the explorer is what is served.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_PAGES = {Path(__file__).parents[1] / name for name in ("app.py", "teacher.py")}


def routes(files: Sequence[str], endpoint: str) -> list[Any]:
    """What `--rest-provider neuron-explorer` adds to a server: nothing."""
    return []


def serves_explorer(arguments: Sequence[str]) -> bool:
    """Whether a command line names a page of the explorer."""
    return any(Path(each).resolve() in _PAGES for each in arguments if each.endswith(".py"))


if serves_explorer(sys.argv):
    from explorer.server.protection import protect

    protect()
