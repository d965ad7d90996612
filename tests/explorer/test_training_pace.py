"""The time that is left does not swing with every stretch."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from explorer.training import pace
from explorer.training.pace import Pace


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets so many seconds pass."""
    now = [100.0]
    monkeypatch.setattr(pace, "monotonic", lambda: now[0])

    def advance(seconds: float) -> None:
        now[0] += seconds

    return advance


def test_nothing_is_said_before_enough_is_known(passes: Callable[[float], None]) -> None:
    measured = Pace()
    measured.begin()
    passes(0.5)
    measured.add(10)
    assert measured.seconds(100) is None
    assert measured.seconds(0) == 0
    passes(1.0)
    measured.add(20)
    assert measured.seconds(100) == pytest.approx(5)


def test_a_slow_stretch_changes_little_and_another_pace_is_learned(
    passes: Callable[[float], None],
) -> None:
    measured = Pace()
    measured.begin()
    for _ in range(300):
        passes(0.1)
        measured.add(10)
    assert measured.seconds(1_000) == pytest.approx(10)
    passes(0.3)
    measured.add(10)
    assert measured.seconds(1_000) == pytest.approx(10, rel=0.03)
    for _ in range(150):
        passes(0.3)
        measured.add(10)
    assert measured.seconds(1_000) == pytest.approx(30, rel=0.1)


def test_rests_do_not_count(passes: Callable[[float], None]) -> None:
    measured = Pace()
    measured.begin()
    passes(2)
    measured.add(20)
    passes(3_600)
    measured.begin()
    passes(2)
    measured.add(20)
    assert measured.seconds(100) == pytest.approx(10)
