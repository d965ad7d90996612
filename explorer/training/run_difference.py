"""What differs between two runs, in words."""

from __future__ import annotations

from typing import Final

from core.nn.network import Network
from explorer.texts import number, text
from explorer.training.data_words import data_words
from explorer.training.fields import FIELDS, Field
from explorer.training.run_state import RunState
from explorer.training.words import start_words

#: The most settings that are named.
_MOST_NAMED: Final = 3


def difference_words(first: RunState, second: RunState) -> str:
    """How the second run differs from the first, or that it is the same, in a line."""
    changes = _changes(first, second)
    if not changes:
        return _same_words(first, second)
    if len(changes) > _MOST_NAMED:
        return text("two_runs.many", count=len(changes))
    return text("two_runs.differ", changes=" · ".join(changes))


def _changes(first: RunState, second: RunState) -> list[str]:
    changes = [_change(field, first, second) for field in FIELDS.values()]
    if first.own != second.own:
        data = {"before": data_words(first), "now": data_words(second)}
        changes.append(text("train.change", setting=text("setting.dataset"), **data))
    if first.start is not second.start:
        starts = {"before": start_words(first), "now": start_words(second)}
        changes.append(text("train.change", setting=text("train.begin_with"), **starts))
    return [each for each in changes if each]


def _change(field: Field, first: RunState, second: RunState) -> str:
    """What a setting was and is; empty if it is the same."""
    if getattr(first.recipe, field.name) == getattr(second.recipe, field.name):
        return ""
    return text(
        "train.change",
        setting=text(f"setting.{field.name}"),
        before=field.titled(first.recipe),
        now=field.titled(second.recipe),
    )


def _same_words(first: RunState, second: RunState) -> str:
    """Whoever doubts that the same settings give the same weights is shown where they did."""
    common = set(first.checkpoints.steps) & set(second.checkpoints.steps)
    step = max(common, default=0)
    if step and _are_same(first.checkpoints.at(step), second.checkpoints.at(step)):
        return text("two_runs.same_weights", step=number(step))
    return text("two_runs.same")


def _are_same(one: Network, other: Network) -> bool:
    """Whether all weights and biases are the same, bit for bit."""
    return all(
        own.weights.tobytes() == its.weights.tobytes()
        and own.biases.tobytes() == its.biases.tobytes()
        for own, its in zip(one.layers, other.layers, strict=True)
    )
