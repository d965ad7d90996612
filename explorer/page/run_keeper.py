"""A run outlives a reload and a lost connection: the tab keeps its key, and brings it along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import param

from explorer.state.session import Session
from explorer.texts import text
from explorer.training.left_runs import LeftRuns, new_key
from explorer.training.recipe_text import NoRecipeError, recipe_of, recipe_text
from explorer.training.trainer import Trainer
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class RunKeeper(LiveComponent):
    """Nothing is seen of it. Of a page on which nothing was trained, nothing is kept or said.

    Args:
        session: the page's.
        place: gives the trainer of the page, whose place Train is built if need be.
        left: the runs of this process that pages have left.
    """

    script = Path(__file__).with_name("run_keeper.js")

    key = param.String(doc="Opens the person's own run; empty as long as it has not begun.")
    recipe = param.String(
        doc="How it is trained; empty if that needs a network or drawings of the page."
    )

    def __init__(self, session: Session, place: Callable[[], Trainer], left: LeftRuns) -> None:
        super().__init__()
        self._session, self._place, self._left = session, place, left
        self._trainer: Trainer | None = None
        self._has_left = False
        self._key = new_key()

    def keep(self, trainer: Trainer) -> None:
        """From now on keep the own run of this trainer."""
        self._trainer = trainer
        trainer.param.watch(self._keep, "told")

    def receive(self, message: Message) -> Awaitable[None] | None:
        """A tab that was opened again brings the key of its run, and whether it was shown."""
        match message:
            case {
                "type": "restore",
                "key": str(key),
                "recipe": str(recipe),
                "shown": bool(shown),
            }:
                return self._restore(key, recipe, shown)
        raise NotUnderstoodError(message)

    def leave(self) -> None:
        """The page has gone; it, or another one, may come back for the run."""
        self._has_left = True
        trainer, self._trainer = self._trainer, None
        if trainer is not None and self.key:
            self._left.leave(self.key, trainer.own_run)
        else:
            self._left.let_go(self._key)

    def _keep(self, *_: Any) -> None:
        if self._trainer is None:
            return
        run = self._trainer.own_run
        if run.step == 0:
            self.show(key="", recipe="")
            return
        self._left.hold(self._key)
        is_whole = run.start is None and run.own is None
        recipe = recipe_text(run.recipe) if is_whole else ""
        self.show(key=self._key, recipe=recipe)

    async def _restore(self, key: str, recipe: str, shown: bool) -> None:
        run = await self._left.take(key)
        if run is not None and self._has_left:  # the page has gone meanwhile
            self._left.leave(key, run)
        elif run is not None:
            self._key = key
            self._place().take_up(run, shown=shown)
        elif not self._left.is_held(key):  # it is no other tab's, of which this one is a copy
            self._say_that_it_is_lost(recipe)

    def _say_that_it_is_lost(self, recipe: str) -> None:
        self._session.notice = text("train.lost")
        with suppress(NoRecipeError):
            chosen = recipe_of(recipe)
            self._place().own_run.choose(chosen)
            self._session.notice = text("train.lost_begin_again")
