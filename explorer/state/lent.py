"""What a person has while the lesson shows something else in its place, and how it comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import param

from core.ink import Drawing
from core.nn.network import Network
from explorer.state.canvas import Canvas
from explorer.state.edited_networks import EditedNetworks
from explorer.state.edits import Edits

#: What a lesson may change of the settings that nothing follows from.
_VIEW: Final = ("place", "signal", "least", "question", "comparing", "backpropagating", "wanted")

#: What belongs to a network, and fits no other.
_OF_NETWORK: Final = ("selected", "held")


@dataclass(frozen=True)
class Own:
    """What a page showed before the lesson, to be given back after it.

    Args:
        sizes: those of the network that was shown.
        given: the values of what the lesson may change, by the session's names of them.
        edits: what was changed of the networks: the lesson begins with none of it.
        canvas: what was on the pad; None while the pad shows it.
    """

    sizes: tuple[int, ...]
    given: Mapping[str, Any]
    edits: Mapping[str, Edits] = field(default_factory=dict)
    canvas: Canvas | None = None

    @classmethod
    def of(cls, session: EditedNetworks) -> Own:
        """What it shows now."""
        names = (*_VIEW, *_OF_NETWORK, "network_name", "centred")
        given = {name: getattr(session, name) for name in names}
        return cls(session.network.sizes, given, session.edits)

    def begun_with(self, drawing: Drawing) -> Own:
        """The same, had one begun with this drawing."""
        canvas = self.canvas
        return self if canvas is None else replace(self, canvas=canvas.begun_with(drawing))

    def with_edits(self, name: str, edits: Edits) -> Own:
        """The same with what was changed of a network, unless something is known already."""
        return self if name in self.edits else replace(self, edits={**self.edits, name: edits})

    def view(self, changed: Iterable[str]) -> dict[str, Any]:
        """The settings that nothing follows from, as far as they were changed."""
        return {name: self.given[name] for name in _VIEW if name in changed}

    def rest(self, networks: Mapping[str, Network], changed: Iterable[str]) -> dict[str, Any]:
        """What all else follows from, as far as it was changed and still fits the networks.

        One may have been trained anew: what was changed of the one before is gone with it.
        """
        name = self.given["network_name"]
        edits = {k: each for k, each in self.edits.items() if each.original is networks.get(k)}
        rest = {"edits": edits, "shows_original": False}
        if name in networks:
            fits = networks[name].sizes == self.sizes
            rest |= {each: self.given[each] if fits else None for each in _OF_NETWORK}
            rest["network_name"] = name
        if "centred" in changed:
            rest["centred"] = self.given["centred"]
        return rest if self.canvas is None else rest | {"canvas": self.canvas, "redrawn": True}


class LentPage(EditedNetworks):
    """The part of a session that lets the lesson show something else, and gives back what was."""

    canvas: Canvas
    own: Own | None = param.ClassSelector(
        class_=Own, doc="What the person had before the lesson, while it shows something else."
    )

    def lend(self) -> None:
        """From now on the lesson says what is shown; it begins with networks as they were at first.

        Raises:
            PausedError: the page stays as it is.
        """
        self.check_that_drawing_goes_on()
        if self.own is None:
            self.own = Own.of(self)
            self.forget_edits()

    def forget_edits(self) -> None:
        """Have all networks as they were at first, with nothing to undo."""
        self._change(edits={}, shows_original=False)

    def lend_canvas(self, canvas: Canvas) -> None:
        """Put a canvas of the lesson's on the pad; the person's own waits."""
        self.check_that_drawing_goes_on()
        if self.own is not None and self.own.canvas is None:
            self.own = replace(self.own, canvas=replace(self.canvas, pen_is_down=False))
        self._change(canvas=canvas, redrawn=True)

    def take_canvas(self) -> None:
        """Put the person's own canvas on the pad again; what is drawn on it is the person's own."""
        self.check_that_drawing_goes_on()
        if self.own is not None and (canvas := self.own.canvas) is not None:
            self.own = replace(self.own, canvas=None)
            self._change(canvas=canvas, redrawn=True)

    def give_back(self, changed: Iterable[str]) -> None:
        """The lesson is over: what it has `changed`, by the names of the session, is as it was.

        That goes for the drawing, the networks and what was changed of them in any case.
        """
        own, self.own = self.own, None
        if own is not None:
            self._change(**own.rest(self.networks, changed))
            self.param.update(**own.view(changed))

    @property
    def lends_canvas(self) -> bool:
        """Whether the pad shows a drawing of the lesson's."""
        return self.own is not None and self.own.canvas is not None

    def restore_edits(self, name: str, network: Network) -> None:
        """As of all networks; in the lesson, what a tab brings waits for its end."""
        if self.own is None:
            super().restore_edits(name, network)
        else:
            self.own = self.own.with_edits(name, Edits(self.networks[name], network))

    def check_that_drawing_goes_on(self) -> None:
        """Raises an ``InputError`` while nothing may be drawn."""
        raise NotImplementedError
