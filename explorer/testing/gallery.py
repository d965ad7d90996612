"""The images behind a number of a test, the most confident first; one click puts one on the pad."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final

import param

from explorer.testing.chosen_images import Cell, Chosen, ReadByOne
from explorer.testing.evaluation import Evaluation, Result
from explorer.testing.image_sets import pixels
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

#: How many images are shown at first, and how many more each time.
PAGE: Final = 40

#: Beyond so many, nobody looks any more.
MOST: Final = 400


class Gallery(LiveComponent):
    """What is looked at of a test. It goes on when the test is repeated."""

    script = Path(__file__).with_name("gallery.js")
    bundle = "testing"

    content = param.Dict(
        default={},
        doc="What is looked at: `kind`, what belongs to it, of how many images, and whether more "
        "of them can be shown; empty for nothing.",
    )
    images = param.List(default=[], doc="Of each: number, digit, what each network reads, output.")
    pixels = param.String(default="", doc="All of them, 784 bytes each, in base64.")

    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._evaluation = evaluation
        self._chosen: Chosen | None = None
        self._most = PAGE
        evaluation.param.watch(self._show, "result")

    def look_at(self, chosen: Chosen | None) -> None:
        """Show these images of the last test; none for None."""
        self._chosen, self._most = chosen, PAGE
        self._show()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Put an image on the pad, show more, or nothing any more."""
        match message:
            case {"type": "draw", "number": int() as number} if number in self._shown:
                return self._draw(number)
            case {"type": "more"}:
                self._most = min(self._most + PAGE, MOST)
                self._show()
            case {"type": "close"}:
                self.look_at(None)
            case _:
                raise NotUnderstoodError(message)
        return None

    async def _draw(self, number: int) -> None:
        result, session = self._evaluation.result, self._evaluation.session
        if result is None:
            return
        drawing = await result.asked.images.drawing(number)
        with self.one_frame(), session.saying_errors():
            session.replace_drawing(drawing)

    @property
    def _shown(self) -> list[int]:
        return [each["number"] for each in self.images]

    def _show(self, *_: Any) -> None:
        result, chosen = self._evaluation.result, self._chosen
        if result is None or chosen is None or not chosen.fits(result.predictions):
            self.show(content={}, images=[], pixels="")
            return
        numbers = chosen.numbers(result.predictions)
        shown = numbers[: self._most]
        self.show(
            content={
                **_described(chosen),
                "count": len(numbers),
                "more": len(shown) < min(len(numbers), MOST),
            },
            images=[_image(result, number) for number in shown],
            pixels=b64encode(pixels(result.pieces, shown).tobytes()).decode(),
        )


def _described(chosen: Chosen) -> dict[str, Any]:
    match chosen:
        case Cell(network, true, predicted):
            return {"kind": "cell", "network": network, "true": true, "predicted": predicted}
        case ReadByOne(network):
            return {"kind": "one", "network": network}
        case _:
            return {"kind": "region"}


def _image(result: Result, number: int) -> dict[str, Any]:
    first = result.predictions[0]
    return {
        "number": number,
        "digit": int(first.labels[number]),
        "read": [int(each.digits[number]) for each in result.predictions],
        "output": [float(each.confidence[number]) for each in result.predictions],
    }
