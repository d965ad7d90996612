"""The code that opens the teacher's page: compared in constant time, and not tried for long."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from time import monotonic

#: No letter or digit that is mistaken for another when it is read from a screen.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_ATTEMPTS, _MINUTE = 5, 60.0


def new_code() -> str:
    """A code of eight letters, about 40 bits: to type once, and beyond guessing."""
    letters = [secrets.choice(_LETTERS) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


class TeacherCode:
    """Tells whether a code is the right one, at most five times a minute for one visitor.

    A wrong guess counts for its visitor alone: nobody can lock the teacher out.
    """

    def __init__(self, code: str, clock: Callable[[], float] = monotonic) -> None:
        self.code = code
        self._clock = clock
        self._tried: dict[str, list[float]] = {}

    def admits(self, code: str, visitor: str) -> bool:
        """Whether this is the code; false without looking after too many wrong ones."""
        if not self.may_try(visitor):
            return False
        if hmac.compare_digest(_plain(code), _plain(self.code)):
            return True
        self._tried.setdefault(visitor, []).append(self._clock())
        return False

    def may_try(self, visitor: str) -> bool:
        """Whether this visitor has an attempt left in this minute."""
        now = self._clock()
        recent = {
            who: [time for time in times if now - time < _MINUTE]
            for who, times in self._tried.items()
        }
        self._tried = {who: times for who, times in recent.items() if times}
        return len(self._tried.get(visitor, ())) < _ATTEMPTS


def _plain(code: str) -> bytes:
    """Small letters, spaces and dashes make no difference to whoever types it."""
    return "".join(letter for letter in code[:40].upper() if letter.isalnum()).encode()
