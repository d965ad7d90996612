"""Puts the rules of this package in force, for either command.

`neuron-explorer` does it before it listens, `panel serve` with `--plugins explorer.plugin` too.
Without the plugin Panel first hears of the explorer when its first page is opened: from then on
the routes, headers and the log are as with it, but sockets that say nothing are left open.
"""

from __future__ import annotations

import gc
from functools import cache
from importlib import import_module

from threadpoolctl import threadpool_limits
from tornado.httpserver import HTTPServer

from explorer.server.file_limit import raise_file_limit
from explorer.server.http_server import BoundedServer
from explorer.server.routes import take_over_routes


@cache
def protect() -> None:
    """Put the rules in force, once in a process."""
    raise_file_limit()
    _calculate_on_one_core()
    HTTPServer.configure(BoundedServer)
    # The scripts of all components are one file: they have to be known before the first page is.
    import_module("explorer.server.pages")
    take_over_routes()
    # What is there by now stays: looking through it again took 75 ms of everybody's time.
    gc.collect()
    gc.freeze()


def _calculate_on_one_core() -> None:
    """Products of a few thousand numbers are done before a second thread has woken up.

    With the default of one thread a core, the lens was ten times slower while anything else
    ran, for the threads wait for each other in a busy loop.
    """
    threadpool_limits(limits=1, user_api="blas")
