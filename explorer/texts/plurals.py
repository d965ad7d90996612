"""Which plural form a language uses for a number, by the rules of Unicode's CLDR.

Counts here are whole numbers from 0 on. Browsers know the same rules as `Intl.PluralRules`.
"""

from __future__ import annotations

from typing import Final

OTHER: Final = "other"

FORMS: Final = {
    "en": ("one", OTHER),
    "de": ("one", OTHER),
    "fr": ("one", "many", OTHER),
    "es": ("one", "many", OTHER),
    "zh": (OTHER,),
    "he": ("one", "two", OTHER),
}
"""The forms that each language has. What has no form of its own in a catalogue is `other`."""


def plural_form(language: str, count: int) -> str:
    """The form for so many."""
    if "one" in FORMS[language] and (count == 1 or (language == "fr" and count == 0)):
        return "one"
    if "two" in FORMS[language] and count == 2:
        return "two"
    if "many" in FORMS[language] and count and count % 1_000_000 == 0:
        return "many"
    return OTHER
