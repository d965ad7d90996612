"""A training can be cut anywhere, sent elsewhere and gone on with: nothing of it changes."""

import pickle
from dataclasses import replace
from functools import lru_cache
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from core import Network
from core.data.images import Images
from core.nn.activations import identity, relu
from core.training.dataset import Dataset
from core.training.loop import (
    DivergenceError,
    Examples,
    Hyperparameters,
    TrainingError,
    one_hot,
    train,
)
from core.training.losses import softmax_cross_entropy
from core.training.optimizers import Adam
from core.training.schedules import one_cycle
from core.training.stretch import TrainingState, advance, begin

N = 103
SIZES = (784, 8, 10)
PLAIN = Hyperparameters(epochs=3, seed=2)
MODERN = Hyperparameters(3, 16, 0.01, 0.02, softmax_cross_entropy, Adam, schedule=one_cycle, seed=3)
HYPERS = pytest.mark.parametrize("hyper", [PLAIN, MODERN], ids=["the lesson's", "a modern one"])


@lru_cache
def dataset(weighted: bool = False) -> Dataset:
    rng = np.random.default_rng(5)
    images = Images(rng.random((N, 784), np.float32), rng.integers(0, 10, N).astype(np.uint8))
    weights = rng.uniform(0.5, 2, N).astype(np.float32) if weighted else None
    return Dataset(images.images, one_hot(images.labels), {"validation": images}, weights)


def begun(hyper: Hyperparameters) -> TrainingState:
    return begin(Network.random(SIZES, seed=1), hyper, N)


def in_one_go(hyper: Hyperparameters, data: Dataset) -> tuple[list[bytes], list[float]]:
    """The parameters and the losses of all steps, of a training that nothing interrupts."""
    start = Network.random(SIZES, seed=1)
    steps = list(train(start, data.inputs, data.targets, hyper, weights=data.weights))
    return [each.parameters.tobytes() for each in steps], [each.loss for each in steps]


@HYPERS
@pytest.mark.parametrize("cut", [1, 4, 7, 1000])
def test_a_training_in_stretches_is_the_training_in_one_go(
    hyper: Hyperparameters, cut: int
) -> None:
    data = dataset(weighted=hyper is MODERN)
    parameters, expected = in_one_go(hyper, data)
    state, losses = begun(hyper), []
    while not state.is_done:
        stretch = advance(pickle.loads(pickle.dumps(state)), data, cut)
        assert len(stretch.losses) == stretch.state.step - state.step
        state = stretch.state
        losses.extend(stretch.losses.tolist())
        assert state.parameters.tobytes() == parameters[state.step - 1]
    assert losses == expected
    assert state.step == state.n_steps == len(expected)


def test_a_training_from_a_memory_map_is_the_same_and_computes_with_plain_arrays(
    tmp_path: Path,
) -> None:
    data = dataset()
    np.save(tmp_path / "inputs.npy", data.inputs[np.arange(N)])
    mapped = np.load(tmp_path / "inputs.npy", mmap_mode="r")
    one, other = (
        advance(begun(PLAIN), each, 5).state for each in (data, replace(data, inputs=mapped))
    )
    assert one.parameters.tobytes() == other.parameters.tobytes()
    images, targets, _ = Examples.of(mapped, data.targets, None).batch(np.arange(3))
    assert type(images) is type(targets) is np.ndarray


@HYPERS
def test_a_state_stays_as_it_was_and_can_be_gone_on_from_again(hyper: Hyperparameters) -> None:
    data = dataset()
    state = advance(begun(hyper), data, 5).state
    kept = state.parameters.copy()
    first, again = (advance(state, data, 9).state for _ in range(2))
    assert first.parameters.tobytes() == again.parameters.tobytes()
    assert state.step == 5
    np.testing.assert_array_equal(state.parameters, kept)
    for each in (state, pickle.loads(pickle.dumps(state))):
        with pytest.raises(ValueError, match="read-only"):
            each.parameters[0] = 1


def test_a_state_says_where_it_is() -> None:
    state, data = begun(PLAIN), dataset()
    assert (state.step, state.epoch, state.share, state.is_done) == (0, 0, 0, False)
    assert isnan(state.first_loss)
    assert (state.n_batches, state.n_steps) == (11, 33)
    assert state.network.to_bytes() == state.start.to_bytes()
    for step, epoch in ((1, 1), (11, 1), (12, 2), (33, 3)):
        state = advance(state, data, step - state.step).state
        assert (state.step, state.epoch, state.share) == (step, epoch, step / 33)
    assert state.is_done
    after = np.concatenate([each.weights for each in state.network.layers], axis=None)
    assert not np.isin(after, state.start.layers[0].weights).all()
    beyond = advance(state, data, 10)
    assert (beyond.state.step, len(beyond.losses)) == (33, 0)


def test_a_stretch_ends_after_the_first_step_past_its_time() -> None:
    stretch = advance(begun(PLAIN), dataset(), 20, seconds=0)
    assert (stretch.state.step, len(stretch.losses)) == (1, 1)
    assert advance(begun(PLAIN), dataset(), 20, seconds=3600).state.step == 20
    assert advance(begun(PLAIN), dataset(), 0).state.step == 0


def test_a_divergence_is_told_as_in_one_go() -> None:
    start = Network.random(SIZES, 1, activation=relu, output=identity)
    hyper, data = Hyperparameters(learning_rate=50), dataset()
    with pytest.raises(DivergenceError) as expected:
        list(train(start, data.inputs, data.targets, hyper))
    state = begin(start, hyper, N)
    with pytest.raises(DivergenceError) as caught:
        state = advance(advance(state, data, 1).state, data, 1000).state
    assert str(caught.value) == str(expected.value)
    assert (caught.value.step, caught.value.before) == (expected.value.step, expected.value.before)
    assert caught.value.step > 1


def test_what_cannot_be_gone_on_with_is_refused_in_one_sentence() -> None:
    with pytest.raises(TrainingError, match="at least one example"):
        begin(Network.random(SIZES, seed=1), PLAIN, 0)
    other = begin(Network.random(SIZES, seed=1), PLAIN, N + 1)
    with pytest.raises(TrainingError, match=r"began with 104 examples .* 103; "):
        advance(other, dataset(), 1)
