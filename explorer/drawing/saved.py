"""A drawing that was saved, ready to be shown."""

from __future__ import annotations

from core.ink import Drawing


def drawing_from(text: str) -> Drawing:
    """The drawing that `Drawing.to_json` wrote, with its images: ten thousand points take a while.

    Raises:
        InkError: the text is none.
    """
    drawing = Drawing.from_json(text)
    drawing.centred(), drawing.image
    return drawing
