"""What scripts say to their Python classes, and how nonsense is told from an error of ours.

A script sends plain numbers and words. Its class reads them by `match`, field by field and type by
type; what matches nothing was not sent by a page of ours.
"""

from __future__ import annotations

from base64 import b64decode
from typing import Any

Message = dict[str, Any]


class NotUnderstoodError(ValueError):
    """A message that no script of ours sends."""

    def __init__(self, message: object) -> None:
        super().__init__(f"not understood: {str(message)[:100]}")


def bytes_in(value: str) -> bytes:
    """The bytes that a script sends as base64. Raises `NotUnderstoodError` for any other text."""
    try:
        return b64decode(value, validate=True)
    except ValueError:
        raise NotUnderstoodError(value) from None


def whole(value: Any, below: int) -> int:
    """A whole number from 0 to `below` - 1. Raises `NotUnderstoodError` for anything else."""
    if type(value) is int and 0 <= value < below:
        return value
    raise NotUnderstoodError(value)
