"""Files of networks that a page sends: taken piece by piece, read elsewhere, and then shown."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping

from core.errors import InputError
from explorer.exchange.import_queue import shared_queue
from explorer.exchange.import_worker import Found, SentFile
from explorer.state.last_notice import LastNotice
from explorer.state.session import Session
from explorer.texts import number, sentence, text
from explorer.transport.messages import Message, NotUnderstoodError, bytes_in
from explorer.transport.upload import LARGEST, Upload, Uploads

#: The files of which one may be the network's, and the others what belongs to it.
_PARTS = (".bin", ".data", ".weights")


class NetworkFiles:
    """One or several files at a time; `show` is told what was found.

    Meanwhile the page goes on. What cannot be read is said in a sentence, and changes nothing.
    """

    def __init__(self, session: Session, show: Callable[[SentFile, Found], None]) -> None:
        self._session = session
        self._show = show
        self._uploads: Uploads | None = None
        self._is_reading = False
        self._notice = LastNotice(session)

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Take the names of files, or a piece of one."""
        match message:
            case {"type": "begin", "files": [*files]}:
                return self._begin(Uploads.announced(files))
            case {
                "type": "piece",
                "file": file,
                "start": int(start),
                "content": str(piece),
            } if self._uploads:
                return self._take(self._uploads, file, start, bytes_in(piece))
        raise NotUnderstoodError(message)

    def _begin(self, uploads: Uploads) -> Awaitable[None] | None:
        self._uploads = None
        names = ", ".join(file.name for file in uploads.files)
        try:
            self._session.check_that_it_goes_on()
        except InputError as error:
            self._notice.say(sentence(error))
            return None
        if uploads.size > LARGEST:
            self._notice.say(text("network_file.large", file=names, most=number(LARGEST / 1e6)))
        elif self._is_reading:
            self._notice.say(text("import.busy"))
        else:
            self._notice.say(text("import.reading", file=names))
            if uploads.are_complete:
                return self._read(uploads)
            self._uploads = uploads
        return None

    def _take(
        self, uploads: Uploads, number: object, start: int, piece: bytes
    ) -> Awaitable[None] | None:
        self._uploads = None  # unless more of it is to come
        if uploads.take(number, start, piece):
            return self._read(uploads)
        self._uploads = uploads
        return None

    async def _read(self, uploads: Uploads) -> None:
        file = _sent(uploads)
        self._is_reading = True
        try:
            found = await shared_queue().found(file, {})
            self._session.check_that_it_goes_on()
        except InputError as error:
            self._notice.say(sentence(error))
        else:
            self._notice.say("")
            self._show(file, found)
        finally:
            self._is_reading = False


def _sent(uploads: Uploads) -> SentFile:
    """The file of a network with those beside it: what is not named like a part of another."""
    main = min(uploads.files, key=_is_part)
    companions = {each.name: bytes(each.content) for each in uploads.files if each is not main}
    return SentFile(secrets.token_hex(8), main.name, bytes(main.content), companions)


def _is_part(file: Upload) -> bool:
    return file.name.lower().endswith(_PARTS)


def with_choice(choices: Mapping[str, str], name: str, value: str) -> Mapping[str, str]:
    """The choices of a person, of which the last counts."""
    return {**{each: old for each, old in choices.items() if each != name}, name: value}
