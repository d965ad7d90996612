"""What the pages of a class share: what each pupil shows, and what the teacher does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any, ClassVar, Self

from core.errors import InputError
from core.ink import Drawing
from core.nn.pretrained import DEFAULT
from explorer.classroom.names import nickname
from explorer.state.class_training import ClassTraining
from explorer.training.recipe_text import recipe_of

DIGITS = 10

#: Strokes beyond this are shown as a picture: every pupil's page would have to send them on.
LONGEST_DRAWING = 30_000

#: What one pupil adds to the matrix.
MOST_SAID = 200

_LONGEST_PICTURE = 2_000
_LONGEST_NETWORK_NAME = 40
_KEY = re.compile(r"[0-9a-f]{32}")
_CARD = re.compile(r"([a-z]{1,20}\.[1-9][0-9]?)?")
_PICTURE = re.compile(r"(data:image/png;base64,[A-Za-z0-9+/]+={0,2})?")

Checks = Mapping[str, Callable[[Any], bool]]


@lru_cache(maxsize=4)
def drawing_of(text: str) -> Drawing:
    """The drawing of a record, blank without one; all pages of a process share it.

    Raises:
        InputError: the text is no drawing.
    """
    return Drawing.from_json(text) if text else Drawing.blank


def is_key(value: Any) -> bool:
    """Whether this has the form of a pupil's key: 32 hexadecimal digits."""
    return isinstance(value, str) and bool(_KEY.fullmatch(value))


def is_digit(value: Any) -> bool:
    """Whether this is a digit, 0 to 9, as a number."""
    return type(value) is int and 0 <= value < DIGITS


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 10**9


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value != "" and nickname(value) == value


