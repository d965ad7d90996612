"""The drawings of a class whose pupils have said what they meant, without any name."""

from __future__ import annotations

from contextlib import suppress

from core.errors import InputError
from core.ink import Drawing
from explorer.classroom.board import Board
from explorer.texts import text
from explorer.transport.pictures import unpacked


async def meant_drawings(board: Board) -> list[tuple[Drawing, int]]:
    """What all pupils show now, each with the digit that was meant, in no order that tells whose.

    Raises:
        InputError: the board cannot be reached.
    """
    try:
        pupils = await board.pupils()
    except OSError:
        raise InputError(text("own.no_class")) from None
    shown = sorted((each.picture, each.meant) for each in pupils if each.meant is not None)
    found = []
    for picture, meant in shown:
        with suppress(InputError):  # a blank pad, or no picture of ours
            found.append((unpacked(picture), meant))
    return found
