"""All that is known about how well a network reads, as plain numbers and names.

Shares are 0-1. "as they are" and "as drawn" mean without the centring lens, "centred" with it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import digit_images, non_digit_images, sign_images
from core.data.images import Images
from core.data.lookalikes import resembles_digit
from core.data.pen_digits import PenDigit, PenSign, is_by
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
_WELL_READ: Final = 0.9
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

    Of whom some people were held out, those are apart. As drawn, digits are 12 to 24 pixels large
    and anywhere on the pad.
    """
    groups = _by_contributor(network, pen_digits)
    names = Counter(contributor for contributor, _ in groups)
    return {
        _group(contributor, held_out, names[contributor] > 1): {
            "contributor": contributor,
            **_person(network, theirs),
            "held out": held_out,
        }
        for (contributor, held_out), theirs in sorted(groups.items())
    }


def strangers(network: Network, pen_digits: Sequence[PenDigit]) -> Metrics:
    """How those people's digits are read, centred, from whom the network has not learned.

    All digits together, the worst contributor, and how many people are read below 90 %.
    """
    theirs = [digit for digit in pen_digits if _is_stranger(network, digit)]
    if not theirs:
        return {}
    images = digit_images(theirs)
    right = network(images.images).argmax(axis=1) == images.labels
    by_contributor = _shares(right, [digit.contributor for digit in theirs])
    by_person = _shares(right, [digit.person for digit in theirs])
    worst = min(by_contributor, key=by_contributor.__getitem__)
    return {
        "digits": len(theirs),
        "accuracy": float(right.mean()),
        "worst contributor": worst,
        "its accuracy": by_contributor[worst],
        "people": len(by_person),
        "people below 0.9": sum(share < _WELL_READ for share in by_person.values()),
        "falsely rejected": rejection_rate(network, images.images),
    }


def letters(network: Network, pen_signs: Sequence[PenSign]) -> Metrics:
    """Which share of people's letters and signs is rejected: of all, and without lookalikes.

    Those are the signs that `core.data.lookalikes` lists.
    """
    distinct = [sign for sign in pen_signs if not resembles_digit(str(sign.label))]
    kinds = {"letters of people": pen_signs, "letters of people that resemble no digit": distinct}
    return {
        kind: {
            "signs": len(signs),
            "rejected": rejection_rate(network, sign_images(signs)),
            "held out": all(_is_stranger(network, sign) for sign in signs),
        }
        for kind, signs in kinds.items()
        if signs
    }


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


def _is_stranger(network: Network, sign: PenSign) -> bool:
    """Whether the network has not learned from who wrote it."""
    learned = network.card.get("learned pen strokes", False)
    return not learned or is_by(sign, network.card.get("held out", []))


def _by_contributor(
    network: Network, pen_digits: Sequence[PenDigit]
) -> dict[tuple[str, bool], list[PenDigit]]:
    """The digits of each contributor, those whom the network has not learned from apart."""
    groups = defaultdict(list)
    for digit in pen_digits:
        groups[digit.contributor, _is_stranger(network, digit)].append(digit)
    return groups


def _group(contributor: str, held_out: bool, is_split: bool) -> str:
    if not is_split:
        return contributor
    return f"{contributor}, {'held out' if held_out else 'learned from'}"


def _shares(right: NDArray[np.bool_], names: Sequence[str]) -> dict[str, float]:
    """The share of each name's digits that is right."""
    found = np.array(names)
    return {name: float(right[found == name].mean()) for name in dict.fromkeys(names)}


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
