"""The numerical check of a hundred weights and biases, wherever they are."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final

import param

from core.training.gradient_check import check_gradient, random_places
from explorer.backpropagation.example import Example, Request
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

_COUNT: Final = 100

#: Relative differences up to this are those of rounding and of the finite step.
_AGREES: Final = 1e-4


class RandomCheck(LiveComponent):
    """A button; each press checks other weights, and says how far off the worst of them is."""

    script = Path(__file__).with_name("random_check.js")
    bundle = "backpropagation"

    content = param.Dict(
        default={},
        doc="How many were checked, their largest relative difference, and whether "
        "that is small enough; empty for none.",
    )

    def __init__(self, example: Example) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._example = example
        self._seed = 0
        example.param.watch(self._forget, "answer")

    def receive(self, message: Message) -> Awaitable[None]:
        """Check the present gradient."""
        request = self._example.request
        if message != {"type": "check"} or request is None:
            raise NotUnderstoodError(message)
        self._seed += 1
        return self._check(request, self._seed)

    async def _check(self, request: Request, seed: int) -> None:
        found = await self.in_background(_checked, request, seed)
        now = self._example.request
        if now is not None and now.network is request.network and now.image is request.image:
            self.show(content=found)

    def _forget(self, *_: Any) -> None:
        self.show(content={})


def _checked(request: Request, seed: int) -> dict[str, Any]:
    chosen = random_places(request.network, _COUNT, seed)
    check = check_gradient(request.network, request.objective, chosen)
    return {
        "count": len(chosen),
        "seed": seed,
        "largest": check.largest,
        "agrees": check.largest < _AGREES,
    }
