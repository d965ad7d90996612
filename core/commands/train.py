"""``python -m core train``: train a network on MNIST and write it to a file."""

import argparse
import shlex
from pathlib import Path
from typing import Any

import numpy as np

from core.activations import ACTIVATIONS
from core.commands import digits
from core.commands.numbers import positive, share, whole
from core.costs import COSTS
from core.display_scale import with_scales
from core.errors import InputError
from core.evaluation import accuracy
from core.mnist import Images
from core.network import Network
from core.optimisers import OPTIMISERS
from core.progress_bar import ProgressBar
from core.schedules import SCHEDULES
from core.training import Recipe, one_hot, train

N_VALIDATION = 5_000
"""The last so many training images are kept aside, to choose recipes by."""

DATA = (
    "MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, under CC BY-SA 3.0; the "
    "network holds none of its images."
)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "train",
        help="train a network on MNIST and write it to a file",
        description="Train a network on MNIST and write it to a file. The same recipe gives the "
        "same file, byte for byte. The last 5,000 training images are kept aside: compare recipes "
        "by the accuracy on them.",
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="PATH", help="the .npz file to write"
    )
    recipe = parser.add_argument_group("recipe", "All of it is kept on the network's card.")
    _add_network_options(recipe)
    _add_descent_options(recipe)
    parser.set_defaults(run=run)


def _add_network_options(recipe: "argparse._ArgumentGroup") -> None:
    recipe.add_argument("--title", default="My network", help="its name in the page")
    recipe.add_argument(
        "--hidden",
        type=whole,
        nargs="+",
        default=[16, 16],
        metavar="N",
        help="neurons of each hidden layer (default: 16 16)",
    )
    recipe.add_argument(
        "--activation",
        choices=ACTIVATIONS,
        default="sigmoid",
        help="of the hidden layers (default: sigmoid)",
    )
    recipe.add_argument(
        "--output-activation",
        choices=ACTIVATIONS,
        default="sigmoid",
        help="of the ten outputs (default: sigmoid)",
    )
    recipe.add_argument(
        "--spread",
        type=positive,
        help="standard deviation of the first weights (default: 1 / the root of a neuron's inputs)",
    )
    recipe.add_argument(
        "--lens",
        choices=("off", "on", "both"),
        default="off",
        help="learn from the images as they are, centred as the page centres drawings, or both "
        "(default: off)",
    )


def _add_descent_options(recipe: "argparse._ArgumentGroup") -> None:
    defaults = Recipe()
    recipe.add_argument(
        "--cost",
        choices=COSTS,
        default=defaults.cost.name,
        help="what becomes small (default: quadratic)",
    )
    recipe.add_argument(
        "--optimiser", choices=OPTIMISERS, default="sgd", help="how steps are made (default: sgd)"
    )
    recipe.add_argument(
        "--schedule",
        choices=SCHEDULES,
        default="constant",
        help="of the learning rate (default: constant)",
    )
    recipe.add_argument(
        "--rate",
        type=positive,
        default=defaults.learning_rate,
        help="learning rate (default: %(default)s)",
    )
    recipe.add_argument(
        "--decay",
        type=share,
        default=defaults.weight_decay,
        help="weight decay, which makes weight images smoother (default: %(default)s)",
    )
    recipe.add_argument(
        "--batch",
        type=whole,
        default=defaults.batch_size,
        help="images per step (default: %(default)s)",
    )
    recipe.add_argument(
        "--epochs",
        type=whole,
        default=defaults.epochs,
        help="times through all images (default: %(default)s)",
    )
    recipe.add_argument(
        "--seed",
        type=int,
        default=defaults.seed,
        help="of the first weights and the order of the images (default: %(default)s)",
    )


def run(options: argparse.Namespace) -> None:
    """Train, measure, and write the file whole."""
    _check_folder(options.output)
    examples, validation = _images(options.lens)
    network = _trained(options, examples, validation)
    card = {
        "title": options.title,
        "command": command(options),
        "seed": options.seed,
        "lens": options.lens,
        "accuracy": _accuracies(network, validation),
        "data": DATA,
    }
    network = Network(with_scales(network, validation.images).layers, card)
    network.save(options.output)
    print(f"{network}, written to {options.output}")
    for images, share_right in card["accuracy"].items():
        print(f"{images}: {share_right:.2%} read correctly")


def _check_folder(output: Path) -> None:
    if not output.parent.is_dir():
        raise InputError(
            f"The folder {output.parent} does not exist; create it, or change --output."
        )


def command(options: argparse.Namespace) -> str:
    """The command that repeats this training, every choice spelled out."""
    apart = {"run", "output"}
    words = ["python", "-m", "core", "train"]
    for name, value in vars(options).items():
        if name not in apart and value is not None:
            values = value if isinstance(value, list) else [value]
            words += [f"--{name.replace('_', '-')}", *map(str, values)]
    return shlex.join(words)


def _images(lens: str) -> tuple[Images, Images]:
    sources = [digits.load("train", centred) for centred in digits.LENSES[lens]]
    return (
        _joined([source[:-N_VALIDATION] for source in sources]),
        _joined([source[-N_VALIDATION:] for source in sources]),
    )


def _joined(parts: list[Images]) -> Images:
    if len(parts) == 1:
        return parts[0]
    return Images(
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.labels for part in parts]),
    )


def _trained(options: argparse.Namespace, examples: Images, validation: Images) -> Network:
    network = Network.random(
        (784, *options.hidden, 10),
        options.seed,
        ACTIVATIONS[options.activation],
        ACTIVATIONS[options.output_activation],
        options.spread,
    )
    recipe = _recipe(options)
    note = ""
    with ProgressBar("Training") as bar:
        for step in train(network, examples.images, one_hot(examples.labels), recipe, validation):
            if step.accuracy is not None:
                note = f"epoch {step.epoch}, {step.accuracy:.2%} of the validation images"
            bar.show(step.share, note)
            network = step.network
    return network


def _recipe(options: argparse.Namespace) -> Recipe:
    return Recipe(
        epochs=options.epochs,
        batch_size=options.batch,
        learning_rate=options.rate,
        weight_decay=options.decay,
        cost=COSTS[options.cost],
        optimiser=OPTIMISERS[options.optimiser],
        schedule=SCHEDULES[options.schedule],
        seed=options.seed,
    )


def _accuracies(network: Network, validation: Images) -> dict[str, Any]:
    return {
        "validation": accuracy(network, validation),
        "MNIST test": accuracy(network, digits.load("test", centred=False)),
        "MNIST test, centred": accuracy(network, digits.load("test", centred=True)),
    }
