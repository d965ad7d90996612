"""The drawing as an example to learn from: what it should be read as, its loss, its gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import param

from core.arrays import Array, Doubles
from core.data.images import Images
from core.evaluation.seen import seen_by
from core.nn.digit_network import N_DIGITS
from core.nn.image_network import labels
from core.nn.network import Network
from core.training.backward_pass import BackwardPass, backward_pass
from core.training.loop import one_hot
from core.training.losses import LOSSES, Loss
from core.training.objective import Objective
from explorer.backpropagation.scales import LayerScale, Scales, scales_of
from explorer.state.session import Session
from explorer.transport.background import in_background
from explorer.transport.latest import Latest
from explorer.transport.link import Link

#: Networks with as many parameters are gone through at once: a millisecond each time, and ten more
#: for the scales at first.
_AT_ONCE: Final = 100_000

#: Seconds between two of a larger one.
_REST: Final = 0.05


@dataclass(frozen=True, eq=False)
class Request:
    """What is gone back through: a network, as it was at first and is now, and an example."""

    original: Network
    network: Network
    image: Array
    digit: int
    loss: Loss

    @property
    def target(self) -> Array:
        """What the outputs should be, (n_out,)."""
        return target_of(self.digit, n_out=self.network.sizes[-1]).reshape(-1)

    @property
    def objective(self) -> Objective:
        """What a step is to make smaller."""
        return Objective(self.image[None], self.target[None], self.loss)

    def objective_of(self, digits: Images) -> Objective:
        """The same of other examples, resized if the network looks at other images."""
        inputs = seen_by(self.network, digits.images)
        return Objective(inputs, target_of(*digits.labels, n_out=self.network.sizes[-1]), self.loss)


@dataclass(frozen=True, eq=False)
class Answer:
    """What was requested, the backward pass, and the scales of its slopes."""

    request: Request
    backward: BackwardPass
    scales: Scales


@dataclass(frozen=True, eq=False)
class BatchGradient:
    """The gradient of the mean loss of so many digits, ``(n_parameters,)``."""

    size: int
    gradient: Doubles

    def fits(self, network: Network) -> bool:
        """Whether the network has as many parameters; it may have moved on since."""
        return len(self.gradient) == network.n_parameters


class Example(param.Parameterized):
    """What a person says of the drawing, and what follows from it while anybody looks."""

    digit: int | None = param.Integer(
        default=None, doc="The output that is right, a digit perhaps; None until it is chosen."
    )
    loss_name: str = param.Selector(default="quadratic", objects=list(LOSSES), doc="The loss.")
    place: int = param.Integer(
        default=0, doc="How far it is gone back: 0 is at the loss, then one place for each layer."
    )
    amplification: int = param.Selector(
        default=1,
        objects=[1, 10, 100, 1000],
        doc="How many times the colour slopes are shown with.",
    )
    answer: Answer | None = param.ClassSelector(
        class_=Answer, doc="What follows; None while nobody looks or no digit is chosen."
    )

    of_batch: BatchGradient | None = param.ClassSelector(
        class_=BatchGradient,
        doc="The gradient of a mini-batch for the same network; None for none.",
    )

    def __init__(self, session: Session, link: Link) -> None:
        super().__init__(digit=session.wanted)
        self.session, self.link = session, link
        self._named = self.labels
        self._latest = Latest(self._answer_beside, _REST)
        session.param.watch(self._follow, ["trace", "backpropagating", "place"])
        session.param.watch(lambda event: self.param.update(digit=event.new), "wanted")
        self.param.watch(lambda event: session.param.update(wanted=event.new), "digit")
        self.param.watch(self._follow, ["digit", "loss_name"])

    @property
    def loss(self) -> Loss:
        """The loss that is chosen."""
        return LOSSES[self.loss_name]

    @property
    def n_places(self) -> int:
        """How many places there are to go to."""
        return len(self.session.network.layers) + 1

    @property
    def layer(self) -> int | None:
        """The layer at the present place, counted from 0, the input; None at the loss."""
        return None if self.place == 0 else self.n_places - self.place

    def scale_of(self, layer: int) -> LayerScale:
        """What full colour stands for in a layer, from 1 on, while there is an answer."""
        if self.answer is None:
            raise ValueError("no gradient is requested")
        return self.answer.scales.layers[layer - 1].amplified(self.amplification)

    @property
    def request(self) -> Request | None:
        """What a person wants to know; None while nobody looks or no digit is chosen."""
        session, digit = self.session, self.digit
        if digit is None or not session.shows_backpropagation:
            return None
        return Request(session.original, session.network, session.trace.inputs, digit, self.loss)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the outputs stand for."""
        return labels(self.session.network)

    def _follow(self, *_: Any) -> None:
        if self.labels != self._named:
            self._named, self.digit = self.labels, None
        request = self.request
        with self.link.one_frame():
            if request is None or self._has_other_sizes(request):
                self.answer = None
            self.place = min(self.place, self.n_places - 1)
            if request is None:
                return
            if request.network.n_parameters <= _AT_ONCE:
                self.answer = _answered(request)
            else:
                self._latest.ask()

    def _has_other_sizes(self, request: Request) -> bool:
        """Whether there is an answer, about a network of other sizes."""
        answer = self.answer
        return answer is not None and answer.request.network.sizes != request.network.sizes

    async def _answer_beside(self) -> None:
        if (request := self.request) is None:
            return
        answer = await in_background(self.link.charge, _answered, request)
        if self._is_still_requested(request):
            with self.link.one_frame():
                self.answer = answer

    def _is_still_requested(self, request: Request) -> bool:
        """Whether that is the question but for the image, whose next answer follows at once."""
        now = self.request
        same = now is not None and (now.network, now.digit, now.loss) == (
            request.network,
            request.digit,
            request.loss,
        )
        return same


def target_of(*right: int, n_out: int = N_DIGITS) -> Array:
    """What the outputs should be where these are right, (m, n_out)."""
    return one_hot(np.array(right, np.uint8), n_out)


def _answered(request: Request) -> Answer:
    backward = backward_pass(request.network, request.image, request.target, request.loss)
    return Answer(request, backward, scales_of(request.original, request.loss))
