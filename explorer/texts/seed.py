"""A seed that somebody has typed."""

from __future__ import annotations

from typing import Final

from core.errors import InputError
from explorer.texts import text

#: Enough to choose from.
_MOST_DIGITS: Final = 9


def seed_in(written: str) -> int:
    """The seed in a text. Raises `InputError` if it is no whole number from 0 on."""
    if written.isdecimal() and len(written) <= _MOST_DIGITS:
        return int(written)
    raise InputError(text("edit.seed", seed=written[: _MOST_DIGITS + 1] or "–"))
