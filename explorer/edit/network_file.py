"""A network in a file, opened as a change of the network."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path

from core.errors import InputError
from core.nn.network import Network
from explorer.edit.difference import with_shared_layers
from explorer.state.last_notice import LastNotice
from explorer.state.session import Session
from explorer.texts import number, sentence, text
from explorer.texts.names import network_sizes
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, bytes_in
from explorer.transport.upload import LARGEST, Upload


class OpenedNetworkError(InputError):
    """A file is no network that can be shown here."""


class NetworkFile(LiveComponent):
    """Two buttons: save the network as it is now, which the page does, and open one of its sizes.

    A message can be shorter than a file, so a file that is opened comes in pieces.
    """

    script = Path(__file__).with_name("network_file.js")
    bundle = "edit"

    def __init__(self, session: Session) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._session = session
        self._upload: Upload | None = None
        self._notice = LastNotice(session)

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Take a piece of a file that is opened."""
        match message:
            case {"type": "begin", "file": str(name), "size": int(size)}:
                return self._begin(name, size)
            case {"type": "piece", "start": int(start), "content": str(piece)} if self._upload:
                return self._take(self._upload, start, piece)
        raise NotUnderstoodError(message)

    def _begin(self, name: str, size: int) -> Awaitable[None] | None:
        self._upload = None
        if size > LARGEST:
            self._notice.say(text("network_file.large", file=name, most=number(LARGEST / 1e6)))
            return None
        self._upload = Upload(name, size)
        return self._take(self._upload, 0, "")

    def _take(self, upload: Upload, start: int, piece: str) -> Awaitable[None] | None:
        self._upload = None  # unless more of it is to come
        if upload.take(start, bytes_in(piece)):
            return self._open(upload)
        self._upload = upload
        return None

    async def _open(self, upload: Upload) -> None:
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
