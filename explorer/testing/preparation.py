"""What is made once for all pages, kept for whoever asks again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from typing import Any, ParamSpec, TypeVar

from explorer.testing import worker
from explorer.transport.worker_process import WorkerProcess

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

#: Has a function of `worker` called with some arguments.
Submit = Callable[..., Future[Any]]


class Preparations:
    """Results of functions of `worker`, by their arguments: each is made once.

    Args:
        submit: has a function called, elsewhere.
    """

    def __init__(self, submit: Submit) -> None:
        self._submit = submit
        self._made: dict[Any, Future[Any]] = {}

    async def get(self, function: Callable[..., Result], *args: Any) -> Result:
        """What a function returns; raises what it raises, and then it is asked anew next time.

        Raises:
            ProcessEndedError: the process was ended by somebody else.
        """
        key = (function, *args)
        if key not in self._made:
            self._made[key] = self._submit(function, *args)
        try:
            found: Result = await asyncio.shield(asyncio.wrap_future(self._made[key]))
        except Exception:
            self._made.pop(key, None)
            raise
        return found


class _Process:
    """A process that is started when it is first needed, and anew after it has ended."""

    def __init__(self) -> None:
        self._process: WorkerProcess | None = None

    def submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """Have a function called there, after all before it."""
        if self._process is None or self._process.has_ended:
            self._process = WorkerProcess(worker.start)
        return self._process.submit(function, *args)


@cache
def shared_preparations() -> Preparations:
    """Those of this process."""
    return Preparations(_Process().submit)


async def prepared(
    function: Callable[Arguments, Result], *args: Arguments.args, **kw: Arguments.kwargs
) -> Result:
    """What a function of `worker` returns, made once for all pages of this process."""
    return await shared_preparations().get(function, *args, **kw)
