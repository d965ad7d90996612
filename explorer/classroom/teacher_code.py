"""The code that opens the teacher's page: long enough, compared in constant time, tried slowly."""

from __future__ import annotations

import asyncio
import hmac
import secrets
import unicodedata
from collections.abc import Callable

from core.errors import InputError
from explorer.classroom.turns import Turns

#: No letter or digit that is mistaken for another when it is read from a screen.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

_FEWEST, _MOST, _FEWEST_DIFFERENT = 6, 40, 4

#: Codes that one process compares in a second, for all pages together. To find one of the 31⁸ codes
#: of `new_code` takes almost 700 years on average; in ten hours the chance is one in a million.
_PER_SECOND = 20.0

#: Seconds after a wrong code before the next one of the same page is compared: 1, 2, 4, 8, 16, ...
_LONGEST_PAUSE = 16.0


def new_code() -> str:
    """A code of eight letters, about 40 bits: to type once, and beyond guessing."""
    letters = [secrets.choice(_LETTERS) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


class TeacherCode:
    """The code of a class.

    Args:
        code: at least 6 letters or digits, 4 of them different; the rest of it does not count.

    Raises:
        InputError: the code is too easily guessed.
    """

    def __init__(self, code: str) -> None:
        letters = _plain(code)
        if not _FEWEST <= len(letters) <= _MOST or len(set(letters)) < _FEWEST_DIFFERENT:
            raise InputError(
                f"The teacher's code needs {_FEWEST} to {_MOST} letters or digits, at least "
                f"{_FEWEST_DIFFERENT} of them different, as in ABCD-EFGH; {code[:_MOST]!r} is not "
                "such a code."
            )
        self.code = code
        self._turns = Turns(_PER_SECOND)

    async def is_right(self, typed: Callable[[], str], wrong: int) -> bool:
        """Whether this is the code, told when it is its turn.

        Args:
            typed: what is typed by then.
            wrong: codes that came from the same page before, and were not the right one.
        """
        await self._turns.wait(wrong)
        return hmac.compare_digest(_plain(typed()).encode(), _plain(self.code).encode())


class Attempts:
    """The attempts of one page. Wrong ones slow it down, and nobody else: the right one enters."""

    def __init__(self, code: TeacherCode) -> None:
        self._code = code
        self._wrong = 0
        self._not_before = 0.0

    async def admits(self, typed: Callable[[], str]) -> bool:
        """Whether what is typed is the code; the answer takes longer after each wrong one."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._not_before - loop.time())
        if await self._code.is_right(typed, self._wrong):
            return True
        self._not_before = loop.time() + min(_LONGEST_PAUSE, 2.0**self._wrong)
        self._wrong += 1
        return False


def _plain(code: str) -> str:
    """Small letters, spaces and dashes make no difference to whoever types it."""
    letters = unicodedata.normalize("NFKC", code[:200]).upper()
    return "".join(letter for letter in letters if letter.isalnum())
