"""What a link restores: the drawing, the network, and what is looked at.

A link ends in `#view=1&` and these, as in an address's query; what it does not name stays as it is:

| name | value |
|---|---|
| `network` | name of a pretrained network |
| `drawing` | the text of `core.ink.url_text` |
| `lens` | `on` or `off` |
| `edges` | `weight` or `contribution` |
| `neuron` | layer and number, `1:5`; `none` for no neuron |
| `question` | `why`, `reacts` or `prefers` |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from core.errors import InputError
from core.ink import Drawing
from core.ink.url_text import from_url_text, to_url_text
from explorer.state.networks import offered_networks
from explorer.state.session import Neuron, Session
from explorer.texts import text

#: With what the part of an address begins that is a view of ours; the number is its version.
_BEGIN: Final = "view=1"
_LONGEST: Final = 100_000
_LENS: Final = {"on": True, "off": False}
_EDGES: Final = {"contribution": True, "weight": False}


class LinkError(InputError):
    """A link cannot be opened; nothing has changed."""


@dataclass(frozen=True)
class SharedView:
    """What a link names; None is for what it does not name.

    `selected` is the neuron to select, or an empty tuple for none.
    """

    network_name: str | None = None
    drawing: Drawing | None = None
    centred: bool | None = None
    signal: bool | None = None
    selected: Neuron | tuple[()] | None = None
    question: str | None = None

    @classmethod
    def of(cls, session: Session) -> SharedView:
        """What a page shows now. A network that is nobody else's is not named."""
        name = session.network_name
        return cls(
            network_name=name if offered_networks().get(name) is session.network else None,
            drawing=session.drawing,
            centred=session.centred,
            signal=session.signal,
            selected=session.selected or (),
            question=session.question,
        )

    def to_fragment(self) -> str:
        """The end of an address, without its `#`."""
        named = {
            "network": self.network_name,
            "lens": _word(_LENS, self.centred),
            "edges": _word(_EDGES, self.signal),
            "neuron": "none" if self.selected == () else self.selected and str(self.selected),
            "question": self.question,
            "drawing": self.drawing and to_url_text(self.drawing),
        }
        return f"{_BEGIN}&" + urlencode({k: v for k, v in named.items() if v is not None}, safe=":")

    @classmethod
    def from_fragment(cls, fragment: str) -> SharedView:
        """What `to_fragment` wrote, with the drawing's images: some points take a while.

        Raises:
            LinkError: it is none, or damaged.
        """
        begin, _, rest = fragment.partition("&")
        if begin != _BEGIN or len(fragment) > _LONGEST:
            raise LinkError(text("link.damaged"))
        try:
            named = dict(parse_qsl(rest, strict_parsing=True)) if rest else {}
            return cls(
                **{_READERS[name][0]: _READERS[name][1](each) for name, each in named.items()}
            )
        except (KeyError, ValueError):
            raise LinkError(text("link.damaged")) from None

    def apply(self, session: Session) -> None:
        """Let a page show it; undo brings the drawing back that was there.

        Raises:
            LinkError: it names a network or a neuron that the page does not have.
            PausedError: the teacher has paused the page.
        """
        name = self.network_name or session.network_name
        if name not in session.networks:
            raise LinkError(text("link.no_network", name=name))
        if self.selected and not _is_in(self.selected, session.networks[name].sizes):
            raise LinkError(text("link.no_neuron", neuron=str(self.selected)))
        if self.drawing is not None and self.drawing != session.drawing:
            session.replace_drawing(self.drawing)
        session.choose_network(name)
        if self.centred is not None:
            session.centre(self.centred)
        settings = {"signal": self.signal, "question": self.question}
        session.param.update({k: each for k, each in settings.items() if each is not None})
        if self.selected is not None:
            session.select(self.selected or None)


def _is_in(neuron: Neuron, sizes: tuple[int, ...]) -> bool:
    return neuron.layer < len(sizes) and neuron.number < sizes[neuron.layer]


def _word(words: dict[str, bool], value: bool | None) -> str | None:
    return next((word for word, each in words.items() if each is value), None)


def _neuron(said: str) -> Neuron | tuple[()]:
    if said == "none":
        return ()
    layer, _, number = said.partition(":")
    if not (layer.isdecimal() and number.isdecimal() and len(said) < 20):
        raise ValueError(said)
    return Neuron(int(layer), int(number))


def _question(said: str) -> str:
    if said not in Session.param.question.objects:
        raise ValueError(said)
    return said


def _drawing(said: str) -> Drawing:
    drawing = from_url_text(said)
    drawing.centred(), drawing.image
    return drawing


#: Which attribute each name of a link is for, and what reads its value.
_READERS: Final[dict[str, tuple[str, Any]]] = {
    "network": ("network_name", str),
    "drawing": ("drawing", _drawing),
    "lens": ("centred", _LENS.__getitem__),
    "edges": ("signal", _EDGES.__getitem__),
    "neuron": ("selected", _neuron),
    "question": ("question", _question),
}
