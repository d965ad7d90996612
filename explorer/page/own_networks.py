"""Networks of one's own outlive a reload and a lost connection: the tab keeps them as files."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final

import param

from core.errors import InputError
from core.nn.network import Network
from explorer.state.networks import has_room, is_own
from explorer.state.session import Session
from explorer.texts import number, sentence, text
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, bytes_in

#: The most bytes of a file that a tab keeps: what it brings must fit into one message.
_LARGEST: Final = 1_000_000

#: With more parameters of four bytes each, no file is as small, unless most of them are the same;
#: to find that out would take longer than a stroke may.
_MOST_PARAMETERS: Final = 400_000


class OwnNetworks(LiveComponent):
    """Nothing is seen of it. Of a page without networks of one's own, nothing is kept or said."""

    script = Path(__file__).with_name("own_networks.js")

    kept = param.Dict(default={}, doc="The file, in base64, of each network that is new, by name.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._known: dict[str, Network] = {}
        session.param.watch(self._keep, "networks")

    def receive(self, message: Message) -> Awaitable[None] | None:
        """A tab that was opened again brings a network, and says whether it was shown."""
        match message:
            case {"type": "restore", "name": str(name), "content": str(file), "shown": bool(shown)}:
                if self._can_take(name):
                    return self._restore(name, file, shown)
        raise NotUnderstoodError(message)

    def _can_take(self, name: str) -> bool:
        """Whether a page of ours could have kept a network of this name beside the others."""
        networks = self._session.networks
        return is_own(name) and (name in networks or has_room(networks))

    def _keep(self, *_: Any) -> None:
        networks = self._session.networks
        new = {
            name: network
            for name, network in networks.items()
            if is_own(name) and self._known.get(name) is not network
        }
        if new:
            self._known |= new
            self.show(kept={name: self._file(each) for name, each in new.items()})

    def _file(self, network: Network) -> str:
        """In base64; of one that is too large nothing, and it is said so."""
        is_large = network.n_stored > _MOST_PARAMETERS
        content = b"" if is_large else network.to_bytes()
        if is_large or len(content) > _LARGEST:
            self._session.notice = text("networks.too_large", most=number(_LARGEST / 1e6))
            return ""
        return b64encode(content).decode()

    async def _restore(self, name: str, file: str, shown: bool) -> None:
        """What cannot be restored is said once; the tab need not keep it any longer."""
        try:
            network = await self.in_background(Network.from_bytes, bytes_in(file), name)
            self._known[name] = network
            with self.one_frame():
                self._session.put_network(name, network, shown=shown)
        except InputError as error:
            self._known.pop(name, None)
            self._session.notice = sentence(error)
            self.show(kept={name: ""})
