"""How many files and sockets this process may have open."""

from __future__ import annotations

from contextlib import suppress

#: What a large class needs, and no system minds.
_ENOUGH = 16_384

#: What is open beside the connections: the system's libraries, the log, Redis, files that are read.
_OWN = 64

#: Where the system sets no limit of this kind.
_UNKNOWN = 512


def raise_file_limit() -> None:
    """Ask the system for as many as it grants: its usual limit is a large class's."""
    try:
        import resource  # noqa: PLC0415 - where there is one
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _ENOUGH if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):  # some systems grant less than they say
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def most_connections() -> int:
    """How many connections may be open, so that accepting one never fails for want of a file."""
    try:
        import resource  # noqa: PLC0415 - where there is one
    except ImportError:
        return _UNKNOWN
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = _ENOUGH if soft == resource.RLIM_INFINITY else min(soft, _ENOUGH)
    return max(allowed - _OWN, allowed // 2)
