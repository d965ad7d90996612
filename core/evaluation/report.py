"""All that is known about how well a network reads, as plain numbers and names.

Shares are 0-1. "as they are" and "as drawn" mean without the centring lens, "centred" with it.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from core.data.dataset import digit_images, non_digit_images
from core.data.images import Images
from core.data.pen_digits import PenDigit, contributors
from core.evaluation.calibration import reliability
from core.evaluation.metrics import accuracy, confusion_matrix
from core.evaluation.perturbations import drawn_anywhere, shifted, turned, zoomed
from core.evaluation.rejection import rejection_rate, threshold
from core.ink import centre_images
from core.ink.brush import Image
from core.nn.network import Network

Metrics = dict[str, Any]
Change = Callable[[Image], Image]

_SEED: Final = 1_000_003
_COUNT: Final = 500
_SOME: Final = 1000
_ZOOMS: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2)
_TURNS: Final = (-15, -10, -5, 5, 10, 15)
_PENS: Final = {"thin": 1.4, "thick": 4.0}


def accuracy_and_confusion(network: Network, images: Images) -> Metrics:
    """Accuracy and confusion matrix: how often digit ``i`` was read as ``j``, at ``[i][j]``."""
    return {
        "accuracy": accuracy(network, images),
        "confusion": confusion_matrix(network, images).tolist(),
    }


def robustness(network: Network, images: Images) -> Metrics:
    """Accuracy on images that were moved, scaled and turned, with and without the lens."""
    few = images[:_SOME]
    return {
        "shift by pixels": {
            str(by): _mean([_both(network, few, _shift(by, way)) for way in range(4)])
            for by in (1, 2, 3, 4)
        },
        "zoom": {str(by): _both(network, few, _zoom(by)) for by in _ZOOMS},
        "turn by degrees": {str(by): _both(network, few, _turn(by)) for by in _TURNS},
    }


def people(network: Network, pen_digits: Sequence[PenDigit]) -> Metrics:
    """How each contributor's pen digits are read, and whether the network learned from them.

    As drawn, they are 12 to 24 pixels large and anywhere on the pad.
    """
    held_out = network.card.get("held out", [])
    learned = network.card.get("learned pen strokes", False)
    found = {}
    for name in contributors(pen_digits):
        theirs = [digit for digit in pen_digits if digit.contributor == name]
        found[name] = _person(network, theirs) | {"held out": not learned or name in held_out}
    return found


def pen_widths(network: Network, pen_digits: Sequence[PenDigit]) -> Metrics:
    """Accuracy on some people's digits drawn with a thin and a thick pen."""
    some = pen_digits[:: max(len(pen_digits) // _SOME, 1)]
    return {
        pen: _both(network, drawn_anywhere(_rng(), some, width), lambda images: images)
        for pen, width in _PENS.items()
    }


def rejection(network: Network, centred: Images) -> Metrics:
    """Which share of negatives, and of centred digits, reaches the threshold nowhere."""
    negatives = non_digit_images(_rng(), _COUNT)
    return {
        "threshold": threshold(network),
        "rejected": {kind: rejection_rate(network, images) for kind, images in negatives.items()},
        "falsely rejected": rejection_rate(network, centred.images),
    }


def calibration(network: Network, images: Images) -> Metrics:
    """Mean of the brightest output where it is right, and where it is wrong, and their error.

    That is the expected calibration error (`core.evaluation.calibration`).
    """
    outputs = network(images.images)
    right = outputs.argmax(axis=1) == images.labels
    brightest = outputs.max(axis=1)
    return {
        "right": float(brightest[right].mean()) if right.any() else None,
        "wrong": float(brightest[~right].mean()) if not right.all() else None,
        "expected calibration error": reliability(brightest, right).error,
    }


def _person(network: Network, digits: Sequence[PenDigit]) -> Metrics:
    centred = digit_images(digits)
    return {
        "digits": len(digits),
        "as drawn": accuracy(network, drawn_anywhere(_rng(), digits)),
        "centred": accuracy(network, centred),
        "falsely rejected": rejection_rate(network, centred.images),
    }


def _both(network: Network, images: Images, change: Change) -> dict[str, float]:
    """Accuracy on changed images, as they are and under the lens."""
    changed = Images(change(images.images), images.labels)
    centred = Images(centre_images(changed.images), images.labels)
    return {"as they are": accuracy(network, changed), "centred": accuracy(network, centred)}


def _mean(found: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([each[name] for each in found])) for name in found[0]}


def _shift(by: int, direction: int) -> Change:
    return lambda images: shifted(images, by, direction)


def _zoom(by: float) -> Change:
    return lambda images: zoomed(images, by)


def _turn(by: float) -> Change:
    return lambda images: turned(images, by)


def _rng() -> np.random.Generator:
    """The same random numbers for every metric and every network."""
    return np.random.default_rng(_SEED)
