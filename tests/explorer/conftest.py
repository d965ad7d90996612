"""What several files of tests without a browser need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.redis_server import RedisServer, redis_server


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    """A real Redis for a file of tests."""
    with redis_server() as server:
        yield server
