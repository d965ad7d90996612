"""What a teacher has said about the trainings of a class. A value."""

from __future__ import annotations

from dataclasses import dataclass

from core.training.recipes import Recipe


@dataclass(frozen=True)
class ClassTraining:
    """Whether pupils may train, and the run that the teacher has started for all of them.

    Args:
        is_allowed: whether anything may be trained.
        number: counts the runs that were started for all: the larger number is the newer run.
        recipe: how that run is trained; None as long as there is none.
    """

    is_allowed: bool = True
    number: int = 0
    recipe: Recipe | None = None
