"""Which letters and other signs look like digits.

Nobody can tell a round O from a 0 without what stands beside it. Such signs are no examples of what
is no digit: networks do not learn to reject them, and nobody counts whether they do.
"""

from typing import Final

_ALONE: Final = frozenset("oODQiIjJl|/\\!()zZsS$bGgqyB&")
"""Letters and signs by themselves, beside the digit that they look like: O 0, l 1, Z 2, S 5, …"""

_OF_ALPHABETS: Final = {
    "Balinese": "05",
    "Early_Aramaic": "02 03 04 05 06 07 10 11 14 16 17 20",
    "Greek": "02 04 06 08 09 14 15 18 21",
    "Korean": "09 21 22 24 27 28 31 33 37",
    "Latin": "02 07 09 10 12 15 17 19 25 26",
    "Tagalog": "03 04 10 16",
}
"""Omniglot's characters, by the numbers that they have in their alphabets.

Such as β (8), δ (8), θ and ο (0), ι (1), σ (6) and φ (4) of Greek; b, g, i, j, l, o, q, s, y and z
of Latin; ㄱ (7), ㄹ (2), ㅁ and ㅇ (0), ㅋ (7), ㅅ (a 1 with a long upstroke) of Korean.
"""

_LOOKALIKES: Final = _ALONE | {
    f"{alphabet}/character{number}"
    for alphabet, numbers in _OF_ALPHABETS.items()
    for number in numbers.split()
}


def resembles_digit(label: str) -> bool:
    """Whether what a file of pen strokes calls ``label`` looks like a digit."""
    return label in _LOOKALIKES
