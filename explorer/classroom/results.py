"""What a class has drawn and what the network read, as tables: with names only if asked for.

Without names pupils are numbered, in an order that does not tell whose number is whose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from core.csv_table import Cell, csv_text
from explorer.classroom.records import DIGITS, Pupil, confusion_matrix

#: For programs, and the same in every language.
_HEADER: Final = ("pupil", "drawing", "meant", "predicted", "correct", "sure")
_CORNER: Final = "true"


class Reading(NamedTuple):
    """One drawing. `sure` is None where that was not kept: of drawings before the present one."""

    meant: int | None
    predicted: int
    sure: bool | None

    @property
    def is_correct(self) -> bool | None:
        """Whether the network read what was meant; None where nobody has said what that was."""
        return None if self.meant is None else self.meant == self.predicted


def named(pupils: Iterable[Pupil], with_names: bool) -> list[tuple[str, Pupil]]:
    """Every pupil with what they are called, in the order of that."""
    if with_names:
        return sorted(((each.name, each) for each in pupils), key=lambda pair: pair[0].casefold())
    shuffled = sorted(pupils, key=lambda pupil: pupil.key)  # keys are random
    return [(str(number), each) for number, each in enumerate(shuffled, start=1)]


def readings(pupil: Pupil) -> list[Reading]:
    """The drawings of a pupil, the present one last; a blank pad is none."""
    before = [Reading(meant, predicted, None) for meant, predicted in pupil.said]
    now = [] if pupil.digit is None else [Reading(pupil.meant, pupil.digit, pupil.sure)]
    return [*before, *now]


def drawings_csv(pupils: Sequence[Pupil], with_names: bool) -> str:
    """A row for each drawing. Yes is 1, no is 0, and what nobody knows is empty."""
    return csv_text([_HEADER, *_rows(pupils, with_names)])


def matrix_csv(pupils: Sequence[Pupil]) -> str:
    """The confusion matrix: rows are digits that were meant, columns what was read."""
    matrix = confusion_matrix(pupils)
    return csv_text([[_CORNER, *range(DIGITS)], *([i, *row] for i, row in enumerate(matrix))])


def _rows(pupils: Sequence[Pupil], with_names: bool) -> Iterator[list[Cell]]:
    for name, pupil in named(pupils, with_names):
        for number, each in enumerate(readings(pupil), start=1):
            yield [
                *(name, number, each.meant, each.predicted),
                *(None if fact is None else int(fact) for fact in (each.is_correct, each.sure)),
            ]
