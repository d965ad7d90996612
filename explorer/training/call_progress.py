"""How far a call in another process is, and whether anybody still wants it, in shared memory."""

from __future__ import annotations

from multiprocessing import get_context

from core.progress import Cancelled


class CallProgress:
    """Shared by the process that calls and the one that is called, which it is sent when it starts.

    Calls are numbered from 1 on and follow each other.
    """

    def __init__(self) -> None:
        self._memory = get_context("spawn").RawArray("d", 2)  # share, last cancelled call
        self._number = 0

    @property
    def share(self) -> float:
        """The share of the call that is done, 0-1."""
        return float(self._memory[0])

    def cancel(self, number: int) -> None:
        """Nobody wants the call of this number any more, nor one before it."""
        self._memory[1] = number

    def begin(self, number: int) -> None:
        """The call of this number begins."""
        self._number = number
        self._memory[0] = 0

    def report(self, what: str, share: float, note: str = "") -> None:
        """Tell how far the call is. Raises ``Cancelled`` if nobody wants it any more."""
        if self._memory[1] >= self._number:
            raise Cancelled
        self._memory[0] = share
