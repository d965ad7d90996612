"""Where a person collects drawings: ten buttons that say what was meant, and a gallery."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import param

from core.errors import InputError
from core.evaluation.comparison import read
from core.ink import Drawing
from core.nn.digit_network import N_DIGITS
from core.nn.image_network import reads_digits
from explorer.drawing.kept_drawings import drawings_in, entries_in
from explorer.state.own_drawings import MOST_DRAWINGS, ClassDrawings, OwnDrawing, OwnDrawings
from explorer.state.session import Session
from explorer.texts import sentence, text
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole
from explorer.transport.pictures import packed_image

#: So many drawings are checked at once when they come back from the tab: some milliseconds.
_PIECE: Final = 10

#: Some milliseconds of multiplications.
_MOST_PRODUCTS: Final = 20_000_000

_NEVER: Final = 2**31


class Collection(LiveComponent):
    """The drawing on the pad is added by the button, or the key, of the digit that was meant.

    All that a page has show the same drawings, those of the session. The tab keeps them until it is
    closed, and brings them along when the page opens anew.

    Args:
        session: the session of the page.
        place: the place that it belongs to.
        of_class: asks for the drawings of the class that can be added; None for none.
        rests: whether the network stays as it is; while it does not, nothing is marked.
    """

    script = Path(__file__).with_name("collection.js")
    bundle = "collection"

    has_class = param.Boolean(constant=True, doc="Whether drawings of a class can be added.")
    counts = param.List(default=[0] * N_DIGITS, doc="How many drawings there are of each digit.")
    gallery = param.List(
        default=[], doc="Number, digit, picture and text of each drawing, the oldest first."
    )
    removed = param.Integer(default=0, doc="How many can be brought back.")
    read_as = param.Dict(default={}, doc="What each is read as, by its number, where it is known.")
    said = param.String(doc="What became of the last that was done, in a sentence.")

    def __init__(
        self,
        session: Session,
        place: str,
        of_class: ClassDrawings | None = None,
        rests: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(has_class=of_class is not None, sizing_mode="stretch_width")
        self._session, self._place = session, place
        self._of_class, self._rests = of_class, rests
        self._shown: dict[int, tuple[int, int, str, str]] = {}
        session.param.watch(self._show, "own_drawings")
        session.param.watch(self.show_reading, ["network", "place"])
        self._show()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Drawings are added, removed, or brought back."""
        own = self._session.own_drawings
        match message:
            case {"type": "add", "digit": digit}:
                self._add(whole(digit, N_DIGITS))
            case {"type": "remove", "number": wanted}:
                self._remove(own.without(whole(wanted, _NEVER)))
            case {"type": "clear"}:
                self._remove(own.cleared())
            case {"type": "bring_back"}:
                self._bring_back()
            case {"type": "add_class"} if self._of_class is not None:
                return self._add_class(self._of_class)
            case {"type": "restore", "kept": str(kept)}:
                return self._restore(kept)
            case _:
                raise NotUnderstoodError(message)
        return None

    def _add(self, digit: int) -> None:
        """Take the drawing on the pad as this digit, and clear the pad for the next one."""
        session = self._session
        with self._saying(), self.one_frame():
            drawing = OwnDrawing.of(session.canvas.own, digit, session.centred)
            more = session.own_drawings.with_more([drawing])
            session.clear()
            session.own_drawings = more
            self.show(said=text("own.added", digit=digit))

    def _remove(self, left: OwnDrawings) -> None:
        if left is not self._session.own_drawings:
            with self.one_frame():
                self._session.own_drawings = left
                self.show(said=text("own.removed", count=len(left.removed)))

    def _bring_back(self) -> None:
        with self.one_frame():
            self._session.own_drawings = self._session.own_drawings.brought_back()
            self.show(said="")

    async def _add_class(self, of_class: ClassDrawings) -> None:
        """Take the drawings of the class that are not there yet."""
        session = self._session
        with self._saying():
            session.check_that_it_goes_on()  # during a vote, nobody is told what is read in them
            drawings = await of_class()
            theirs = await self.in_background(_collected, drawings, session.centred)
            more = sorted(theirs - set(session.own_drawings.drawings))
            with self.one_frame():
                session.own_drawings = session.own_drawings.with_more(more)
                added = text("own.class_added", count=len(more))
                self.show(said=added if more else text("own.class_none"))

    async def _restore(self, written: str) -> None:
        """Where something was collected meanwhile, that stays instead."""
        drawings: list[OwnDrawing] = []
        with self._saying():
            entries = await self.in_background(entries_in, written)
            for start in range(0, min(len(entries), MOST_DRAWINGS), _PIECE):
                piece = entries[start : start + _PIECE]
                drawings += await self.in_background(drawings_in, piece)
            with self.one_frame():
                if not len(self._session.own_drawings):
                    own = self._session.own_drawings
                    self._session.own_drawings = own.with_more(drawings)
                lost = len(entries) - len(drawings)
                self.show(said=text("own.lost", count=lost) if lost else "")

    @contextmanager
    def _saying(self) -> Iterator[None]:
        """Say here in a sentence what cannot be done."""
        try:
            yield
        except InputError as error:
            self.show(said=sentence(error))

    def _show(self, *_: Any) -> None:
        own = self._session.own_drawings
        before = self._shown
        self._shown = {key: before.get(key) or _entry(key, each) for key, each in own.by_number}
        self.show(counts=own.counts, gallery=list(self._shown.values()), removed=len(own.removed))
        self.show_reading()

    def show_reading(self, *_: Any) -> None:
        """What the network that is shown reads in each.

        Nothing is told where that takes long, nobody looks, or the network reads no digits.
        """
        session = self._session
        if session.place != self._place or not self._rests():
            return
        own = session.own_drawings
        network = session.network
        is_quick = 0 < len(own) * network.n_stored <= _MOST_PRODUCTS and reads_digits(network)
        digits = read(network, own.images).digits if is_quick else ()
        numbers = (str(key) for key, _ in own.by_number)
        self.show(read_as=dict(zip(numbers, map(int, digits), strict=is_quick)))


def _entry(key: int, drawing: OwnDrawing) -> tuple[int, int, str, str]:
    return key, drawing.digit, packed_image(drawing.image), drawing.written


def _collected(drawings: list[tuple[Drawing, int]], centred: bool) -> set[OwnDrawing]:
    """The drawings that have any ink."""
    found = set()
    for drawing, digit in drawings:
        with suppress(InputError):
            found.add(OwnDrawing.of(drawing, digit, centred))
    return found
