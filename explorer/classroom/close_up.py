"""The drawing that a teacher looks at closely: one pupil's, or the one that the class is shown."""

from __future__ import annotations

from collections.abc import Iterable

from core.ink import Drawing
from explorer.classroom.board import Board
from explorer.classroom.records import Lesson, Pupil, drawing_of
from explorer.state.answer import answer_to
from explorer.state.session import Session
from explorer.transport.ignored import ignored
from explorer.transport.pictures import unpacked


async def drawing_text(board: Board, pupil: Pupil) -> str:
    """What a pupil shows, as `core.ink.Drawing` writes it: without strokes if they are too many.

    Raises:
        InputError: the pupil's picture is none.
        OSError: the board cannot be reached.
    """
    return await board.drawing(pupil.key) or unpacked(pupil.picture).to_json()


class CloseUp:
    """Brings a drawing of the class into the session of a teacher's page.

    The board is read with everything else that is read from it, outside of the page's turn; the
    session changes in its turn, and only as the lesson allows.
    """

    def __init__(self, board: Board, session: Session) -> None:
        self._board = board
        self._session = session
        self._chosen = ""
        self._pupil: Pupil | None = None
        self._drawing: Drawing | None = None

    @property
    def key(self) -> str:
        """Whose drawing was read; empty if none is chosen, or its pupil is not here."""
        return "" if self._pupil is None else self._pupil.key

    def choose(self, key: str) -> None:
        """From the next reading on, look at the drawing of the pupil with this key."""
        self._chosen = key

    async def read(self, pupils: Iterable[Pupil]) -> None:
        """Read the chosen drawing, if its pupil shows something new.

        Raises:
            OSError: the board cannot be reached.
        """
        pupil = next((each for each in pupils if each.key == self._chosen), None)
        if pupil == self._pupil:
            return
        drawing = None if pupil is None else await self._read(pupil)
        self._pupil, self._drawing = pupil, drawing

    async def _read(self, pupil: Pupil) -> Drawing | None:
        try:
            return drawing_of(await drawing_text(self._board, pupil))
        except ValueError as error:
            ignored.tell("The board", error)
            return None

    def digit(self, pupil: Pupil, drawing: str) -> int | None:
        """What all others read in a pupil's drawing: they have the network without the changes."""
        if not pupil.edited or pupil.digit is None or pupil.network not in self._session.networks:
            return pupil.digit
        network = self._session.networks[pupil.network]
        return answer_to(network, drawing_of(drawing), pupil.centred).digit

    def show(self, lesson: Lesson) -> None:
        """Bring what there is to see into the session: during a vote, nothing of any drawing.

        A pupil's drawing is seen through the pupil's network and lens: it says here what it says
        there.
        """
        if lesson.phase == "vote":
            self._present(None)
        elif lesson.phase == "present":
            self._see_through(lesson)
            self._present(drawing_of(lesson.drawing))
        else:
            if self._pupil is not None:
                self._see_through(self._pupil)
            self._present(self._drawing)

    def _present(self, drawing: Drawing | None) -> None:
        if drawing != self._session.presented:
            self._session.present(drawing)

    def _see_through(self, record: Lesson | Pupil) -> None:
        session = self._session
        if record.network in session.networks:
            session.choose_network(record.network)
        if record.centred != session.centred:
            session.centre(record.centred)

    def forget(self) -> None:
        """Show nothing of the class any more, and look at nobody."""
        self._chosen, self._pupil, self._drawing = "", None, None
        self._session.present(None)
