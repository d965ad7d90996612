"""What was found in the file of a network, to be confirmed: a line for each thing left open."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Mapping
from pathlib import Path
from typing import Any, Final

import param

from core.errors import InputError
from core.formats.aspects import Aspect
from core.nn.image_network import framing
from core.nn.model_card import LONGEST_LABEL, LONGEST_TITLE
from core.nn.network import Network
from explorer.exchange.import_queue import shared_queue
from explorer.exchange.import_words import value_words
from explorer.exchange.import_worker import Found, SentFile
from explorer.exchange.network_files import with_choice
from explorer.state.networks import MOST_OWN, has_room, own_name
from explorer.state.session import Session
from explorer.texts import percent, sentence, text
from explorer.texts.names import network_sizes
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

_DIGITS: Final = tuple("0123456789")

#: The most choices of a person that are kept; there are nine aspects.
_MOST_CHOICES: Final = 20


class NetworkImport(LiveComponent):
    """The sheet that comes up when the file of a network was read.

    Nothing changes before a person says that it shall: then the network is one of their own.
    """

    script = Path(__file__).with_name("network_import.js")
    bundle = "exchange"

    revision = param.Integer(default=0, doc="Counts the files.")
    is_open = param.Boolean(default=False, doc="Whether there is anything to confirm.")
    file = param.String(doc="The name of the file.")
    what = param.String(doc="Its format, and the sizes of the network's layers.")
    title = param.String(doc="What the network is going to be called.")
    labels = param.String(doc="What its outputs stand for, with spaces between them.")
    verdict = param.String(doc="How well it reads, and what that says.")
    accuracy = param.String(doc="The share of digits that it reads, in per cent, or nothing.")
    aspects = param.List(
        default=[],
        doc="Of each: name, label, value, basis, and the values it may have, with words.",
    )
    notes = param.List(default=[], doc="What the reader has done, a sentence each.")
    said = param.String(doc="Why something cannot be done.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._file: SentFile | None = None
        self._found: Found | None = None
        self._choices: Mapping[str, str] = {}
        self._is_reading = False

    def offer(self, file: SentFile, found: Found) -> None:
        """Show what was found in a file."""
        self._file, self._choices = file, {}
        with self.one_frame():
            self._tell(found)
            self.show(
                file=file.name,
                title=str(found.network.card["title"]),
                notes=[_note(each) for each in found.notes],
                is_open=True,
                revision=self.revision + 1,
            )

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Take another value for an aspect, use the network, or forget it."""
        match message:
            case {"type": "choose", "aspect": str(name), "value": str(value)} if self._file:
                if self._is_reading or len(self._choices) >= _MOST_CHOICES:
                    raise NotUnderstoodError(message)
                return self._choose(self._file, name, value)
            case {"type": "use", "title": str(title), "labels": str(labels)} if self._found:
                self._use(self._found, title.strip(), labels)
            case {"type": "cancel"}:
                self._forget()
            case _:
                raise NotUnderstoodError(message)
        return None

    async def _choose(self, file: SentFile, name: str, value: str) -> None:
        choices = with_choice(self._choices, name, value)
        self._is_reading = True
        try:
            found = await shared_queue().found(file, choices)
        except InputError as error:
            self.show(said=sentence(error))
            self.show_all()  # the script has shown the choice already
        else:
            if self._file is file:
                self._choices = choices
                self._tell(found)
        finally:
            self._is_reading = False

    def _use(self, found: Found, title: str, labels: str) -> None:
        session = self._session
        try:
            session.check_that_it_goes_on()
            if not has_room(session.networks):
                self.show(said=text("train.keep_full", most=MOST_OWN))
                return
            network = _named(found, title or self.file, _labels(labels, len(found.labels)))
            with self.one_frame():
                session.put_network(own_name(session.networks), network)
                self._forget()
        except InputError as error:
            self.show(said=sentence(error))

    def _forget(self) -> None:
        self._file = self._found = None
        self.show(is_open=False, said="")

    def _tell(self, found: Found) -> None:
        self._found = found
        network = found.network
        sizes = {"format": found.format or text("page.name"), "sizes": network_sizes(network)}
        self.show(
            what=text("import.what", **sizes),
            labels=" ".join(found.labels),
            aspects=[
                _aspect(each) for each in found.aspects if each.name != "sizes" or _is_open(each)
            ],
            accuracy="" if found.accuracy is None else percent(found.accuracy),
            verdict=_verdict(found),
            said="",
        )


class LabelsError(InputError):
    """These texts cannot be what the outputs stand for."""


def _labels(written: str, count: int) -> tuple[str, ...]:
    """What the outputs stand for, as a person writes it."""
    labels = tuple(each for each in re.split(r"[\s,;]+", written[:2_000]) if each)
    if len(labels) != count or len(set(labels)) != count:
        raise LabelsError(text("import.labels_count", count=count))
    if max(map(len, labels)) > LONGEST_LABEL:
        raise LabelsError(text("import.labels_long", most=LONGEST_LABEL))
    return labels


def _named(found: Found, title: str, labels: tuple[str, ...]) -> Network:
    card = {name: value for name, value in found.network.card.items() if name != "labels"}
    own = {} if labels == _DIGITS else {"labels": list(labels)}
    return Network(found.network.layers, {**card, "title": title[:LONGEST_TITLE], **own})


def _is_open(aspect: Aspect) -> bool:
    return len(aspect.options) > 1


def _aspect(aspect: Aspect) -> dict[str, Any]:
    return {
        "name": aspect.name,
        "label": text(f"import_aspect.{aspect.name}"),
        "value": aspect.value,
        "basis": text(f"import_basis.{aspect.basis}"),
        "is_sure": aspect.basis != "assumed",
        "options": [
            [each.value, value_words(aspect.name, each.value), _share(each.accuracy)]
            for each in aspect.options
        ],
    }


def _share(accuracy: float | None) -> str:
    return "" if accuracy is None else percent(accuracy)


def _verdict(found: Found) -> str:
    if found.accuracy is None:
        return text("import.no_digits")
    if not found.aspects:
        return text("import.own", digits=_sample(found))
    digits = _sample(found)
    if not any(each.basis == "sample" for each in found.aspects):
        return text("import.unsure", digits=digits)
    if framing(found.network) != "whole":
        return text("import.filled", digits=digits)
    return text("import.reads", digits=digits)


def _sample(found: Found) -> str:
    return text(f"import_sample.{found.source.split()[0].lower()}")


def _note(note: Any) -> str:
    return text(note.code, **note.values)
