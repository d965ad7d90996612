"""Requests as they stand on the wire, sense or no sense."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from urllib.parse import urlsplit

from support.patience import PATIENCE


@dataclass(frozen=True)
class Answer:
    """What a server answered; status 0 if it only closed the connection."""

    status: int
    headers: Message
    body: str


def ask(address: str, target: str = "/", method: str = "GET", **headers: str) -> Answer:
    """Send one request for `target`, exactly as it is written; `_` in a header's name is `-`."""
    named = {"Host": urlsplit(address).netloc, "Connection": "close"} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
    return say(address, "\r\n".join([f"{method} {target} HTTP/1.1", *lines, "", ""]))


def say(address: str, text: str) -> Answer:
    """Send these characters, and read until the server closes."""
    with connected(address) as plug:
        plug.sendall(text.encode("latin-1"))
        return answered(plug)


def connected(address: str) -> socket.socket:
    """An open connection that says nothing."""
    where = urlsplit(address)
    return socket.create_connection((where.hostname or "", where.port or 80), timeout=PATIENCE)


def answered(plug: socket.socket) -> Answer:
    """Everything that comes until the server closes."""
    received = b""
    with suppress(ConnectionResetError):  # what was not read is thrown away
        while part := plug.recv(65_536):
            received += part
    head, _, body = received.decode("latin-1").partition("\r\n\r\n")
    first, _, headers = head.partition("\r\n")
    status = int(first.split()[1]) if first else 0
    return Answer(status, Parser().parsestr(headers), body)
