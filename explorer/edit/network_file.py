"""A changed network as a file: saved from the page, and opened again as a change of the network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import param

from core.errors import InputError
from core.nn.network import Network
from explorer.edit.difference import with_shared_layers
from explorer.state.last_notice import LastNotice
from explorer.state.session import Session
from explorer.texts import number, sentence, text
from explorer.texts.names import network_sizes
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, bytes_in

LARGEST: Final = 10_000_000
"""The most bytes of a file, as in network_file.js."""

_BYTES_PER_NUMBER: Final = 4


class OpenedNetworkError(InputError):
    """A file is no network that can be shown here, or a network none that can be saved."""


@dataclass
class _Upload:
    """A file of which some has come."""

    name: str
    size: int
    content: bytearray = field(default_factory=bytearray)

    def take(self, start: int, piece: bytes) -> bool:
        """Take what comes next; returns whether it is the last. Nothing else is understood."""
        self.content += piece
        if start != len(self.content) - len(piece) or len(self.content) > self.size:
            raise NotUnderstoodError(start)
        return len(self.content) == self.size


class NetworkFile(LiveComponent):
    """Two buttons: save the network as it is now, and open one of the same sizes.

    A message can be shorter than a file, so a file that is opened comes in pieces.
    """

    script = Path(__file__).with_name("network_file.js")
    bundle = "edit"

    file = param.String(default="", doc="The name of the file that is saved.")
    content = param.String(default="", doc="All of it in base64, until the browser has it.")

    def __init__(self, session: Session) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._session = session
        self._upload: _Upload | None = None
        self._notice = LastNotice(session)

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Save the network, or take a piece of a file that is opened."""
        match message:
            case {"type": "save"}:
                return self._save()
            case {"type": "saved"}:
                self.show(content="")
            case {"type": "begin", "file": str(name), "size": int(size)}:
                return self._begin(name, size)
            case {"type": "piece", "start": int(start), "content": str(piece)} if self._upload:
                return self._take(self._upload, start, piece)
            case _:
                raise NotUnderstoodError(message)
        return None

    async def _save(self) -> None:
        try:
            name, network = file_of(self._session)
        except InputError as error:
            self._notice.say(sentence(error))
            return
        self.show(file=name, content=await self.in_background(in_base64, network))

    def _begin(self, name: str, size: int) -> Awaitable[None] | None:
        self._upload = None
        if size > LARGEST:
            self._notice.say(text("network_file.large", file=name, most=number(LARGEST / 1e6)))
            return None
        self._upload = _Upload(name, size)
        return self._take(self._upload, 0, "")

    def _take(self, upload: _Upload, start: int, piece: str) -> Awaitable[None] | None:
        self._upload = None  # unless more of it is to come
        if upload.take(start, bytes_in(piece)):
            return self._open(upload)
        self._upload = upload
        return None

    async def _open(self, upload: _Upload) -> None:
        try:
            content = bytes(upload.content)
            network = await self.in_background(Network.from_bytes, content, upload.name)
            with self.one_frame():
                self._change(upload.name, network)
        except InputError as error:
            self._notice.say(sentence(error))
        else:
            self._notice.say("")

    def _change(self, name: str, network: Network) -> None:
        original = self._session.original
        if network.sizes != original.sizes:
            sizes = {"sizes": network_sizes(network), "shown": network_sizes(original)}
            raise OpenedNetworkError(text("network_file.sizes", file=name, **sizes))
        self._session.edit(with_shared_layers(original, network.layers))


def file_of(session: Session) -> tuple[str, Network]:
    """The network as it is now, and what its file is called.

    Raises:
        OpenedNetworkError: the file would be too large.
    """
    network, name = session.present_edits.network, session.network_name
    if _BYTES_PER_NUMBER * network.n_parameters > LARGEST:
        raise OpenedNetworkError(text("network_file.too_many", most=number(LARGEST / 1e6)))
    return f"{name}-edited.npz" if session.is_edited else f"{name}.npz", network


def in_base64(network: Network) -> str:
    """The content of a network's file."""
    return b64encode(network.to_bytes()).decode()
