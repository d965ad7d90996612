"""What several files of tests without a browser need."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from core.files import cache_folder
from explorer.training.workers import Workers
from support.redis_server import RedisServer, redis_server
from support.runs import open_workers
from support.server import Server, serving, serving_class


@pytest.fixture(scope="session")
def own_server() -> Iterator[Server]:
    """The explorer for oneself, for all tests that only ask it for something."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def class_servers() -> Iterator[Callable[[str], Server]]:
    """A class by the command that serves it, for all tests that leave nothing in it."""
    with ExitStack() as running:
        yield cache(lambda kind: running.enter_context(serving_class(kind)))


@pytest.fixture(params=["explorer", "panel"])
def server(request: pytest.FixtureRequest, class_servers: Callable[[str], Server]) -> Server:
    """Each of them in turn; a file of tests may have another server instead."""
    return class_servers(request.param)


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    """A real Redis for a file of tests."""
    with redis_server() as server:
        yield server


@pytest.fixture(scope="session")
def training_cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the tests prepare the data of trainings."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def training_environment(training_cache: str) -> Iterator[None]:
    """The cache is the tests' own, but MNIST is found where it is, also if that is the user's."""
    mnist = os.environ.get("MNIST_DIR", str(cache_folder() / "mnist"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MNIST_DIR", mnist)
        patch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", training_cache)
        yield


@pytest.fixture(scope="module")
def workers(training_environment: None) -> Iterator[Workers]:
    """One worker for a file of tests."""
    with open_workers() as started:
        yield started
