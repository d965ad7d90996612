"""The log stays short, says what it leaves out, and shows a mistake of the program itself."""

from __future__ import annotations

import io
import logging

import pytest

from explorer.server.log_limit import LogLimit


class Log:
    """A logger behind the limit, and a clock that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self._text = io.StringIO()
        handler = logging.StreamHandler(self._text)
        handler.addFilter(LogLimit(clock=lambda: self.now))
        self.logger = logging.Logger("test")
        self.logger.addHandler(handler)

    @property
    def lines(self) -> list[str]:
        return self._text.getvalue().splitlines()


@pytest.fixture
def log() -> Log:
    return Log()


def fail(log: Log, message: str = "it went wrong") -> None:
    try:
        raise ZeroDivisionError("a mistake")
    except ZeroDivisionError:
        log.logger.exception(message)


def test_a_minute_of_any_attack_is_less_than_a_hundred_lines(log: Log) -> None:
    for tick in range(60_000):
        log.now = tick / 1000
        log.logger.warning("nonsense %d\nof several\nlines", tick)
        if tick % 7 == 0:
            fail(log)
    assert 40 <= len(log.lines) < 100


def test_what_is_left_out_is_counted(log: Log) -> None:
    for _ in range(1000):
        log.logger.warning("nonsense")
    assert len(log.lines) == 40
    log.now = 2.0
    log.logger.warning("sense")
    assert log.lines[-1] == "sense (and 960 more left out)"
    log.now = 60.0
    log.logger.warning("again")
    assert log.lines[-1] == "again"


def test_a_mistake_of_the_program_is_shown_whole_and_then_named(log: Log) -> None:
    fail(log)
    assert log.lines[0] == "it went wrong"
    assert log.lines[-1] == "ZeroDivisionError: a mistake"
    for _ in range(3):
        fail(log)
    assert log.lines[-1] == "it went wrong (ZeroDivisionError, as before)"
    log.now = 100.0
    fail(log)
    assert log.lines[-1] == "ZeroDivisionError: a mistake"


def test_a_mistake_is_shown_in_the_middle_of_a_flood(log: Log) -> None:
    for tick in range(10_000):
        log.now = tick / 100
        log.logger.warning("nonsense")
        if tick % 10 == 0:
            fail(log)
    assert "ZeroDivisionError: a mistake" in log.lines


def test_a_line_is_never_long(log: Log) -> None:
    log.logger.warning("%s", "x" * 10**6)
    log.logger.warning("words that do not fit: %d", "a word")
    assert max(map(len, log.lines)) < 600
    assert "do not fit" in log.lines[-1]
