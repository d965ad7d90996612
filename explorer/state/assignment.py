"""What a program may set of a session, by the names of an explorer's parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from core.arrays import Array
from core.errors import InputError
from core.ink import Drawing, Stroke
from core.ink.brush import PAD
from core.nn.network import Network
from explorer.state.session import GIVEN, Neuron, Session
from explorer.texts import text

#: A change of a session.
Change = Callable[[Session], None]


class AssignmentError(InputError):
    """A value cannot be shown; nothing has changed."""


def assignment(name: str, value: Any) -> Change:
    """What sets a parameter; it is made, and may take long, where the session is not needed.

    Raises:
        InputError: the value is none of these, or a file cannot be read. So may the change.
    """
    return _ASSIGNMENTS[name](value)


def network_from(value: Any) -> Network:
    """A network, or the one in the file at a path."""
    if isinstance(value, Network):
        return value
    if isinstance(value, str | Path):
        return Network.load(value)
    raise AssignmentError(text("widget.network", found=_kind(value)))


def drawing_from(value: Any) -> Drawing:
    """A drawing, or one of strokes, each a `Stroke` or (n, 2), of one (n, 2), or of an image.

    An image has the shape (28, 28), or as many numbers row by row, 0-1. None is a blank pad.
    """
    if value is None:
        return Drawing.blank
    if isinstance(value, Drawing):
        return value
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise AssignmentError(text("widget.drawing", found=_kind(value)))
    array = _array(value)
    if array is None or not array.size:
        return Drawing(None, tuple(map(_stroke, value)))
    if array.shape[-1] == 2:
        return Drawing(None, tuple(map(_stroke, array if array.ndim == 3 else [array])))
    return Drawing(array.reshape(PAD, PAD) if array.size == PAD * PAD else array)


def neuron_from(value: Any) -> Neuron | None:
    """A neuron from its layer and number, or from a text such as `1:5`; None is none."""
    if value is None:
        return None
    parts = value.split(":") if isinstance(value, str) else value
    try:
        layer, number = (int(part) for part in parts)
        return Neuron(layer, number)
    except (TypeError, ValueError):
        raise AssignmentError(text("widget.neuron", found=_kind(value))) from None


def _showing(value: Any) -> Change:
    network = network_from(value)
    return lambda session: _show(session, network)


def _show(session: Session, network: Network) -> None:
    """As it is: what was changed of it before is taken back, and can be brought back."""
    if network is session.network:
        return
    named = (name for name, each in session.networks.items() if each is network)
    if (name := next(named, None)) is None:
        session.put_network(GIVEN, network)
        return
    session.choose_network(name)
    session.edit(network)


def _drawing(value: Any) -> Change:
    drawing = drawing_from(value)
    return lambda session: session.replace_drawing(drawing)


def _selecting(value: Any) -> Change:
    neuron = neuron_from(value)
    return lambda session: _select(session, neuron)


def _select(session: Session, neuron: Neuron | None) -> None:
    try:
        session.select(neuron)
    except IndexError:
        raise AssignmentError(text("widget.no_neuron", neuron=str(neuron))) from None


def _centring(value: Any) -> Change:
    if not isinstance(value, bool | np.bool):
        raise AssignmentError(text("widget.centred", found=_kind(value)))
    return lambda session: session.centre(bool(value))


def _no_assignment(_: Any) -> Change:
    raise AssignmentError(text("widget.activations"))


def _stroke(value: Any) -> Stroke:
    return value if isinstance(value, Stroke) else Stroke(value)


def _array(value: Any) -> Array | None:
    """Numbers in a rectangular array; None for anything else."""
    try:
        return np.asarray(value, np.float32)
    except (TypeError, ValueError):
        return None


def _kind(value: Any) -> str:
    return type(value).__name__


_ASSIGNMENTS: Final[Mapping[str, Callable[[Any], Change]]] = MappingProxyType(
    {
        "network": _showing,
        "drawing": _drawing,
        "selected": _selecting,
        "centred": _centring,
        "activations": _no_assignment,
    }
)
