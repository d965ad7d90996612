"""What is given on the command line, with what is wrong about it in words."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from math import inf, isfinite
from reprlib import repr as shortened

from core.nn.model_card import LONGEST_TITLE

_LARGEST_SEED = 2**63 - 1


def whole(most: int, least: int = 1) -> Callable[[str], int]:
    """What reads a whole number from ``least`` to ``most``."""

    def read(text: str) -> int:
        # Python refuses to read thousands of digits, which are too many at any rate.
        short = text.isdecimal() and len(text.lstrip("0")) <= len(str(most))
        if not short or not least <= int(text) <= most:
            raise ArgumentTypeError(
                f"{shortened(text)} is not a whole number from {least} to {most:,}"
            )
        return int(text)

    return read


seed = whole(most=_LARGEST_SEED, least=0)


def positive(most: float = inf) -> Callable[[str], float]:
    """What reads a number above 0, up to ``most``."""

    def read(text: str) -> float:
        number = _number(text)
        if not 0 < number <= most:
            limit = "" if most == inf else f" and at most {most:,}"
            raise ArgumentTypeError(f"{shortened(text)} is not above 0{limit}")
        return number

    return read


def share(text: str) -> float:
    """A number from 0 up to, not including, 1."""
    number = _number(text)
    if not 0 <= number < 1:
        raise ArgumentTypeError(f"{shortened(text)} is not a number from 0 to below 1")
    return number


def title(text: str) -> str:
    """What a network can be called."""
    if not 0 < len(text) <= LONGEST_TITLE or not text.isprintable():
        raise ArgumentTypeError(f"a title has 1 to {LONGEST_TITLE} printable characters")
    return text


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ArgumentTypeError(f"{shortened(text)} is not a number") from None
    if not isfinite(number):
        raise ArgumentTypeError(f"{shortened(text)} is not a finite number")
    return number
