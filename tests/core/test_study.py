"""A study trains each combination once, wherever that is done, and adds up what comes of it."""

import shlex
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from os import _exit as exit_at_once
from pathlib import Path

import pytest

from core.__main__ import main
from core.errors import InputError
from core.nn.network import Network
from core.training.recipes import Recipe
from core.training.study import Result, Row, Study, completed, submit, table, train_for_study
from core.worker_processes import worker_processes

QUICK = Recipe(images=300, epochs=1, batch_size=50)
DIVERGING = replace(
    QUICK, activation="relu", output_activation="identity", learning_rate=1_000.0, hidden=(4,)
)


def test_each_combination_is_one_network_with_one_seed() -> None:
    study = Study(replace(QUICK, seed=5, seeds=3), widths=(8, 16), depths=(1, 3), n_seeds=2)
    assert [(each.hidden, each.seed) for each in study.recipes] == [
        (hidden, seed) for hidden in ((8,), (16,), (8, 8, 8), (16, 16, 16)) for seed in (5, 6)
    ]
    for each in study.recipes:
        assert replace(each, hidden=QUICK.hidden, seed=QUICK.seed) == QUICK


@pytest.mark.parametrize(
    ("recipe", "widths", "words"),
    [
        (replace(QUICK, dataset="nothing"), (8,), "choose a dataset"),
        (QUICK, (8, 100_000), "16,000,000 weights and biases"),
        (replace(QUICK, seed=2**63 - 1), (8,), "seed must be"),
        (QUICK, tuple(range(1, 5_002)), "can have 10,000 networks, not 10,002"),
    ],
)
def test_a_study_that_cannot_be_is_refused_before_anything_is_trained(
    recipe: Recipe, widths: tuple[int, ...], words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        Study(recipe, widths, depths=(1,), n_seeds=2)
    assert len(str(caught.value).splitlines()) == 1


def test_a_network_is_that_of_train_bit_for_bit_whatever_trains_it(tmp_path: Path) -> None:
    (recipe,) = Study(QUICK, (4,), (2,), 1).recipes
    path = tmp_path / "net.npz"
    assert main([*shlex.split(recipe.command)[3:], "--output", str(path)]) == 0
    with ThreadPoolExecutor(1) as here, worker_processes(1) as elsewhere:
        for executor in (here, elsewhere):
            ((result, network),) = completed(submit([recipe], executor))
            assert network == path.read_bytes()
            assert result.accuracy == Network.load(path).card["accuracy"]["validation"]
            assert (result.hidden, result.seed, result.failure) == ((4, 4), 0, "")
            assert result.n_parameters == Network.load(path).n_parameters
            assert result.seconds > 0


def test_a_training_that_diverges_is_a_result() -> None:
    result, network = train_for_study(DIVERGING)
    assert result.accuracy is None
    assert "with a learning rate of 1000" in result.failure
    assert network == b""


def test_data_that_are_missing_end_the_study(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))
    with ThreadPoolExecutor(1) as executor, pytest.raises(InputError, match="named by MNIST_DIR"):
        list(completed(submit(Study(QUICK, (2, 3), (1,), 1).recipes, executor)))


def test_a_worker_that_is_killed_ends_the_study_and_its_executor() -> None:
    with pytest.raises(BrokenProcessPool), worker_processes(2) as executor:
        list(completed({executor.submit(exit_at_once, 1)}))  # type: ignore[arg-type]


def result(hidden: tuple[int, ...], seed: int, accuracy: float | None) -> Result:
    failure = "The training diverged." if accuracy is None else ""
    return Result(hidden, seed, 1000 * len(hidden), 2.0 + seed, accuracy, failure)


def test_the_table_has_mean_and_spread_over_the_seeds_of_each_architecture() -> None:
    rows = table(
        [
            result((4, 4), 0, 0.5),
            result((16,), 0, None),
            result((4,), 2, 0.9),
            result((4,), 0, 0.7),
            result((4,), 1, 0.8),
            result((4, 4), 1, None),
        ]
    )
    assert rows == (
        Row((4,), 1000, pytest.approx(0.8), pytest.approx(0.1), 3.0, 3, 0),
        Row((16,), 1000, None, None, 2.0, 1, 1),
        Row((4, 4), 2000, 0.5, None, 2.5, 2, 1),
    )
    assert table([]) == ()
