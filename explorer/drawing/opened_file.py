"""A file that a person opens: the drawing in it, or what it is instead and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from core.errors import InputError
from core.file_format import NETWORKS, PICTURES, FileFormat, file_format
from core.ink import LONGEST_JSON, Drawing
from core.ink.stroke import NotADrawingError
from explorer.drawing.saved import drawing_from
from explorer.texts import number, sentence, text
from explorer.transport.messages import bytes_in

#: The most bytes of a picture that the browser decodes, as in files.js.
_LARGEST_PICTURE = 20_000_000

_ARRAYS = {FileFormat.NUMPY_ARRAY, FileFormat.NUMPY_ARCHIVE, FileFormat.PICKLE}
_DOCUMENTS = {FileFormat.PDF, FileFormat.OFFICE, FileFormat.HTML}
_PACKED = {FileFormat.ZIP, FileFormat.GZIP}


class FileError(InputError):
    """A file cannot be opened; the sentence says what it is, and what to do."""


@dataclass(frozen=True)
class OpenedFile:
    """What the browser tells of a file.

    `size` is in bytes, `head` its first bytes in base64, and `content` a text that may be a
    drawing, or None if the file holds none.
    """

    name: str
    size: int
    head: str
    content: str | None

    def drawing(self) -> Drawing:
        """The drawing in the file. Raises `FileError` if there is none."""
        if self.content is None:
            raise FileError(self._kind())
        try:
            return drawing_from(self.content)
        except NotADrawingError:
            raise FileError(self._kind()) from None
        except InputError as error:
            raise FileError(text("notice.file", file=self.name, why=sentence(error))) from error

    def _kind(self) -> str:
        """What the file is, and what to do with it."""
        found = file_format(bytes_in(self.head), self.name)
        most = _largest(found)
        if self.size > most:
            return text("file.large", file=self.name, most=number(most / 1e6, 1))
        return _sentences(self.name, found).get(found, text("file.unknown", file=self.name))


def _largest(found: FileFormat) -> float:
    """The most bytes of a file that would be opened; of others, the size does not matter."""
    if found in PICTURES:
        return _LARGEST_PICTURE
    return LONGEST_JSON if found is FileFormat.JSON else inf


def _sentences(name: str, found: FileFormat) -> dict[FileFormat, str]:
    """What is said of each format."""
    named = {"file": name, "format": found.value}
    return {
        **dict.fromkeys(PICTURES, text("file.picture", **named)),
        **dict.fromkeys(NETWORKS, text("file.network", **named)),
        **dict.fromkeys(_ARRAYS, text("file.arrays", **named)),
        **dict.fromkeys(_DOCUMENTS, text("file.document", **named)),
        **dict.fromkeys(_PACKED, text("file.packed", **named)),
        FileFormat.EMPTY: text("file.empty", **named),
        FileFormat.SVG: text("file.lines", **named),
        FileFormat.JSON: text("file.json", **named),
        FileFormat.TEXT: text("file.text", **named),
    }
