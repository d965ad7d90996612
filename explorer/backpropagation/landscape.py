"""The landscape: the loss along the gradient and along a random direction, and a way through it.

A landscape is that around one network. While a slider moves the network along the gradient it stays
as it is; anything else that changes (a stroke, the digit, another network) makes a new one.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, Final

import numpy as np
import param
from panel.custom import Child
from panel.pane import Bokeh

from core.arrays import Doubles
from core.evaluation.sample import sample
from core.nn.image_network import reads_digits
from core.nn.network import Network
from core.training.landscape import losses_along, moved, random_direction, unit
from core.training.objective import Objective, exact_gradient
from core.training.parameters import ParameterVector
from explorer.backpropagation.example import Example, Request
from explorer.backpropagation.landscape_plot import CURVES, draw_landscape
from explorer.backpropagation.scales import scales_of
from explorer.diagram.scales import rounded_up
from explorer.texts.seed import seed_in
from explorer.transport.background import for_all_pages
from explorer.transport.component import LiveComponent
from explorer.transport.latest import Latest
from explorer.transport.messages import Message, NotUnderstoodError

#: How far it reaches, as a share of the length of all parameters; at how many points it is
#: measured, and on how many digits of the sample.
_REACH: Final = 0.05
_POINTS: Final = 41
_DIGITS: Final = 200

#: Seconds between two landscapes.
_REST: Final = 0.3


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What was measured around a network: the losses of each curve, ``(k,)``, at the distances.

    ``highest`` is the loss at the top of the plot.
    """

    request: Request
    downhill: Doubles
    distances: Doubles
    highest: float
    curves: dict[str, Doubles]

    def is_of(self, request: Request) -> bool:
        """Whether the example is the same."""
        own = self.request
        same_loss = own.loss is request.loss and own.digit == request.digit
        return same_loss and np.array_equal(own.image, request.image)


class Landscape(LiveComponent):
    """Curves that are drawn while they are looked at, and a slider along the gradient."""

    script = Path(__file__).with_name("landscape.js")
    bundle = "backpropagation"

    plot = Child(doc="The curves.")
    distances = param.Parameter(constant=True, doc="The range of distances.")
    losses = param.Parameter(constant=True, doc="The range of losses.")
    ends = param.List(default=[1.0, 1.0], doc="Where the two ranges end; the first begins at −.")
    ready = param.Boolean(default=False, doc="Whether there is a landscape.")
    distance = param.Number(default=0.0, doc="How far the network was moved against the gradient.")
    seed = param.String(default="1", doc="What the random direction is chosen by.")
    count = param.Integer(default=_DIGITS, doc="How many digits of the sample are read, if any.")

    def __init__(self, example: Example) -> None:
        self._drawn = drawn = draw_landscape()
        super().__init__(
            plot=Bokeh(drawn.plot, sizing_mode="stretch_width"),
            distances=drawn.distances,
            losses=drawn.losses,
            sizing_mode="stretch_width",
        )
        self._example, self._session = example, example.session
        self._is_open = False
        self._around: Surroundings | None = None
        self._moved_to: Network | None = None
        self._latest = Latest(self._measure, _REST)
        example.param.watch(self._follow, "answer")

    def receive(self, message: Message) -> Awaitable[None] | None:
        """It is opened or closed, the network is moved, or another direction is chosen."""
        match message:
            case {"type": "open", "on": bool(on)}:
                self._is_open = on
                self._follow()
            case {
                "type": "move",
                "distance": int() | float() as distance,
                "goes_on": bool(goes_on),
            } if self._around is not None and isfinite(distance):
                return self._move(self._around, float(distance), goes_on)
            case {"type": "seed", "seed": str(seed)}:
                with self._session.saying_errors():
                    self._choose(seed)
            case _:
                raise NotUnderstoodError(message)
        return None

    def _choose(self, seed: str) -> None:
        self.show(seed=str(seed_in(seed)))
        self._around = None
        self._follow()

    async def _move(self, around: Surroundings, distance: float, goes_on: bool) -> None:
        session, reach = self._session, float(around.distances[-1])
        way = min(max(distance, -reach), reach)
        network = around.request.network
        if way:
            network = await self.in_background(moved, network, around.downhill, way)
        request = self._example.request
        if self._around is not around or request is None or not self._is_about(request):
            return  # another network, drawing or digit was chosen meanwhile
        with self.one_frame(), session.saying_errors():
            self._moved_to = network
            session.edit(network, goes_on=goes_on)
            self._show_place(way)

    def _follow(self, *_: Any) -> None:
        request = self._example.request
        if request is None or not self._is_open:
            self._forget()
        elif not self._is_about(request):
            self._latest.ask()

    def _is_about(self, request: Request) -> bool:
        """Whether the landscape is still that of the question; the network may be moved in it."""
        around = self._around
        if around is None or not around.is_of(request):
            return False
        if request.network is around.request.network:
            self._show_place(0.0)
            return True
        return request.network is self._moved_to

    def _forget(self) -> None:
        self._around = self._moved_to = None
        self.show(ready=False, distance=0.0)

    async def _measure(self) -> None:
        request, seed = self._example.request, self.seed
        if request is None or not self._is_open or self._is_about(request):
            return
        around = await self.in_background(_downhill, request)
        directions = {"": around.downhill, "_random": random_direction(request.network, int(seed))}
        for whose, objective in (await self._objectives(request)).items():
            for name, direction in directions.items():
                around.curves[whose + name] = await self.in_background(
                    losses_along, request.network, objective, direction, around.distances
                )
        if self._is_open and self._example.request is not None and seed == self.seed:
            self._around = around
            self._show_curves(around)

    async def _objectives(self, request: Request) -> dict[str, Objective]:
        """What is measured: the loss of the drawing, and of digits if the network reads them."""
        if not reads_digits(request.network):
            return {"drawing": request.objective}
        digits = await for_all_pages(_digits, request, self._session.centred)
        return {"drawing": request.objective, "sample": digits}

    def _show_curves(self, around: Surroundings) -> None:
        """On scales that stay, so that curves can be compared."""
        nothing = np.full(len(around.distances), np.nan)
        curves = {name: around.curves.get(name, nothing).astype(np.float32) for name in CURVES}
        with self.one_frame():
            self.show(count=_DIGITS if "sample" in around.curves else 0)
            columns = {"distance": around.distances.astype(np.float32), **curves}
            self.show_columns(self._drawn.curves, columns)
            self.show(ready=True, ends=[float(around.distances[-1]), around.highest])
            self._show_place(0.0)

    def _show_place(self, distance: float) -> None:
        self.show(distance=distance)
        line = np.array([0.0, self.ends[1]])
        columns = {"distance": np.full(2, distance), "loss": line}
        self.show_columns(self._drawn.mark, columns)


def _digits(request: Request, centred: bool) -> Objective:
    """The first digits of the sample."""
    return request.objective_of(sample(centred).images[:_DIGITS])


def _downhill(request: Request) -> Surroundings:
    """Where the loss of the drawing falls fastest, and how far to look; nothing is measured yet."""
    _, gradient = exact_gradient(request.network, request.objective)
    reach = rounded_up(_REACH * float(np.linalg.norm(ParameterVector(request.original).values)))
    distances = np.linspace(-reach, reach, _POINTS)
    highest = scales_of(request.original, request.loss).loss
    return Surroundings(request, -unit(gradient), distances, highest, {})
