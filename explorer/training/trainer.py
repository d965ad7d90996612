"""A person's training on the page: the run, and which moment of it the page shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from operator import is_not
from time import monotonic
from typing import Any, Final

import param

from core.errors import InputError
from core.nn.network import Network
from core.training.own_examples import OwnExamples
from core.training.recipes import Recipe
from explorer.state.networks import TRAINING
from explorer.state.session import PausedError, Session
from explorer.texts import sentence, text
from explorer.training.changed_network import is_changed, keep_changed
from explorer.training.moment import Moment
from explorer.training.run import Run
from explorer.training.two_runs import checkpoint_at

#: Seconds between two pictures of the film.
_PACE: Final = 1 / 12

#: Up to so many weights and biases, each network is sent; of larger ones, whose edges take half a
#: second to draw, there are so many seconds between two for each one more: four with 118,000.
_AT_ONCE: Final = 50_000
_PER_PARAMETER: Final = 4e-6


class Trainer(Moment):
    """Shows the latest network of a run while it trains, or the one of a checkpoint.

    In the place Train the page shows the network in training. Once it has learned something, it
    stays when the person goes elsewhere; before that, the network of before comes back. While
    another network is shown, the one in training is kept up to date among those to choose from.

    A run that is common to a class is looked at, and goes on for the others whatever happens here.

    A change of the network in training pauses the run. Where the training goes on, it does so from
    the network before the change, and the changed one is kept among the person's own.

    Args:
        session: the person's.
        run: the training.
        one_frame: lets all that changes meanwhile travel together.
    """

    film: bool = param.Boolean(default=False, doc="Whether the checkpoints are shown one by one.")

    def __init__(
        self,
        session: Session,
        run: Run,
        one_frame: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        super().__init__(run)
        self.session = session
        self._heard: set[Run] = set()
        self._one_frame = one_frame
        self._before = session.network_name
        self._shown: tuple[object, ...] = ()  # what the network that was put last was made of
        self._next = 0.0  # when the next network is sent while it trains
        self._film: asyncio.Task[None] | None = None
        self._use(run)
        session.param.watch(self._go, "place")
        session.param.watch(self._follow_class, "paused")
        session.param.watch(self._follow_changes, "edits")
        self._go()

    def choose(self, recipe: Recipe) -> None:
        """Begin anew, with other settings."""
        self._tell(self._begin, Run.choose, recipe, self.run.start, self.run.start_name)

    def train_second(self, recipe: Recipe) -> None:
        """The same, and train at once."""
        self._tell(self._train, lambda: self._play_anew(recipe))

    def begin_with(self, name: str) -> None:
        """Begin anew from the network of this name, with its changes; from random weights if empty.

        Raises:
            KeyError: there is no network of this name.
        """
        start = self.session.network_named(name) if name else None
        self._tell(self._begin, Run.choose, self.run.recipe, start, name)

    def learn_from(self, own: OwnExamples | None) -> None:
        """Begin anew with the person's own examples among the data, or without any."""
        self._tell(self._begin, Run.learn_from, own)

    def play(self) -> None:
        """Train on from the latest network."""
        self._tell(self._train, self.run.play)

    def pause(self) -> None:
        """Train no further for now; of a common run, look no further."""
        self._tell(self._rest)

    def one_batch(self) -> None:
        """Take the step of one mini-batch."""
        self._tell(self._train, self.run.one_batch)

    def one_epoch(self) -> None:
        """Train for one epoch."""
        self._tell(self._train, self.run.one_epoch)

    def reset(self) -> None:
        """Go back to the start: the same first weights, the same order of the images."""
        self._tell(self._begin_again)

    def show_other(self) -> None:
        """Show the other run, at the same epoch; the one that was shown rests."""
        epoch = self.epoch
        self._end_film()
        self._keep_changes()
        self.runs.switch()
        self._use(self.own_run)
        step = checkpoint_at(self.run, epoch)
        self._look(None if step == self.run.step else step)

    def forget_other(self) -> None:
        """Forget the run that is not shown."""
        self.runs.forget()
        self._use(self.run)
        self.told = True

    def look_at(self, place: int) -> None:
        """Show the checkpoint of this place among all, the latest if it is the last.

        A run under way pauses: it goes on from its latest network.

        Raises:
            IndexError: there is no such checkpoint.
        """
        steps = self.run.checkpoints.steps
        step = steps[place]
        self._end_film()
        self._keep_changes()
        if self.is_under_way:
            self.run.pause()
        self._look(None if place == len(steps) - 1 else step)

    def play_film(self, on: bool) -> None:
        """Show all checkpoints one by one, from the first to the latest, or stop where it is."""
        self._end_film()
        if on and len(self.run.checkpoints.steps) > 1:
            self._keep_changes()
            if self.is_under_way:
                self.run.pause()
            self._film = asyncio.get_running_loop().create_task(self._show_film())
            self.film = True
        self._show()

    def show_run(self, run: Run) -> None:
        """Show another run from now on: the person's own, or a common one meanwhile."""
        self._end_film()
        self._keep_changes()
        self.looks_at = None
        self.run.pause()
        self._use(run)
        is_there = self.session.place == "train"
        if is_there:
            run.open()
        self._show(shown=is_there)

    def take_up(self, run: Run, *, shown: bool = False) -> None:
        """Go on, in the place of the person's own run, with one that was begun on another page.

        ``shown`` is whether its network is to be shown, and not the one that is.
        """
        before = self.runs.take_up(run)
        self._use(run if self.run is before else self.run)
        session = self.session
        if self.run is run and session.class_training.is_allowed and not session.paused:
            run.resume()
        else:
            run.pause()
        with session.saying_errors():
            self._show(shown=shown)

    async def finished(self, title: str) -> Network:
        """The network that is shown, with its model card, under this title.

        Raises:
            InputError: there is none yet, the title cannot be, or data are missing.
        """
        self._end_film()
        return await self.run.finish(title, self.looks_at)

    def close(self) -> None:
        """The page has gone; the person's own run rests, and can be taken up by another one."""
        self._end_film()
        self.run = self.own_run
        for run in self._heard:
            run.look_away(self._show)
        self.runs.close()

    def _use(self, run: Run) -> None:
        """Show a run, and hear of it, and of those that are compared with it."""
        self.run = run
        heard = {run, *self.runs.both}
        for each in self._heard - heard:
            each.look_away(self._show)
        for each in heard - self._heard:
            each.look(self._show)
        self._heard = heard

    def _begin(self, do: Callable[..., None], *args: Any) -> None:
        """Begin a run of the person's own anew; what has learned something stays beside it."""
        self.runs.begin(do, *args)
        self._use(self.own_run)

    def _begin_again(self) -> None:
        if not self.run.is_common:
            self._begin(Run.reset)

    def _play_anew(self, recipe: Recipe) -> None:
        self._begin(Run.choose, recipe, self.run.start, self.run.start_name)
        self.run.play()

    def _train(self, do: Callable[[], None]) -> None:
        if not self.session.class_training.is_allowed:
            raise PausedError(text("class_run.off"))
        self.session.trainings += 1
        do()

    def _rest(self) -> None:
        self.run.pause()
        if self.run.is_common and self.run.state is not None:
            self.looks_at = self.run.step

    def _tell(self, do: Callable[..., None], *args: Any) -> None:
        """Have the run do something, and show its latest network from now on."""
        with self.session.saying_errors():
            self._check_that_it_goes_on()
            self._end_film()
            self._keep_changes()
            self.looks_at = None
            do(*args)
            self._show(shown=self.session.place == "train")
        self.told = True  # also when it was refused: what was entered gives way to what is trained

    def _check_that_it_goes_on(self) -> None:
        if self.session.paused:
            raise PausedError(text("notice.paused"))

    def _look(self, step: int | None) -> None:
        self.looks_at = step
        self._show(shown=True)

    async def _show_film(self) -> None:
        for step in self.run.checkpoints.steps[:-1]:
            self._look(step)
            await asyncio.sleep(_PACE)
        self.film = False
        self._look(None)

    def _end_film(self) -> None:
        if self._film is not None:
            self._film.cancel()
        self._film, self.film = None, False

    def _go(self, *_: Any) -> None:
        """The person comes to the place, or leaves it."""
        session = self.session
        if session.place == "train":
            if session.network_name != TRAINING:
                self._before = session.network_name
            self.run.open()
            self._show(shown=True)
        elif session.network_name == TRAINING and not self.is_trained:
            try:
                session.choose_network(self._before)
            except InputError as error:
                session.notice = sentence(error)

    def _follow_class(self, *_: Any) -> None:
        """Where the teacher pauses the pads, trainings and films pause as well."""
        if self.session.paused:
            self._end_film()
            if self.is_under_way:
                self.run.pause()

    def _follow_changes(self, *_: Any) -> None:
        """What is changed by hand is not trained at the same time."""
        if is_changed(self.session) and self.is_under_way:
            self._rest()

    def _keep_changes(self) -> None:
        if is_changed(self.session):
            keep_changed(self.session, self.network)

    def _show(self, *_: Any, shown: bool = False) -> None:
        """Tell what there is; ``shown`` brings the network in training up if another one is."""
        with self._one_frame():
            self._stay_at_a_checkpoint()
            if not is_changed(self.session):
                self._put(shown)
            elif shown:
                with self.session.saying_errors():
                    self.session.choose_network(TRAINING)
            self.told = True

    def _put(self, shown: bool) -> None:
        """Put the network among those to choose from, if it is another one than is there."""
        made_of = self.run.recipe, self.run.start, self.run.state, self.looks_at
        is_new = len(made_of) != len(self._shown) or any(map(is_not, made_of, self._shown))
        if (is_new and not self._is_early()) or (shown and self.session.network_name != TRAINING):
            self._shown = made_of
            network = self.network
            self._next = monotonic() + _PER_PARAMETER * max(network.n_stored - _AT_ONCE, 0)
            self.session.put_network(TRAINING, network, shown=shown)

    def _is_early(self) -> bool:
        """Whether a large network is not to be sent yet, for another one will come soon."""
        return self.run.status == "running" and monotonic() < self._next

    def _stay_at_a_checkpoint(self) -> None:
        """The one that is looked at may have been dropped to make room for a later one."""
        steps = self.run.checkpoints.steps
        if self.looks_at is not None and self.looks_at not in steps:
            self.looks_at = self.run.checkpoints.nearest(self.looks_at)
