"""What can be undone and redone, and how much of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from explorer.state.history import History


@dataclass(frozen=True)
class Value:
    name: int
    nbytes: int = 1

    def nbytes_beyond(self, other: Value) -> int:
        return self.nbytes


def after(count: int, nbytes: int = 1) -> History[Value]:
    history: History[Value] = History()
    for name in range(count):
        history = history.after(Value(name, nbytes))
    return history


def names(values: tuple[Value, ...]) -> list[int]:
    return [value.name for value in values]


def test_one_goes_back_and_forth_value_by_value() -> None:
    value, history = after(3).back(Value(3))
    assert (value.name, names(history.past), names(history.future)) == (2, [0, 1], [3])
    value, history = history.forth(value)
    assert (value.name, names(history.past), names(history.future)) == (3, [0, 1, 2], [])


def test_after_something_new_there_is_nothing_to_redo() -> None:
    value, history = after(3).back(Value(3))
    assert names(history.after(value).future) == []


@pytest.mark.parametrize("end", ["back", "forth"])
def test_beyond_either_end_there_is_nothing(end: str) -> None:
    with pytest.raises(IndexError):
        getattr(History(), end)(Value(0))


def test_two_hundred_values_are_kept_and_the_oldest_are_forgotten() -> None:
    assert names(after(250).past) == list(range(50, 250))


def test_no_more_bytes_are_kept_than_four_million_and_one_value_always() -> None:
    assert names(after(9, nbytes=1_000_000).past) == [5, 6, 7, 8]
    assert names(after(2, nbytes=5_000_000).past) == [1]


def test_what_was_gone_back_over_takes_no_memory_from_what_comes() -> None:
    history = after(4, nbytes=1_000_000)
    for _ in range(3):
        _, history = history.back(Value(9))
    for name in (10, 11, 12):
        history = history.after(Value(name, 1_000_000))
    assert names(history.past) == [0, 10, 11, 12]
