"""Recipes: all choices that decide how a network is trained, as values with names."""

import shlex
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from math import isqrt
from reprlib import repr as shortened
from types import MappingProxyType
from typing import Final

from core.errors import InputError
from core.nn.activations import ACTIVATIONS
from core.nn.convolution import KERNEL, STRIDE, chained
from core.nn.digit_network import N_DIGITS, N_PIXELS
from core.nn.feature_maps import FeatureMaps
from core.nn.initialization import INITIALIZATIONS
from core.nn.layer import check_parameters
from core.training.losses import LOSSES
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES
from core.training.settings import (
    Choice,
    Positive,
    Setting,
    Several,
    Share,
    Text,
    Whole,
    setting,
)

_NAMES: Final = ("plain", "lesson", "people", "untrained")
_MOST_SYNTHETIC: Final = 3_000_000
_MOST_SYNTHETIC_DIGITS: Final = 200_000

MOST_LAYERS: Final = 16
"""The most hidden layers of a network."""

MOST_MAPS: Final = 64
"""The most feature maps of a layer."""

MOST_CONVOLUTIONS: Final = 3
"""The most convolutional layers: after three, 2 × 2 places are left of an image of 28 × 28."""

WIDTHS: Final = Whole(1_000_000)
"""How many neurons a hidden layer can have."""


class RecipeError(InputError):
    """A recipe has a setting that cannot be; the sentence names it."""


