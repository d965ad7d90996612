"""Networks leave the page as files: in which format, and the lines of Python that load it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Mapping
from pathlib import Path
from typing import Any, Final

import param

from core.arrays import Floats
from core.errors import InputError
from core.formats.program import packed_program
from core.formats.usage import USAGES, usage
from core.formats.write import content_in
from core.nn.network import Network
from explorer.exchange.whole_network import LARGEST
from explorer.state.answer import received_by
from explorer.state.networks import offered_networks
from explorer.state.session import Session
from explorer.state.titles import file_stem, network_title
from explorer.texts import number, sentence, text
from explorer.texts.names import network_sizes
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

#: A program comes with its network and the drawing; the others are networks alone.
_PROGRAM: Final = ".zip"

#: A number as text, with what stands between two of them.
_BYTES_PER_NUMBER: Final[Mapping[str, int]] = {".json": 14}


class NetworkSaver(LiveComponent):
    """A sheet with the formats to choose from, which comes up when a network shall be saved."""

    script = Path(__file__).with_name("network_saver.js")
    bundle = "exchange"

    title = param.String(doc="What the network is called, and its sizes.")
    formats = param.List(default=[], doc="Of each: its suffix, name, purpose, file and lines.")
    revision = param.Integer(default=0, doc="Counts how often the sheet has been opened.")
    said = param.String(doc="What became of it, in a sentence.")
    file = param.String(default="", doc="The name of the file that is saved.")
    content = param.String(default="", doc="All of it in base64, until the browser has it.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._name = session.network_name

    def offer(self, name: str) -> None:
        """Open the sheet for the network of this name, as it was changed."""
        self._name = name
        session = self._session
        network, file = session.network_named(name), _stem(session, name)
        title = network_title(name, session.networks[name])
        self.show(
            title=text("save_network.what", title=title, sizes=network_sizes(network)),
            formats=[_described(suffix, network, file) for suffix in USAGES],
            said="",
            content="",
            revision=self.revision + 1,
        )

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Hand the network over in a format, or forget the file that the browser has."""
        match message:
            case {"type": "save", "format": str(suffix)} if suffix in USAGES:
                return self._save(suffix)
            case {"type": "saved"}:
                self.show(content="")
                return None
        raise NotUnderstoodError(message)

    async def _save(self, suffix: str) -> None:
        session, name = self._session, self._name
        network, file = session.network_named(name), _file(_stem(session, name), suffix)
        if network.n_stored * _BYTES_PER_NUMBER.get(suffix, 4) > LARGEST:
            most = number(LARGEST / 1e6)
            self.show(said=text("save_network.large", format=suffix, most=most), content="")
            return
        image = received_by(network, session.drawing, session.centred).ravel()
        try:
            content = await self.in_background(_in_base64, suffix, network, image)
        except InputError as error:
            self.show(said=sentence(error), content="")
        else:
            self.show(said=text("save_network.saved", file=file), file=file, content=content)


def _described(suffix: str, network: Network, stem: str) -> dict[str, Any]:
    name, file = suffix.removeprefix("."), _file(stem, suffix)
    return {
        "suffix": suffix,
        "name": text(f"save_format.{name}"),
        "purpose": text(f"save_format_for.{name}"),
        "file": file,
        "lines": usage(suffix, network, file),
    }


def _stem(session: Session, name: str) -> str:
    """What the file of a network is called, without its suffix."""
    title = str(session.networks[name].card.get("title", name))
    stem = name if name in offered_networks() else file_stem(title)
    is_edited = name in session.edits and session.edits[name].is_changed
    return f"{stem}-edited" if is_edited else stem


def _file(stem: str, suffix: str) -> str:
    return f"{stem}-program.zip" if suffix == _PROGRAM else f"{stem}{suffix}"


def _in_base64(suffix: str, network: Network, image: Floats) -> str:
    is_program = suffix == _PROGRAM
    content = packed_program(network, image) if is_program else content_in(suffix, network)
    return b64encode(content).decode()
