"""What a run does, in words."""

from __future__ import annotations

from typing import Final

from core.training.recipes import Recipe
from explorer.state.titles import network_title
from explorer.texts import number, text
from explorer.texts.names import network_sizes
from explorer.training.fields import FIELDS
from explorer.training.run_state import RunState
from explorer.training.starting_points import starting_point
from explorer.training.trainer import Trainer

#: From so many seconds on, a duration is said in steps of so many.
_CLOCK_STEPS: Final = ((600, 60), (120, 10), (30, 5), (0, 1))


def status_words(run: RunState) -> str:
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
        return text("train.at_start", start=start_words(run))
    epochs = step / run.state.n_batches
    said = text(
        "train.moment",
        epoch=number(epochs, 1),
        epochs=number(run.recipe.epochs),
        step=number(step),
    )
    if trainer.looks_at is None and run.status == "running" and run.seconds_left is not None:
        return text("train.time_left", moment=said, time=clock(run.seconds_left))
    return said


def start_words(run: RunState) -> str:
    """What the training begins with."""
    start = run.start
    return text("train.random") if start is None else network_title(run.start_name, start)


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
    """A duration as minutes and seconds, such as 1:05; of a long one, so much as is known."""
    step = next(step for least, step in _CLOCK_STEPS if seconds >= least)
    minutes, rest = divmod(step * round(seconds / step), 60)
    return f"{minutes}:{rest:02d}"
