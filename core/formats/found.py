"""What a file says of a network, before anything it leaves open has been found out."""

from dataclasses import dataclass

from core.arrays import Floats
from core.file_format import FileFormat


@dataclass(frozen=True)
class FoundLayer:
    """A dense layer as it is in the file.

    ``weights`` is a matrix, (n_out, n_in) if ``out_first``, (n_in, n_out) if not, either if that is
    None. ``biases`` is (n_out,), or None where the file has none. ``activation`` is a name of
    `core.nn.activations.ACTIVATIONS`, or None where the file does not say.
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
    out), a sentence each. ``title`` is the network's own name, if any.
    """

    format: FileFormat
    layers: tuple[FoundLayer, ...] = ()
    unrolled: Floats | None = None
    labels: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
    title: str = ""
