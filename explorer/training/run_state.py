"""What a training in a page has come to: values that views read, each change in one step."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import Any, Final

import numpy as np
import param

from core.arrays import Doubles
from core.nn.network import Network
from core.training.checkpoints import Checkpoints
from core.training.findings import Finding
from core.training.own_examples import OwnExamples
from core.training.pipeline import initial_network
from core.training.recipes import Recipe
from core.training.stretch import TrainingState
from explorer.training.curves import Curves
from explorer.training.pace import Pace
from explorer.training.retention import Retention
from explorer.training.worker import Advanced

#: What a run does: nothing yet; prepares its data; waits for a worker; is trained; was stopped; has
#: done all its steps; has grown without bound; could not go on, and says why.
STATUSES: Final = (
    *("idle", "preparing", "waiting", "running"),
    *("paused", "done", "diverged", "failed"),
)


class RunState(param.Parameterized):
    """The present state of one training, and what was measured on the way."""

    recipe: Recipe = param.ClassSelector(class_=Recipe, doc="How it is trained.")
    start: Network | None = param.ClassSelector(
        class_=Network, doc="The network that it goes on from; None for random weights."
    )
    start_name: str = param.String(default="", doc="The name of that network on the page.")
    status: str = param.Selector(default="idle", objects=list(STATUSES), doc="What it does.")
    own: OwnExamples | None = param.ClassSelector(
        class_=OwnExamples, doc="The person's own examples among the data; None for none."
    )
    progress: float | None = param.Number(
        default=None, doc="The share of the data that is prepared, 0-1; None at other times."
    )
    place_in_line: int | None = param.Integer(
        default=None, doc="While it waits for a worker: 1 is the next."
    )
    state: TrainingState | None = param.ClassSelector(
        class_=TrainingState, doc="The latest state; None before the data are prepared."
    )
    scales: tuple[float, ...] = param.Parameter(
        default=(), doc="The activation of full brightness in each layer of the latest state."
    )
    curves: Curves = param.ClassSelector(class_=Curves, doc="Losses and accuracies so far.")
    retention: Retention = param.ClassSelector(
        class_=Retention, doc="What is read of the own examples and of others; empty without own."
    )
    findings: tuple[Finding, ...] = param.Parameter(
        default=(), doc="What is wrong with the training, as far as it is known."
    )
    checkpoints: Checkpoints = param.ClassSelector(
        class_=Checkpoints, doc="Earlier networks; they change with `state`."
    )
    seconds_left: float | None = param.Number(
        default=None, doc="How long all steps that are left take; None as long as nobody knows."
    )
    sentence: str = param.String(default="", doc="What a person should know, such as a failure.")

    def __init__(self, recipe: Recipe) -> None:
        values = {"curves": Curves(), "retention": Retention(), "checkpoints": Checkpoints()}
        super().__init__(recipe=recipe, **values)
        self._forget()

    @property
    def step(self) -> int:
        """How many steps are done."""
        return 0 if self.state is None else self.state.step

    def epochs_of(self, step: int) -> float:
        """How many epochs so many steps are; 0 before the data are prepared."""
        return 0.0 if self.state is None else step / self.state.n_batches

    @property
    def network(self) -> Network:
        """The network of the latest state, or the one to begin with, with its scales."""
        if self.state is None:
            return self.start or initial_network(self.recipe, self.recipe.seed)
        return self.with_scales(self.state.network)

    def with_scales(self, network: Network) -> Network:
        """A network of this training, such as a checkpoint's, with the scales of the latest state.

        So the brightness of neurons does not jump while somebody moves through the training.
        """
        if not self.scales:
            return network
        pairs = zip(network.layers, self.scales, strict=True)
        return Network([replace(layer, scale=scale) for layer, scale in pairs])

    @property
    def losses(self) -> Doubles:
        """The mean loss of the batch of each step so far, before the step."""
        return np.array(self._losses)

    @property
    def accuracies(self) -> tuple[float, ...]:
        """The accuracy (0-1) on the validation images after each epoch that is over."""
        return tuple(self._accuracies)

    def _forget(self, **changes: Any) -> None:
        """Nothing is done yet."""
        self._losses = array("d")
        self._accuracies: list[float] = []
        self._pace = Pace()
        nothing = {
            "status": "idle",
            "progress": None,
            "place_in_line": None,
            "state": None,
            "scales": (),
            "curves": Curves(),
            "retention": Retention(),
            "findings": (),
            "checkpoints": Checkpoints(),
            "seconds_left": None,
            "sentence": "",
        }
        self.param.update(**nothing | changes)

    def _take(self, advanced: Advanced, **changes: Any) -> None:
        """Some steps are done."""
        state, checkpoints = advanced.state, self.checkpoints
        self._losses.extend(advanced.losses)
        self._accuracies += advanced.accuracies
        self._pace.add(len(advanced.losses))
        checkpoints.add(state)
        reading = advanced.reading
        if reading is not None:
            changes["retention"] = self.retention.added(state.step, reading)
        self.param.update(
            state=state,
            scales=advanced.scales,
            curves=self.curves.added(state.step, advanced.training, advanced.validation),
            seconds_left=self._pace.seconds(state.n_steps - state.step),
            **changes,
        )
