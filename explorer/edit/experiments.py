"""Experiments on the whole network: no biases, noise, fewer weights, coarser ones, other functions.

Each is one step to undo. Noise, pruning and rounding can be adjusted: as long as nothing else has
changed the network, another value replaces the one before instead of coming on top of it. So a
control shows how the present network was made of the one before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
import param

from core.edit.damage import pruned, quantized, with_activation, with_noise, without_biases
from core.nn.activations import ACTIVATIONS
from core.nn.network import Network
from explorer.diagram.scales import activation_scales
from explorer.state.session import Session
from explorer.texts import number, significant, text
from explorer.texts.seed import seed_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: The activation functions to choose from, beside those that the network has anyway.
_OFFERED: Final = ("sigmoid", "relu", "tanh")

#: What the controls show where no such experiment was made last.
_NONE: Final[dict[str, Any]] = {"size": 0.0, "share": 0.0, "bits": 0}

#: Experiments that are known again when one comes back to them by undoing.
_REMEMBERED: Final = 8

#: Bits of a weight as it is.
_MOST_BITS: Final = 32

#: Networks with more parameters are changed beside the strokes.
_AT_ONCE: Final = 200_000


@dataclass(frozen=True, eq=False)
class _Experiment:
    """Its name, the network before and after it, what its control shows, and what is said of it.

    What `goes_on` is a movement that has not ended: the next one replaces it.
    """

    name: str
    before: Network
    after: Network
    shown: Mapping[str, Any]
    said: str
    goes_on: bool


class _Asked(NamedTuple):
    """Its name, what it does to a network, what is said of one before and after, what is shown."""

    name: str
    change: Callable[[Network], Network]
    say: Callable[[Network, Network], str]
    shown: Mapping[str, Any] = MappingProxyType({})
    goes_on: bool = False


class Experiments(LiveComponent):
    """What can be tried on all layers at once."""

    script = Path(__file__).with_name("experiments.js")
    bundle = "edit"

    values = param.Dict(default={}, doc="What the controls show.")
    functions = param.List(default=[], doc="Names of activation functions, each with its title.")
    done = param.Dict(default={}, doc="A sentence on the last experiment, by its name.")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seed = "1"
        self._made: deque[_Experiment] = deque(maxlen=_REMEMBERED)
        super().__init__(**self._shown(), sizing_mode="stretch_width")
        session.param.watch(self._show, ["edits", "network_name", "place"])

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Make an experiment; what cannot be done is said, and nothing is."""
        with self._session.saying_errors():
            asked = self._asked(message)
            if self._session.network.n_stored > _AT_ONCE:
                return self._make_beside(asked)
            before = self._before(asked)
            self._take(asked, before, *_done(asked, before))
        return None

    def _asked(self, message: Message) -> _Asked:
        match message:
            case {"type": "zero"}:
                return _Asked("zero", without_biases, _zeroed)
            case {"type": "noise", "size": size, "seed": str(seed), "goes_on": bool(goes_on)}:
                return _noise(_number(size), seed_in(seed), goes_on)
            case {"type": "prune", "share": share, "goes_on": bool(goes_on)}:
                change = partial(pruned, share=_number(share))
                return _Asked("prune", change, _pruned, {"share": share}, goes_on)
            case {"type": "round", "bits": bits}:
                whole(bits, _MOST_BITS)  # the core says which there are
                change = partial(quantized, bits=bits)
                return _Asked("round", change, partial(_rounded, bits), {"bits": bits})
            case {"type": "activation", "layer": layer, "name": str(name)}:
                return self._replacement(whole(layer, len(self._session.network.sizes)), name)
            case _:
                raise NotUnderstoodError(message)

    def _replacement(self, layer: int, name: str) -> _Asked:
        """Another activation function for a hidden layer."""
        if name not in dict(self._offered()):
            raise NotUnderstoodError(name)
        change = partial(with_activation, layer=layer, activation=ACTIVATIONS[name])
        return _Asked("activation", change, partial(self._replaced, layer))

    async def _make_beside(self, asked: _Asked) -> None:
        """Of a large network: whoever draws meanwhile does not wait for it."""
        with self._session.saying_errors():
            before, present = self._before(asked), self._session.present_edits.network
            after, said = await self.in_background(_done, asked, before)
            if self._session.present_edits.network is present:
                with self.one_frame():
                    self._take(asked, before, after, said)

    def _take(self, asked: _Asked, before: Network, after: Network, said: str) -> None:
        """Change the network, and say what that did."""
        self._session.edit(after, goes_on=asked.goes_on)
        self._remember(_Experiment(asked.name, before, after, asked.shown, said, asked.goes_on))
        self._seed = asked.shown.get("seed", self._seed)
        self._show()

    def _remember(self, made: _Experiment) -> None:
        """What has changed nothing is none."""
        if self._made and self._made[-1].goes_on:
            self._made.pop()
        if made.after is not made.before:
            self._made.append(made)

    def _before(self, asked: _Asked) -> Network:
        """What an experiment starts from: the present network, or what it was adjusted from."""
        last = self._present()
        is_adjusted = last is not None and bool(asked.shown) and last.name == asked.name
        return last.before if last and is_adjusted else self._session.present_edits.network

    def _present(self) -> _Experiment | None:
        """The experiment that made the present network, after undoing too; None if none did."""
        network = self._session.present_edits.network
        return next((made for made in reversed(self._made) if made.after is network), None)

    def _offered(self) -> list[tuple[str, str]]:
        own = (layer.activation.name for layer in self._session.original.layers[:-1])
        return [(name, text(f"function.{name}")) for name in dict.fromkeys((*_OFFERED, *own))]

    def _show(self, *_: Any) -> None:
        if self._session.place == "edit":
            self.show(**self._shown())

    def _shown(self) -> dict[str, Any]:
        last = self._present()
        hidden = self._session.present_edits.network.layers[:-1]
        own = {"seed": self._seed, "activations": [layer.activation.name for layer in hidden]}
        return {
            "functions": self._offered(),
            "values": _NONE | own | (dict(last.shown) if last else {}),
            "done": {last.name: last.said} if last else {},
        }

    def _replaced(self, layer: int, _: Network, after: Network) -> str:
        """The circles keep the scale of the original's activations, also of what goes beyond."""
        function, full = after.layers[layer - 1].activation, activation_scales(self._session)
        title = text(f"function.{function.name}")
        said = text("experiments.replaced", layer=layer, function=title)
        if function.highest <= full[layer - 1]:
            return said
        return f"{said} {text('experiments.white', full=number(full[layer - 1], 2))}"


