"""How many pages may be open at a time, in all and from one address.

A page takes its place with its websocket and gives it back when that closes: who only asks for
the document takes none. A school often comes from one address, so one address may take nearly all
places; the rest is kept for others, and the teacher's page has places of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

#: One place of so many is kept for a second address.
_KEPT = 10


class Places:
    """The places of one kind of page in one process."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._for_one = number - number // _KEPT
        self._taken: Counter[str] = Counter()

    def has_room(self, visitor: str) -> bool:
        """Whether one more page of this visitor may open now."""
        return self._taken.total() < self._number and self._taken[visitor] < self._for_one

    @property
    def is_empty(self) -> bool:
        """Whether nobody has a place."""
        return not self._taken.total()

    def take(self, visitor: str) -> Callable[[], None]:
        """Take a place; what is returned gives it back, however often it is called."""
        self._taken[visitor] += 1
        held = [visitor]

        def leave() -> None:
            while held:
                self._taken -= Counter([held.pop()])

        return leave
