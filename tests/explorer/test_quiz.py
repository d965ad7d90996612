"""The sandbox is one of the networks, and its quiz has the weighted sums of the lesson."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.edit.sandbox import QUIZ
from core.nn.pretrained import pretrained
from explorer.diagram.weights import all_weights, name_of_weights, packed_weights
from explorer.edit.quiz import Quiz
from explorer.state.networks import offered_networks
from explorer.state.session import Neuron, Session
from explorer.state.shared_view import Seen, SharedView, link_to
from support.telling import tell

SUMS = {"bar": 24, "blob": 8, "blank": 0, "inverse": -16}


@pytest.fixture
def session() -> Session:
    session = Session()
    session.choose_network("sandbox")
    return session


@pytest.fixture
def quiz(session: Session) -> Quiz:
    return Quiz(session)


def test_all_sessions_share_one_sandbox_that_is_none_of_the_pretrained() -> None:
    assert Session().networks["sandbox"] is Session().networks["sandbox"]
    assert "sandbox" not in pretrained()
    assert next(iter(offered_networks())) == "default"


def test_a_link_leads_to_the_sandbox(session: Session) -> None:
    other = Session()
    SharedView.from_end(link_to(Seen.of(session)).end).apply(other)
    assert other.network is session.network


def test_every_process_has_the_script_of_the_sandbox_s_weights(session: Session) -> None:
    assert packed_weights(name_of_weights(session.network)) is not None
    assert all_weights(session.network).size == 784 * 3 + 3 * 10


def test_the_quiz_is_for_the_sandbox_alone() -> None:
    session = Session()
    quiz = Quiz(session)
    assert (quiz.shown, quiz.images) == (False, {}), "a page without it is told no image"
    first = session.network
    for message in ({"type": "bar"}, {"type": "bias"}, {"type": "try", "name": "bar"}):
        tell(quiz, message)
    assert session.network is first
    assert not session.can_undo
    session.choose_network("sandbox")
    assert quiz.shown
    session.choose_network("lesson")
    assert not quiz.shown


def test_an_image_is_put_on_the_pad_as_it_is(session: Session, quiz: Quiz) -> None:
    assert session.centred
    tell(quiz, {"type": "try", "name": "inverse"})
    assert not session.centred
    np.testing.assert_array_equal(session.received, QUIZ["inverse"])
    assert quiz.images["inverse"] == (255 * QUIZ["inverse"].ravel()).tolist()
    session.undo()
    assert session.drawing.is_blank


def test_the_preset_has_the_sums_of_the_lesson_and_only_the_bar_is_enough(
    session: Session, quiz: Quiz
) -> None:
    tell(quiz, {"type": "bar"})
    assert session.selected == Neuron(1, 2)
    assert quiz.sums == {}, "they are to be guessed first"
    for name, expected in SUMS.items():
        tell(quiz, {"type": "try", "name": name})
        assert session.trace.z[0][2] == expected
    assert quiz.sums == {name: [each, each] for name, each in SUMS.items()}
    tell(quiz, {"type": "bias"})
    assert quiz.sums == {name: [each, each - 10] for name, each in SUMS.items()}
    assert [name for name, (_, z) in quiz.sums.items() if z > 0] == ["bar"]


def test_the_sums_are_those_of_the_network_as_it_is_now(session: Session, quiz: Quiz) -> None:
    tell(quiz, {"type": "try", "name": "bar"})
    assert quiz.sums == {"bar": [0, 0]}
    session.edit(session.network.with_weights(1, 2, np.full(784, 0.5, np.float32)))
    assert quiz.sums == {"bar": [12, 12]}
    session.undo_edit()
    assert quiz.sums == {"bar": [0, 0]}


def test_each_preset_is_one_step_to_undo(session: Session, quiz: Quiz) -> None:
    first = session.network
    tell(quiz, {"type": "bar"})
    tell(quiz, {"type": "bias"})
    session.undo_edit()
    session.undo_edit()
    assert session.network is first


def test_a_paused_page_says_so(session: Session, quiz: Quiz) -> None:
    session.paused = True
    for message in ({"type": "bar"}, {"type": "try", "name": "bar"}):
        session.notice = ""
        tell(quiz, message)
        assert session.notice == "Paused by your teacher."
    assert not session.is_edited
    assert session.centred


@pytest.mark.parametrize(
    "message", [{"type": "try", "name": "cat"}, {"type": "try", "name": None}, {}, None], ids=str
)
def test_nonsense_changes_nothing(session: Session, quiz: Quiz, message: Any) -> None:
    tell(quiz, message)
    assert not session.is_edited
    assert session.drawing.is_blank
