"""Mouse and keyboard in the words of WebDriver, of which there is a classic and a BiDi version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from support.engines.tab import Place

Actions = list[dict[str, Any]]

#: Keys that are no character, as WebDriver numbers them.
KEYS = {
    "Backspace": "\ue003",
    "Delete": "\ue017",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Home": "\ue011",
}


def drag(places: Sequence[Place]) -> Actions:
    """Press the mouse at the first place, move it to the others and release it."""
    first, *others = [_move(*place) for place in places]
    down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
    mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
    return [mouse | {"actions": [first, down, *others, up]}]


def press(keys: Sequence[str]) -> Actions:
    """Press and release one key after the other."""
    values = [KEYS.get(key, key) for key in keys]
    steps = [{"type": kind, "value": value} for value in values for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": steps}]


def _move(x: float, y: float) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
