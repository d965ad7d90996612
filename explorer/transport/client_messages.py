"""What a page may say on Bokeh's websocket: little, and nothing else is read.

Bokeh's protocol lets a client replace the document, create models and change any property. A page
of the explorer does none of it. It asks for its document, says that it is ready, tells a component
something in plain numbers and words, and reports a click on the figure. Everything else is dropped
before Bokeh would make anything of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explorer.transport.plain_json import UnreadableMessageError, parsed

#: The most bytes of a message: a drawing from a file travels as one text.
LARGEST_MESSAGE = 1_500_000

#: A longer header is none.
_LARGEST_HEADER = 10_000
#: Texts, lists and dictionaries, and values in a message. To make a million takes half a second;
#: a drawing from a file is one text.
_MOST_TEXTS, _MOST_CONTAINERS, _MOST_VALUES = 2_000, 2_000, 60_000


@dataclass(frozen=True)
class DocumentRequest:
    """The page asks for its document."""


@dataclass(frozen=True)
class Ready:
    """The page has built its document."""


@dataclass(frozen=True)
class ComponentMessage:
    """The script of a component tells its Python class something."""

    model: str
    data: Any


@dataclass(frozen=True)
class Click:
    """A figure was clicked at a place, in its own coordinates; also twice in short succession.

    ``sx`` is x in pixels of the screen, 0 if it is not known.
    """

    model: str
    x: float
    y: float
    sx: float = 0.0


@dataclass(frozen=True)
class Layout:
    """A figure has another size now, which only the browser needs to know."""


@dataclass(frozen=True)
class Nonsense:
    """Nothing that a page says, and why."""

    why: str


Said = DocumentRequest | Ready | ComponentMessage | Click | Layout | Nonsense

#: What Bokeh reports of a figure by itself.
_SIZES = {"inner_width", "inner_height", "outer_width", "outer_height"}


class MessageReader:
    """Puts the frames of one connection together: header, metadata, content."""

    def __init__(self) -> None:
        self._header: dict[str, Any] | None = None
        self._has_metadata = False

    def take(self, frame: str | bytes) -> tuple[str, Said] | None:
        """A message's number and what it says, once its last frame is here.

        Raises:
            UnreadableMessageError: the frame begins no message and belongs to none.
        """
        if isinstance(frame, bytes):
            self._forget()
            raise UnreadableMessageError("a page sends text")
        if self._header is None:
            self._header = _header(frame)
            return None
        if not self._has_metadata:
            self._has_metadata = True
            return None
        header = self._header
        self._forget()
        try:
            return header["msgid"], _said(header["msgtype"], frame)
        except (UnreadableMessageError, RecursionError) as error:
            return header["msgid"], Nonsense(str(error))

    def _forget(self) -> None:
        self._header, self._has_metadata = None, False


def _header(frame: str) -> dict[str, Any]:
    header = parsed(frame[: _LARGEST_HEADER + 1])
    match header:
        case {"msgid": str(), "msgtype": "PULL-DOC-REQ" | "PATCH-DOC"} if not header.get(
            "num_buffers"
        ):
            return dict(header)
    raise UnreadableMessageError("a message starts with a header")


def _said(kind: str, content: str) -> Said:
    if kind == "PULL-DOC-REQ":
        return DocumentRequest()
    match parsed(content):
        case {"events": [event]}:
            return _event(event)
        case {"events": [*events]} if events and all(map(_is_layout, events)):
            return Layout()
    raise UnreadableMessageError("a change to the document")


def _event(event: Any) -> Said:
    if _is_layout(event):
        return Layout()
    match event:
        case {
            "kind": "MessageSent",
            "msg_type": "bokeh_event",
            "msg_data": {"name": str(name), "values": {"type": "map", **values}},
        }:
            return _happened(name, dict(_pairs(values.get("entries", []))))
    raise UnreadableMessageError("a change to the document")


def _happened(name: str, values: dict[str, Any]) -> Said:
    match name, values:
        case "document_ready", _:
            return Ready()
        case "data_event", {"model": {"id": str(model)}, "data": data}:
            return ComponentMessage(model, _plain(data))
        case (("tap" | "doubletap"), {"model": {"id": str(model)}, "x": x, "y": y, **rest}):
            return Click(model, _number(x), _number(y), _number(rest.get("sx", 0.0)))
    raise UnreadableMessageError("an event that no page reports")


def _is_layout(event: Any) -> bool:
    match event:
        case {"kind": "ModelChanged", "attr": str(name)}:
            return name in _SIZES
    return False


def _plain(value: Any) -> Any:
    """The numbers, words, lists and dictionaries of words that Bokeh's serializer wrote down."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() <= {"type", "entries"} and value.get("type") == "map":
        return {key: _plain(each) for key, each in _pairs(value.get("entries", []))}
    raise UnreadableMessageError("neither numbers nor words")


def _number(value: Any) -> float:
    if isinstance(value, int | float):
        return float(value)
    raise UnreadableMessageError("not a number")


def _pairs(entries: Any) -> list[tuple[str, Any]]:
    match entries:
        case [*pairs] if all(map(_is_pair, pairs)):
            return [(key, value) for key, value in pairs]
    raise UnreadableMessageError("no pairs of a word and a value")


def _is_pair(entry: Any) -> bool:
    match entry:
        case [str(), _]:
            return True
    return False
