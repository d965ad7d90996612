"""Cross-validation: how well a recipe reads people whom it has never seen.

Each contributor in turn is held out from a network that learned from the others. The next
contributor is held out as well, to choose the seed and the threshold by, so that nothing was fitted
to the one who is read. Everybody who wrote signs that are no digits is held out once as well.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from core.arrays import Array
from core.data import centred_mnist
from core.data.dataset import digit_images, non_digit_images, sign_images
from core.data.images import Images
from core.data.lookalikes import resembles_digit
from core.data.pen_digits import PenSign, contributors
from core.evaluation.metrics import accuracy
from core.evaluation.rejection import rejection_rate
from core.nn.network import Network
from core.progress import Report, unreported
from core.training.dataset import load_handwriting
from core.training.pipeline import best_of_seeds, with_threshold
from core.training.recipes import Recipe

Metrics = dict[str, float]

_COUNT = 500
_SEED = 1_000_003


def crossvalidate(recipe: Recipe, report: Report = unreported) -> Iterator[tuple[str, Metrics]]:
    """For each contributor, how a network reads them that has never seen them; shares, 0-1."""
    handwriting = load_handwriting(recipe, report)
    test = centred_mnist.load("test", centred=True, report=report)
    negatives = non_digit_images(np.random.default_rng(_SEED), _COUNT)
    names = contributors(handwriting.pen_digits)
    for number, name in enumerate(names):
        validator = names[(number + 1) % len(names)]
        letters = _letters_of_fold(handwriting.pen_signs, number, len(names))
        held_out = {name, validator, *(sign.person for sign in letters)}
        dataset = handwriting.dataset(sorted(held_out), (validator,), recipe)
        network, seed = best_of_seeds(recipe, dataset, report)
        network = with_threshold(recipe, network, seed, dataset)
        theirs = [digit for digit in handwriting.pen_digits if digit.contributor == name]
        unseen = negatives | ({"letters of people": sign_images(letters)} if letters else {})
        yield name, _metrics(network, digit_images(theirs), test, unseen)


def average(found: dict[str, Metrics]) -> Metrics:
    """The mean of each metric over all contributors who have it."""
    names = dict.fromkeys(name for each in found.values() for name in each)
    return {
        name: float(np.mean([each[name] for each in found.values() if name in each]))
        for name in names
    }


def _letters_of_fold(signs: Sequence[PenSign], fold: int, n_folds: int) -> list[PenSign]:
    """The signs that resemble no digit of those people who are held out in one fold of several."""
    persons = sorted({sign.person for sign in signs})[fold::n_folds]
    return [s for s in signs if s.person in persons and not resembles_digit(str(s.label))]


def _metrics(
    network: Network, unseen: Images, test: Images, negatives: dict[str, Array]
) -> Metrics:
    return {
        "read correctly": accuracy(network, unseen),
        "falsely rejected": rejection_rate(network, unseen.images),
        "MNIST test, centred": accuracy(network, test),
        **{f"{kind} rejected": rejection_rate(network, each) for kind, each in negatives.items()},
    }
