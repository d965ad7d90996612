"""Files that a page sends in pieces: a message can be shorter than a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from explorer.transport.messages import NotUnderstoodError, whole

LARGEST: Final = 10_000_000
"""The most bytes of a file, or of files that belong together, as in upload.js."""

#: The most files that are sent together, and the longest name of one.
_MOST_FILES, _LONGEST_NAME = 20, 300


@dataclass
class Upload:
    """A file of which some has come."""

    name: str
    size: int
    content: bytearray = field(default_factory=bytearray)

    @property
    def is_complete(self) -> bool:
        """Whether all of it is there."""
        return len(self.content) == self.size

    def take(self, start: int, piece: bytes) -> bool:
        """Take what comes next; returns whether it is the last. Nothing else is understood."""
        self.content += piece
        if start != len(self.content) - len(piece) or len(self.content) > self.size:
            raise NotUnderstoodError(start)
        return self.is_complete


@dataclass(frozen=True)
class Uploads:
    """Files that are sent together."""

    files: Sequence[Upload]

    @classmethod
    def announced(cls, files: Sequence[Any]) -> Uploads:
        """Those of which a script tells name and size. Raises `NotUnderstoodError`."""
        if not 1 <= len(files) <= _MOST_FILES:
            raise NotUnderstoodError(len(files))
        return cls([_announced(each) for each in files])

    @property
    def size(self) -> int:
        """The bytes of all of them."""
        return sum(file.size for file in self.files)

    @property
    def are_complete(self) -> bool:
        """Whether all of them are there."""
        return all(file.is_complete for file in self.files)

    def take(self, number: Any, start: int, piece: bytes) -> bool:
        """Take what comes next of one of them; returns whether that is all."""
        self.files[whole(number, len(self.files))].take(start, piece)
        return self.are_complete


def _announced(file: Any) -> Upload:
    match file:
        case [str(name), int(size)] if size >= 0 and not isinstance(size, bool):
            return Upload(name[:_LONGEST_NAME], size)
    raise NotUnderstoodError(file)
