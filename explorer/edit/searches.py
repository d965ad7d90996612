"""Images that a search finds: what a neuron would like to see, and what changes the answer.

A search is asked for one step after the other, beside the event loop and at a pace that eyes can
follow. It ends by itself, or as soon as what it is about is another: the network, the drawing, the
selection, the place, or the page, which may have gone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import param

from core.arrays import Array
from core.errors import InputError
from core.explain.ascent import ascend, noise
from core.explain.smallest_change import Change, fewest_pixels, smallest_change
from core.ink import Drawing
from core.ink.brush import PAD
from core.ink.resize import resized
from core.nn.image_network import labels, side
from core.nn.network import Network
from explorer.diagram.palette import shades, weight_colours
from explorer.edit.selection import neuron_with_sum, selected_neuron
from explorer.state.session import Neuron, Session
from explorer.texts import number, sentence, text
from explorer.texts.names import name_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

log = logging.getLogger(__name__)

#: Seconds from one step to the next; how far the steps of an ascent are blurred, in pixels; and
#: how many there are at most, where usually fifty lead to the top.
_PAUSE, _SMOOTHNESS, _MOST_STEPS = 0.1, 1.0, 300

#: An image (side, side), and what is shown of it.
_Step = tuple[Array, dict[str, Any]]

_FINDERS: Final[dict[str, Callable[[Network, Array], Change | None]]] = {
    "distance": smallest_change,
    "pixels": fewest_pixels,
}


class Searches(LiveComponent):
    """Finds images, shows them, and puts them on the pad."""

    script = Path(__file__).with_name("searches.js")
    bundle = "edit"

    neuron = param.String(default="", doc="What people call the selected neuron, if it has a sum.")
    running = param.Boolean(default=False, doc="Whether a search goes on.")
    found = param.Dict(default={}, doc="What it has found: `of` says which; empty for nothing.")
    colours = param.Parameter(constant=True, doc="The palette of differences, (255, 3).")

    def __init__(self, session: Session) -> None:
        super().__init__(colours=weight_colours(), sizing_mode="stretch_width")
        self._session = session
        self._starts = 0
        self._search: Iterator[_Step] | None = None
        self._image: Array | None = None
        self._task: asyncio.Task[None] | None = None
        session.param.watch(self._forget, ["trace", "selected", "place"])
        session.param.watch(self._show_neuron, ["selected", "place"])
        self._show_neuron()

    def receive(self, message: Message) -> None:
        """Start or stop a search, or put what was found on the pad."""
        match message:
            case {"type": "stop"}:
                self._end()
            case {"type": "put"} if self._image is not None:
                self._put(self._image)
            case {"type": "ascend", "start": "drawing" | "noise" as start}:
                neuron = selected_neuron(self._session)
                self._start(_ascent(self._session.network, neuron, self._first(start)))
            case {"type": "change", "measure": "distance" | "pixels" as measure}:
                self._find_change(_FINDERS[measure])
            case _:
                raise NotUnderstoodError(message)

    def _first(self, start: str) -> Array:
        """Where an ascent starts: the drawing, or each time other noise."""
        if start == "drawing":
            return self._session.received
        self._starts += 1
        return noise(self._starts, side(self._session.network))

    def _find_change(self, find: Callable[[Network, Array], Change | None]) -> None:
        image = self._session.received
        if image.any():
            self._start(_change(self._session.network, image, find))
        else:
            self._forget()
            self.show(found=_only_said(text("searches.blank")))

    def _start(self, search: Iterator[_Step]) -> None:
        """Begin a search instead of any other; at most one step is under way at a time."""
        if self._session.place != "edit":
            raise NotUnderstoodError("a search outside of its place")
        self._forget()
        self._search = search
        self.show(running=True)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            while self._search is not None:
                await self._follow(self._search)
        except Exception:  # ours: it shows, and the page goes on
            log.exception("A search failed.")
            self._end()
        finally:
            self._task = None

    async def _follow(self, search: Iterator[_Step]) -> None:
        """Show what a search finds until it ends, or another one is wanted, or none."""
        while self._search is search:
            if not self.has_page:
                self._search = None
                return
            step = await self.in_background(next, search, None)
            if self._search is not search:
                return
            if step is None:
                self._end()
                return
            self._image, found = step
            self.show(found=found)
            await asyncio.sleep(_PAUSE)

    def _end(self) -> None:
        """What was found stays."""
        self._search = None
        self.show(running=False)

    def _forget(self, *_: Any) -> None:
        """Whatever was found is about something else now."""
        if self._search is not None or self.found:
            self._search = self._image = None
            self.show(running=False, found={})

    def _put(self, image: Array) -> None:
        """Put an image on the pad as the network sees it: the lens would make another of it."""
        session, found = self._session, self.found
        try:
            session.replace_drawing(Drawing(resized(image, PAD)))
        except InputError as error:
            session.notice = sentence(error)
            return
        said = text("searches.lens_off") if session.centred else text("searches.is_put")
        if len(image) != PAD:
            said = f"{text('searches.is_put')} {text('searches.is_resized', side=len(image))}"
        session.centre(False)
        self._image = image
        self.show(found=found | {"put": said})

    def _show_neuron(self, *_: Any) -> None:
        session, selected = self._session, neuron_with_sum(self._session)
        if session.place == "edit":
            self.show(neuron=name_in(session.network, *selected) if selected else "")


def _ascent(network: Network, neuron: Neuron, start: Array) -> Iterator[_Step]:
    """The start, then images that give the neuron a larger and larger z, the last one twice."""
    layer, index = neuron
    images = ascend(network, layer, index, start, smoothness=_SMOOTHNESS)
    for step, image in enumerate(chain([start], islice(images, _MOST_STEPS))):
        trace = network.trace(image.reshape(-1))
        numbers = {"z": float(trace.z[layer - 1][index]), "a": float(trace.a[layer - 1][index])}
        shown = {"of": "ascent", "pixels": _greys(image), "step": step, **numbers}
        yield image, shown | {"top": False}
    if step < _MOST_STEPS:
        yield image, shown | {"top": True}


def _change(
    network: Network, image: Array, find: Callable[[Network, Array], Change | None]
) -> Iterator[_Step]:
    """One step, which takes the whole search."""
    change = find(network, image)
    if change is None:
        yield image, _only_said(text("searches.none"))
        return
    pictures = {
        "differences": shades(change.differences.ravel(), 1.0),
        "pixels": _greys(change.image),
    }
    yield change.image, {"of": "change", "said": _size(change, labels(network)), **pictures}


def _only_said(words: str) -> dict[str, Any]:
    """There is no change to show, and why."""
    return {"of": "change", "said": words, "pixels": None}


def _size(change: Change, names: Sequence[str]) -> str:
    digits = {"before": names[change.answer_before], "after": names[change.answer]}
    if change.n_pixels == 0:
        return text("searches.invisible", **digits)
    return text("searches.size", count=change.n_pixels, mean=number(change.mean, 2), **digits)


def _greys(image: Array) -> npt.NDArray[np.uint8]:
    """(n,) shades for the browser, 0-255."""
    return np.rint(255 * image).astype(np.uint8).ravel()
