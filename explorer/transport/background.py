"""Work that takes longer than a message may: in a thread beside the event loop, a piece at a time.

The loop goes on meanwhile. What it costs is the page's to pay, as if it had been done at once; and
it speaks the page's language.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from time import thread_time
from typing import Any, ParamSpec, TypeAlias, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

#: Calls a function in the background, at a page's expense.
Work: TypeAlias = Callable[..., Awaitable[Any]]

#: One thread: two would only take Python's lock from each other, and both from the loop.
_worker = ThreadPoolExecutor(1, "background")


async def for_all_pages(
    function: Callable[Arguments, Result], *args: Arguments.args, **kw: Arguments.kwargs
) -> Result:
    """Call in the background what all pages share, and none of them is to pay for."""
    return await in_background(lambda _: None, function, *args, **kw)


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
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_worker, copy_context().run, timed)
    finally:
        charge(spent)
