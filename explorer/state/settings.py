"""What a person has chosen on a page, as texts: one list for links, reloads, back and forward.

A setting that is in this list is in links, outlives a reload and is tested to do both. One that
somebody adds needs a line here and nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from core.edit.url_text import to_url_text as changes_to_url_text
from core.ink import Drawing
from core.ink.url_text import from_url_text, to_url_text
from explorer.state.session import Neuron, Session

NETWORK: Final = "network"
CHANGES: Final = "changes"
DRAWING: Final = "drawing"
NEURON: Final = "neuron"

#: What a setting says where there is nothing: no neuron, no changes.
NONE: Final = "none"

_ON_OFF: Final = {"on": True, "off": False}
_EDGES: Final = {"contribution": True, "weight": False}


@dataclass(frozen=True)
class Setting:
    """One thing that a person chooses.

    Args:
        name: what it is called in links.
        attribute: of the session; a change of it is a change of the setting.
        write: the text of the present value; None if it cannot be written.
        read: the value of a text. Raises ``ValueError`` (also as ``InputError``) for any other.
        put: lets a session have a value. Raises ``LookupError`` if there is no such network or
            neuron, and ``PausedError`` while it must stay.
        values: texts that it can have: all of them or, where there are many, the outermost.
        in_links: whether a link has it. What is about a person's hand is nobody else's.
        is_kept: whether it outlives a reload by this list. Drawing and changes do so by themselves,
            to the last bit.
        is_revisited: whether it says where on the page one is: back and forward restore it.
    """

    name: str
    attribute: str
    write: Callable[[Session], str | None]
    read: Callable[[str], Any]
    put: Callable[[Session, Any], None]
    values: tuple[str, ...]
    in_links: bool = True
    is_kept: bool = True
    is_revisited: bool = False


def _words(name: str, attribute: str, words: dict[str, Any], **uses: bool) -> Setting:
    """A parameter with few values, each with a word."""

    def write(session: Session) -> str | None:
        return next(word for word, each in words.items() if each == getattr(session, attribute))

    def read(said: str) -> Any:
        if said not in words:
            raise ValueError(said)
        return words[said]

    return Setting(name, attribute, write, read, _putting(attribute), tuple(words), **uses)


def _choice(name: str, **uses: bool) -> Setting:
    """A parameter with a list of words, under its own name."""
    return _words(name, name, {word: word for word in Session.param[name].objects}, **uses)


def _number(name: str, attribute: str, **uses: bool) -> Setting:
    """A number between bounds."""
    lowest, highest = Session.param[attribute].bounds

    def write(session: Session) -> str:
        return f"{getattr(session, attribute):.4g}"

    def read(said: str) -> float:
        number = float(said)
        if not lowest <= number <= highest:
            raise ValueError(said)
        return number

    ends = (f"{lowest:.4g}", f"{highest:.4g}")
    return Setting(name, attribute, write, read, _putting(attribute), ends, **uses)


def _putting(attribute: str) -> Callable[[Session, Any], None]:
    if attribute == "centred":
        return Session.centre
    return lambda session, value: session.param.update(**{attribute: value})


def _write_changes(session: Session) -> str | None:
    written = changes_to_url_text(session.original, session.present_edits.network)
    return NONE if written == "" else written


def _write_neuron(session: Session) -> str:
    return NONE if session.selected is None else str(session.selected)


def _read_neuron(said: str) -> Neuron | None:
    if said == NONE:
        return None
    layer, _, number = said.partition(":")
    if not (layer.isdecimal() and number.isdecimal() and len(said) < 20):
        raise ValueError(said)
    return Neuron(int(layer), int(number))


def _without_blanks(said: str) -> str:
    """A long text as it was before a program broke its lines."""
    return "".join(said.split())


def _read_drawing(said: str) -> Drawing:
    """With its images: some points take a while."""
    drawing = from_url_text(_without_blanks(said))
    drawing.centred(), drawing.image
    return drawing


def _put_drawing(session: Session, drawing: Drawing) -> None:
    if drawing != session.drawing:
        session.replace_drawing(drawing)


#: In the order in which they are put: a neuron is one of a network, and changes are.
SETTINGS: Final = (
    Setting(
        NETWORK,
        "network_name",
        lambda session: session.network_name,
        str,
        Session.choose_network,
        ("default", "relu"),
        is_revisited=True,
    ),
    Setting(
        CHANGES,
        "edits",
        _write_changes,
        _without_blanks,  # of which network, another setting says
        Session.edit,
        (NONE,),
        is_kept=False,
    ),
    Setting(
        DRAWING,
        "canvas",
        lambda session: to_url_text(session.drawing),
        _read_drawing,
        _put_drawing,
        (to_url_text(Drawing.blank),),
        is_kept=False,
    ),
    _words("lens", "centred", _ON_OFF),
    _choice("place", is_revisited=True),
    _words("backpropagation", "backpropagating", _ON_OFF, is_revisited=True),
    Setting(
        NEURON,
        "selected",
        _write_neuron,
        _read_neuron,
        Session.select,
        (NONE, "0:783", "3:9"),
        is_revisited=True,
    ),
    _choice("question", is_revisited=True),
    _words("comparison", "comparing", _ON_OFF),
    _words("edges", "signal", _EDGES),
    _number("weak", "least"),
    _number("speed", "pace"),
    _words("pulse", "pulses", _ON_OFF),
    _number("pen", "pen_width", in_links=False),
)
