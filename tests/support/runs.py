"""Runs of trainings on real workers, and ways to wait for what becomes of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import numpy as np

from core.nn.network import Network
from core.training import dataset
from core.training.recipes import RECIPES, Recipe
from explorer.state.session import Session
from explorer.training.run import Run
from explorer.training.trainer import Trainer
from explorer.training.workers import Workers
from support.patience import PATIENCE

#: 50 steps an epoch, which take some milliseconds.
SMALL: Final = replace(RECIPES["lesson"], images=500, epochs=3)
#: Some seconds of training, so that there is time to do something meanwhile.
LONG: Final = replace(SMALL, epochs=2_000)
_UNDER_WAY: Final = ("preparing", "waiting", "running")


def make_few_digits() -> None:
    """Have this process make only 20 synthetic digits to validate by, which is quick."""
    dataset._N_SYNTHETIC_VALIDATION = 20  # type: ignore[misc]


@contextmanager
def open_workers(count: int = 1, turn_seconds: float = 20) -> Iterator[Workers]:
    """Workers that end with the block."""
    workers = Workers(count, turn_seconds)
    try:
        yield workers
    finally:
        workers.stop()


async def until(run: Run, holds: Callable[[], bool]) -> None:
    """Wait until something holds, which it can only begin to do when the run changes."""
    changed = asyncio.Event()
    watcher = run.param.watch(lambda *_: changed.set(), list(run.param.values()))
    try:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await changed.wait()
                changed.clear()
    finally:
        run.param.unwatch(watcher)


async def rest(run: Run) -> str:
    """Let the run begin what it was told, and wait until it is done; returns its status."""
    await asyncio.sleep(0)
    await until(run, lambda: run.status not in _UNDER_WAY)
    return run.status


async def opened(workers: Workers, recipe: object = SMALL) -> Run:
    """A run whose data are prepared."""
    run = Run(workers, recipe)  # type: ignore[arg-type]
    run.open()
    await rest(run)
    assert run.state is not None, run.sentence
    return run


async def visited(workers: Workers, recipe: Recipe = SMALL) -> Trainer:
    """A person who has come to the place Train; the data are prepared."""
    session = Session()
    trainer = Trainer(session, Run(workers, recipe))
    session.place = "train"
    await rest(trainer.run)
    assert trainer.run.state is not None, trainer.run.sentence
    return trainer


def parameters(network: Network) -> bytes:
    """All weights and biases, bit for bit."""
    arrays = [np.hstack((each.weights, each.biases[:, None])) for each in network.layers]
    return b"".join(each.tobytes() for each in arrays)
