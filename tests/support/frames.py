"""Reads the frames of a page's channel by the table in `explorer.transport.frames`."""

from __future__ import annotations

import base64
import json
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Frame:
    """What a frame tells."""

    answered: int
    activations: np.ndarray[Any, np.dtype[np.float32]]
    components: dict[str, dict[str, Any]]
    sources: dict[str, dict[str, Any]]


def decode(frame: bytes) -> Frame:
    version, answered, activations, letters = struct.unpack_from("<B3xIII", frame)
    assert version == 1
    assert len(frame) == 16 + 4 * activations + letters
    numbers = np.frombuffer(frame, "<f4", activations, 16)
    text = frame[16 + 4 * activations :].decode()
    told = json.loads(text, object_hook=_numbers) if text else {}
    return Frame(answered, numbers, told.get("components", {}), told.get("sources", {}))


def _numbers(value: dict[str, Any]) -> Any:
    if value.keys() == {"float32"}:
        return np.frombuffer(base64.b64decode(value["float32"]), "<f4")
    return value
