"""What a page should show, worked out from what a person did, by `core` alone.

It knows nothing of sessions and components: drawings are lists of strokes, made into pixels all at
once, and the network computes their trace from scratch each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core import Network
from core.ink import DEFAULT_WIDTH, Drawing, Stroke, centre, centre_image, rasterize
from core.ink.resize import resized
from core.nn.image_network import side
from core.nn.trace import Trace

Strokes = tuple[Stroke, ...]


@dataclass
class Oracle:
    """One person's doings on one page."""

    network: Network
    placeholder: Drawing = Drawing.blank
    centred: bool = True
    erasing: bool = False
    pen_width: float = DEFAULT_WIDTH
    strokes: Strokes = ()
    base: npt.NDArray[np.float32] | None = None
    _undone: list[Strokes] = field(default_factory=list)
    _done: list[Strokes] = field(default_factory=list)

    def draw(self, points: npt.ArrayLike) -> None:
        """A stroke of the present pen; the first one wipes an example out."""
        self._go_on((*self.strokes, Stroke(np.asarray(points), self.pen_width, self.erasing)))

    def clear(self) -> None:
        if self.strokes or not self.placeholder.is_blank:
            self._go_on(())

    def replace_drawing(self, drawing: Drawing) -> None:
        self._go_on(drawing.strokes)
        self.base = drawing.base

    def undo(self) -> None:
        self._undone.append(self.strokes)
        self.strokes = self._done.pop()

    def redo(self) -> None:
        self._done.append(self.strokes)
        self.strokes = self._undone.pop()

    @property
    def drawing(self) -> Drawing:
        return self.placeholder if self.placeholder.strokes else Drawing(self.base, self.strokes)

    @property
    def image(self) -> npt.NDArray[np.float32]:
        """(28, 28) the pad's pixels."""
        if not self.placeholder.is_blank:
            return rasterize(self.placeholder.strokes)
        return rasterize(self.strokes) if self.base is None else self.base

    @property
    def trace(self) -> Trace:
        """What the network computes of it."""
        return self.network.trace(resized(self._inputs(), side(self.network)).reshape(-1))

    def _inputs(self) -> npt.NDArray[np.float32]:
        if not self.centred:
            return self.image
        if self.base is not None:
            return centre_image(self.base)
        return centre(self.placeholder.strokes or self.strokes)

    def _go_on(self, strokes: Strokes) -> None:
        self._done.append(self.strokes)
        self._undone.clear()
        self.strokes = strokes
        self.placeholder, self.base = Drawing.blank, None
