"""A training can be looked back at: its early networks closely, its later ones less so."""

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest

from core import Network
from core.data.images import Images
from core.training.checkpoints import Checkpoints
from core.training.dataset import Dataset
from core.training.loop import Hyperparameters, one_hot
from core.training.stretch import TrainingState, advance, begin

START = Network.random((784, 4, 10), seed=1)
N_BYTES = START.n_parameters * 4


@lru_cache
def states() -> tuple[TrainingState, ...]:
    """A training's states after 0, 1, 2 … 200 steps."""
    rng = np.random.default_rng(5)
    images = Images(rng.random((20, 784), np.float32), rng.integers(0, 10, 20).astype(np.uint8))
    dataset = Dataset(images.images, one_hot(images.labels), {"validation": images})
    found = [begin(START, Hyperparameters(epochs=100), 20)]
    while not found[-1].is_done:
        found.append(advance(found[-1], dataset, 1).state)
    return tuple(found)


def kept(most_bytes: int, count: int = 201) -> Checkpoints:
    checkpoints = Checkpoints(most_bytes)
    for state in states()[:count]:
        checkpoints.add(state)
        assert len(checkpoints.steps) == 1 or checkpoints.n_bytes <= max(most_bytes, 2 * N_BYTES)
        assert (checkpoints.steps[0], checkpoints.steps[-1]) == (0, state.step)
    return checkpoints


def test_each_checkpoint_is_the_network_of_its_step() -> None:
    checkpoints = kept(N_BYTES * 12)
    assert len(checkpoints.steps) == 12
    assert checkpoints.steps == tuple(sorted(set(checkpoints.steps)))
    for step in checkpoints.steps:
        assert checkpoints.at(step).to_bytes() == states()[step].network.to_bytes()


def test_all_are_kept_as_long_as_there_is_room() -> None:
    checkpoints = kept(N_BYTES * 12, count=12)
    assert checkpoints.steps == tuple(range(12))
    assert checkpoints.n_bytes == N_BYTES * 12


def test_they_are_dense_early_and_thinner_later() -> None:
    checkpoints = kept(N_BYTES * 40)
    assert checkpoints.steps[:6] == (0, 1, 2, 3, 4, 5)
    later = [after / before for before, after in pairwise(checkpoints.steps[10:])]
    assert max(later) < 1.3
    assert checkpoints.steps[-1] - checkpoints.steps[-3] > 6


def test_a_long_training_keeps_its_limit_and_has_no_gap() -> None:
    checkpoints = Checkpoints(1_000_000)
    for step in range(0, 165_000, 150):
        checkpoints.add(replace(states()[0], step=step))
    assert len(checkpoints.steps) == 1_000_000 // N_BYTES
    assert max(after / before for before, after in pairwise(checkpoints.steps[2:])) < 1.6


@pytest.mark.parametrize("most_bytes", [0, N_BYTES])
def test_the_first_and_the_latest_are_kept_whatever_they_take(most_bytes: int) -> None:
    assert kept(most_bytes).steps == (0, 200)


def test_the_nearest_checkpoint_is_found() -> None:
    checkpoints = Checkpoints()
    for step in (0, 4, 10):
        checkpoints.add(states()[step])
    found = {step: checkpoints.nearest(step) for step in (-3, 1, 2, 3, 6, 7, 8, 99)}
    assert found == {-3: 0, 1: 0, 2: 0, 3: 4, 6: 4, 7: 4, 8: 10, 99: 10}


def test_one_that_is_there_already_is_not_kept_twice() -> None:
    checkpoints = kept(10_000_000, count=5)
    checkpoints.add(states()[2])
    assert checkpoints.steps == (0, 1, 2, 3, 4)


def test_what_was_not_kept_is_not_made_up() -> None:
    checkpoints = kept(N_BYTES * 3, count=9)
    with pytest.raises(KeyError):
        checkpoints.at(7)
    with pytest.raises(KeyError):
        Checkpoints().at(0)
    with pytest.raises(ValueError, match="empty"):
        Checkpoints().nearest(0)
