"""What a run does, in words."""

from __future__ import annotations

from explorer.texts import number, text
from explorer.training.run import Run
from explorer.training.trainer import Trainer


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
        return text("train.at_start")
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


def clock(seconds: float) -> str:
    """A duration as minutes and seconds, such as 1:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
