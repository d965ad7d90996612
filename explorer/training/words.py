"""What a run does, in words."""

from __future__ import annotations

from typing import Final

from core.training.recipes import Recipe
from explorer.state.titles import network_title
from explorer.texts import number, text
from explorer.texts.names import network_sizes
from explorer.training.fields import FIELDS, Field
from explorer.training.run import Run
from explorer.training.starting_points import starting_point
from explorer.training.trainer import Trainer

#: The most settings that are named where two recipes differ.
_MOST_NAMED: Final = 3


def status_words(run: Run) -> str:
    """What a run does now, in a line."""
    match run.status:
        case "waiting":
            return text("train_status.waiting", place=number(run.place_in_line or 1))
        case status:
            return text(f"train_status.{status}")


def moment_words(trainer: Trainer) -> str:
    """Which moment of the run is shown, and how long it goes on."""
    run, step = trainer.run, trainer.step
    if run.state is None or step == 0:
        return text("train.at_start", start=_start_words(trainer))
    epochs = step / run.state.n_batches
    said = text(
        "train.moment",
        epoch=number(epochs, 1 if epochs < 10 else 0),
        epochs=number(run.recipe.epochs),
        step=number(step),
    )
    if trainer.looks_at is None and run.status == "running" and run.seconds_left is not None:
        return text("train.time_left", moment=said, time=clock(run.seconds_left))
    return said


def _start_words(trainer: Trainer) -> str:
    """What the training begins with."""
    start = trainer.run.start
    return text("train.random") if start is None else network_title(trainer.begins_with, start)


def difference_words(before: Recipe, now: Recipe) -> str:
    """How the run before, whose curves are dotted, differs from the present one, in a line."""
    differing = [field for field in FIELDS.values() if _differs(field, before, now)]
    if not differing:
        return text("train.earlier_same")
    if len(differing) > _MOST_NAMED:
        return text("train.earlier_many", count=len(differing))
    changes = " · ".join(_change(field, before, now) for field in differing)
    return text("train.earlier", changes=changes)


def _differs(field: Field, before: Recipe, now: Recipe) -> bool:
    return bool(getattr(before, field.name) != getattr(now, field.name))


def _change(field: Field, before: Recipe, now: Recipe) -> str:
    return text(
        "train.change",
        setting=text(f"setting.{field.name}"),
        before=field.titled(before),
        now=field.titled(now),
    )


def recipe_words(recipe: Recipe) -> str:
    """What a run for a class is made of, in a line."""
    start = starting_point(recipe)
    return text(
        "class_run.recipe",
        start=text(f"start.{start}") if start else network_sizes(recipe),
        rate=FIELDS["learning_rate"].written(recipe),
        epochs=number(recipe.epochs),
        seed=recipe.seed,
    )


def clock(seconds: float) -> str:
    """A duration as minutes and seconds, such as 1:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
