"""Steps against the gradient: that of the drawing, or of a mini-batch of other digits."""

from __future__ import annotations

from collections.abc import Awaitable
from math import isfinite
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import param

from core.arrays import Doubles
from core.data.images import Images
from core.errors import InputError
from core.evaluation.sample import SIZE, sample
from core.nn.image_network import reads_digits
from core.nn.network import Network
from core.training.descent_steps import angle_between, descend
from core.training.loop import DivergenceError
from core.training.losses import Loss
from core.training.objective import Objective, exact_gradient
from explorer.backpropagation.example import BatchGradient, Example, Request
from explorer.texts import number, significant, text
from explorer.texts.seed import seed_in
from explorer.transport.background import for_all_pages
from explorer.transport.component import LiveComponent
from explorer.transport.latest import Latest
from explorer.transport.messages import Message, NotUnderstoodError

#: How many steps are taken at once, and how many examples a mini-batch has; 0 is the drawing alone.
_STEPS: Final = (1, 10)
_SIZES: Final = (0, 1, 10, 100)

_HIGHEST_RATE: Final = 1000.0

#: Seconds between two comparisons with a mini-batch.
_REST: Final = 0.1


class Batch(NamedTuple):
    """Which examples are learned from: so many of the sample, chosen by a seed."""

    size: int
    seed: int
    centred: bool


class Descent(LiveComponent):
    """Takes steps as a training does; each press is one change of the network, to be undone."""

    script = Path(__file__).with_name("descent.js")
    bundle = "backpropagation"

    ready = param.Boolean(default=False, doc="Whether there is a gradient to go against.")
    can_undo = param.Boolean(default=False, doc="Whether there is a change to undo.")
    sizes = param.List(default=list(_SIZES), doc="The sizes to choose from; 0 is the drawing.")
    size = param.Integer(default=0, doc="The one that is chosen.")
    has_digits = param.Boolean(
        default=True, doc="Whether there are digits that it could learn from."
    )
    seed = param.String(default="1", doc="What the examples are chosen by.")
    rate = param.String(default="1", doc="The learning rate.")
    comparison = param.String(default="", doc="The mini-batch beside the drawing.")
    said = param.String(default="", doc="What the last steps did.")

    def __init__(self, example: Example) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._example, self._session = example, example.session
        self._latest = Latest(self._compare, _REST)
        self._of_batch: tuple[tuple[Network, Loss, Batch], tuple[float, Doubles]] | None = None
        example.param.watch(self._follow, "answer")
        self._session.param.watch(self._follow, "network_name")
        self._session.param.watch(self._show_edits, ["edits", "network_name"])
        self._follow()
        self._show_edits()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Take steps, take them back, or choose what to learn from."""
        match message:
            case {"type": "descend", "steps": int(steps), "rate": int() | float() as rate} if (
                steps in _STEPS and self._example.request is not None
            ):
                return self._descend(self._example.request, float(rate), steps)
            case {"type": "batch", "size": int(size), "seed": str(seed)} if size in self.sizes:
                with self._session.saying_errors():
                    self._choose(size, seed)
            case {"type": "undo"}:
                with self._session.saying_errors():
                    self._session.undo_edit()
            case _:
                raise NotUnderstoodError(message)
        return None

    @property
    def _batch(self) -> Batch:
        return Batch(self.size, int(self.seed), self._session.centred)

    def _choose(self, size: int, seed: str) -> None:
        self.show(size=size, seed=self.seed)
        try:
            chosen = seed_in(seed)
        except InputError:
            self.show(seed="")  # another value, so that the field is written over
            self.show(seed="1")
            raise
        self.show(seed=str(chosen))
        self._follow()

    async def _descend(self, request: Request, rate: float, steps: int) -> None:
        session, before = self._session, self._session.present_edits.network
        with session.saying_errors():
            _check_rate(rate)
            try:
                objective = await self._objective(request)
                after, losses = await self.in_background(_descended, before, objective, rate, steps)
            except DivergenceError:
                raise InputError(text("backward.diverged")) from None
            if session.present_edits.network is before:
                with self.one_frame():
                    session.edit(after)
                    self.show(rate=f"{rate:g}", said=_said(losses, steps))

    async def _objective(self, request: Request) -> Objective:
        """What is learned from; the sample is nobody's alone to pay for."""
        if self.size == 0:
            return request.objective
        return await for_all_pages(_chosen, self._batch, request)

    def _follow(self, *_: Any) -> None:
        self._offer()
        is_ready = self._example.answer is not None
        self.show(ready=is_ready)
        if is_ready and self.size:
            self._latest.ask()
        else:
            self._example.of_batch = None
            self.show(comparison="")

    def _offer(self) -> None:
        """The sample has digits, from which only a network that reads them can learn."""
        has_digits = reads_digits(self._session.network)
        sizes = list(_SIZES) if has_digits else [0]
        self.show(sizes=sizes, has_digits=has_digits, size=self.size if self.size in sizes else 0)

    async def _compare(self) -> None:
        request, batch = self._example.request, self._batch
        if request is None or batch.size == 0:
            return
        mean, gradient = await self._gradient_of(request, batch)
        said = await self.in_background(_compared, request, batch, mean, gradient)
        if self._example.request is not None and self._batch == batch:
            with self.one_frame():
                self._example.of_batch = BatchGradient(batch.size, gradient)
                self.show(comparison=said)

    async def _gradient_of(self, request: Request, batch: Batch) -> tuple[float, Doubles]:
        """The mean loss of a mini-batch and its gradient, which do not change with a stroke."""
        key = request.network, request.loss, batch
        if self._of_batch is None or self._of_batch[0] != key:
            objective = await self._objective(request)
            found = await self.in_background(exact_gradient, request.network, objective)
            self._of_batch = key, found
        return self._of_batch[1]

    def _show_edits(self, *_: Any) -> None:
        self.show(can_undo=self._session.can_undo_edit)


def _check_rate(rate: float) -> None:
    if not (isfinite(rate) and 0 < rate <= _HIGHEST_RATE):
        raise InputError(text("backward.rate_range", most=number(_HIGHEST_RATE)))


def _chosen(batch: Batch, request: Request) -> Objective:
    """So many digits of the sample."""
    rows = np.random.default_rng(batch.seed).choice(SIZE, batch.size, replace=False)
    images = sample(batch.centred).images
    return request.objective_of(Images(images.images[rows], images.labels[rows]))


def _compared(request: Request, batch: Batch, mean: float, gradient: Doubles) -> str:
    _, own = exact_gradient(request.network, request.objective)
    angle = angle_between(own, gradient)
    values = {"count": batch.size, "loss": significant(mean, 3)}
    if angle is None:
        return text("backward.no_angle", **values)
    return text("backward.angle", angle=number(angle, 1), **values)


def _descended(
    network: Network, objective: Objective, rate: float, steps: int
) -> tuple[Network, tuple[float, float]]:
    """The network after the steps, and the mean loss before and after."""
    after = descend(network, objective, rate, steps)
    before, now = (exact_gradient(each, objective)[0] for each in (network, after))
    return after, (before, now)


def _said(losses: tuple[float, float], steps: int) -> str:
    before, after = (significant(each, 4) for each in losses)
    return text("backward.descended", count=steps, before=before, after=after)
