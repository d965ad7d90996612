"""The values before the present one and after it, for undo and redo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NoReturn, Protocol, TypeVar


class Sized(Protocol):
    """A value that says how many bytes of memory it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes, those that it shares with other values included."""


Value = TypeVar("Value", bound=Sized)

#: How many values can be gone back to, and how many bytes of memory they may take.
_MOST, _MOST_BYTES = 200, 4_000_000


@dataclass(frozen=True)
class History(Generic[Value]):
    """What can be gone back to (`past`, the last at the end) and forth to (`future`).

    The oldest is forgotten when there are more than two hundred, or when all of the past take more
    than four million bytes (`nbytes`).
    """

    past: tuple[Value, ...] = ()
    future: tuple[Value, ...] = ()
    nbytes: int = 0

    def after(self, value: Value) -> History[Value]:
        """The history once `value` gives way to a new one: there is nothing to redo."""
        past, nbytes = (*self.past, value), self.nbytes + value.nbytes
        first = 0
        while len(past) - first > _MOST or (nbytes > _MOST_BYTES and first < len(past) - 1):
            nbytes -= past[first].nbytes
            first += 1
        return History(past[first:], (), nbytes)

    def back(self, value: Value) -> tuple[Value, History[Value]]:
        """The value before `value`, and the history there. Raises `IndexError` if none is."""
        *past, before = self.past or _nothing()
        return before, History(tuple(past), (*self.future, value), self.nbytes - before.nbytes)

    def forth(self, value: Value) -> tuple[Value, History[Value]]:
        """The value after `value`, and the history there. Raises `IndexError` if none is."""
        *future, after = self.future or _nothing()
        return after, History((*self.past, value), tuple(future), self.nbytes + value.nbytes)


def _nothing() -> NoReturn:
    raise IndexError("there is nothing to go to")
