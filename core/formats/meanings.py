"""What the outputs of a network stand for, where its file says it and where it does not."""

from collections.abc import Mapping
from string import ascii_lowercase, digits
from types import MappingProxyType
from typing import Final

from core.formats.probe import Meant

_USUAL: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType(
    {26: tuple(ascii_lowercase), 27: ("·", *ascii_lowercase), 36: tuple(digits + ascii_lowercase)}
)
"""Letters by the number of outputs: those of 27 count from 1."""

_LOOKALIKES: Final[Mapping[str, str]] = MappingProxyType(
    {"0": "oO", "1": "iIlL", "2": "zZ", "5": "sS", "6": "bG", "9": "gqQ"}
)
"""Letters that are written like a digit, by which a network that reads letters can be judged."""


def usual_labels(n_out: int) -> tuple[str, ...]:
    """What so many outputs most likely stand for: digits, or letters."""
    return _USUAL.get(n_out, tuple(map(str, range(n_out))))


def meant_by(labels: tuple[str, ...]) -> Meant:
    """Which outputs stand for each digit; where none does, for letters that look like digits."""
    meant = {int(d): (labels.index(d),) for d in digits if d in labels}
    if meant:
        return meant
    alike = {
        int(digit): tuple(place for place, label in enumerate(labels) if label in letters)
        for digit, letters in _LOOKALIKES.items()
        if labels
    }
    return {digit: places for digit, places in alike.items() if places}


def is_of_digits(labels: tuple[str, ...]) -> bool:
    """Whether ten outputs stand for the ten digits, in any order."""
    return len(labels) == len(digits) and set(labels) == set(digits)
