"""What a run learns from, in words."""

from __future__ import annotations

from core.training.own_examples import PERCENTAGES
from explorer.texts import number, text
from explorer.training.run_state import RunState


def data_words(run: RunState) -> str:
    """What a run learns from."""
    data, own = text(f"train_data.{run.recipe.dataset}"), run.own
    if own is None:
        return data
    if own.percent == PERCENTAGES.most:
        return text("own.alone", count=len(own))
    return text("own.in_data", data=data, percent=own.percent, count=len(own))


def epoch_words(run: RunState) -> str:
    """How much of an epoch is one's own, and how often each drawing is in it."""
    own = run.own
    if own is None or run.state is None:
        return ""
    n_own = own.n_within(run.state.n_examples)
    return text(
        "own.epoch",
        all=number(run.state.n_examples),
        own=number(n_own),
        times=number(round(n_own / len(own))),
        count=len(own),
    )
