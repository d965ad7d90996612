"""A test of the network that is shown, off the event loop: begun anew when its subject changes.

It follows the session: its network with all edits, its lens, and rests while the place is another.
"""

from __future__ import annotations

from time import monotonic
from typing import Any, Final, NamedTuple

import param

from core.data.images import Images
from core.evaluation.comparison import Comparison
from core.evaluation.predictions import Predictions, joined, predict
from core.nn.image_network import reads_digits
from core.nn.network import Network
from explorer.state.own_drawings import ClassDrawings
from explorer.state.session import Session
from explorer.testing import worker
from explorer.testing.image_sets import (
    CLASS,
    OWN,
    DrawnImages,
    ImageSet,
    LabelledDrawing,
    StoredImages,
)
from explorer.testing.preparation import prepared
from explorer.transport.background import Work
from explorer.transport.latest import Latest

#: Stands for the network that is shown, before it was changed.
ORIGINAL: Final = "="

#: Seconds between two tests of a network that goes on changing.
_REST: Final = 0.3

#: Seconds after which a test says how far it is.
_SHORT: Final = 0.3


class Asked(NamedTuple):
    """What is tested: one network or two, on which images, and how they see them."""

    images: ImageSet
    networks: tuple[Network, ...]
    centred: bool


class Result(NamedTuple):
    """What came of it: the predictions of each network, none where there are no images.

    ``pieces`` are the images as the networks were shown them.
    """

    asked: Asked
    predictions: tuple[Predictions, ...]
    pieces: tuple[Images, ...]

    @property
    def comparison(self) -> Comparison | None:
        """The readings of two networks; None for one."""
        return Comparison(*self.predictions) if len(self.predictions) == 2 else None


class Evaluation(param.Parameterized):
    """What is tested, and what came of it last."""

    sources: list[str] = param.List(default=[], doc="What there is to be tested on.")
    images: ImageSet | None = param.Parameter(doc="What is tested on; None before it is known.")
    other: str = param.String(default="", doc="The network beside it: a name, `ORIGINAL` or none.")
    result: Result | None = param.Parameter(doc="What came of the last test that was finished.")
    progress: float | None = param.Number(
        default=None, allow_None=True, doc="The share that is read, 0-1, of a test that takes long."
    )

    def __init__(self, session: Session, work: Work, of_class: ClassDrawings | None = None) -> None:
        """``of_class`` asks for the drawings of the class that the page belongs to, if it does."""
        super().__init__()
        self.session = session
        self._work = work
        self._of_class = of_class
        self._has_ended = False
        self._tester = Latest(self._test, _REST)
        session.param.watch(self._ask, ["place", "network", "centred", "paused"])
        session.param.watch(self._forget_other, "networks")
        session.param.watch(self._follow_own, "own_drawings")
        self._ask()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody looks at what comes of it."""
        return self.session.place == "test" and not self._has_ended

    def end(self) -> None:
        """The page has gone: what is under way comes to nothing."""
        self._has_ended = True

    async def choose_images(self, source: str) -> None:
        """Test on other images, one of the `sources`.

        Raises:
            InputError: the class cannot be reached, or its teacher has paused it.
        """
        images = await self._images_of(source)
        if self.is_wanted:
            self.images = images
            self._ask()

    async def _images_of(self, source: str) -> ImageSet:
        """Raises ``InputError`` while the class cannot be reached, or its teacher has paused it."""
        if source == OWN:
            return DrawnImages(OWN, self.session.own_drawings.drawings, self._work)
        if source == CLASS and self._of_class is not None:
            self.session.check_that_it_goes_on()
            drawings = [LabelledDrawing(*each) for each in await self._of_class()]
            return DrawnImages(CLASS, drawings, self._work)
        counts = await prepared(worker.stored_sources)
        return StoredImages(source, counts[source])

    def choose_other(self, name: str) -> None:
        """Test another network beside the present one; none for an empty name."""
        self.other = name
        self._ask()

    @property
    def others(self) -> list[str]:
        """The networks that the present one can be compared with, by name, or `ORIGINAL`."""
        session = self.session
        original = [ORIGINAL] if session.is_edited and not session.shows_original else []
        others = (
            name
            for name, network in session.networks.items()
            if name != session.network_name and reads_digits(network)
        )
        return [*original, *others]

    def network_beside(self) -> Network | None:
        """The other network, if there is one."""
        if self.other not in self.others:
            return None
        session = self.session
        return session.original if self.other == ORIGINAL else session.network_named(self.other)

    def _follow_own(self, *_: Any) -> None:
        if self.images is not None and self.images.source == OWN:
            drawings = self.session.own_drawings.drawings
            self.images = DrawnImages(OWN, drawings, self._work)
            self._ask()

    @property
    def _asked(self) -> Asked | None:
        """What a person wants to see tested; None while nobody looks."""
        session = self.session
        if self.images is None or not self.is_wanted or not reads_digits(session.network):
            return None
        if self.session.paused and self.images.source == CLASS:
            return None  # during a vote, nobody is told what is read in anybody's drawing
        beside = self.network_beside()
        networks = (session.network,) if beside is None else (session.network, beside)
        return Asked(self.images, networks, session.centred)

    def _ask(self, *_: Any) -> None:
        if self.is_wanted:
            self._tester.ask()

    def _forget_other(self, *_: Any) -> None:
        if self.other and self.other not in self.others:
            self.choose_other("")

    async def _test(self) -> None:
        if self.images is None:
            sources = list(await prepared(worker.stored_sources))
            if not self.is_wanted:
                return
            self.sources = [*sources, OWN, *([CLASS] if self._of_class else [])]
            await self.choose_images(sources[0])
        asked = self._asked
        if asked is None or (self.result is not None and self.result.asked == asked):
            return
        result = await self._result(asked)
        if not self._has_ended:
            self.param.update(progress=None, **({} if result is None else {"result": result}))

    async def _result(self, asked: Asked) -> Result | None:
        """What the networks make of the images; None if that is not wanted any more."""
        parts: list[list[Predictions]] = [[] for _ in asked.networks]
        pieces: list[Images] = []
        start = monotonic()
        for number in asked.images.pieces:
            images = await asked.images.piece(number, asked.centred)
            pieces.append(images)
            for network, found in zip(asked.networks, parts, strict=True):
                found.append(await self._work(predict, network, images))
            if self._asked != asked:
                return None
            if monotonic() - start > _SHORT:
                self.progress = (number + 1) / len(asked.images.pieces)
        return Result(asked, tuple(joined(found) for found in parts if found), tuple(pieces))
