"""From a photo, a scan or a screenshot to images of digits as networks know them.

`read_picture` finds the digits in a grey picture and keeps what each step of it made, to be shown.
"""

from core.pictures.reading import (
    LONGEST_SIDE,
    MOST_DIGITS,
    Digit,
    NoDigitError,
    Reading,
    read_picture,
)
from core.pictures.touching import Judge

__all__ = [
    "LONGEST_SIDE",
    "MOST_DIGITS",
    "Digit",
    "Judge",
    "NoDigitError",
    "Reading",
    "read_picture",
]
