"""Serving the explorer: to oneself, to a classroom, in one process or several."""

from __future__ import annotations

import asyncio
import os
import socket
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from panel.io.server import get_server
from tornado.process import task_id

from core.errors import InputError
from core.formats.words import found_in_words
from core.nn.image_network import labels, reads_digits
from core.nn.network import Network
from explorer import create_app
from explorer.classroom.classroom import Classroom
from explorer.classroom.shared import new_classroom
from explorer.classroom.teacher_code import new_code
from explorer.diagram.weights import prepare_weights
from explorer.lesson.chapters import add, read_folder
from explorer.server.addresses import class_address
from explorer.server.invitation import invitation
from explorer.server.options import Options
from explorer.server.pages import open_page, open_teacher_page
from explorer.server.protection import protect
from explorer.server.tokens import KEY
from explorer.server.trusted_hosts import in_url
from explorer.server.visits import TEACHER
from explorer.texts import text
from explorer.training.workers import TRAINING_WORKERS, number_of_workers
from explorer.transport.client_messages import LARGEST_MESSAGE

LOCAL = "127.0.0.1"

#: How often Bokeh looks for sessions whose page has gone.
_LOOK_MILLISECONDS = 1000


def applications(
    network: Network | None, classroom: Classroom | None = None
) -> dict[str, Callable[[], None]]:
    """What the server runs for everyone who opens a page, by the page's address."""
    pages: dict[str, Callable[[], None]] = {"/": lambda: open_page(network, classroom)}
    if classroom is not None:
        pages[TEACHER] = lambda: open_teacher_page(classroom, network)
    return pages


def check_port(address: str, port: int) -> None:
    """Find out that a port is taken before anything is started.

    Raises:
        InputError: the port is in use, or the address is not one of this machine's.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise InputError(
                f"Port {port} of {address} cannot be used ({error}): "
                "choose another with --port or --address."
            ) from None


def serve(options: Options) -> None:
    """Serve the explorer until it is interrupted.

    Raises:
        InputError: the network or a chapter cannot be read or shown, the address or port cannot be
            used, or the class cannot be shared as asked.
    """
    _choose_training_workers(options)
    network = _network(options)
    if options.chapters is not None:
        add(read_folder(options.chapters))
    # Before the work is shared: whichever process is asked for the weights shall know them.
    prepare_weights(create_app(network).session.network)
    address = class_address(options.address) if options.is_class else options.address
    check_port(address or LOCAL, options.port)
    classroom = open_classroom(options)
    protect()
    if options.count == 1:
        _open_event_loop()
    else:  # each process has its own: one that is opened before the fork would be shared
        os.register_at_fork(after_in_child=_open_event_loop)
    server = get_server(applications(network, classroom), **_settings(options, address))
    here = _url(address or LOCAL, server.port)
    if not task_id():  # the first of several processes speaks for all
        home = f"http://{options.origins[0]}/" if options.origins else here
        print(_announcement(options, home, classroom), flush=True)
        if options.show:
            webbrowser.open(here)
    server.start()
    server.io_loop.start()


def _network(options: Options) -> Network | None:
    """The network of the command; raises ``InputError`` for one that a class cannot be shown."""
    if options.path is None:
        return None
    network = _loaded(options.path)
    if options.is_class and not reads_digits(network):
        raise InputError(
            f"A class votes on digits and counts them: it needs a network that reads 0 to 9, but "
            f"the outputs of {options.path.name} are {', '.join(labels(network))}."
        )
    return network


def _loaded(path: Path) -> Network:
    """The network in a file; of another program's, it is said what was found in it."""
    network = Network.load(path)
    imported = network.card.get("imported")
    if isinstance(imported, Mapping) and imported.get("file") == path.name:
        print(found_in_words(network), flush=True)
    return network


def _choose_training_workers(options: Options) -> None:
    """For all processes of the server; raises ``InputError`` for what the environment says."""
    if options.workers_each is not None:
        os.environ[TRAINING_WORKERS] = str(options.workers_each)
    number_of_workers()


def _open_event_loop() -> None:
    """Panel asks for the thread's event loop, which Python from 3.12 on no longer makes unasked."""
    asyncio.set_event_loop(asyncio.new_event_loop())


def open_classroom(options: Options) -> Classroom | None:
    """A class in this process's memory, or in Redis; none unless there shall be one.

    Raises:
        InputError: there is no class for its options, the code is too easily guessed, several
            processes shall share it without Redis, or Redis is not there.
    """
    if not options.is_class:
        for option, value in (("--code", options.code), ("--redis", options.redis)):
            if value is not None:
                raise InputError(f"{option} is for a class: add --class.")
        return None
    if options.redis is None and (options.processes or 1) > 1:
        raise InputError(
            "Several processes share a class through Redis: add --redis redis://localhost, or "
            "leave --processes out."
        )
    code = new_code() if options.code is None else options.code
    return new_classroom(code, options.redis)


def _settings(options: Options, address: str | None) -> dict[str, Any]:
    return {
        "title": text("page.name"),
        "port": options.port,
        "address": address or LOCAL,
        "num_procs": options.count,
        "rules": options.rules(address),
        "websocket_max_message_size": LARGEST_MESSAGE,
        "check_unused_sessions_milliseconds": _LOOK_MILLISECONDS,
        "sign_sessions": True,
        "secret_key": KEY,
    }


def _url(address: str, port: int) -> str:
    """Where a server is found from this machine."""
    everywhere = {"0.0.0.0": LOCAL, "::": "::1"}
    return f"http://{in_url(everywhere.get(address, address))}:{port}/"


def _announcement(options: Options, home: str, classroom: Classroom | None) -> str:
    if classroom is None:
        return f"The explorer is at {home}"
    return "\n".join(
        [
            invitation(home),
            f"The teacher opens {home}teacher with the code {classroom.code.code}",
            f"The projector shows {home}invitation",
            _sharing(options),
        ]
    )


def _sharing(options: Options) -> str:
    if not hasattr(os, "fork"):
        return "One process serves the class: this system cannot share the work among several."
    if options.count == 1:
        return "One process serves the class; with --redis, several share the work."
    return f"{options.count} processes share the work."
