"""What a file says of a network, before anything it leaves open has been found out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from core.arrays import Floats
from core.errors import InputError
from core.file_format import FileFormat
from core.nn.model_card import FRAMINGS

READS_INK: Final = "pixels, row by row, from 0 (paper) to 1 (ink)"
"""How a file says under ``input`` that its network reads images as all networks here do."""


class FormatError(InputError):
    """A file holds no network that can be read here; the sentence says why, and what to do."""


@dataclass(frozen=True)
class Note:
    """What a reader has done that a person should know, as one sentence.

    Like an `InputError` it has a ``code``, by which a page finds it in its own language, and
    ``values`` for the ``{placeholders}`` of its ``pattern``. Its text is the English sentence.
    """

    pattern: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.pattern.format_map(self.values)


@dataclass(frozen=True)
class FoundLayer:
    """A dense layer as it is in the file.

    ``weights`` is a matrix, (n_out, n_in) if ``out_first``, (n_in, n_out) if not, either if that is
    None. ``biases`` is (n_out,), or None where the file has none. ``activation`` is a name of
    `core.nn.activations.ACTIVATIONS`, or None where the file does not say. All numbers are finite.
    """

    weights: Floats
    biases: Floats | None = None
    activation: str | None = None
    out_first: bool | None = None
    name: str = ""


@dataclass(frozen=True)
class FoundNetwork:
    """The dense layers of a file, in order, or all of its numbers in one line, ``unrolled``.

    ``labels`` are those of the outputs, if the file names them. ``notes`` say what the reader has
    done that a person should know (a batch normalization folded into the weights, dropout left
    out). ``title`` is the network's own name, if any. ``reads_ink`` says that no image need be
    changed for it: square ones, row by row, from 0 (paper) to 1 (ink); ``framing`` says how digits
    lie in those (`core.ink.framing`).
    """

    format: FileFormat
    layers: tuple[FoundLayer, ...] = ()
    unrolled: Floats | None = None
    labels: tuple[str, ...] | None = None
    notes: tuple[Note, ...] = ()
    title: str = ""
    reads_ink: bool = False
    framing: str = "whole"


def says_ink(said: object) -> bool:
    """Whether this is what files say under ``input`` that were written here."""
    return isinstance(said, str) and said.endswith(READS_INK)


def said_framing(card: object) -> str:
    """How digits lie in a network's images, as a card in a file says it."""
    said = card.get("framing") if isinstance(card, Mapping) else None
    return str(said) if said in FRAMINGS else FRAMINGS[0]
