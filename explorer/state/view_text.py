"""Settings as one text: `view=1&network=wide&neuron=1:5`, as in an address's query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote

#: With what a text begins; the number is its version.
_BEGIN: Final = "view=1"

#: More characters than any link has that a page has made.
LONGEST: Final = 100_000

#: How HTML writes one, perhaps more than once.
_AMPERSAND: Final = re.compile(r"&(?:(?:amp|#38);)+")

#: Where a line was broken, and what no eye sees.
_BETWEEN: Final = re.compile(r"[ \t]*[\r\n]\s*|[\u00ad\u200b-\u200d\u2060\ufeff]")

#: What stands behind a link in a sentence; of brackets, those that close what was open before it.
_BEHIND: Final = ".,;:!?…'\"’”»*"
_BRACKETS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}


def view_text(said: Mapping[str, str]) -> str:
    """The texts of settings, by their names, as one."""
    return "&".join([_BEGIN, *(f"{name}={quote(each, safe=':')}" for name, each in said.items())])


def said_in(view: str) -> dict[str, str]:
    """The texts of settings that `view_text` wrote, by their names.

    What programs do to a link on its way is undone: `&amp;`, escapes, broken lines, and the full
    stop or the bracket behind it.

    Raises:
        ValueError: it is no such text.
    """
    if len(view) > LONGEST:
        raise ValueError("longer than any")
    begin, *rest = _repaired(view).split("&")
    pairs = [each.partition("=") for each in rest]
    said = {name: value for name, _, value in pairs}
    if begin != _BEGIN or len(said) < len(pairs) or not all(said.values()):
        raise ValueError("no view")
    return said


def _repaired(view: str) -> str:
    plain = _AMPERSAND.sub("&", unquote(view))
    return _without_end(_BETWEEN.sub("", plain))


def _without_end(view: str) -> str:
    end = view.rstrip(f"{_BEHIND} ")
    while end and end[-1] in _BRACKETS and _BRACKETS[end[-1]] not in end:
        end = end[:-1].rstrip(_BEHIND)
    return end
