"""What was changed outlives a reload and a lost connection: the tab keeps it and brings it."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import param

from core.errors import InputError
from core.nn.network import Network
from explorer.edit.difference import difference, with_difference
from explorer.state.session import Session
from explorer.texts import sentence
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class KeptEdits(LiveComponent):
    """Nothing is seen of it. Of a page on which nothing was changed, nothing is kept or said.

    When a step has ended the script is told so. It asks for what there is to keep when it has time,
    so that many steps in a row are kept once, and none of them waits for it.
    """

    script = Path(__file__).with_name("kept_edits.js")

    names = param.List(doc="The names of the networks of which something may be kept.")
    steps = param.Integer(default=0, doc="Counts the steps that there are to keep.")
    kept = param.Dict(
        default={}, doc="What is to be kept, by the names of the networks; None for nothing more."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(names=list(session.networks))
        self._session = session
        self._known: dict[str, Network] = {}  # as the tab has kept them
        session.param.watch(self._tell, "edits")

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Tell what is to be kept, or restore what a tab that was opened again has kept."""
        match message:
            case {"type": "keep"}:
                self._keep()
                return None
            case {"type": "restore", "name": str(name), "edits": str(kept)} if name in self.names:
                return self._restore(name, kept)
        raise NotUnderstoodError(message)

    def _tell(self, *_: Any) -> None:
        if self._unkept():
            self.show(steps=self.steps + 1)

    def _unkept(self) -> dict[str, Network]:
        """The networks with steps that have ended since they were kept.

        What is tried in the lesson is not kept: it goes when the lesson is left.
        """
        if self._session.own is not None:
            return {}
        return {
            name: edits.network
            for name, edits in self._session.edits.items()
            if name in self.names
            and not edits.goes_on
            and self._known.get(name) is not edits.network
        }

    def _keep(self) -> None:
        if networks := self._unkept():
            self._known |= networks
            self.show(kept={name: self._difference(name, now) for name, now in networks.items()})

    def _difference(self, name: str, network: Network) -> str | None:
        try:
            return difference(self._session.networks[name], network)
        except InputError as error:
            self._session.notice = sentence(error)
            return None

    async def _restore(self, name: str, kept: str) -> None:
        """What cannot be restored is said once; the tab need not keep it any longer."""
        try:
            original = self._session.networks[name]
            network = await self.in_background(with_difference, original, kept)
        except InputError as error:
            self._session.notice = sentence(error)
            self.show(kept={name: None})
            return
        self._known[name] = network
        with self.one_frame():
            self._session.restore_edits(name, network)
