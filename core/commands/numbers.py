"""Numbers on the command line, with what is wrong about them in words."""

from argparse import ArgumentTypeError
from math import isfinite


def whole(text: str) -> int:
    """A whole number above 0."""
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def positive(text: str) -> float:
    """A number above 0."""
    number = _number(text)
    if number <= 0:
        raise ArgumentTypeError(f"{text!r} is not above 0")
    return number


def share(text: str) -> float:
    """A number from 0 up to, not including, 1."""
    number = _number(text)
    if not 0 <= number < 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to below 1")
    return number


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a number") from None
    if not isfinite(number):
        raise ArgumentTypeError(f"{text!r} is not a finite number")
    return number
