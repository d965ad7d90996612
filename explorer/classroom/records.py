"""What the pages of a class share: what each pupil shows, and what the teacher does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

DIGITS = 10


@dataclass(frozen=True)
class _Record:
    def to_json(self) -> str:
        """The record as text, for `from_json`."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The record that `to_json` wrote; what this version does not know is left out."""
        known = {field.name for field in fields(cls)}
        return cls(
            **{name: _fixed(each) for name, each in json.loads(text).items() if name in known}
        )


def _fixed(value: Any) -> Any:
    """Records hold tuples, for which JSON knows lists alone."""
    return tuple(_fixed(each) for each in value) if isinstance(value, list) else value


@dataclass(frozen=True)
class Pupil(_Record):
    """What a pupil shows.

    Args:
        key: names the pupil among all; known to the pupil's browser and the teacher's only.
        name: the chosen nickname.
        picture: the drawing as an image, see `pictures`.
        drawing: the same with its strokes, as `core.ink.Drawing` writes it.
        digit: what the network says, none on a blank pad.
        sure: whether it is sure.
        meant: the digit that the pupil says was meant.
        said: what was meant and what the network said, of the drawings before this one.
        vote: the pupil's vote in the round `voted`.
    """

    key: str
    name: str
    picture: str = ""
    drawing: str = ""
    digit: int | None = None
    sure: bool = False
    meant: int | None = None
    said: tuple[tuple[int, int], ...] = ()
    vote: int | None = None
    voted: int = 0

    @property
    def is_misread(self) -> bool:
        """Whether the network says another digit than was meant."""
        return None not in (self.meant, self.digit) and self.meant != self.digit


@dataclass(frozen=True)
class Lesson(_Record):
    """What the teacher does with the class.

    Args:
        round: counts what the teacher did; pages compare it to see that something is new.
        phase: "free" (everyone draws), "vote" (all see a picture and vote) or "present" (it is on
            every stage).
        asked: the round in which the present question was asked.
        picture: the picture in question, as in `Pupil`.
        drawing: the same with its strokes; empty while the class votes.
        digit: what the network says to it, once that is shown.
        votes: how many voted for each digit, once that is shown.
        frozen: whether the pads rest.
        cleared: the round in which all pads were cleared last.
    """

    round: int = 0
    phase: str = "free"
    asked: int = 0
    picture: str = ""
    drawing: str = ""
    digit: int | None = None
    votes: tuple[int, ...] = ()
    frozen: bool = False
    cleared: int = 0


def count_votes(pupils: Iterable[Pupil], asked: int) -> tuple[int, ...]:
    """How many pupils voted for each digit in the round `asked`, shape (10,)."""
    votes = [pupil.vote for pupil in pupils if pupil.voted == asked and asked]
    return tuple(votes.count(digit) for digit in range(DIGITS))


def confusion_matrix(pupils: Iterable[Pupil]) -> list[list[int]]:
    """How often each digit (rows: what was meant) was read as each (columns), shape (10, 10)."""
    matrix = [[0] * DIGITS for _ in range(DIGITS)]
    for pupil in pupils:
        for meant, digit in (*pupil.said, *_present(pupil)):
            matrix[meant][digit] += 1
    return matrix


def _present(pupil: Pupil) -> list[tuple[Any, Any]]:
    shown = (pupil.meant, pupil.digit)
    return [] if None in shown else [shown]
