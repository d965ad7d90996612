"""Cross-validation: how well a recipe reads people whom it has never seen.

Each contributor in turn is held out from a network that learned from the others. The next
contributor is held out as well, to choose the seed and the threshold by, so that nothing was fitted
to the one who is read.
"""

from collections.abc import Iterator

import numpy as np

from core.arrays import Array
from core.data import centred_mnist
from core.data.dataset import digit_images, non_digit_images
from core.data.images import Images
from core.data.pen_digits import contributors
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
    for name, validator in zip(names, (*names[1:], names[0]), strict=True):
        dataset = handwriting.dataset((name, validator), (validator,), recipe.negative_weight)
        network, seed = best_of_seeds(recipe, dataset, report)
        network = with_threshold(recipe, network, seed, dataset)
        theirs = [digit for digit in handwriting.pen_digits if digit.contributor == name]
        yield name, _metrics(network, digit_images(theirs), test, negatives)


def average(found: dict[str, Metrics]) -> Metrics:
    """The mean of each metric over all contributors."""
    first = next(iter(found.values()))
    return {name: float(np.mean([each[name] for each in found.values()])) for name in first}


def _metrics(
    network: Network, unseen: Images, test: Images, negatives: dict[str, Array]
) -> Metrics:
    return {
        "read correctly": accuracy(network, unseen),
        "falsely rejected": rejection_rate(network, unseen.images),
        "MNIST test, centred": accuracy(network, test),
        **{f"{kind} rejected": rejection_rate(network, each) for kind, each in negatives.items()},
    }
