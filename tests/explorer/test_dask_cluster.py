"""A study on a Dask cluster of two workers gives the networks that any other executor gives."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator

import dask
import pytest
from distributed import LocalCluster

from core.errors import InputError
from core.training.pipeline import train_network
from core.training.recipes import Recipe
from core.training.study import Study, completed, submit
from explorer.training.dask_cluster import cluster_executor

NOBODY = "tcp://127.0.0.1:9"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The scheduler of a cluster on this machine, which gives a task up when it kills a worker."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster,
    ):
        yield cluster.scheduler_address


def test_a_cluster_trains_the_same_networks_bit_for_bit(address: str) -> None:
    study = Study(Recipe(images=300, epochs=1, batch_size=50), (2, 3), (1,), 1)
    with cluster_executor(address) as executor:
        networks = {
            result.hidden: each for result, each in completed(submit(study.recipes, executor))
        }
    assert networks == {each.hidden: train_network(each).to_bytes() for each in study.recipes}


def test_a_training_that_kills_its_worker_is_one_sentence(address: str) -> None:
    with (
        pytest.raises(InputError, match=f"cluster at {address} lost a training; the results"),
        cluster_executor(address) as executor,
    ):
        list(completed({executor.submit(os._exit, 1)}))  # type: ignore[arg-type]


def test_workers_without_the_project_are_told_of(address: str) -> None:
    with (
        pytest.raises(InputError, match="have no nowhere; install neuron-explorer there"),
        cluster_executor(address) as executor,
    ):
        list(completed({executor.submit(importlib.import_module, "nowhere")}))  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [NOBODY, "carrier-pigeon://127.0.0.1:9", "127.0.0.1:port", ""])
def test_an_address_without_a_scheduler_is_one_sentence(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.training.dask_cluster._PATIENCE", "1s")
    with (
        pytest.raises(InputError, match="No Dask scheduler answers at") as caught,
        cluster_executor(wrong),
    ):
        pass
    assert "\n" not in str(caught.value)


def test_without_dask_the_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(InputError, match=r"pip install 'neuron-explorer\[dask\]'"),
        cluster_executor(NOBODY),
    ):
        pass
