"""The side panel of the place Train: settings, curves, numbers, and the first layer as it grows."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import Any, Final

import numpy as np
import param
from panel.custom import Child
from panel.pane import Bokeh

from core.arrays import Doubles
from core.training.recipes import Recipe
from explorer.diagram.figure import Picture
from explorer.diagram.scales import rounded_up
from explorer.inspector.first_layer import Wall
from explorer.state.networks import TRAINING
from explorer.texts import text
from explorer.texts.names import network_sizes
from explorer.training.class_note import ClassNote
from explorer.training.collection import ClassDrawings, Collection
from explorer.training.curves import Curves
from explorer.training.data_words import data_words
from explorer.training.findings import finding_sentence
from explorer.training.follower import Follower
from explorer.training.forgetting import Forgetting
from explorer.training.form import TrainingForm
from explorer.training.kept import KeptNetworks
from explorer.training.own_drawings_panel import OwnDrawingsPanel
from explorer.training.plots import COLUMNS, MARK_COLUMNS, curve_source, draw_curves, mark_source
from explorer.training.start import StartChoice
from explorer.training.trainer import Trainer
from explorer.training.words import difference_words, status_words
from explorer.transport.component import LiveComponent

_NO_CURVES: Final = Curves()


class TrainPanel(LiveComponent):
    """What one sets, and what becomes of it. It is made when the place is first visited."""

    script = Path(__file__).with_name("panel.js")
    bundle = "training"

    note = Child(doc="What the teacher has said.")
    begin_with = Child(doc="What the training begins with.")
    form = Child(doc="The settings.")
    plots = Child(doc="The curves, drawn.")
    wall = Child(doc="The pictures of the first layer.")
    kept = Child(doc="What keeps the network.")
    drawings = Child(doc="What is collected of one's own to learn from.")
    forgetting = Child(doc="What is learned and forgotten by that.")
    now = param.Parameter(constant=True, doc="The model with the curves of the run.")
    before = param.Parameter(constant=True, doc="That with those of the run before it.")
    epochs = param.Parameter(constant=True, doc="The range of epochs.")
    losses = param.Parameter(constant=True, doc="The range of losses.")
    ends = param.List(default=[1.0, 1.0], doc="Where the two ranges end.")
    status = param.String(doc="What the run does, as `Run.status`.")
    said = param.String(doc="What it does, in words.")
    trouble = param.List(default=[], doc="What went wrong, and what to try: sentences.")
    progress = param.Number(
        default=None, allow_None=True, doc="The share of what is prepared, 0-1; None for nothing."
    )
    summary = param.String(doc="What is trained, in a line.")
    numbers = param.Dict(
        default={}, doc="Losses and accuracies of training and validation; empty before the first."
    )
    own = param.Dict(default={}, doc="What the network says to the drawing: digit and output.")
    earlier = param.String(
        doc="How the run before differs, whose curves are dotted; empty for none."
    )

    def __init__(
        self,
        trainer: Trainer,
        follower: Follower,
        drawn: Picture,
        of_class: ClassDrawings | None = None,
    ) -> None:
        self._trainer = trainer
        self._curves = _NO_CURVES
        self._recipe = trainer.run.recipe
        self._earlier_recipe: Recipe | None = None
        self._shown_columns = self._earlier = dict.fromkeys(COLUMNS, np.empty(0))
        self._sources = curve_source("training_curves"), curve_source("earlier_curves")
        self._mark = mark_source("training_mark")
        self._marked: int | None = None
        drawn_curves = draw_curves(*self._sources, self._mark)
        super().__init__(
            note=ClassNote(trainer, follower),
            begin_with=StartChoice(trainer),
            form=TrainingForm(trainer.run.recipe, trainer.choose),
            plots=Bokeh(drawn_curves.layout, sizing_mode="stretch_width"),
            wall=Wall(trainer.session, drawn),
            kept=KeptNetworks(trainer),
            drawings=OwnDrawingsPanel(trainer, Collection(trainer, of_class)),
            forgetting=Forgetting(trainer),
            now=self._sources[0],
            before=self._sources[1],
            epochs=drawn_curves.epochs,
            losses=drawn_curves.losses,
            sizing_mode="stretch_width",
        )
        trainer.param.watch(self._show, "told")
        trainer.session.param.watch(self._show, "network_name")
        trainer.session.param.watch(self._show_own, "trace")
        self._show()
        self._show_own()

    def _show(self, *_: Any) -> None:
        run = self._trainer.run
        # The new one was refused, its data are missing, or it goes on from a network of the page.
        has_command = run.start is None and run.own is None
        if self.form.recipe != run.recipe or self.form.has_command != has_command:
            self.form.show_recipe(run.recipe, has_command=has_command)
        self._show_curves(run.curves)
        self._show_mark()
        self.show(
            status=run.status,
            said=self._said(),
            trouble=self._trouble(),
            progress=run.progress,
            summary=f"{network_sizes(run.recipe)} · {data_words(run)}",
            numbers=_numbers(run.curves, self._trainer.step),
            earlier=self._difference(),
        )

    def _difference(self) -> str:
        earlier = self._earlier_recipe
        return "" if earlier is None else difference_words(earlier, self._trainer.run.recipe)

    def _said(self) -> str:
        status = status_words(self._trainer.run)
        if self._trainer.session.network_name == TRAINING:
            return status
        return text("train.elsewhere", status=status)

    def _trouble(self) -> list[str]:
        """What happened, and what was found; a divergence is said by what was found."""
        run = self._trainer.run
        said = [run.sentence] if run.sentence and run.status != "diverged" else []
        return [*said, *(finding_sentence(each, run.recipe) for each in run.findings[:1])]

    def _show_curves(self, curves: Curves) -> None:
        """Those of a run that has begun anew stay beside the new ones."""
        if curves is self._curves:
            return
        if len(curves) < len(self._curves) and len(self._curves) > 1:
            self._earlier = self._shown_columns
            self.show_columns(self._sources[1], self._earlier)
            self._earlier_recipe = self._recipe
        self._curves, self._recipe = curves, self._trainer.run.recipe
        self.show_columns(self._sources[0], self._columns(curves))
        self.show(ends=[self._end("epoch"), self._end("loss", "validation_loss")])

    def _show_mark(self) -> None:
        """At an earlier moment; the latest is where the curves end."""
        state, step = self._trainer.run.state, self._trainer.looks_at
        if state is None or step == self._marked:
            return
        self._marked = step
        ends = np.empty(0) if step is None else np.array([0.0, 1.0])
        epoch = (step or 0) / state.n_batches
        columns = (np.full_like(ends, epoch), 100 * ends, self.ends[1] * ends)
        self.show_columns(self._mark, dict(zip(MARK_COLUMNS, columns, strict=True)))

    def _columns(self, curves: Curves) -> dict[str, Any]:
        """Without the points whose loss is beyond all numbers."""
        state = self._trainer.run.state
        columns = {
            "epoch": curves.steps / (1 if state is None else state.n_batches),
            "accuracy": 100 * curves.training_accuracy,
            "validation_accuracy": 100 * curves.validation_accuracy,
            "loss": curves.training_loss,
            "validation_loss": curves.validation_loss,
        }
        drawn = np.isfinite(curves.training_loss) & np.isfinite(curves.validation_loss)
        self._shown_columns = {name: column[drawn] for name, column in columns.items()}
        return self._shown_columns

    def _end(self, *columns: str) -> float:
        """A round number that no value of these columns exceeds."""
        drawn = [each[name] for each in (self._shown_columns, self._earlier) for name in columns]
        values = np.concatenate([each for each in drawn if len(each)] or [np.ones(1)])
        return rounded_up(float(values.max())) or 1.0

    def _show_own(self, *_: Any) -> None:
        session = self._trainer.session
        digit = session.answer.digit
        said = (
            {} if digit is None else {"digit": digit, "output": float(session.trace.outputs[digit])}
        )
        self.show(own=said)


def _numbers(curves: Curves, step: int) -> dict[str, Any]:
    """Those that were measured nearest to a step."""
    if not len(curves):
        return {}
    point = int(np.abs(curves.steps - step).argmin())
    return {
        "training": _at(point, curves.training_loss, curves.training_accuracy),
        "validation": _at(point, curves.validation_loss, curves.validation_accuracy),
    }


def _at(point: int, losses: Doubles, accuracies: Doubles) -> dict[str, Any]:
    """The two of a point; a loss beyond all numbers is none that JSON has a word for."""
    return {"loss": _finite(losses[point]), "accuracy": float(accuracies[point])}


def _finite(loss: float) -> float | None:
    return float(loss) if isfinite(loss) else None
