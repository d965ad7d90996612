"""Example drawings, a click away, drawings as files, and pictures to find digits in."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import param
from panel.custom import Child
from panel.layout import Column

from core.errors import InputError
from core.evaluation.judges import own_judge
from core.ink import Drawing
from core.ink.example_drawings import Example, load_examples
from core.pictures import read_picture
from explorer.drawing.opened_file import OpenedFile
from explorer.drawing.picture_sheet import PictureSheet
from explorer.drawing.sent_picture import picture_of
from explorer.state.last_notice import LastNotice
from explorer.state.session import Session
from explorer.texts import sentence, text_or
from explorer.texts.languages import speaking, spoken
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

#: What a first visit shows.
FIRST = "3-round"

#: A thumbnail needs only every so many points of a stroke.
_THINNING = 3


@cache
def examples() -> dict[str, Example]:
    """All examples by name; every session of a process shares them."""
    return {example.name: example for example in load_examples()}


class Examples(LiveComponent):
    """Thumbnails to choose from; opening and saving of drawings; opening of pictures."""

    script = Path(__file__).with_name("examples.js")

    thumbnails = param.List(doc="Name, title and lines of each example.")
    pictures = Child(doc="What was found in a picture, once one was opened.")

    def __init__(self, session: Session) -> None:
        self._pictures = Column()
        super().__init__(
            thumbnails=_thumbnails(spoken()), pictures=self._pictures, sizing_mode="stretch_width"
        )
        self._session = session
        self._notice = LastNotice(session)
        self._sheet: PictureSheet | None = None

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Show an example, a drawing from a file, or what is found in a picture."""
        match message:
            case {"type": "choose", "name": str(name)} if name in examples():
                self._session.replay(examples()[name].drawing)
                self._notice.say("")
            case {
                "type": "open",
                "file": str(name),
                "size": int(size),
                "head": str(head),
                "text": None | str() as content,
            }:
                return self._open(OpenedFile(name, size, head, content))
            case {
                "type": "picture",
                "file": str(name),
                "width": int(width),
                "height": int(height),
                "grey": str(grey),
            }:
                return self._read(name, picture_of(width, height, grey))
            case _:
                raise NotUnderstoodError(message)
        return None

    async def _open(self, file: OpenedFile) -> None:
        try:
            drawing = await self.in_background(file.drawing)
            with self.one_frame():
                self._session.replace_drawing(drawing)
        except InputError as error:
            self._notice.say(sentence(error))
        else:
            self._notice.say("")

    async def _read(self, file: str, picture: npt.NDArray[np.uint8]) -> None:
        try:
            self._session.check_that_drawing_goes_on()
            reading = await self.in_background(read_picture, picture, own_judge())
            with self.one_frame():
                self._picture_sheet().offer(file, reading)
        except InputError as error:
            self._notice.say(sentence(error))
        else:
            self._notice.say("")

    def _picture_sheet(self) -> PictureSheet:
        """The sheet over the page, which is built for the first picture."""
        if self._sheet is None:
            self._sheet = PictureSheet(self._session)
            self._pictures.append(self.adopt(self._sheet))
        return self._sheet


@cache
def _thumbnails(language: str) -> list[dict[str, Any]]:
    """What the examples look like, and their titles."""
    with speaking(language):
        return [
            {
                "name": name,
                "title": text_or(f"example.{name}", example.title),
                "lines": _lines(example.drawing),
                "greys": _greys(example.drawing),
            }
            for name, example in examples().items()
        ]


def _greys(drawing: Drawing) -> str:
    """An image under the strokes as 14 × 14 digits from dark to light; empty without one."""
    if drawing.base is None:
        return ""
    coarse = drawing.base.reshape(14, 2, 14, 2).mean((1, 3)).ravel()
    return "".join(f"{9 * grey:.0f}" for grey in coarse)


def _lines(drawing: Drawing) -> list[str]:
    """The strokes as SVG's points, coarse enough to be small."""
    return [
        " ".join(f"{x:.0f},{y:.0f}" for x, y in _coarse(stroke.points))
        for stroke in drawing.strokes
    ]


def _coarse(points: np.ndarray[Any, np.dtype[np.float64]]) -> list[Any]:
    return [*points[:-1:_THINNING], points[-1]]
