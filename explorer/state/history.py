"""The values before the present one and after it, for undo and redo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Generic, NoReturn, Protocol, TypeVar


class Sized(Protocol):
    """A value that says how many bytes of memory it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes, those that it shares with other values included."""

    def nbytes_beyond(self, other: Any) -> int:
        """Bytes, those that it shares with `other` left out."""


Value = TypeVar("Value", bound=Sized)

_MOST = 200


@dataclass(frozen=True)
class History(Generic[Value]):
    """What can be gone back to (`past`, the last at the end) and forth to (`future`).

    The oldest is forgotten when there are more than two hundred, or when all of the past take more
    than `most_bytes`: `sizes` are those of each beyond the one before.
    """

    past: tuple[Value, ...] = ()
    future: tuple[Value, ...] = ()
    sizes: tuple[int, ...] = ()
    most_bytes: int = 4_000_000

    def after(self, value: Value) -> History[Value]:
        """The history once `value` gives way to a new one: there is nothing to redo."""
        past, sizes = (*self.past, value), (*self.sizes, self._size(value))
        while len(past) > 1 and (len(past) > _MOST or sum(sizes) > self.most_bytes):
            past = past[1:]
            sizes = past[0].nbytes, *sizes[2:]
        return History(past, (), sizes, self.most_bytes)

    def back(self, value: Value) -> tuple[Value, History[Value]]:
        """The value before `value`, and the history there. Raises `IndexError` if none is."""
        *past, before = self.past or _nothing()
        return before, replace(
            self, past=tuple(past), future=(*self.future, value), sizes=self.sizes[:-1]
        )

    def forth(self, value: Value) -> tuple[Value, History[Value]]:
        """The value after `value`, and the history there. Raises `IndexError` if none is."""
        *future, after = self.future or _nothing()
        sizes = (*self.sizes, self._size(value))
        return after, replace(self, past=(*self.past, value), future=tuple(future), sizes=sizes)

    def _size(self, value: Value) -> int:
        return value.nbytes_beyond(self.past[-1]) if self.past else value.nbytes


def _nothing() -> NoReturn:
    raise IndexError("there is nothing to go to")
