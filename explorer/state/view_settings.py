"""How a page looks and what it asks: set by a person, and nothing follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import param

from core.errors import InputError
from core.ink import DEFAULT_WIDTH
from explorer.state.pointing import Pointed
from explorer.texts import sentence


class ViewSettings(param.Parameterized):
    """What can be set by itself, like any parameter."""

    erasing: bool = param.Boolean(default=False, doc="Whether the pen erases.")
    pen_width: float = param.Number(
        default=DEFAULT_WIDTH, bounds=(0.5, 8.0), doc="Width of the pen in pixels of the pad."
    )
    least: float = param.Number(
        default=0.16, bounds=(0.0, 0.6), doc="Weights below this share of the largest are hidden."
    )
    signal: bool = param.Boolean(
        default=False, doc="Whether edges show w·a of this drawing instead of the weight."
    )
    pace: float = param.Number(
        default=1.0, bounds=(0.25, 2.0), doc="Speed of the propagation that is played."
    )
    pulses: bool = param.Boolean(default=True, doc="Whether a pulse runs when the pen lifts.")
    place: str = param.Selector(
        default="explore",
        objects=["explore", "edit", "train", "test"],
        doc="What the side panel is for: to look at the network, to change it, to train one, or to "
        "test it.",
    )
    card: str = param.String(
        default="", doc="The card of the lesson that is open, such as `weights.3`; empty for none."
    )
    called: str = param.String(
        default="", doc="The card to which a teacher has called everybody; at once empty again."
    )
    guided: bool = param.Boolean(default=False, doc="Whether the lesson's guide is open.")
    backpropagating: bool = param.Boolean(
        default=False,
        doc="Whether the panel of Explore and Train shows one step of backpropagation instead.",
    )
    trainings: int = param.Integer(default=0, doc="Counts how often a training was started.")
    wanted: int | None = param.Integer(
        default=None, doc="The output that a step of backpropagation is to raise; None for none."
    )
    question: str = param.Selector(
        default="why",
        objects=["why", "reacts", "prefers"],
        doc="What is asked about the selected neuron.",
    )
    comparing: bool = param.Boolean(default=False, doc="Whether two digits are being compared.")
    pointed: Pointed = param.ClassSelector(
        class_=Pointed,
        default=Pointed(),
        instantiate=False,
        doc="The pixel of the pad and the input neuron that belong together under the pointer.",
    )
    notice: str = param.String(default="", doc="One sentence for the person; empty for none.")

    @property
    def shows_backpropagation(self) -> bool:
        """Whether one step of backpropagation is to be seen."""
        return self.backpropagating and self.place in ("explore", "train")

    @contextmanager
    def saying_errors(self) -> Iterator[None]:
        """Say in a sentence what cannot be done of what a person wants."""
        try:
            yield
        except InputError as error:
            self.notice = sentence(error)
