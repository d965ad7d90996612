"""The mathematics of the explorer: networks, ink, training and data, on NumPy alone."""

from pathlib import Path

from core.nn.any_file import read_others_with
from core.nn.layer import Layer
from core.nn.network import Network
from core.nn.network_file import Contents
from core.nn.trace import Trace

__all__ = ["Layer", "Network", "Trace"]


def _of_another_program(content: bytes, path: Path) -> Contents:
    from core.formats.opening import contents  # noqa: PLC0415 - only who needs it waits for it

    return contents(content, path)


read_others_with(_of_another_program)