@dataclass(frozen=True)
class Recipe:
    """How a network is trained: the same recipe gives the same network, bit for bit.

    Every field says in ``Recipe.setting(name)`` what it is for and which values it can have.
    ``recipe`` is the name of the one in `RECIPES` that it began as. Raises ``RecipeError`` for
    values that cannot be, and for networks and examples that no machine has room for.
    """

    recipe: str = "plain"

    title: str = setting("My network", "network", Text(), "its name in the page")
    hidden: tuple[int, ...] = setting(
        (16, 16),
        "network",
        Several(WIDTHS, 0, MOST_LAYERS),
        "neurons of each hidden layer; there can be none after convolutional ones",
    )
    feature_maps: tuple[int, ...] = setting(
        (),
        "network",
        Several(Whole(MOST_MAPS), 0, MOST_CONVOLUTIONS),
        f"feature maps of each convolutional layer, which come before the other hidden layers; a "
        f"neuron of theirs looks at {KERNEL} × {KERNEL} pixels, the next one {STRIDE} pixels "
        "further on",
    )
    activation: str = setting(
        "sigmoid", "network", Choice(tuple(ACTIVATIONS)), "of the hidden layers"
    )
    output_activation: str = setting(
        "sigmoid", "network", Choice(tuple(ACTIVATIONS)), "of the ten outputs"
    )
    init: str = setting(
        "scaled",
        "network",
        Choice(tuple(INITIALIZATIONS)),
        "how large the first weights are, by their standard deviation: scaled, 1 / the root of a "
        "neuron's inputs; normal, 1; xavier, the root of 2 / (its inputs + the neurons of its "
        "layer); he, the root of 2 / its inputs; zeros, 0, which cannot learn",
    )
    init_std: float | None = setting(
        None,
        "network",
        Positive(1_000),
        "standard deviation of the first weights as a number, instead of init",
        optional=True,
    )

    dataset: str = setting(
        "mnist",
        "dataset",
        Choice(("mnist", "people", "synthetic", "nothing")),
        "what to learn from: MNIST; MNIST and the pen strokes of people (STROKES_FILE, one file or "
        "several), in many changed copies, with negatives, of which signs in these files that are "
        "no digits are some; synthetic digits, made for this project; or nothing at "
        "all",
    )
    lens: str = setting(
        "off",
        "dataset",
        Choice(("off", "on", "both")),
        "use images as they are, centred as the page centres drawings, or both",
    )
    images: int | None = setting(
        None,
        "dataset",
        Whole(1_000_000),
        "learn from the first so many of MNIST's images only, for a quick trial, or from so many "
        "synthetic digits (none: 20,000)",
        optional=True,
    )
    rounds: int = setting(4, "dataset", Whole(100), "of changed copies, for people")
    synthetic: int = setting(
        90_000,
        "dataset",
        Whole(1_000_000),
        "synthetic digits, rows of digits, signs, scribbles and noise in each round, for people",
    )
    negative_weight: float = setting(
        4.0,
        "dataset",
        Positive(1_000),
        "how many times each example of what is no digit counts, for people",
    )
    mnist_weight: float = setting(
        1.0,
        "dataset",
        Positive(1_000),
        "how many times each image of MNIST counts, for people",
    )
    hold_out: tuple[str, ...] = setting(
        (),
        "dataset",
        Several(Text()),
        "people to learn nothing from, but to validate by: contributors of pen strokes, or some of "
        "their writers, by patterns such as 'pendigits/tra0[1-5]' or 'omniglot/*/07'",
    )

    teacher: tuple[int, ...] = setting(
        (),
        "distillation",
        Several(WIDTHS, 0, MOST_LAYERS),
        "first train a larger network with so many neurons in each hidden layer, and learn from "
        "its answers as well as from the right ones",
    )
    distill: float = setting(
        0.7,
        "distillation",
        Share(),
        "distillation weight: how much the teacher's answers count against the right ones",
    )

    loss: str = setting("quadratic", "optimization", Choice(tuple(LOSSES)), "loss function")
    optimizer: str = setting("sgd", "optimization", Choice(tuple(OPTIMIZERS)), "optimizer")
    schedule: str = setting(
        "constant", "optimization", Choice(tuple(SCHEDULES)), "learning rate schedule"
    )
    learning_rate: float = setting(3.0, "optimization", Positive(1_000_000), "learning rate")
    weight_decay: float = setting(
        0.0, "optimization", Share(), "weight decay, which makes weight images smoother"
    )
    batch_size: int = setting(10, "optimization", Whole(1_000_000), "images per step")
    epochs: int = setting(30, "optimization", Whole(1_000_000), "passes over all images")
    seed: int = setting(
        0,
        "optimization",
        Whole(2**63 - 1, least=0),
        "of the first weights, the copies and the order of the images",
    )
    seeds: int = setting(
        1,
        "optimization",
        Whole(1_000),
        "how many seeds to try, counting up from the first; the best on the validation images is "
        "kept",
    )
    reject_rate: float = setting(
        0.02,
        "optimization",
        Share(),
        "share of the validation digits that may be rejected: decides how bright an output must "
        "be to be an answer",
    )

    def __post_init__(self) -> None:
        if self.recipe not in _NAMES:
            raise RecipeError(f"There is no recipe {shortened(self.recipe)}, only {_NAMES}.")
        for name, known in settings().items():
            value = getattr(self, name)
            if not (known.kind.holds(value) or (value is None and known.optional)):
                raise RecipeError(
                    f"A recipe's {name} must be {known.kind}, not {shortened(value)}."
                )
        if not (self.hidden or self.feature_maps):
            raise RecipeError(
                f"A recipe's hidden must be 1 to {MOST_LAYERS} of {WIDTHS}; only one that has "
                "feature_maps can do without."
            )
        for sizes in (self.sizes, (N_PIXELS, *self.teacher, N_DIGITS)):
            check_parameters(_n_parameters(sizes))
        if self.dataset == "people" and self.rounds * self.synthetic > _MOST_SYNTHETIC:
            raise RecipeError(
                f"{self.rounds} rounds of {self.synthetic:,} synthetic examples are more than the "
                f"{_MOST_SYNTHETIC:,} that can be learned from; choose smaller numbers."
            )
        if self.dataset == "synthetic" and (self.images or 0) > _MOST_SYNTHETIC_DIGITS:
            raise RecipeError(
                f"{self.images:,} synthetic digits are more than the {_MOST_SYNTHETIC_DIGITS:,} "
                "that can be learned from; choose a smaller number of images."
            )

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many neurons each layer of the network has, the input first."""
        convolutional = (maps.n_out for maps in self.maps)
        return N_PIXELS, *convolutional, *self.hidden, N_DIGITS

    @property
    def maps(self) -> tuple[FeatureMaps, ...]:
        """The feature maps of its convolutional layers."""
        return chained(self.feature_maps, isqrt(N_PIXELS))

    @property
    def n_parameters(self) -> int:
        """How many weights and biases the network has; those that are shared count once."""
        shared = sum(maps.count * (maps.n_seen + 1) for maps in self.maps)
        return shared + _n_parameters(self.sizes[len(self.maps) :])

    @property
    def for_teacher(self) -> "Recipe":
        """How the teacher is trained, where it differs from its pupil."""
        return replace(
            self,
            hidden=self.teacher,
            feature_maps=(),
            teacher=(),
            activation="relu",
            learning_rate=0.002,
            weight_decay=0.05,
            batch_size=200,
            epochs=12,
        )

    @property
    def command(self) -> str:
        """The command that trains this way, every choice spelled out but the recipe's title."""
        return f"python -m core train {self.options}"

    @property
    def options(self) -> str:
        """The options of that command."""
        usual = RECIPES[self.recipe]
        words = ["--recipe", self.recipe]
        for name in settings():
            value, default = getattr(self, name), getattr(usual, name)
            if value is None or (name == "title" and value == default) or value == default == ():
                continue
            values = value if isinstance(value, tuple) else (value,)
            words += [f"--{name.replace('_', '-')}", *map(str, values)]
        return shlex.join(words)


def _n_parameters(sizes: tuple[int, ...]) -> int:
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def settings() -> dict[str, Setting]:
    """The settings of a recipe by their names, in the order of its fields."""
    described = (each for each in fields(Recipe) if each.metadata)
    return {each.name: each.metadata["setting"] for each in described}


RECIPES: Final = MappingProxyType(
    {
        "plain": Recipe(),
        "lesson": Recipe("lesson", title="The lesson's recipe", init="normal"),
        "people": Recipe(
            "people",
            title="Handwriting",
            dataset="people",
            lens="on",
            teacher=(256, 128),
            loss="digit-or-none",
            optimizer="adam",
            schedule="one-cycle",
            learning_rate=0.01,
            weight_decay=0.02,
            batch_size=200,
            epochs=200,
            seeds=3,
            reject_rate=0.025,
        ),
        "untrained": Recipe("untrained", title="Untrained", dataset="nothing", init="normal"),
    }
)
"""Named recipes to begin with."""
