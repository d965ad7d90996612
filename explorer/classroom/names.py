"""Nicknames: short, printable, and without characters that nobody sees."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 20

#: More of a text than this is not looked at.
_LOOKED_AT = 200

#: Accents on one letter; towers of them would grow over the neighbours.
_MOST_MARKS = 2

#: What Python calls printable, and nobody sees: fillers, joiners and selectors.
_INVISIBLE = frozenset(
    map(
        chr,
        [
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x1D159),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ],
    )
)


def nickname(text: str) -> str:
    """A name as it may stand on the teacher's page; empty if nothing of it can be seen.

    Control and format characters (bidirectional overrides, zero-width ones) are left out.
    """
    seen = "".join(" " if each.isspace() else each for each in text[:_LOOKED_AT] if _is_seen(each))
    name = _with_few_marks(unicodedata.normalize("NFC", " ".join(seen.split())))
    return " ".join(name.split())[:LONGEST_NAME].strip()


def _is_seen(character: str) -> bool:
    return character.isspace() or (character.isprintable() and character not in _INVISIBLE)


def _with_few_marks(text: str) -> str:
    """Marks stand on a letter, at most a few on each."""
    kept, marks = [], _MOST_MARKS
    for character in text:
        is_mark = unicodedata.category(character).startswith("M")
        marks = marks + 1 if is_mark else _MOST_MARKS if character == " " else 0
        if marks <= _MOST_MARKS or not is_mark:
            kept.append(character)
    return "".join(kept)