def _noise(size: float, seed: int, goes_on: bool) -> _Asked:
    change = partial(with_noise, size=size, seed=seed)
    return _Asked("noise", change, _noisy, {"size": size, "seed": str(seed)}, goes_on)


def _done(asked: _Asked, before: Network) -> tuple[Network, str]:
    """The network after an experiment, and what is said of it."""
    after = asked.change(before)
    return after, asked.say(before, after)


def _zeroed(_: Network, after: Network) -> str:
    return text("experiments.zeroed", count=sum(layer.n_out for layer in after.layers))


def _noisy(before: Network, after: Network) -> str:
    pairs = zip(before.layers, after.layers, strict=True)
    changes = np.concatenate([abs(new.weights - old.weights).ravel() for old, new in pairs])
    count, mean = int(np.count_nonzero(changes)), float(changes.mean(dtype=np.float64))
    return text("experiments.noisy", count=count, mean=significant(mean, 2))


def _pruned(_: Network, after: Network) -> str:
    weights = np.concatenate([layer.weights.ravel() for layer in after.layers])
    count = int((weights == 0).sum())
    return text("experiments.pruned", count=count, all=number(weights.size))


def _rounded(bits: int, *_: Network) -> str:
    return text("experiments.rounded", count=2 if bits == 1 else 2**bits - 1)


def _number(value: Any) -> float:
    """A number. Raises `NotUnderstoodError` for anything else."""
    if type(value) in (int, float):
        return float(value)
    raise NotUnderstoodError(value)
