"""What a link restores. It ends in `#` and the texts of settings (`explorer.state.settings`).

What a link does not name stays as it is. It is opened as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from core.edit.url_text import from_url_text as with_changes
from core.edit.url_text import to_url_text as changes_to_url_text
from core.errors import InputError
from core.ink import Drawing
from core.ink.url_text import to_short_url_text
from core.nn.network import Network
from explorer.state.networks import offered_networks
from explorer.state.session import Neuron, Session
from explorer.state.settings import CHANGES, DRAWING, NETWORK, NEURON, NONE, SETTINGS
from explorer.state.view_text import said_in, view_text
from explorer.texts import text

#: Characters of the end of a link. With an address before it, it has no more than 2,000: some
#: programs cut what is longer.
LONGEST_END: Final = 1_900

_IN_LINKS: Final = {each.name: each for each in SETTINGS if each.in_links}


class LinkError(InputError):
    """A link cannot be opened; nothing has changed."""


class Link(NamedTuple):
    """The end of a link, without its `#`, and in a sentence what it leaves out, if anything."""

    end: str
    left_out: str = ""


class Seen(NamedTuple):
    """What a page shows at a moment: what `link_to` makes a link of, in any thread.

    `original` is the network before it was changed; None if nobody else has it.
    """

    said: dict[str, str]
    drawing: Drawing
    original: Network | None
    network: Network

    @classmethod
    def of(cls, session: Session) -> Seen:
        """What a page shows now."""
        texts = {
            name: each.write(session)
            for name, each in _IN_LINKS.items()
            if name not in (CHANGES, DRAWING)
        }
        name, original = session.network_name, session.original
        named = offered_networks().get(name) is original
        said = {each: found for each, found in texts.items() if found is not None}
        network = session.present_edits.network
        return cls(said, session.drawing, original if named else None, network)


def link_to(seen: Seen) -> Link:
    """A link to what a page shows. Changes of the network that make it too long are left out."""
    if seen.original is None:
        others = {k: each for k, each in seen.said.items() if k not in (NETWORK, NEURON)}
        return Link(_end(others, seen.drawing) or "", text("share.no_network"))
    changes = changes_to_url_text(seen.original, seen.network)
    if changes is not None:
        end = _end({**seen.said, CHANGES: changes or NONE}, seen.drawing)
        if end is not None:
            return Link(end)
    end = _end({**seen.said, CHANGES: NONE}, seen.drawing)
    return Link(end or "", text("share.no_changes"))


def _end(said: dict[str, str], drawing: Drawing) -> str | None:
    """None if it would be too long, however short the drawing is written."""
    begin = view_text(said)
    room = LONGEST_END - len(f"{begin}&{DRAWING}=")
    drawn = to_short_url_text(drawing, room)
    return None if drawn is None else f"{begin}&{DRAWING}={drawn}"


@dataclass(frozen=True)
class SharedView:
    """The values of settings that a link names, by their names."""

    values: Mapping[str, Any]

    @classmethod
    def from_end(cls, end: str) -> SharedView:
        """What `link_to` wrote; with its images and its network, which take a while.

        Raises:
            LinkError: it is no such text, damaged, or about a network that is not here.
        """
        try:
            values = {name: _IN_LINKS[name].read(each) for name, each in said_in(end).items()}
            if CHANGES in values:
                values[CHANGES] = _changed(values[NETWORK], values[CHANGES])
        except LinkError:
            raise
        except (KeyError, ValueError):
            raise LinkError(text("link.damaged")) from None
        return cls(values)

    def apply(self, session: Session) -> None:
        """Let a page show it. What it replaces can be brought back: by undo, for each its own.

        Raises:
            LinkError: it names a network or a neuron that the page does not have.
            PausedError: the teacher has paused the page.
        """
        session.check_that_it_goes_on()
        if DRAWING in self.values:
            session.check_that_drawing_goes_on()
        self._check(session)
        for name, setting in _IN_LINKS.items():
            if name in self.values:
                setting.put(session, self.values[name])

    def _check(self, session: Session) -> None:
        name = self.values.get(NETWORK, session.network_name)
        if name not in session.networks:
            raise LinkError(text("link.no_network", name=name))
        neuron = self.values.get(NEURON)
        if neuron is not None and not _is_in(neuron, session.networks[name].sizes):
            raise LinkError(text("link.no_neuron", neuron=str(neuron)))


def _is_in(neuron: Neuron, sizes: tuple[int, ...]) -> bool:
    return neuron.layer < len(sizes) and neuron.number < sizes[neuron.layer]


def _changed(name: str, changes: str) -> Network:
    """Raises `LinkError` if there is no such network, and `InputError` if it was another one."""
    original = offered_networks().get(name)
    if original is None:
        raise LinkError(text("link.no_network", name=name))
    return with_changes(original, "" if changes == NONE else changes)
