"""What is wrong with a training and what to try, in one sentence for each finding."""

from __future__ import annotations

from core.training.findings import (
    DeadNeurons,
    Divergence,
    Finding,
    Overfitting,
    Saturation,
    SlowLearning,
    Symmetry,
)
from core.training.recipes import Recipe
from explorer.texts import number, significant, text


def finding_sentence(finding: Finding, recipe: Recipe) -> str:
    """What was found in a training by this recipe, with the numbers that show it."""
    match finding:
        case Divergence():
            return text(
                "finding.divergence",
                step=number(finding.step),
                before=_loss(finding.before),
                after=_loss(finding.after),
                advice=_slower(recipe),
            )
        case Symmetry():
            return text(
                "finding.symmetry", layer=finding.layer, accuracy=_percent(finding.accuracy)
            )
        case Saturation():
            return _saturation(finding, recipe)
        case DeadNeurons():
            return text(
                "finding.dead_neurons",
                dead=number(len(finding.neurons)),
                neurons=number(finding.n_neurons),
                layer=finding.layer,
                advice=_slower(recipe),
            )
        case Overfitting():
            return text(
                "finding.overfitting",
                training=_percent(finding.training),
                validation=_percent(finding.validation),
                epoch=number(finding.best_epoch),
            )
        case SlowLearning():
            return text(
                "finding.slow_learning",
                steps=number(finding.steps),
                before=_loss(finding.before),
                after=_loss(finding.after),
                rate=f"{10 * recipe.learning_rate:g}",
            )


def _saturation(found: Saturation, recipe: Recipe) -> str:
    is_hidden = found.layer < len(recipe.sizes) - 1
    layer = text("finding.hidden", layer=found.layer) if is_hidden else text("finding.outputs")
    return text(
        "finding.saturation",
        share=_percent(found.share),
        where=layer,
        at_start=_percent(found.at_start),
        advice=text("finding.smaller_start") if found.from_the_start else _slower(recipe),
    )


def _slower(recipe: Recipe) -> str:
    rate = recipe.learning_rate
    return text("finding.slower", rate=f"{rate:g}", lower=f"{rate / 10:g}")


def _loss(value: float) -> str:
    return significant(value, 3) if value < float("inf") else text("finding.infinite")


def _percent(share: float) -> str:
    return number(100 * share, 1)
