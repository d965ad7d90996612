"""The gradient of one neuron: the sum behind its δ, and the slopes of its bias and weights.

Beside the slope of its bias, and of the weight that is picked, stands the numerical one.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import param

from core.arrays import Doubles
from core.nn.network import Network
from core.training.backward_pass import BackwardPass
from core.training.gradient_check import check_gradient, place_of
from explorer.backpropagation.example import Answer, Example, Request
from explorer.diagram.palette import shades, weight_colours
from explorer.state.session import Neuron
from explorer.texts.names import short_name_in, title_in
from explorer.transport.component import LiveComponent
from explorer.transport.latest import Latest
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: So many terms and weights are listed, the largest ones.
_LISTED: Final = 10

#: Seconds between two numerical checks.
_REST: Final = 0.05


class NeuronSlopes(LiveComponent):
    """The selected neuron, if it has a sum."""

    script = Path(__file__).with_name("neuron_slopes.js")
    bundle = "backpropagation"

    content = param.Dict(
        default={},
        doc="What people call it, the terms of ∂C/∂a, its δ, and the slopes of its weights: shades "
        "of a picture if they come from pixels, else the largest by name; empty for no neuron.",
    )
    checks = param.List(
        default=[],
        doc="Of the bias, and of the weight that is picked: what it is called, its slope, the "
        "numerical one, and their relative difference.",
    )
    colours = param.Parameter(constant=True, doc="The palette of slopes, (255, 3).")

    def __init__(self, example: Example) -> None:
        super().__init__(colours=weight_colours(), sizing_mode="stretch_width")
        self._example, self._session = example, example.session
        self._source: int | None = None
        self._latest = Latest(self._check, _REST)
        self._session.param.watch(self._show_other, "selected")
        self._session.param.watch(self._pick, "picked")
        example.param.watch(self._show, ["answer", "amplification"])
        self._show()

    def receive(self, message: Message) -> None:
        """A weight is picked."""
        neuron = self._neuron
        match message:
            case {"type": "pick", "source": source} if neuron is not None:
                sizes = self._session.network.sizes
                self._source = whole(source, sizes[neuron.layer - 1])
                self._show()
            case _:
                raise NotUnderstoodError(message)

    @property
    def _neuron(self) -> Neuron | None:
        """The selected neuron while its slopes are known, and if it has any."""
        selected, answer = self._session.selected, self._example.answer
        if selected is None or selected.layer == 0 or answer is None:
            return None
        sizes = answer.request.network.sizes
        if selected.layer >= len(sizes) or selected.number >= sizes[selected.layer]:
            return None
        return selected

    def _pick(self, *_: Any) -> None:
        """A line of the picture was clicked."""
        if self._session.picked is not None and self._neuron is not None:
            self._source = self._session.picked
            self._show()

    def _show_other(self, *_: Any) -> None:
        self._source = None
        self._show()

    def _show(self, *_: Any) -> None:
        answer, neuron = self._example.answer, self._neuron
        if answer is None or neuron is None:
            self.show(content={}, checks=[])
            return
        self.show(
            content=_content(
                answer, neuron, self._source, self._example.scale_of(neuron.layer).weight
            )
        )
        self._latest.ask()

    async def _check(self) -> None:
        answer, neuron, source = self._example.answer, self._neuron, self._source
        if answer is None or neuron is None:
            return
        checks = await self.in_background(_checked, answer.request, neuron, source)
        if (self._neuron, self._source) == (neuron, source):
            self.show(checks=checks)


def _content(answer: Answer, neuron: Neuron, source: int | None, full: float) -> dict[str, Any]:
    backward, (layer, number) = answer.backward, neuron
    slopes = backward.layers[layer - 1]
    gradient = slopes.weights_of(number)
    return {
        "title": title_in(backward.network, layer, number),
        "terms": _terms(backward, neuron),
        "grad_a": None if slopes.grad_a is None else float(slopes.grad_a[number]),
        "slope": float(slopes.slope[number]),
        "delta": float(slopes.delta[number]),
        "picked": -1 if source is None else source,
        "full": full,
        "pixels": shades(-gradient, full) if layer == 1 else None,
        "weights": [] if layer == 1 else _largest(gradient, backward.network, layer - 1),
    }


def _terms(backward: BackwardPass, neuron: Neuron) -> dict[str, Any]:
    """What the largest of the next layer's neurons add to ∂C/∂a, and all others together."""
    layer, number = neuron
    layers = len(backward.layers) + 1
    if layer == layers - 1:
        return {"rows": [], "others": 0, "rest": 0.0}
    added = backward.contributions(layer, number)
    weights = backward.network.layers[layer].weights[:, number]
    order = np.argsort(-np.abs(added), kind="stable")
    rows = [
        {
            "name": short_name_in(backward.network, layer + 1, int(i)),
            "factors": [float(weights[i]), float(backward.layers[layer].delta[i])],
            "delta": float(added[i]),
        }
        for i in sorted(order[:_LISTED])
    ]
    others = order[_LISTED:]
    return {"rows": rows, "others": len(others), "rest": float(added[others].sum())}


def _largest(gradient: Doubles, network: Network, before: int) -> list[Any]:
    """Source, name and slope of the weights with the largest slopes, by their sources."""
    order = np.argsort(-np.abs(gradient), kind="stable")[:_LISTED]
    chosen = sorted(map(int, order))
    return [[i, short_name_in(network, before, i), float(gradient[i])] for i in chosen]


def _checked(request: Request, neuron: Neuron, source: int | None) -> list[dict[str, Any]]:
    """The bias, and the weight that is picked."""
    sources = [None] if source is None else [None, source]
    places = [place_of(request.network, *neuron, each) for each in sources]
    check = check_gradient(request.network, request.objective, np.array(places))
    before = partial(short_name_in, request.network, neuron.layer - 1)
    names = ["" if each is None else before(each) for each in sources]
    columns = (check.gradient.tolist(), check.numerical.tolist(), check.differences.tolist())
    return [
        {"source": name, "gradient": one, "numerical": other, "difference": apart}
        for name, one, other, apart in zip(names, *columns, strict=True)
    ]
