"""A pupil's part of the page: a nickname, what was meant, a vote; and what the teacher shows."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path
from typing import Any

import param
from panel.io import state

from core.ink import Drawing
from core.nn.image_network import reads_digits
from explorer.classroom.board import Claim, Place, Shown, Standing, public_key
from explorer.classroom.classroom import Classroom
from explorer.classroom.names import nickname
from explorer.classroom.records import (
    DIGITS,
    LONGEST_DRAWING,
    MOST_SAID,
    Lesson,
    Pupil,
    drawing_of,
    is_key,
)
from explorer.state.answer import Answer
from explorer.state.session import Session
from explorer.transport.component import LiveComponent
from explorer.transport.documents import is_connected, soon
from explorer.transport.messages import Message, NotUnderstoodError, whole
from explorer.transport.pictures import packed

#: A point takes at least so many characters; with more points no text need be made.
_LETTERS_OF_A_POINT = 8


class PupilBar(LiveComponent):
    """A bar over a pupil's page. What it shows goes to the class's board, some times a second.

    A pupil is known by a secret key, which the tab keeps and nobody else is told. One page shows
    a pupil: the one that joined last.
    """

    script = Path(__file__).with_name("pupil.js")

    key = param.String(doc="Opens the pupil's place; the tab keeps it for the next page load.")
    nickname = param.String(default="", doc="The chosen name; empty before the pupil has joined.")
    refusals = param.Integer(default=0, doc="Counts the names of which nothing can be seen.")
    standing = param.String(default="", doc="`elsewhere` or `full` if the page is not shown.")
    meant = param.Integer(default=None, allow_None=True, doc="The digit that was meant.")
    vote = param.Integer(default=None, allow_None=True, doc="The vote on the present question.")
    lesson = param.Dict(default={}, doc="What the teacher does, as far as pupils shall know.")
    invites = param.Boolean(
        default=False, doc="Whether the class has a run that this page has not come to yet."
    )

    def __init__(self, session: Session, classroom: Classroom) -> None:
        super().__init__(key=secrets.token_hex(16))
        self._session = session
        self._classroom = classroom
        self._document = state.curdoc
        self._page = secrets.token_hex(16)
        self._lesson = self._told = classroom.lesson
        self._answer = Answer(None, False)
        self._said: list[tuple[int, int]] = []
        self._voted = 0
        self._run = 0  # of the class, to which the page has come
        self._is_new = False
        self.claims = False
        session.param.watch(self._mark, ["canvas", "centred", "network", "card"])
        session.param.watch(self._begin_anew, "redrawn")
        session.param.watch(self._invite, "place")
        self._follow(self._lesson)
        classroom.open(self)
        state.on_session_destroyed(lambda _: classroom.close(self))

    def receive(self, message: Message) -> None:
        """A pupil joins, says what was meant, votes, or comes to the class's run."""
        match message:
            case {"type": "join", "name": str(name), **rest}:
                self._join(name, rest.get("key"))
            case {"type": "meant", "digit": digit}:
                self.show(meant=whole(digit, DIGITS))
            case {"type": "vote", "digit": digit}:
                self._vote(whole(digit, DIGITS))
            case {"type": "train"}:
                self._session.place = "train"
            case {"type": "dismiss"}:
                self._run = self._lesson.run
                self._invite()
            case _:
                raise NotUnderstoodError(message)
        self._mark()

    @property
    def place(self) -> Place | None:
        """Where the page is shown; none if it is not."""
        shown = self.nickname and self.standing != Standing.ELSEWHERE
        if not shown or not is_connected(self._document):
            return None
        return Place(public_key(self.key), self._page)

    def claimed(self, place: Place, claim: Claim) -> None:
        """The board has answered, as soon as the page is free to hear it."""
        soon(self._document, partial(self._take, place, claim))

    def stand(self, place: Place, standing: Standing) -> None:
        """Claim the place again if the board has forgotten it; stand back for a newer page."""
        if place != self.place or self.claims:
            return
        self.claims = standing == Standing.UNKNOWN
        if standing == Standing.ELSEWHERE:
            soon(self._document, partial(self.show, standing=str(standing)))

    def showing(self) -> Shown | None:
        """What the page shows, if it is shown: only what is new for the board."""
        place = self.place
        if place is None:
            return None
        return self._shown(place) if self._is_new else Shown(place)

    def show_again(self) -> None:
        """The board may not have heard what was shown last."""
        self._mark()

    def follow(self, lesson: Lesson) -> None:
        """Do what the teacher does, as soon as the page is free for it."""
        if lesson != self._told:
            self._told = lesson
            soon(self._document, partial(self._follow, lesson))

    def _shown(self, place: Place) -> Shown:
        self._is_new = False
        drawing = self._session.canvas.own
        self._answer = self._answer_to(drawing)
        pupil = Pupil(
            key=place.key,
            name=self.nickname,
            picture=packed(drawing),
            digit=self._answer.digit,
            sure=self._answer.sure,
            meant=self.meant,
            said=tuple(self._said),
            vote=self.vote,
            voted=self._voted,
            network=self._session.network_name,
            edited=not self._session.is_offered,
            centred=self._session.centred,
            card=self._session.card,
        )
        return Shown(place, pupil, _strokes(drawing))

    def _answer_to(self, drawing: Drawing) -> Answer:
        """The class counts digits: what else a network of the pupil's own reads is not told."""
        is_counted = not drawing.is_blank and reads_digits(self._session.network)
        return self._session.own_answer if is_counted else Answer(None, False)

    def _take(self, place: Place, claim: Claim) -> None:
        """Take a place: the page is shown, and goes on where the one before it was."""
        if place != self.place:  # joined again meanwhile
            return
        self.claims = claim.standing == Standing.FULL
        self._mark()
        if self.claims:
            self.show(standing=str(Standing.FULL))
        else:
            self.show(standing="", **self._resumed(claim.before))

    def _resumed(self, before: Pupil | None) -> dict[str, Any]:
        """What the pupil's page before this one knew, where this one knows nothing."""
        if before is None:
            return {}
        self._said = list(before.said)
        news = {"meant": before.meant} if self.meant is None else {}
        if before.voted > self._voted:
            self._voted = before.voted
            news["vote"] = before.vote
        return news

    def _follow(self, lesson: Lesson) -> None:
        with self.one_frame():
            self._follow_at_once(lesson)

    def _follow_at_once(self, lesson: Lesson) -> None:
        before, self._lesson = self._lesson, lesson
        self._session.present(_on_stage(lesson))
        if lesson.cleared != before.cleared:
            self._session.clear_for_teacher()
        self._session.paused = lesson.frozen or lesson.phase == "vote"
        if lesson.called != before.called:
            self._session.called = lesson.card
            self._session.called = ""
        if lesson.asked != self._voted:
            self.show(vote=None)
        self._session.class_training = lesson.training
        self._invite()
        self.show(lesson=_for_pupils(lesson))

    def _invite(self, *_: Any) -> None:
        """Who is elsewhere is told of the class's run, and taken from nothing."""
        if self._session.place == "train":
            self._run = self._lesson.run
        self.show(invites=self._lesson.run not in (0, self._run))

    def _join(self, name: str, key: str | None) -> None:
        """Join, under another name perhaps, or come back after a newer page took the place."""
        if not (checked := nickname(name)):
            self.show(refusals=self.refusals + 1)
            return
        self.claims = True
        self.show(key=key if is_key(key) else self.key, nickname=checked, standing="")

    def _vote(self, digit: int) -> None:
        """A pupil has one vote, and may change it until the answer is revealed."""
        if self._lesson.phase == "vote" and self.place and not self.standing:
            self._voted = self._lesson.asked
            self.show(vote=digit)

    def _mark(self, *_: Any) -> None:
        self._is_new = True

    def _begin_anew(self, *_: Any) -> None:
        """What was meant belongs to the drawing that is wiped out; the class's matrix keeps it."""
        if (
            self._session.presented is None
            and self._session.drawing.is_blank
            and self.meant is not None
        ):
            if self._answer.digit is not None:
                self._said = [*self._said, (self.meant, self._answer.digit)][-MOST_SAID:]
            self.show(meant=None)


def _on_stage(lesson: Lesson) -> Drawing | None:
    """What is seen instead of the pupil's own drawing: during a vote, nothing of any drawing."""
    if lesson.phase == "vote":
        return Drawing.blank
    return drawing_of(lesson.drawing) if lesson.phase == "present" else None


def _strokes(drawing: Drawing) -> str:
    """The drawing as text; empty if that is too long to be sent to everybody."""
    points = sum(len(stroke.points) for stroke in drawing.strokes)
    if points * _LETTERS_OF_A_POINT > LONGEST_DRAWING:
        return ""
    text = drawing.to_json()
    return text if len(text) <= LONGEST_DRAWING else ""


def _for_pupils(lesson: Lesson) -> dict[str, Any]:
    """Without the strokes, which are on the stage or nobody's business yet."""
    return {
        "phase": lesson.phase,
        "picture": lesson.picture if lesson.phase == "vote" else "",
        "frozen": lesson.frozen,
        "votes": list(lesson.votes),
        "digit": lesson.digit if lesson.phase == "present" else None,
    }
