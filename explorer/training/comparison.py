"""Two runs at the same epoch: their numbers, their answers to the drawing, their first layers."""

from __future__ import annotations

from base64 import b64encode
from operator import is_
from pathlib import Path
from time import monotonic
from typing import Any, Final

import numpy as np
import param

from core.nn.network import Network
from explorer.diagram.palette import shades, weight_colours
from explorer.diagram.scales import rounded_up
from explorer.state.answer import answer_of
from explorer.state.networks import TRAINING
from explorer.texts import text
from explorer.training.curves import numbers_at
from explorer.training.run import Run
from explorer.training.trainer import Trainer
from explorer.training.two_runs import LETTERS, checkpoint_at
from explorer.transport.component import LiveComponent

#: Of so many neurons of the first layer the pictures can still be told apart.
_MOST_PICTURES: Final = 25

#: Seconds between two pictures while a run is trained.
_PACE: Final = 0.25

_NOTHING: Final = (None, None)


class Comparison(LiveComponent):
    """Two columns, A and B. They are as far as the run that is shown, or as the other one came.

    Both answers follow each stroke, as long as somebody is in the place Train.
    """

    script = Path(__file__).with_name("comparison.js")
    bundle = "training"

    colours = param.Parameter(constant=True, doc="The palette of weights, (255, 3).")
    runs = param.List(default=[], doc="Letter, epoch and numbers of each of two runs, A first.")
    answers = param.List(default=[], doc="What each says to the drawing: digit and output.")
    first_layers = param.List(
        default=[], doc="The first weight images of each: rows of the palette, in base64."
    )
    scale = param.String(doc="What the brightest weights of these images are, in words.")

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(colours=weight_colours(), sizing_mode="stretch_width")
        self._trainer = trainer
        self._resting: tuple[object, Network] | None = None  # what it is made of, and it
        self._pictured: tuple[Network | None, ...] = _NOTHING
        self._next = 0.0  # when the pictures are made again
        trainer.param.watch(self._show, "told")
        trainer.session.param.watch(self._show_answers, "trace")
        self._show()

    def _show(self, *_: Any) -> None:
        if not self._is_seen:
            self._resting, self._pictured = None, _NOTHING
            self.show(runs=[], answers=[], first_layers=[], scale="")
            return
        self.show(runs=[self._described(letter) for letter in LETTERS])
        self._show_answers()
        self._show_first_layers()

    @property
    def _is_seen(self) -> bool:
        return len(self._trainer.compared) == 2 and self._trainer.session.place == "train"

    def _described(self, letter: str) -> dict[str, Any]:
        run = self._run(letter)
        step = self._step(run)
        return {
            "letter": letter,
            "is_shown": run is self._trainer.run,
            "epoch": run.epochs_of(step),
            **numbers_at(run.curves, step),
        }

    def _run(self, letter: str) -> Run:
        return self._trainer.compared[LETTERS.index(letter)]

    def _step(self, run: Run) -> int:
        """The step of a run that is compared."""
        trainer = self._trainer
        return trainer.step if run is trainer.run else checkpoint_at(run, trainer.epoch)

    def _network(self, run: Run) -> Network:
        """What is compared: of the run that is shown, with what the person has changed of it."""
        trainer = self._trainer
        if run is not trainer.run:
            return self._resting_network(run)
        is_on_stage = trainer.session.network_name == TRAINING
        return trainer.session.network if is_on_stage else trainer.network

    def _resting_network(self, run: Run) -> Network:
        made_of = run, run.state, self._step(run)
        if self._resting is None or self._resting[0] != made_of:
            at_start = run.state is None
            network = run.network if at_start else run.checkpoints.at(made_of[-1])
            self._resting = made_of, network
        return self._resting[1]

    def _show_answers(self, *_: Any) -> None:
        if self._is_seen:
            self.show(answers=[self._answer(self._run(letter)) for letter in LETTERS])

    def _answer(self, run: Run) -> dict[str, Any]:
        """The digit and its output; nothing on a blank pad."""
        network, inputs = self._network(run), self._trainer.session.trace.inputs
        outputs = network(inputs)
        digit = answer_of(network, inputs, outputs).digit
        return {} if digit is None else {"digit": digit, "output": float(outputs[digit])}

    def _show_first_layers(self) -> None:
        networks = tuple(self._network(self._run(letter)) for letter in LETTERS)
        is_early = self._trainer.is_under_way and monotonic() < self._next
        if is_early or all(map(is_, networks, self._pictured)):
            return
        self._pictured, self._next = networks, monotonic() + _PACE
        rows = [each.layers[0].weights[:_MOST_PICTURES] for each in networks]
        largest = rounded_up(max(float(np.abs(each).max()) for each in rows))
        self.show(
            first_layers=[b64encode(shades(each, largest).tobytes()).decode() for each in rows],
            scale=_scale_words(largest, max(each.sizes[1] for each in networks)),
        )


def _scale_words(largest: float, neurons: int) -> str:
    if neurons <= _MOST_PICTURES:
        return text("two_runs.scale", largest=f"{largest:g}")
    return text("two_runs.scale_of_first", largest=f"{largest:g}", most=_MOST_PICTURES)
