"""Serving the explorer: to oneself, to a classroom, in one process or several."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panel.io.server import get_server
from tornado.process import task_id

from core.errors import InputError
from core.network import Network
from explorer import create_app
from explorer.addresses import class_address, local_addresses
from explorer.connection import LARGEST_MESSAGE
from explorer.door import MOST_SESSIONS, SafeHeaders, take_the_door
from explorer.invitation import InvitationHandler, invitation


@dataclass(frozen=True)
class Options:
    """What the person who starts the server can choose.

    Args:
        path: file of the network to show, the default network if None.
        port: port to listen on.
        address: address to listen on; None is this machine alone.
        processes: how many processes share the work, where the system can fork; None is one.
        sessions: most pages open at a time; a newcomer beyond it is asked to wait.
        show: whether to open a browser.
        is_class: whether pupils of a local network shall join.
    """

    path: Path | None = None
    port: int = 5006
    address: str | None = None
    processes: int | None = None
    sessions: int = MOST_SESSIONS
    show: bool = False
    is_class: bool = False


def application(network: Network | None) -> Callable[[], None]:
    """What the server runs for everyone who opens the page."""

    def open_page() -> None:
        create_app(network).serve_here()

    return open_page


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
        InputError: the network cannot be read or shown, or the address or port cannot be used.
    """
    network = None if options.path is None else Network.load(options.path)
    create_app(network)
    address = class_address(options.address) if options.is_class else options.address
    check_port(address, options.port)
    take_the_door()
    server = get_server({"/": application(network)}, **_settings(options, address))
    if not task_id():  # the first of several processes speaks for all
        _announce(options, address)
    server.start()
    server.io_loop.start()


def processes(options: Options) -> int:
    """How many processes the work is shared by: one where the system cannot fork."""
    return max(1, options.processes or 1) if hasattr(os, "fork") else 1


def _settings(options: Options, address: str | None) -> dict[str, Any]:
    count = processes(options)
    return {
        "title": "Neuron explorer",
        "port": options.port,
        "address": address or "127.0.0.1",
        "allow_websocket_origin": allowed_origins(address, options.port),
        "num_procs": count,
        "show": options.show,
        "most_sessions": -(-options.sessions // count),
        "websocket_max_message_size": LARGEST_MESSAGE,
        "http_server_kwargs": {"max_body_size": LARGEST_MESSAGE},
        # A page proves with its token that this server gave it out: nobody else makes sessions.
        "sign_sessions": True,
        "secret_key": secrets.token_urlsafe(32),
        "transforms": [SafeHeaders],
        "extra_patterns": [("/invitation", InvitationHandler)] if options.is_class else [],
    }


def _announce(options: Options, address: str | None) -> None:
    home = f"http://{address or '127.0.0.1'}:{options.port}/"
    if not options.is_class:
        print(f"The explorer is at {home}", flush=True)
        return
    print(invitation(home), flush=True)
