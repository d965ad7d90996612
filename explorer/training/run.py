"""One training that a person watches: played, paused, stepped and reset.

It imports no Panel, so it can be used, and tested, without a page. All work is done by worker
processes, one short stretch after the other; here only values are kept. A run that is not played
costs nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from math import inf
from time import monotonic
from typing import Any, ClassVar, Final, TypeAlias

from param.parameterized import batch_call_watchers

from core.errors import InputError
from core.nn.network import Network
from core.training.card_curves import card_curves
from core.training.findings import Divergence
from core.training.loop import DivergenceError
from core.training.own_examples import OwnExamples
from core.training.recipes import RECIPES, Recipe
from core.training.stretch import TrainingState
from explorer.texts import number, sentence, significant, text
from explorer.training.limits import available, check_recipe, check_steps, fitted
from explorer.training.run_state import RunState
from explorer.training.worker import (
    Advanced,
    Course,
    advance_stretch,
    begin_training,
    diagnosis,
    finish,
)
from explorer.training.workers import Turn, Workers

log = logging.getLogger(__name__)

_Goal: TypeAlias = Callable[[TrainingState], int]
"""The step up to which a training goes on."""

_FIRST_SECONDS: Final = 0.01
_STRETCH_SECONDS: Final = 0.08
"""The first stretch after each press of play is short, so that something is seen at once."""

#: What there is to see of a run.
WATCHED: Final = [
    *("state", "status", "progress", "place_in_line", "curves", "findings", "sentence"),
    *("seconds_left",),
]

_LOOK_SECONDS: Final = 0.1
_DIAGNOSIS_SECONDS: Final = 2.0


class Run(RunState):
    """A training by a recipe, on workers that it shares with others.

    What begins something needs a running event loop, and returns at once.

    Args:
        workers: those of the server.
        recipe: how to train; the lesson's recipe to begin with.

    Raises:
        InputError: this recipe cannot be trained in a page.
    """

    #: Whether others look at it as well.
    is_common: ClassVar[bool] = False

    def __init__(self, workers: Workers, recipe: Recipe = RECIPES["lesson"]) -> None:
        check_recipe(recipe)
        super().__init__(recipe)
        self._workers = workers
        self._goal: _Goal | None = None
        self._task: asyncio.Task[None] | None = None
        self._first: Advanced | None = None
        self._note = ""
        self._last_diagnosis = -inf
        self._watchers: dict[Callable[..., None], Any] = {}

    def look(self, told: Callable[..., None]) -> None:
        """Call ``told`` when there is something new to see."""
        self._watchers[told] = self.param.watch(told, WATCHED)

    def look_away(self, told: Callable[..., None]) -> None:
        """Call it no more."""
        if told in self._watchers:
            self.param.unwatch(self._watchers.pop(told))

    def open(self) -> None:
        """Prepare the data and the first state, so that `play` shows something at once.

        Where there is no training, that is for `play` to say.
        """
        if self._workers.count and self.state is None and self._goal is None:
            self._go(lambda _: 0)

    def play(self) -> None:
        """Train until all steps are done."""
        self._go(lambda state: state.n_steps)

    def one_batch(self) -> None:
        """Train one step."""
        step = self.step
        self._go(lambda _: step + 1)

    def one_epoch(self) -> None:
        """Train up to the end of the epoch."""
        step = self.step
        self._go(lambda state: (step // state.n_batches + 1) * state.n_batches)

    def pause(self) -> None:
        """Stop where it is; a stretch that is under way is the last one."""
        self._goal = None
        if self.status in ("preparing", "waiting"):
            self._stop()
            self._rest(self._resting)

    def reset(self) -> None:
        """Begin anew with the same start."""
        self._stop()
        with batch_call_watchers(self):
            self._forget(sentence=self._note)
            if self._first is not None:
                self._take(self._first)

    def choose(self, recipe: Recipe, start: Network | None = None, start_name: str = "") -> None:
        """Begin anew by another recipe, with random weights or with those of ``start``.

        Then the sizes and the activations are those of ``start``, whatever the recipe says.
        ``start_name`` is what the page calls it.

        Raises:
            InputError: it cannot be trained here; everything stays as it is.
        """
        if start is not None:
            recipe = fitted(recipe, start)
        check_recipe(recipe)
        self._stop()
        self._first, self._note = None, ""
        self._forget(recipe=recipe, start=start, start_name=start_name)

    def sibling(self) -> Run:
        """Another run with the same settings and the same start, which nobody has begun."""
        other = Run(self._workers, self.recipe)
        other._first, other._note = self._first, self._note
        other.param.update(start=self.start, start_name=self.start_name, own=self.own)
        return other

    def learn_from(self, own: OwnExamples | None) -> None:
        """Begin anew with the person's own examples mixed into the data, or without any.

        They stay whatever recipe is chosen.
        """
        self._stop()
        self._first = None
        self._forget(own=own, sentence=self._note)

    def close(self) -> None:
        """The page has gone: the worker is free at once, and `resume` goes on from here."""
        goal = self._goal
        if self._task is not None:
            self._stop()
            self._rest(self._resting)
        self._goal = goal

    def resume(self) -> None:
        """Go on with what `close` has interrupted, if anything."""
        if self._goal is not None:
            self._go(self._goal)

    async def finish(self, title: str, step: int | None = None) -> Network:
        """Pause; the network of a checkpoint with this title and its model card.

        ``step`` is the checkpoint's; None is the latest state.

        Raises:
            InputError: nothing is trained yet, the title cannot be, or data are missing.
            KeyError: there is no such checkpoint.
        """
        self.pause()
        if (state := self.state) is None:
            raise InputError(text("training.nothing"))
        step = state.step if step is None else step
        recipe, network = replace(self.recipe, title=title), self.checkpoints.at(step)
        curves = card_curves(self.losses[:step], self.accuracies[: step // state.n_batches])
        course = Course(curves, step if step < state.n_steps else None)
        given = recipe, self.start, self.own, network, course
        async with self._workers.turn() as turn:
            return await turn.worker.call(finish, *given)

    @property
    def _wants_more(self) -> bool:
        if self._goal is None:
            return False
        state = self.state
        return state is None or state.step < min(self._goal(state), state.n_steps)

    def _go(self, goal: _Goal) -> None:
        self._goal = goal
        if not self._wants_more or self.status == "diverged":
            return
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._work())
        elif self.status == self._resting:  # what was done is still looked at
            self.status = "running"

    def _stop(self) -> None:
        """What is under way is of no use any more."""
        self._goal = None
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    async def _work(self) -> None:
        try:
            while self._wants_more:
                async with self._workers.turn(self._wait) as turn:
                    await self._use(turn)
            self._rest(self._resting)
        except DivergenceError as error:
            self._diverge(error)
        except InputError as error:
            self._rest("failed", sentence(error))
        except Exception:  # ours: it shows, and the page goes on
            log.exception("A training failed.")
            self._rest("failed", text("training.failed"))
        finally:
            if self._task is asyncio.current_task():
                self._task = None

    def _wait(self, place: int) -> None:
        self.param.update(status="waiting", place_in_line=place)

    async def _use(self, turn: Turn) -> None:
        """Train until there is no more to do, or the worker's turn is over."""
        self.param.update(place_in_line=None, sentence=self._note)
        if self.state is None:
            await self._begin(turn)
        seconds = _FIRST_SECONDS
        self._pace.begin()
        while self._wants_more:
            await self._advance(turn, seconds)
            if turn.is_over:
                break
            seconds = min(2 * seconds, _STRETCH_SECONDS)
        if not self._wants_more:
            self._rest(self._resting)
            await self._diagnose(turn)

    async def _begin(self, turn: Turn) -> None:
        """Prepare the data, and measure the network before its first step."""
        recipe, self._note = available(self.recipe)
        self.param.update(recipe=recipe, sentence=self._note, status="preparing", progress=0.0)
        call = asyncio.ensure_future(turn.worker.call(begin_training, recipe, self.start, self.own))
        try:
            while not (await asyncio.wait({call}, timeout=_LOOK_SECONDS))[0]:
                self.progress = turn.worker.progress
        finally:
            call.cancel()  # which does nothing to one that is done
        first = call.result()
        check_steps(first.state)
        self._first = first
        self._take(first, progress=None)

    async def _advance(self, turn: Turn, seconds: float) -> None:
        state, goal = self.state, self._goal
        if state is None or goal is None:
            return
        self.status = "running"
        steps = min(goal(state), state.n_steps) - state.step
        advanced = await turn.worker.call(
            advance_stretch, self.recipe, self.own, state, steps, seconds
        )
        self._take(advanced)
        if advanced.accuracies and monotonic() > self._last_diagnosis + _DIAGNOSIS_SECONDS:
            await self._diagnose(turn)

    async def _diagnose(self, turn: Turn) -> None:
        if (state := self.state) is None or not state.step:
            return
        given = (self.recipe, self.own, state, self.losses, self.accuracies)
        self.findings = await turn.worker.call(diagnosis, *given)
        self._last_diagnosis = monotonic()

    def _diverge(self, error: DivergenceError) -> None:
        """The state before is the last; nothing can be trained any more."""
        said = text(
            "training.diverged",
            step=number(error.step),
            rate=f"{self.recipe.learning_rate:g}",
            before=significant(error.before, 3),
            after=significant(error.after, 3),
        )
        self._rest("diverged", said, findings=(Divergence.of(error),), seconds_left=None)

    @property
    def _resting(self) -> str:
        """What the run does when it does nothing."""
        if self.state is None or not self.state.step:
            return "idle"
        return "done" if self.state.is_done else "paused"

    def _rest(self, status: str, said: str = "", **changes: Any) -> None:
        """Nothing more is to be done; ``said`` is why, if it has a reason."""
        self._goal = None
        resting = {"progress": None, "place_in_line": None, "sentence": said or self._note}
        self.param.update(status=status, **resting | changes)
