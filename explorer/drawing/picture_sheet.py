"""What was found in a picture, and how: its digits to choose from, and the steps to them.

A digit is on the pad at once; another that is chosen takes its place, and one press of Undo brings
back what was there before the picture.
"""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import param

from core.ink import Drawing
from core.nn.image_network import labels
from core.pictures import Digit, Reading
from core.pictures.filters import resized
from explorer.state.answer import answer_of, received_by
from explorer.state.canvas import Canvas
from explorer.state.session import Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: The most pixels along a side of a step that is shown.
_SHOWN: Final = 240


class PictureSheet(LiveComponent):
    """The sheet that comes up when a picture was opened."""

    script = Path(__file__).with_name("picture_sheet.js")
    bundle = "pictures"

    file = param.String(doc="The name of the picture.")
    steps = param.Dict(default={}, doc="Width, height and grey bytes, in base64, of each step.")
    is_dark = param.Boolean(default=True, doc="Whether the ink was darker than the paper.")
    digits = param.List(default=[], doc="Of each: box in shares of the picture, pixels, answer.")
    left_out = param.Integer(default=0, doc="How many digits more there are.")
    chosen = param.Integer(default=0, doc="The number of the digit that is on the pad.")
    revision = param.Integer(default=0, doc="Counts the pictures.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._drawings: list[Drawing] = []
        self._placed: Canvas | None = None

    def receive(self, message: Message) -> None:
        """Put another digit on the pad, or what was there before."""
        match message:
            case {"type": "choose", "number": number}:
                with self.one_frame(), self._session.saying_errors():
                    self._place(whole(number, len(self._drawings)))
            case {"type": "cancel"}:
                with self.one_frame(), self._session.saying_errors():
                    self._take_back()
            case _:
                raise NotUnderstoodError(message)

    def offer(self, file: str, reading: Reading) -> None:
        """Show what was found in a file, and put a digit on the pad.

        It is the first of the large ones that the network takes for a digit, if there is any: what
        lies beside a digit, a pen or the edge of a table, may come first.

        Raises:
            PausedError: the drawing stays as it is.
        """
        self._drawings = [_drawing(digit) for digit in reading.digits]
        digits = [
            _described(self._session, digit, drawing, reading.grey.shape)
            for digit, drawing in zip(reading.digits, self._drawings, strict=True)
        ]
        self._placed = None
        self._place(next((n for n in reading.large if digits[n]["sure"]), reading.large[0]))
        self.show(
            file=file,
            steps=_steps(reading),
            is_dark=reading.is_dark,
            digits=digits,
            left_out=reading.left_out,
            revision=self.revision + 1,
        )

    def _place(self, number: int) -> None:
        """Put a digit on the pad, instead of another one of this picture."""
        self._session.check_that_drawing_goes_on()
        self._take_back()
        self._session.replace_drawing(self._drawings[number])
        self._placed = self._session.canvas
        self.show(chosen=number)

    def _take_back(self) -> None:
        """Take the digit from the pad, unless something was done to it since."""
        if self._placed is not None and self._session.canvas is self._placed:
            self._session.undo()
        self._placed = None


def _drawing(digit: Digit) -> Drawing:
    """A digit as an image on the pad: the bytes that are shown, and nothing finer."""
    return Drawing(np.divide(_bytes(digit.image), np.float32(255), dtype=np.float32))


def _described(
    session: Session, digit: Digit, drawing: Drawing, shape: tuple[int, ...]
) -> dict[str, Any]:
    inputs = received_by(session.network, drawing, session.centred).reshape(-1)
    outputs = session.network(inputs)
    answer = answer_of(session.network, inputs, outputs)
    box, (height, width) = digit.box, shape
    return {
        "box": [box.left / width, box.top / height, box.width / width, box.height / height],
        "pixels": _text(digit.image),
        "digit": answer.digit if answer.digit is None else labels(session.network)[answer.digit],
        "output": float(outputs.max()),
        "sure": answer.sure,
    }


def _steps(reading: Reading) -> dict[str, dict[str, Any]]:
    made = {
        "grey": reading.grey,
        "flat": reading.flat,
        "ink": reading.ink,
        "mask": reading.mask.astype(np.float32),
    }
    return {name: _shown(image) for name, image in made.items()}


def _shown(image: npt.NDArray[np.float32]) -> dict[str, Any]:
    """An image (h, w) with values 0-1, small enough to be sent."""
    scale = min(1.0, _SHOWN / max(image.shape))
    height, width = (max(1, round(scale * length)) for length in image.shape)
    return {"width": width, "height": height, "pixels": _text(resized(image, height, width))}


def _bytes(image: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    return np.round(255 * np.clip(image, 0, 1)).astype(np.uint8)


def _text(image: npt.NDArray[np.float32]) -> str:
    return b64encode(_bytes(image).tobytes()).decode()
