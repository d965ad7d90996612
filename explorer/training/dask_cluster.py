"""Trainings on a Dask cluster, for ``python -m core study --dask``; Dask is an optional extra."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from typing import Any

from core.errors import InputError

_PATIENCE = "10s"


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """An executor whose work is done by the cluster with the scheduler at ``address``.

    What has not begun when the block ends is cancelled. Raises ``InputError`` if Dask is not
    installed, if no scheduler answers, and if the cluster or the project on it fails in the block.
    """
    try:
        from distributed import KilledWorker  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise InputError(
            "Dask is not installed; install it with pip install 'neuron-explorer[dask]', or leave "
            "out --dask."
        ) from error
    with _client(address) as client:
        executor: Executor = client.get_executor()
        try:
            yield executor
        except (CancelledError, KilledWorker) as error:
            raise InputError(
                f"The Dask cluster at {address} lost a training; the results before it are kept, "
                "and the same command goes on from there."
            ) from error
        except ModuleNotFoundError as error:
            raise InputError(
                f"The workers of the Dask cluster at {address} have no {error.name}; install "
                "neuron-explorer there as well."
            ) from error
        finally:
            executor.shutdown(wait=False)


def _client(address: str) -> Any:
    from distributed import Client  # noqa: PLC0415

    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:  # no answer in time is an OSError, too
        raise InputError(
            f"No Dask scheduler answers at {address}; start one with dask scheduler, and give the "
            "address that it prints."
        ) from error