def _is_network(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_NETWORK_NAME


def _is_card(value: Any) -> bool:
    return isinstance(value, str) and bool(_CARD.fullmatch(value))


def _is_picture(value: Any) -> bool:
    short = isinstance(value, str) and len(value) <= _LONGEST_PICTURE
    return short and bool(_PICTURE.fullmatch(value))


def _is_drawing(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST_DRAWING:
        return False
    try:
        drawing_of(value)
    except InputError:
        return False
    return True


def _is_recipe(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return value == "" or recipe_of(value) is not None
    except ValueError:
        return False


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(map(is_digit, value))


def _optional(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _at_most(count: int, check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, tuple) and len(value) <= count and all(map(check, value))


@dataclass(frozen=True)
class _Record:
    """A record is whole, or it cannot be made: `ValueError` says what is wrong with it."""

    _checks: ClassVar[Checks] = {}

    def __post_init__(self) -> None:
        for name, check in self._checks.items():
            if not check(value := getattr(self, name)):
                raise ValueError(f"{name} cannot be {value!r:.60}")

    def to_json(self) -> str:
        """The record as text, for `from_json`."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The record that `to_json` wrote; what this version does not know is left out.

        Raises:
            ValueError: the text is no such record.
        """
        try:
            saved = json.loads(text)
        except RecursionError as error:
            raise ValueError(str(error)) from None
        if not isinstance(saved, dict):
            raise ValueError("a record is a dictionary")
        known = {field.name for field in fields(cls)}
        try:
            return cls(**{name: _fixed(each) for name, each in saved.items() if name in known})
        except TypeError as error:  # what a record needs is missing
            raise ValueError(str(error)) from None


def _fixed(value: Any) -> Any:
    """Records hold tuples, for which JSON knows lists alone."""
    return tuple(_fixed(each) for each in value) if isinstance(value, list) else value


@dataclass(frozen=True)
class Pupil(_Record):
    """What a pupil shows.

    Args:
        key: names the pupil among all, see `board.public_key`.
        name: the chosen nickname.
        picture: the drawing as an image, see `pictures`.
        digit: what the network says, none on a blank pad.
        sure: whether it is sure.
        meant: the digit that the pupil says was meant.
        said: what was meant and what the network said, of the drawings before this one.
        vote: the pupil's vote in the round `voted`.
        network: the name of the network that the pupil has chosen.
        edited: whether the pupil has changed it, so that it may say something else there.
        centred: whether it sees the drawing through the lens.
        card: the card of the lesson that is open, such as `weights.3`; empty for none.
    """

    key: str
    name: str
    picture: str = ""
    digit: int | None = None
    sure: bool = False
    meant: int | None = None
    said: tuple[tuple[int, int], ...] = ()
    vote: int | None = None
    voted: int = 0
    network: str = DEFAULT
    edited: bool = False
    centred: bool = True
    card: str = ""

    _checks: ClassVar[Checks] = {
        "key": is_key,
        "name": _is_name,
        "picture": _is_picture,
        "digit": _optional(is_digit),
        "sure": _is_flag,
        "meant": _optional(is_digit),
        "said": _at_most(MOST_SAID, _is_pair),
        "vote": _optional(is_digit),
        "voted": _is_count,
        "network": _is_network,
        "edited": _is_flag,
        "centred": _is_flag,
        "card": _is_card,
    }

    @property
    def is_misread(self) -> bool:
        """Whether the network says another digit than was meant."""
        return None not in (self.meant, self.digit) and self.meant != self.digit


@dataclass(frozen=True)
class Lesson(_Record):
    """What the teacher does with the class.

    Args:
        round: counts what the teacher did: of two lessons, the one with the larger count is newer.
        phase: "free" (everyone draws), "vote" (all see a picture and vote) or "present" (it is on
            every stage).
        asked: the round in which the present question was asked.
        picture: the picture in question, as in `Pupil`.
        drawing: the same with its strokes, as `core.ink.Drawing` writes it.
        digit: what the network says to it. Neither of these two leaves the server during a vote.
        votes: how many voted for each digit, once that is shown.
        frozen: whether the pads are paused.
        cleared: the round in which all pads were cleared last.
        network: the name of that network, which its pupil has chosen.
        centred: whether it sees the picture through the lens.
        trains: whether pupils may train.
        run: the round in which the run was started that is the same for all; 0 without one.
        card: the card of the lesson to which all were called last; empty before the first.
        called: the round in which they were.
        recipe: how it is trained, as `training.recipe_text` writes it; empty without one.
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
    network: str = DEFAULT
    centred: bool = True
    trains: bool = True
    run: int = 0
    card: str = ""
    called: int = 0
    recipe: str = ""

    _checks: ClassVar[Checks] = {
        "round": _is_count,
        "phase": lambda value: value in ("free", "vote", "present"),
        "asked": _is_count,
        "picture": _is_picture,
        "drawing": _is_drawing,
        "digit": _optional(is_digit),
        "votes": _at_most(DIGITS, _is_count),
        "frozen": _is_flag,
        "cleared": _is_count,
        "network": _is_network,
        "centred": _is_flag,
        "trains": _is_flag,
        "run": _is_count,
        "card": _is_card,
        "called": _is_count,
        "recipe": _is_recipe,
    }

    @property
    def training(self) -> ClassTraining:
        """What it says of trainings."""
        recipe = recipe_of(self.recipe) if self.run and self.recipe else None
        return ClassTraining(self.trains, self.run, recipe)


def count_votes(pupils: Iterable[Pupil], asked: int) -> tuple[int, ...]:
    """How many pupils voted for each digit in the round `asked`, shape (10,)."""
    votes = [pupil.vote for pupil in pupils if pupil.voted == asked and asked]
    return tuple(votes.count(digit) for digit in range(DIGITS))


def confusion_matrix(pupils: Iterable[Pupil]) -> list[list[int]]:
    """How often each digit (rows: true) was taken for each (columns: predicted), shape (10, 10)."""
    matrix = [[0] * DIGITS for _ in range(DIGITS)]
    for pupil in pupils:
        for true, predicted in (*pupil.said, *_present(pupil)):
            matrix[true][predicted] += 1
    return matrix


def _present(pupil: Pupil) -> list[tuple[Any, Any]]:
    shown = (pupil.meant, pupil.digit)
    return [] if None in shown else [shown]
