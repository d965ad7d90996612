"""Work that takes longer than a message may: in a thread beside the event loop, a piece at a time.

The loop goes on meanwhile. What it costs is the page's to pay, as if it had been done at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import thread_time
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

#: One thread: two would only take Python's lock from each other, and both from the loop.
_worker = ThreadPoolExecutor(1, "background")


async def in_background(
    charge: Callable[[float], None],
    function: Callable[Arguments, Result],
    *args: Arguments.args,
    **kw: Arguments.kwargs,
) -> Result:
    """Call a function in the background; ``charge`` is told the processor time, in seconds."""
    spent = 0.0

    def timed() -> Result:
        nonlocal spent
        start = thread_time()
        try:
            return function(*args, **kw)
        finally:
            spent = thread_time() - start

    try:
        return await asyncio.get_running_loop().run_in_executor(_worker, timed)
    finally:
        charge(spent)
