"""The side panel of the place Train: settings, curves, numbers, and the first layer as it grows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import param
from panel.custom import Child
from panel.pane import Bokeh

from explorer.diagram.figure import Picture
from explorer.inspector.first_layer import Wall
from explorer.state.networks import TRAINING
from explorer.state.own_drawings import ClassDrawings
from explorer.texts import text
from explorer.texts.names import network_sizes
from explorer.training.class_note import ClassNote
from explorer.training.comparison import Comparison
from explorer.training.curve_columns import columns_of, ends_of, letters_of
from explorer.training.curves import Curves, numbers_at
from explorer.training.data_words import data_words
from explorer.training.findings import finding_sentence
from explorer.training.follower import Follower
from explorer.training.forgetting import Forgetting
from explorer.training.form import TrainingForm
from explorer.training.kept import KeptNetworks
from explorer.training.own_drawings_panel import OwnDrawingsPanel
from explorer.training.plots import (
    MARK_COLUMNS,
    curve_source,
    draw_curves,
    letter_source,
    mark_source,
)
from explorer.training.run import Run
from explorer.training.run_switch import RunSwitch
from explorer.training.start import StartChoice
from explorer.training.trainer import Trainer
from explorer.training.two_runs import LETTERS
from explorer.training.words import status_words
from explorer.transport.component import LiveComponent


class TrainPanel(LiveComponent):
    """What one sets, and what becomes of it. It is made when the place is first visited."""

    script = Path(__file__).with_name("panel.js")
    bundle = "training"

    note = Child(doc="What the teacher has said.")
    begin_with = Child(doc="What the training begins with.")
    form = Child(doc="The settings.")
    switch = Child(doc="Which of two runs is shown.")
    comparison = Child(doc="Both runs beside each other.")
    plots = Child(doc="The curves, drawn.")
    wall = Child(doc="The pictures of the first layer.")
    kept = Child(doc="What keeps the network.")
    drawings = Child(doc="What is collected of one's own to learn from.")
    forgetting = Child(doc="What is learned and forgotten by that.")
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
    has_two = param.Boolean(default=False, doc="Whether two runs are compared.")

    def __init__(
        self,
        trainer: Trainer,
        follower: Follower,
        drawn: Picture,
        of_class: ClassDrawings | None = None,
    ) -> None:
        self._trainer = trainer
        self._drawn: list[Curves | None] = [None, None]
        self._ends = [1.0, 1.0]
        self._sources = curve_source("training_curves"), curve_source("other_curves")
        self._mark, self._letters = mark_source("training_mark"), letter_source("run_letters")
        self._marked: tuple[float, float] | None = None
        drawn_curves = draw_curves(*self._sources, self._mark, self._letters)
        super().__init__(
            note=ClassNote(trainer, follower),
            begin_with=StartChoice(trainer),
            form=TrainingForm(trainer.run.recipe, trainer.choose),
            switch=RunSwitch(trainer),
            comparison=Comparison(trainer),
            plots=Bokeh(drawn_curves.layout, sizing_mode="stretch_width"),
            wall=Wall(trainer.session, drawn),
            kept=KeptNetworks(trainer),
            drawings=OwnDrawingsPanel(trainer, of_class),
            forgetting=Forgetting(trainer),
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
        self._show_curves()
        self._show_mark()
        self.show(
            status=run.status,
            said=self._said(),
            trouble=self._trouble(),
            progress=run.progress,
            summary=f"{network_sizes(run.recipe)} · {data_words(run)}",
            numbers=numbers_at(run.curves, self._trainer.step),
            has_two=len(self._trainer.compared) == 2,
        )

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

    def _show_curves(self) -> None:
        """Of the run that is shown, and of the other one, each with its letter."""
        trainer, runs = self._trainer, self._trainer.compared
        other = next((run for run in runs if run is not trainer.run), None)
        is_new = [self._draw(i, run) for i, run in enumerate((trainer.run, other))]
        if not any(is_new):
            return
        columns = dict(zip(LETTERS, map(columns_of, runs), strict=False))
        self._ends = ends_of(columns)
        self.show_columns(self._letters, letters_of(columns, self._ends))
        self.show(ends=self._ends)

    def _draw(self, place: int, run: Run | None) -> bool:
        """Draw a run's curves, as of the shown or the other one; whether they are new there."""
        curves = None if run is None else run.curves
        is_new = curves is not self._drawn[place]
        if is_new:
            self._drawn[place] = curves
            self.show_columns(self._sources[place], columns_of(run))
        return is_new

    def _show_mark(self) -> None:
        """At an earlier moment; the latest is where the curves end."""
        trainer = self._trainer
        is_early = trainer.looks_at is not None
        marked = (trainer.epoch, self._ends[1]) if is_early else None
        if marked == self._marked:
            return
        self._marked = marked
        ends = np.array([0.0, 1.0] if is_early else [])
        columns = (np.full_like(ends, trainer.epoch), 100 * ends, self._ends[1] * ends)
        self.show_columns(self._mark, dict(zip(MARK_COLUMNS, columns, strict=True)))

    def _show_own(self, *_: Any) -> None:
        session = self._trainer.session
        digit = session.answer.digit
        said = (
            {} if digit is None else {"digit": digit, "output": float(session.trace.outputs[digit])}
        )
        self.show(own=said)
