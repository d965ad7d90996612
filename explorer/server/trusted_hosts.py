"""The names under which the server answers: a foreign name that leads here is a trick.

A site can let its own name lead to this machine (DNS rebinding); its script would then read the
page as its own. The name that a browser asked for stands in `Host`, so a server that answers to
its own names only is safe from that.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection

from bokeh.server.util import match_host

#: What reaches this machine from itself.
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})

_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?(:[0-9]{1,5})?", re.I)


def name_of(host: str) -> str | None:
    """The name in `name[:port]` as browsers write it, without the port; None if it is no host."""
    found = _HOST.fullmatch(host)
    if found is None or len(host) > 300:
        return None
    name = found[1].lower()
    if not name.startswith("["):
        return name
    try:
        return f"[{ipaddress.IPv6Address(name[1:-1]).compressed}]"
    except ValueError:
        return None


def is_trusted(host: str, names: Collection[str]) -> bool:
    """Whether `host`, as a request names it, is one of `names`; these may hold `*` as Bokeh's."""
    name = name_of(host)
    if name is None:
        return False
    return name in names or any("*" in each and match_host(name, each) for each in names)


def is_this_machine(host: str) -> bool:
    """Whether a browser on this very machine asked, by a name that cannot lead elsewhere."""
    return name_of(host) in THIS_MACHINE


def in_url(address: str) -> str:
    """An address as it stands in a URL: IPv6 in brackets."""
    return f"[{address}]" if ":" in address else address
