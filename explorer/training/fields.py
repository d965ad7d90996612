"""What a page offers of the settings of a recipe, and how each is written and read as text.

Which settings there are, and what each can be, is `core.training.recipes`'s to say. A page offers
those that one changes while one looks on, and keeps a training small enough for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final

from core.nn.activations import ACTIVATIONS
from core.training.recipes import Recipe, RecipeError, settings
from core.training.settings import Choice, Kind, Positive, Several, Share, Whole
from explorer.texts import number, text
from explorer.transport.messages import NotUnderstoodError

#: What a page accepts, where a recipe accepts more. Other activation functions of the outputs have
#: no scale from 0 to 1, a softmax in between mixes what shall be told apart, and the loss that is
#: missing is for data with negatives.
_NARROWER: Final[dict[str, Kind]] = {
    "hidden": Several(Whole(128), 0, 4),
    "feature_maps": Several(Whole(8), 0, 2),
    "activation": Choice(("sigmoid", "relu", "tanh", "identity")),
    "output_activation": Choice(("sigmoid", "softmax")),
    "dataset": Choice(("mnist", "synthetic")),
    "loss": Choice(("quadratic", "cross-entropy", "softmax-cross-entropy")),
    "batch_size": Whole(10_000),
    "epochs": Whole(200),
    "seed": Whole(999_999_999, least=0),
}

_IN_SIGHT: Final = ("hidden", "activation", "learning_rate", "batch_size", "dataset")
_FOLDED: Final = (
    *("feature_maps", "loss", "output_activation", "optimizer", "schedule", "weight_decay"),
    *("init", "lens", "epochs", "seed"),
)

#: Of the sizes of several layers, for who is told what to write.
_EXAMPLES: Final = {"hidden": "16, 16", "feature_maps": "4, 8"}

#: Between the numbers of several layers, as people write them.
_SEPARATOR: Final = re.compile(r"\s*[,;\s-]\s*")


class FieldError(ValueError):
    """A text is no value that a field accepts; it says, in one sentence, which are."""


@dataclass(frozen=True)
class Field:
    """A setting as a page shows it.

    ``kind`` are the values that the page accepts, all of which a recipe accepts too. What
    ``is_folded`` is out of sight until one asks for more.
    """

    name: str
    kind: Kind
    is_folded: bool

    def described(self) -> dict[str, Any]:
        """What a script needs to make the field; ``options`` is None where one types."""
        return {
            "name": self.name,
            "label": text(f"setting.{self.name}"),
            "hint": text(f"setting_hint.{self.name}"),
            "options": self._options(),
            "keyboard": _keyboard(self.kind),
            "is_folded": self.is_folded,
        }

    def written(self, recipe: Recipe) -> str:
        """The recipe's value as the field shows it."""
        value = getattr(recipe, self.name)
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        return str(value).removesuffix(".0")

    def titled(self, recipe: Recipe) -> str:
        """The recipe's value as a person reads it: of a menu, the title of what is chosen."""
        written = self.written(recipe)
        return _title(written) if isinstance(self.kind, Choice) else written

    def read(self, written: str) -> Any:
        """The value that was entered.

        Raises:
            FieldError: it is none that the field accepts.
            NotUnderstoodError: it is not among the options of a menu.
        """
        value = _read(self.kind, written)
        if value is not None:
            return value
        if isinstance(self.kind, Choice):
            raise NotUnderstoodError(written)
        raise FieldError(self._refusal(written))

    def entered(self, written: str, recipe: Recipe) -> Recipe:
        """The recipe with the value that was entered.

        Raises:
            FieldError: the field does not accept it, or it leaves the network no hidden layer.
            NotUnderstoodError: it is not among the options of a menu.
        """
        value = self.read(written)
        try:
            return replace(recipe, **{self.name: value})
        except RecipeError as error:
            raise FieldError(text("training_form.no_layer")) from error

    def _refusal(self, written: str) -> str:
        """What to enter instead, and where that is accepted which is too large for a page."""
        expected = _expected(self.kind, _EXAMPLES.get(self.name, ""))
        if _read(settings()[self.name].kind, written) is None:
            return text("training_form.expected", values=expected)
        return text("training_form.expected_here", values=expected)

    def _options(self) -> list[tuple[str, str]] | None:
        """Value and title of each, if there are only a few to choose from."""
        if not isinstance(self.kind, Choice):
            return None
        return [(name, _title(name)) for name in self.kind.names]


def _title(name: str) -> str:
    return text(f"function.{name}") if name in ACTIVATIONS else text(f"setting_value.{name}")


def _keyboard(kind: Kind) -> str:
    """What a phone shows to type such a value, in the words of HTML's `inputmode`."""
    match kind:
        case Whole():
            return "numeric"
        case Positive() | Share():
            return "decimal"
        case _:
            return "text"


def _read(kind: Kind, written: str) -> Any:
    """The value of this kind that somebody wrote; None if it is none."""
    try:
        value = _value(kind, written.strip())
    except ValueError:
        return None
    return value if kind.holds(value) else None


def _value(kind: Kind, written: str) -> Any:
    match kind:
        case Several(kind=one):
            return tuple(one.read(each) for each in _SEPARATOR.split(written) if written)
        case Whole():
            return kind.read(_without_thousands(written))
        case _:
            return kind.read(written.replace(",", "."))


def _without_thousands(written: str) -> str:
    """The same without the marks that set thousands apart; a mark elsewhere stays."""
    mark = text("number.thousands")
    groups = rf"\d{{1,3}}({re.escape(mark)}\d{{3}})+"
    return written.replace(mark, "") if re.fullmatch(groups, written) else written


def _expected(kind: Kind, example: str) -> str:
    """The values of a kind that one types, in a few words."""
    match kind:
        case Several(kind=Whole() as one, most=layers):
            bounds = {"layers": layers, "most": number(one.most)}
            return text("training_form.layers", **bounds, example=example)
        case Whole(least=least, most=most):
            return text("training_form.whole_number", least=least, most=number(most))
        case Positive(most=most):
            return text("training_form.positive_number", most=number(most))
        case _:
            return text("training_form.share")


def _field(name: str) -> Field:
    return Field(name, _NARROWER.get(name, settings()[name].kind), name in _FOLDED)


FIELDS: Final = {name: _field(name) for name in (*_IN_SIGHT, *_FOLDED)}
"""The fields by the names of their settings, in the order in which a page shows them."""
