"""What the lesson changes is as it was when the lesson is left; what the learner changed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.ink.example_drawings import load_examples
from core.nn.network import Network
from explorer.drawing.pad import Pad
from explorer.edit.kept_edits import KeptEdits
from explorer.lesson.chapters import NAMES, chapters
from explorer.lesson.guide import Guide
from explorer.page.share import Share
from explorer.state.networks import TRAINING
from explorer.state.session import Neuron, Session
from explorer.state.settings import SETTINGS

FOUR, SEVEN = (each.drawing for each in load_examples() if each.name in ("4-open", "7-plain"))

End = Callable[[Guide], None]
ENDS: dict[str, End] = {
    "closed": lambda guide: guide.attend(False),
    "at the list of chapters": lambda guide: guide.receive({"type": "contents"}),
}


@pytest.fixture
def session() -> Session:
    """A page on which everything is another than at first."""
    session = Session()
    session.choose_network("relu")
    session.edit(session.network.with_bias(2, 3, 0.5))
    session.replace_drawing(FOUR)
    session.centre(False)
    session.select(Neuron(2, 3))
    session.hold(True)
    session.param.update(place="edit", signal=True, least=0.3, question="reacts", comparing=True)
    return session


def seen(session: Session) -> dict[str, Any]:
    """All that a person has chosen, and what follows from it."""
    chosen = {each.name: each.write(session) for each in SETTINGS}
    return chosen | {"network": session.network, "held": session.held, "canvas": session.canvas}


def opened(session: Session, chapter: str, card: int = 0) -> Guide:
    guide = Guide(session)
    guide.receive({"type": "open", "chapter": chapter, "card": card})
    return guide


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("chapter", NAMES)
def test_everything_is_as_it_was_before_the_lesson(
    session: Session, chapter: str, end: End
) -> None:
    before = seen(session)
    guide = opened(session, chapter)
    for _ in chapters()[chapter].cards[1:]:
        guide.receive({"type": "move", "way": 1})
        session.select(Neuron(1, 1))
        session.edit(session.network.with_bias(1, 1, 9.0))
    end(guide)
    assert seen(session) == before
    session.undo_edit()
    assert not session.is_edited
    session.undo()
    assert session.drawing != FOUR


def test_what_a_card_asks_to_change_is_given_back(session: Session) -> None:
    guide = opened(session, "weights", 4)
    session.least = 0.5
    guide.receive({"type": "open", "chapter": "pixels", "card": 3})
    session.param.update(pace=2.0)
    guide.attend(False)
    assert (session.least, session.pace) == (0.3, 2.0)


def test_what_no_card_speaks_of_stays_as_the_learner_has_changed_it(session: Session) -> None:
    guide = opened(session, "neuron")
    session.param.update(least=0.1, pen_width=5.0)
    guide.attend(False)
    assert (session.least, session.pen_width) == (0.1, 5.0)


def test_the_lesson_begins_with_networks_as_they_were_at_first(session: Session) -> None:
    session.choose_network("default")
    session.edit(session.network.with_bias(1, 5, 30.0))
    opened(session, "neuron", 1)
    assert not session.is_edited
    assert not session.can_undo_edit


def test_a_network_that_was_trained_anew_has_none_of_the_old_changes() -> None:
    session = Session()
    session.put_network(TRAINING, Network.random((784, 8, 10), 1))
    session.edit(session.network.with_bias(1, 7, 0.5))
    session.select(Neuron(1, 7))
    guide = opened(session, "neuron")
    session.put_network(TRAINING, Network.random((784, 4, 10), 2), shown=False)
    guide.attend(False)
    assert (session.network_name, session.selected) == (TRAINING, None)
    assert not session.is_edited


def test_it_is_given_back_while_the_teacher_has_paused_the_page(session: Session) -> None:
    before = seen(session)
    guide = opened(session, "pixels")
    session.paused = True
    guide.attend(False)
    assert seen(session) == before


def test_what_a_reload_finds_is_the_learners_own(session: Session) -> None:
    """The tab keeps nothing of the lesson, and what it brings late waits for the lesson's end."""
    pad, share, edits = Pad(session), Share(session), KeptEdits(session)
    edits.receive({"type": "keep"})
    kept, steps = share.kept, edits.steps
    guide = opened(session, "knobs", 2)
    session.edit(session.network.with_bias(3, 3, 9.0))
    assert (pad.borrowing, share.kept, edits.steps) == (True, kept, steps)
    guide.attend(False)
    assert (pad.borrowing, share.kept, edits.steps) == (False, kept, steps)


def test_what_a_tab_brings_late_waits_for_the_lessons_end() -> None:
    session = Session()
    guide = opened(session, "knobs", 2)
    shown = session.drawing
    session.restore(SEVEN)
    session.restore_edits("default", session.networks["default"].with_bias(1, 5, 30.0))
    assert (session.drawing, session.is_edited) == (shown, False)
    guide.attend(False)
    assert (session.drawing, session.is_edited) == (SEVEN, True)


def test_what_was_tried_in_a_chapter_changes_no_other() -> None:
    session = Session()
    guide = opened(session, "sigmoid", 3)
    session.edit(session.network.with_bias(2, 7, 9.0))
    guide.receive({"type": "move", "way": 1})
    assert session.is_edited
    guide.receive({"type": "open", "chapter": "backpropagation", "card": 0})
    assert not session.is_edited
