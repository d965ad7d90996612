"""Serving the explorer: to oneself, to a classroom, in one process or several."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panel.io.server import get_server
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.process import task_id

from core.errors import InputError
from core.nn.network import Network
from explorer import create_app
from explorer.classroom.classroom import Classroom
from explorer.classroom.shared import new_classroom
from explorer.classroom.teacher_code import new_code
from explorer.diagram.weights import name_of_weights, offer_weights
from explorer.server.addresses import class_address, is_loopback, local_addresses
from explorer.server.invitation import InvitationHandler, invitation
from explorer.server.pages import open_page, open_teacher_page
from explorer.server.security import MOST_SESSIONS, SafeHeaders, take_the_door
from explorer.server.static_files import compress_static_files
from explorer.transport.channel import offer_channel
from explorer.transport.client_messages import LARGEST_MESSAGE
from explorer.transport.scripts import offer_scripts

LOCAL = "127.0.0.1"


@dataclass(frozen=True)
class Options:
    """What the person who starts the server can choose.

    Args:
        path: file of the network to show, the default network if None.
        port: port to listen on.
        address: address to listen on; None is this machine alone.
        processes: how many processes share the work, where the system can fork; None is one.
        sessions: most pages open at a time, None is as many as the processes can bear; a newcomer
            beyond it is asked to wait.
        show: whether to open a browser.
        is_class: whether pupils of a local network shall join, and a teacher sees them.
        redis: where several processes share the class; None keeps it in one.
        code: what opens the teacher's page, see `TeacherCode`; None makes one up.
        origin: host (and port) under which a proxy in front of this server shows it.
    """

    path: Path | None = None
    port: int = 5006
    address: str | None = None
    processes: int | None = None
    sessions: int | None = None
    show: bool = False
    is_class: bool = False
    redis: str | None = None
    code: str | None = None
    origin: str | None = None


def applications(
    network: Network | None, classroom: Classroom | None = None
) -> dict[str, Callable[[], None]]:
    """What the server runs for everyone who opens a page, by the page's address."""
    pages: dict[str, Callable[[], None]] = {"/": lambda: open_page(network, classroom)}
    if classroom is not None:
        pages["/teacher"] = lambda: open_teacher_page(classroom)
    return pages


def allowed_origins(address: str | None, port: int) -> list[str]:
    """The hosts that pages may come from: this machine, and the address that was asked for."""
    hosts = ["localhost", "127.0.0.1"]
    if address == "0.0.0.0":
        hosts += local_addresses()
    elif address:
        hosts.append(address)
    return [f"{host}:{port}" for host in dict.fromkeys(hosts)]


def check_port(address: str | None, port: int) -> None:
    """Find out that a port is taken before anything is started.

    Raises:
        InputError: the port is in use, or the address is not one of this machine's.
    """
    family = socket.AF_INET6 if address and ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address or "127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"Port {port} of {address or 'this machine'} cannot be used ({error}): "
                "choose another with --port."
            ) from None


def serve(options: Options) -> None:
    """Serve the explorer until it is interrupted.

    Raises:
        InputError: the network cannot be read or shown, the address or port cannot be used, or
            the class cannot be shared as asked.
    """
    network = None if options.path is None else Network.load(options.path)
    # Before the work is shared: whichever process is asked for the weights shall know them.
    name_of_weights(create_app(network).session.network)
    is_class = options.is_class
    address = class_address(options.address) if is_class else options.address
    check_port(address, options.port)
    classroom = open_classroom(options)
    take_the_door()
    compress_static_files()
    parent = os.getpid()
    if processes(options) == 1:
        _open_event_loop()
    else:  # each process has its own: one that is opened before the fork would be shared
        os.register_at_fork(after_in_child=_open_event_loop)
    server = get_server(applications(network, classroom), **_settings(options, address))
    if not task_id():  # the first of several processes speaks for all
        print(_announcement(options, address, classroom), flush=True)
    if os.getpid() != parent:
        _end_with(parent, server.io_loop)
    server.start()
    server.io_loop.start()


def _open_event_loop() -> None:
    """Panel asks for the thread's event loop, which Python from 3.12 on no longer makes unasked."""
    asyncio.set_event_loop(asyncio.new_event_loop())


def _end_with(parent: int, loop: IOLoop) -> None:
    """Of several processes, only the first is told to end: the others look whether it is there."""

    def look() -> None:
        if os.getppid() != parent:
            loop.stop()

    loop.call_later(0, PeriodicCallback(look, 500).start)


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


def processes(options: Options) -> int:
    """How many processes the work is shared by: one where the system cannot fork."""
    if not hasattr(os, "fork"):
        return 1
    shared = options.is_class and options.redis is not None
    return max(1, options.processes or (os.cpu_count() or 1 if shared else 1))


def _settings(options: Options, address: str | None) -> dict[str, Any]:
    count = processes(options)
    origins = allowed_origins(address, options.port)
    return {
        "title": "Neuron explorer",
        "port": options.port,
        "address": address or LOCAL,
        "allow_websocket_origin": [*origins, *([options.origin] if options.origin else [])],
        "num_procs": count,
        "show": options.show,
        "most_sessions": -(-options.sessions // count) if options.sessions else MOST_SESSIONS,
        "serves_others": options.is_class or not is_loopback(address or LOCAL),
        "websocket_max_message_size": LARGEST_MESSAGE,
        # Only a proxy that was named may say for whom it asks.
        "use_xheaders": options.origin is not None,
        "http_server_kwargs": {"max_body_size": LARGEST_MESSAGE},
        # A page proves with its token that this server gave it out: nobody else makes sessions.
        "sign_sessions": True,
        "secret_key": secrets.token_urlsafe(32),
        "transforms": [SafeHeaders],
        "extra_patterns": [
            offer_weights(),
            offer_scripts(),
            offer_channel(),
            *([("/invitation", InvitationHandler)] if options.is_class else []),
        ],
    }


def _announcement(options: Options, address: str | None, classroom: Classroom | None) -> str:
    home = f"http://{options.origin or f'{address or LOCAL}:{options.port}'}/"
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
    count = processes(options)
    if not hasattr(os, "fork"):
        return "One process serves the class: this system cannot share the work among several."
    if count == 1:
        return "One process serves the class; with --redis, several share the work."
    return f"{count} processes share the work."
