"""The kinds of values that the settings of a training can have, and how they are read from text."""

from dataclasses import dataclass, field
from math import inf
from typing import Any, Protocol

from core.nn.model_card import LONGEST_TITLE


class Kind(Protocol):
    """A kind of values; as a string it says which, such as "a whole number from 1 to 9"."""

    def holds(self, value: object) -> bool:
        """Whether this is such a value."""
        ...

    def read(self, text: str) -> object:
        """The value that a text names. Raises ``ValueError`` for a text that names none."""
        ...


@dataclass(frozen=True)
class Whole:
    """Whole numbers from ``least`` to ``most``."""

    most: int
    least: int = 1

    def holds(self, value: object) -> bool:
        """Whether this is such a number."""
        return type(value) is int and self.least <= value <= self.most

    def read(self, text: str) -> int:
        """The number that a text names."""
        # Python refuses to read thousands of digits, which are too many at any rate.
        if not text.isdecimal() or len(text.lstrip("0")) > len(str(self.most)):
            raise ValueError("not a whole number")
        return int(text)

    def __str__(self) -> str:
        return f"a whole number from {self.least} to {self.most:,}"


@dataclass(frozen=True)
class Positive:
    """Numbers above 0, up to ``most``."""

    most: float

    def holds(self, value: object) -> bool:
        """Whether this is such a number."""
        return type(value) in (int, float) and 0 < value <= self.most  # type: ignore[operator]

    def read(self, text: str) -> float:
        """The number that a text names."""
        return float(text)

    def __str__(self) -> str:
        return f"a number above 0 and at most {self.most:,}"


@dataclass(frozen=True)
class Share:
    """Numbers from 0 up to, not including, 1."""

    def holds(self, value: object) -> bool:
        """Whether this is such a number."""
        return type(value) in (int, float) and 0 <= value < 1  # type: ignore[operator]

    def read(self, text: str) -> float:
        """The number that a text names."""
        return float(text)

    def __str__(self) -> str:
        return "a number from 0 to below 1"


@dataclass(frozen=True)
class Choice:
    """One of a few names."""

    names: tuple[str, ...]

    def holds(self, value: object) -> bool:
        """Whether this is one of them."""
        return value in self.names

    def read(self, text: str) -> str:
        """The name itself."""
        return text

    def __str__(self) -> str:
        return f"one of {', '.join(self.names)}"


@dataclass(frozen=True)
class Text:
    """Texts that can be printed, of up to ``most`` characters."""

    most: int = LONGEST_TITLE

    def holds(self, value: object) -> bool:
        """Whether this is such a text."""
        return isinstance(value, str) and 0 < len(value) <= self.most and value.isprintable()

    def read(self, text: str) -> str:
        """The text itself."""
        return text

    def __str__(self) -> str:
        return f"a text of 1 to {self.most} printable characters"


@dataclass(frozen=True)
class Several:
    """As many values of one kind as are wanted, as a tuple."""

    kind: Kind
    least: int = 0
    most: float = inf

    def holds(self, value: object) -> bool:
        """Whether these are such values."""
        return (
            isinstance(value, tuple)
            and self.least <= len(value) <= self.most
            and all(map(self.kind.holds, value))
        )

    def read(self, text: str) -> object:
        """One of the values."""
        return self.kind.read(text)

    def __str__(self) -> str:
        count = f"{self.least} to {self.most:g} of" if self.most < inf else "several of"
        return f"{count} {self.kind}"


@dataclass(frozen=True)
class Setting:
    """What a setting is for, and which values it can have.

    ``optional`` ones can be None as well. ``group`` is that of those which belong together.
    """

    group: str
    kind: Kind
    doc: str
    optional: bool = False


def setting(default: Any, group: str, kind: Kind, doc: str, optional: bool = False) -> Any:
    """A field of a dataclass that is a setting, with its default."""
    return field(default=default, metadata={"setting": Setting(group, kind, doc, optional)})
