"""The file that is read, and what its readers may say of it."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePath
from reprlib import repr as shortened
from typing import Any, Final, NoReturn

from core.file_format import FileFormat
from core.formats.found import FormatError
from core.nn.layer import LARGEST

MOST_BYTES: Final = 8 * LARGEST
"""The most bytes that a file may unpack to: the largest network in 64-bit numbers."""

_MOST_BRACKETS: Final = 300_000


@dataclass(frozen=True)
class Source:
    """A file of this ``content`` and ``name``, and its ``companions``, by their names."""

    content: bytes
    name: str
    format: FileFormat
    companions: Mapping[str, bytes] = field(default_factory=dict)

    def damaged(self) -> FormatError:
        """The error for a file that ends too early or does not keep to its own format."""
        return FormatError(
            "{file} has the format {format}, but it is incomplete or damaged; save it again.",
            "formats.damaged",
            file=self.name,
            format=self.format.value,
        )

    def no_network(self, names: Iterable[str]) -> FormatError:
        """The error for a healthy file with these contents, none of them a network's weights."""
        return FormatError(
            "{file} ({format}) holds no weights of a network as matrices of numbers; in it is: "
            "{names}.",
            "formats.no_weights",
            file=self.name,
            format=self.format.value,
            names=listed(names) or "–",
        )

    def other_numbers(self, array: str, kind: str) -> FormatError:
        """The error for an ``array`` whose numbers are of a type that is not read."""
        return FormatError(
            "{array} in {file} has numbers of the type {kind}, which is not read here; save it as "
            "32-bit floating-point numbers.",
            "formats.dtype",
            array=array[:60],
            file=self.name,
            kind=kind[:60],
        )

    def too_large(self) -> NoReturn:
        """Raise the error for a file that claims more numbers than any network here can have."""
        raise FormatError(
            "{file} unpacks to more than {most} MB, which is more than a network can have here.",
            "formats.too_large",
            file=self.name,
            most=MOST_BYTES // 1_000_000,
        )

    def companion(self, path: str) -> bytes:
        """The file of this path's name that came with this one, or `FormatError`."""
        name = PurePath(path.replace("\\", "/")).name
        if name not in self.companions:
            raise FormatError(
                "The weights of {file} lie in another file, {companion}; choose both together.",
                "formats.companion",
                file=self.name,
                companion=name,
            )
        return self.companions[name]

    def json(self, text: bytes) -> Any:
        """The value of a JSON text, whose lists cannot take much more memory than itself."""
        if text.count(b"[") + text.count(b"{") > _MOST_BRACKETS:
            self.too_large()
        try:
            return json.loads(text.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise self.damaged() from error


def unzipped(source: Source) -> dict[str, bytes]:
    """The files in a zip archive, by their names, all of them within `MOST_BYTES`."""
    with zipfile.ZipFile(BytesIO(source.content)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            source.too_large()
        return {entry.filename: archive.read(entry) for entry in entries}


def listed(names: Iterable[str], most: int = 6) -> str:
    """Up to ``most`` names for a sentence, and three dots if there are more."""
    found = [str(name) for name in names]
    shown = [name if len(name) <= 60 else shortened(name) for name in found[:most]]
    return ", ".join([*shown, "…"] if len(found) > most else shown)
