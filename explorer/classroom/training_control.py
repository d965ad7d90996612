"""The teacher's control of trainings: forbid them, allow them, or start the same run for all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import param
from panel.custom import Child
from panel.layout import Column

from core.errors import InputError
from core.training.recipes import RECIPES, Recipe
from explorer.classroom.classroom import Classroom
from explorer.classroom.records import Lesson
from explorer.texts import sentence, text
from explorer.training.form import TrainingForm
from explorer.training.limits import check_recipe
from explorer.training.recipe_text import recipe_text
from explorer.training.words import recipe_words
from explorer.training.workers import check_workers
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class TrainingControl(LiveComponent):
    """A button that opens a sheet. Until the teacher is admitted, it knows and does nothing."""

    script = Path(__file__).with_name("training_control.js")
    bundle = "teacher"

    form = Child(doc="The recipe of a run for all, once the sheet was opened.")
    trains = param.Boolean(default=True, doc="Whether pupils may train.")
    run = param.String(doc="The run that is the same for all, in a line; empty without one.")
    said = param.String(doc="Why the run cannot be started.")

    def __init__(self, classroom: Classroom) -> None:
        self._room = Column(sizing_mode="stretch_width")
        super().__init__(form=self._room)
        self._classroom = classroom
        self._recipe = RECIPES["lesson"]
        self.is_admitted = False

    def look(self, lesson: Lesson) -> None:
        """See what the class does."""
        run = lesson.training.recipe
        self.show(trains=lesson.trains, run="" if run is None else recipe_words(run))

    def receive(self, message: Message) -> None:
        """Show the form, or do what the teacher does."""
        match message:
            case {"type": "open"} if self.is_admitted:
                self._build()
            case {"type": "allow", "on": bool(on)} if self.is_admitted:
                self._classroom.act(partial(_allow, on))
            case {"type": "start"} if self.is_admitted:
                self._start()
            case {"type": "end"} if self.is_admitted:
                self._classroom.act(_end)
            case _:
                raise NotUnderstoodError(message)

    def _build(self) -> None:
        if not self._room.objects:
            self._room.append(self.adopt(TrainingForm(self._recipe, self._choose)))

    def _choose(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self.show(said="")

    def _start(self) -> None:
        try:
            self._check()
        except InputError as error:
            self.show(said=sentence(error))
            return
        self.show(said="")
        self._classroom.act(partial(_begin, recipe_text(self._recipe)))

    def _check(self) -> None:
        """Raise `InputError` if what the form shows cannot be trained."""
        if any(form.errors for form in self._room.objects):
            raise InputError(text("class_training.mend"))
        check_recipe(self._recipe)
        check_workers()


async def _allow(on: bool, lesson: Lesson) -> Mapping[str, Any]:
    return {"trains": on}


async def _begin(recipe: str, lesson: Lesson) -> Mapping[str, Any]:
    return {"trains": True, "run": lesson.round + 1, "recipe": recipe}


async def _end(lesson: Lesson) -> Mapping[str, Any]:
    return {"run": 0, "recipe": ""}
