"""The settings of a training as a form, made from what the fields of a recipe can be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import param

from core.training.recipes import Recipe
from explorer.texts import text
from explorer.training.fields import FIELDS, Field, FieldError
from explorer.training.starting_points import STARTING_POINTS, starting_point
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

#: Where the command on the page writes the network.
_FILE: Final = "network.npz"


class TrainingForm(LiveComponent):
    """How the next training goes: ``choose`` is told each other recipe that somebody enters.

    What cannot be is said beside its field, where it stays as it was typed, and ``recipe`` remains
    the last one that can be trained.
    """

    script = Path(__file__).with_name("form.js")
    bundle = "training"

    fields = param.List(constant=True, doc="What each field is made of, in order.")
    starts = param.List(constant=True, doc="Name, title and description of each starting point.")
    start = param.String(default="", doc="The starting point that the recipe equals, if any.")
    values = param.Dict(default={}, doc="What the recipe has in each field, as text.")
    errors = param.Dict(default={}, doc="What is wrong with an entry, by the name of its field.")
    remarks = param.Dict(default={}, doc="What is said of a value, by the name of its field.")
    parameters = param.Integer(default=0, doc="How many weights and biases the network has.")
    command = param.String(
        default="", doc="The command that trains the same network; empty for none."
    )

    def __init__(self, recipe: Recipe, choose: Callable[[Recipe], None]) -> None:
        super().__init__(
            fields=[field.described() for field in FIELDS.values()],
            starts=[
                (name, text(f"start.{name}"), text(f"start_hint.{name}"))
                for name in STARTING_POINTS
            ],
            sizing_mode="stretch_width",
        )
        self._choose = choose
        self.show_recipe(recipe)

    def show_recipe(self, recipe: Recipe, *, has_command: bool = True) -> None:
        """Show a recipe instead of whatever has been entered; nobody is told.

        What goes on from a network of the page is trained by no command.
        """
        self.recipe, self.has_command = recipe, has_command
        self.show(errors={}, **self._shown())

    def receive(self, message: Message) -> None:
        """Take what was entered in a field, or a starting point."""
        match message:
            case {"type": "set", "name": str(name), "value": str(written)} if name in FIELDS:
                self._enter(FIELDS[name], written)
            case {"type": "start", "name": str(name)} if name in STARTING_POINTS:
                self._take(STARTING_POINTS[name], errors={})
            case _:
                raise NotUnderstoodError(message)

    def _enter(self, field: Field, written: str) -> None:
        try:
            recipe = field.entered(written, self.recipe)
        except FieldError as error:
            self.show(errors=self.errors | {field.name: str(error)})
            return
        others = {name: error for name, error in self.errors.items() if name != field.name}
        self._take(recipe, others)

    def _take(self, recipe: Recipe, errors: dict[str, str]) -> None:
        is_other = recipe != self.recipe
        self.recipe = recipe
        self.show(errors=errors, **self._shown())
        if is_other:
            self._choose(recipe)

    def _shown(self) -> dict[str, Any]:
        recipe = self.recipe
        return {
            "start": starting_point(recipe),
            "values": {name: field.written(recipe) for name, field in FIELDS.items()},
            "remarks": {"init": text("training_form.zeros")} if recipe.init == "zeros" else {},
            "parameters": recipe.n_parameters,
            "command": f"{recipe.command} --output {_FILE}" if self.has_command else "",
        }
