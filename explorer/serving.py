"""Serving the explorer: to oneself, to a classroom, in one process or several."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import panel as pn

from core.errors import InputError
from core.network import Network
from explorer import create_app


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


def local_addresses() -> list[str]:
    """This machine's own IPv4 addresses in its networks, as far as its name tells them."""
    try:
        found = socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
    return [address for address in found if not address.startswith("127.")]


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


def serve(
    path: Path | None = None,
    port: int = 5006,
    address: str | None = None,
    processes: int = 1,
    show: bool = False,
) -> None:
    """Serve the explorer until it is interrupted.

    Args:
        path: file of the network to show, the default network if None.
        port: port to listen on.
        address: address to listen on; None is this machine alone.
        processes: how many processes share the work, where the system can fork.
        show: whether to open a browser.

    Raises:
        InputError: the network cannot be read or shown, or the port cannot be used.
    """
    network = None if path is None else Network.load(path)
    create_app(network)
    check_port(address, port)
    pn.serve(
        {"/": application(network)},
        title="Neuron explorer",
        port=port,
        address=address or "127.0.0.1",
        allow_websocket_origin=allowed_origins(address, port),
        num_procs=processes if hasattr(os, "fork") else 1,
        show=show,
    )
