"""Frames: what the server tells a page that has changed, in bytes. `frames.js` reads them.

Numbers are little-endian, as in every browser of today.

| offset | type | what |
|---|---|---|
| 0 | uint8 | the version of this table, 1 |
| 1 | uint8[3] | 0, so that what follows lies on words |
| 4 | uint32 | how many messages of this page were answered until now |
| 8 | uint32 | n, the number of activations; 0 if they are as before |
| 12 | uint32 | m, the number of bytes of text |
| 16 | float32[n] | activations: those of the input, then those of every later layer |
| 16 + 4n | uint8[m] | UTF-8, JSON: ``{"components": …, "sources": …}``, each if there is any |

``components`` has, by the address of a component, the values that it shows now, by their names;
``sources`` has, by the name of a Bokeh data source, its columns. An array of numbers is a list, or
``{"float32": base64}`` where it is long.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from struct import Struct
from typing import Any

import numpy as np
import numpy.typing as npt

VERSION = 1
_HEADER = Struct("<B3xIII")
_LONG = 100

Values = dict[str, Any]


@dataclass
class Changes:
    """What a page does not know yet; what changes twice is told once, as it is at last."""

    activations: npt.NDArray[np.float32] | None = None
    components: dict[str, Values] = field(default_factory=dict)
    sources: dict[str, Values] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.activations is not None or bool(self.components or self.sources)

    def change_component(self, address: str, values: Mapping[str, Any]) -> None:
        """A component shows other values now, by their names."""
        self.components.setdefault(address, {}).update(values)

    def change_source(self, name: str, columns: Mapping[str, Any]) -> None:
        """A data source has other columns now."""
        self.sources.setdefault(name, {}).update(columns)


def encode(changes: Changes, answered: int) -> bytes:
    """The frame of these changes, after so many messages of the page were answered."""
    activations = b""
    if changes.activations is not None:
        activations = np.ascontiguousarray(changes.activations, "<f4").tobytes()
    told = {"components": changes.components, "sources": changes.sources}
    parts = {name: part for name, part in told.items() if part}
    text = json.dumps(parts, default=_array, separators=(",", ":"), allow_nan=False)
    encoded = text.encode() if parts else b""
    header = _HEADER.pack(VERSION, answered, len(activations) // 4, len(encoded))
    return b"".join((header, activations, encoded))


def _array(value: Any) -> Any:
    """What JSON has no word for: arrays, and NumPy's own numbers."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size > _LONG:
        return {"float32": b64encode(np.ascontiguousarray(value, "<f4").tobytes()).decode()}
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, bytes | memoryview):
        return list(value)
    raise TypeError(f"no page can be told a {type(value).__name__}")
