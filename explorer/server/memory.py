"""Gives memory back to the system when the last page has gone.

Objects that refer to each other, as those of a page do, stay until Python looks for them; and what
is free then stays with the process until the C library is asked to return it. Python's own
allocator keeps a megabyte for as long as one object in it lives: started with
`PYTHONMALLOC=malloc`, nearly all that a crowd took goes back, and a page takes a third more time to
build.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from collections.abc import Callable
from functools import cache

#: Seconds in which the last page's models go, or another page comes.
_AFTER = 5.0


def give_back_soon(is_unused: Callable[[], bool]) -> None:
    """Give memory back if the server is still unused then."""

    def give_back() -> None:
        if is_unused():
            gc.collect()
            _trim()

    asyncio.get_running_loop().call_later(_AFTER, give_back)


@cache
def _library() -> ctypes.CDLL | None:
    """The C library, if it is one that returns memory when it is asked to."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if hasattr(library, "malloc_trim") else None


def _trim() -> None:
    if (library := _library()) is not None:
        library.malloc_trim(0)
