"""The sheets by which something is taken away, each built when it is first asked for."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Final

from panel.layout import Column

from explorer.exchange.save_picture import SavePicture
from explorer.exchange.worksheet import Worksheet
from explorer.state.session import Session
from explorer.transport.link import Link
from explorer.transport.messages import NotUnderstoodError

SHEETS: Final = {"picture": SavePicture, "worksheet": Worksheet}
"""The sheets by the names under which the page asks for them."""


class Sheets:
    """Where the sheets of a page are; `room` is a part of the page, empty at first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._built: dict[str, SavePicture | Worksheet] = {}
        self.room = Column()

    def open(self, name: str, link: Link) -> Awaitable[None] | None:
        """Open a sheet, which goes by this link.

        Raises:
            NotUnderstoodError: there is none of this name.
        """
        if name not in SHEETS:
            raise NotUnderstoodError(name)
        if name not in self._built:
            self._built[name] = SHEETS[name](self._session)
            self.room.append(self._built[name].join(link))
        return self._built[name].open()
