"""Which sessions have had their connection: a page connects once, and asks for a new one after."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

#: Seconds for which Bokeh accepts a token; after that nobody can come back with it anyway.
_TOKENS_LIVE = 600.0


class SpentSessions:
    """The names of sessions that somebody has connected to, as long as their tokens are accepted.

    A token stands in the page that it was given out with, so whoever copies one could sit down
    beside its owner: see what the owner sees, and stay when the owner leaves.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._since: dict[str, float] = {}

    def spend(self, name: str) -> bool:
        """Whether nobody has connected to this session before."""
        self._forget_old()
        if name in self._since:
            return False
        self._since[name] = self._clock()
        return True

    def _forget_old(self) -> None:
        """The oldest stand first."""
        for name, since in list(self._since.items()):
            if self._clock() - since < _TOKENS_LIVE:
                break
            del self._since[name]
