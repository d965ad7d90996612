"""Every card of the lesson can be done, and is not done before it was."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from core.edit.neurons import silenced
from core.edit.sandbox import LAYER, QUIZ, SPARE, edge_detector
from core.explain.weighted_sum import explain
from core.ink import Drawing
from core.ink.example_drawings import load_examples
from core.nn.network import Network
from explorer.drawing.examples import FIRST, examples
from explorer.lesson.chapters import NAMES, chapters
from explorer.lesson.course import Course, Place
from explorer.lesson.guide import Guide
from explorer.lesson.questions import QUESTIONS
from explorer.state.networks import TRAINING
from explorer.state.session import Neuron, Session
from explorer.texts import number

CARDS = [(name, card) for name in NAMES for card in range(len(chapters()[name].cards))]
DRAWINGS = [each.drawing for each in load_examples() if each.drawing.strokes]


@pytest.fixture
def session() -> Session:
    session = Session()
    session.show_placeholder(examples()[FIRST].drawing)
    return session


def opened(session: Session, chapter: str, card: int) -> Guide:
    guide = Guide(session)
    guide.receive({"type": "open", "chapter": chapter, "card": card})
    return guide


def draw(session: Session, drawing: Any) -> None:
    """Draw as a person does: on an empty pad, stroke by stroke."""
    session.clear()
    for stroke in drawing.strokes:
        session.begin_stroke(stroke.points, stroke.width, stroke.erases)


def draw_until(session: Session, guide: Guide) -> None:
    """Draw one thing after the other, halves of digits among them, until it is what was asked."""
    for drawing in DRAWINGS:
        draw(session, drawing)
        if guide.done is not None:
            return
    for drawing in DRAWINGS:
        for stroke in drawing.strokes:
            session.clear()
            session.begin_stroke(stroke.points, 2.4, False)
            if guide.done is not None:
                return


def select_until(session: Session, guide: Guide) -> None:
    """Select every neuron, for every drawing, until it is one that was asked for."""
    for drawing in [None, *DRAWINGS]:
        if drawing is not None:
            draw(session, drawing)
        for layer, size in enumerate(session.network.sizes):
            for index in range(size):
                session.select(Neuron(layer, index))
                if guide.done is not None:
                    return


def change(session: Session, what: str = "anything", **_: Any) -> None:
    layer, index = session.selected or Neuron(1, 0)
    network = session.present_edits.network
    if what == "weights":
        session.edit(network.with_weight(layer, index, 3, 2.5))
    else:
        session.edit(network.with_bias(layer, index, -7.0))


def undo(session: Session, **_: Any) -> None:
    session.reset_network()


def ask(session: Session, question: str = "reacts") -> None:
    session.select(session.selected or Neuron(1, 4))
    session.question = question


def trained_network() -> Network:
    """A network of which something has been learned: one that was not has no biases."""
    return Network.random((784, 8, 10), 1).with_bias(1, 3, 0.25)


DO: dict[str, Any] = {
    "clear": lambda session: session.clear(),
    "edges": lambda session, by="contribution": session.param.update(signal=by == "contribution"),
    "weakest": lambda session: session.param.update(least=0.3),
    "ask": ask,
    "centre": lambda session, on=False: session.centre(on),
    "visit": lambda session, place: session.param.update(place=place),
    "network": lambda session, network: session.choose_network(network),
    "change": change,
    "undo": undo,
    "train": lambda session: session.put_network(TRAINING, trained_network()),
    "backpropagate": lambda session: session.param.update(place="explore", backpropagating=True),
    "detector": lambda session: session.edit(
        session.network.with_weights(LAYER, SPARE, edge_detector())
    ),
    "tried": lambda session: session.replace_drawing(Drawing(QUIZ["blob"])),
    "compare": lambda session: session.param.update(comparing=True),
    "pin": lambda session: session.hold(True),
}


@pytest.mark.parametrize(("chapter", "card"), CARDS)
def test_a_card_is_done_when_what_it_asks_for_was_done(
    session: Session, chapter: str, card: int
) -> None:
    guide = opened(session, chapter, card)
    asked = chapters()[chapter].cards[card]
    if asked.check.name == "undo":
        change(session)
        guide.attend(True)
    prepare(session, **asked.check.values)
    assert guide.done is None
    assert guide.kept["done"] == []
    if asked.question.name:
        answer_rightly(guide)
    elif asked.check.name in ("draw", "answer", "torn"):
        draw_until(session, guide)
    elif asked.check.name == "select":
        select_until(session, guide)
    else:
        DO[asked.check.name](session, **asked.check.values)
    assert guide.kept["done"] == [[chapter, card]]
    assert guide.done is not None or guide.question["why"]


def prepare(session: Session, trained: bool = False, wanted: bool = False, **_: Any) -> None:
    """What a card asks for beside what its check is about."""
    if trained:
        session.put_network(TRAINING, trained_network())
    if wanted:
        session.wanted = 4


def answer_rightly(guide: Guide) -> None:
    guide.receive({"type": "answer", "answer": 0})
    if guide.question["chosen"] != guide.question["right"]:
        guide.receive({"type": "answer", "answer": guide.question["right"]})


def test_a_training_that_was_not_started_is_none(session: Session) -> None:
    guide = opened(session, "learning", 1)
    session.put_network(TRAINING, Network.random((784, 8, 10), 1))
    assert guide.done is None
    session.put_network(TRAINING, trained_network())
    assert guide.done is not None


def test_a_training_that_went_on_anyway_was_not_started(session: Session) -> None:
    session.put_network(TRAINING, trained_network())
    guide = opened(session, "own", 1)
    session.put_network(TRAINING, trained_network().with_bias(1, 2, 0.5))
    assert guide.done is None
    session.trainings += 1
    session.put_network(TRAINING, trained_network().with_bias(1, 2, 0.75))
    assert guide.done is not None


def _select_bright(session: Session) -> None:
    """A neuron that is bright for a drawing which is nobody's own."""
    session.show_placeholder(DRAWINGS[7])
    session.select(Neuron(1, int(np.argmax(session.trace.a[0]))))
    assert session.trace.a[0].max() > 0.9


#: Chapter and card, and what is like what it asks for, but is not that.
NOT_QUITE: dict[str, tuple[str, int, Any]] = {
    "a pixel": ("neuron", 3, lambda session: session.select(Neuron(0, 0))),
    "no drawing": ("hope", 4, _select_bright),
    "another weight": ("hope", 1, lambda session: change(session, "weights")),
    "an image of no quiz": ("hope", 2, lambda session: session.replace_drawing(DRAWINGS[1])),
    "no digit": ("backpropagation", 1, lambda session: session.select(Neuron(3, 2))),
    "no training": ("learning", 3, lambda session: draw(session, DRAWINGS[1])),
    "nothing learned": ("learning", 2, lambda session: session.select(Neuron(1, 2))),
    "nothing to take back": ("knobs", 4, lambda session: session.reset_network()),
}


@pytest.mark.parametrize(("chapter", "card", "do"), NOT_QUITE.values(), ids=NOT_QUITE)
def test_what_is_only_like_it_does_not_count(
    session: Session, chapter: str, card: int, do: Any
) -> None:
    guide = opened(session, chapter, card)
    do(session)
    assert guide.done is None


def test_the_sandbox_has_the_detector_for_who_comes_by_a_link(session: Session) -> None:
    opened(session, "hope", 2)
    layer = session.network.layers[LAYER - 1]
    np.testing.assert_array_equal(layer.weights[SPARE], edge_detector())


def test_changes_can_be_made_and_taken_back_on_the_card_that_asks_for_it(session: Session) -> None:
    guide = opened(session, "knobs", 4)
    change(session)
    assert guide.done is None
    session.undo_edit()
    assert guide.done is not None
    guide.receive({"type": "open", "chapter": "knobs", "card": 4})
    assert guide.done is None, "nothing was taken back since"


def test_what_is_said_follows_the_drawing(session: Session) -> None:
    guide = opened(session, "neuron", 0)
    for drawing in DRAWINGS[::5]:
        draw(session, drawing)
        outputs = session.trace.outputs
        shown = f"{int(np.argmax(outputs))}, at {number(float(outputs.max()), 2)}."
        assert guide.done is not None
        assert guide.done.endswith(shown)


def test_a_step_of_backpropagation_has_a_digit_for_who_comes_by_a_link(session: Session) -> None:
    opened(session, "backpropagation", 4)
    assert session.wanted == 4
    session.wanted = 9
    opened(session, "backpropagation", 4)
    assert session.wanted == 9


def test_the_learners_own_drawing_comes_back(session: Session) -> None:
    draw(session, DRAWINGS[4])
    own = session.drawing
    guide = opened(session, "pixels", 0)
    assert session.drawing != own
    draw(session, DRAWINGS[7])
    guide.receive({"type": "move", "way": 1})
    guide.receive({"type": "contents"})
    assert session.drawing == own
    session.undo()
    assert session.drawing != own


def test_closing_the_lesson_gives_the_drawing_back(session: Session) -> None:
    draw(session, DRAWINGS[4])
    own = session.drawing
    guide = opened(session, "pixels", 0)
    guide.attend(False)
    assert session.drawing == own


def test_a_lesson_that_was_closed_asks_for_nothing(session: Session) -> None:
    guide = opened(session, "neuron", 0)
    guide.attend(False)
    draw(session, DRAWINGS[4])
    assert guide.done is None
    assert guide.kept["done"] == []
    guide.attend(True)
    draw(session, DRAWINGS[5])
    assert guide.kept["done"] == [["neuron", 0]]


def test_what_the_learner_did_before_does_not_count(session: Session) -> None:
    session.select(Neuron(1, 3))
    guide = Guide(session)
    guide.receive({"type": "open", "chapter": "weights", "card": 1})
    session.centre(False)
    assert guide.done is None
    session.select(Neuron(1, 5))
    assert guide.done is not None


def test_a_paused_page_says_so_and_stays_as_it_is(session: Session) -> None:
    draw(session, DRAWINGS[4])
    session.paused = True
    opened(session, "pixels", 0)
    assert session.drawing.strokes == DRAWINGS[4].strokes
    assert session.notice


def asked(session: Session, name: str, **values: Any) -> Any:
    return QUESTIONS[name](session, np.random.default_rng(5), values)


@pytest.mark.parametrize("drawing", DRAWINGS[:8])
def test_the_right_answers_are_what_the_network_computes(session: Session, drawing: Any) -> None:
    draw(session, drawing)
    network, trace = session.network, session.trace
    found = explain(network, trace, 1, 5)
    assert _right(asked(session, "activation", neuron="1:5")) == number(float(trace.a[0][5]), 2)
    total = round(round(found.weighted_sum, 2) + round(found.bias, 2), 2)
    assert _number(_right(asked(session, "sum", neuron="1:5"))) == pytest.approx(total, abs=1e-9)
    term = _number(_right(asked(session, "pixel", neuron="1:5")))
    products = network.layers[0].weights[5] * trace.inputs
    assert np.abs(products - term).min() <= 0.005001
    largest = int(np.argmax(network.layers[2].weights[3] * trace.a[1]))
    assert _right(asked(session, "largest", neuron="3:3")).endswith(f" {largest + 1}")
    assert _right(asked(session, "parameters", layer=1)) == "12,544"


def test_the_output_that_falls_is_the_one_that_falls(session: Session) -> None:
    draw(session, DRAWINGS[3])
    question = asked(session, "silence", layer=2)
    neuron = int(question.prompt.split("neuron ")[1].split(" ")[0]) - 1
    after = silenced(session.network, 2, neuron)(session.trace.inputs)
    assert _right(question) == str(int(np.argmax(session.trace.outputs - after)))


def _right(question: Any) -> str:
    assert len(set(question.answers)) == len(question.answers) == 4
    return str(question.answers[question.right])


def _number(shown: str) -> float:
    return float(shown.replace("−", "-").replace(",", ""))


def test_a_question_follows_the_drawing_until_it_is_answered(session: Session) -> None:
    guide = opened(session, "sigmoid", 1)
    before = guide.question["prompt"]
    draw(session, DRAWINGS[9])
    assert guide.question["prompt"] != before
    guide.receive({"type": "answer", "answer": 0})
    answered = guide.question
    draw(session, DRAWINGS[2])
    assert guide.question == answered


def test_only_the_first_answer_counts(session: Session) -> None:
    guide = opened(session, "sigmoid", 1)
    right = guide._question.right
    guide.receive({"type": "answer", "answer": (right + 1) % 4})
    guide.receive({"type": "answer", "answer": right})
    assert guide.score == {"right": 0, "answered": 1}


def test_what_a_browser_kept_is_where_one_goes_on(session: Session) -> None:
    guide = opened(session, "neuron", 0)
    draw(session, DRAWINGS[0])
    guide.receive({"type": "move", "way": 1})
    kept = json.loads(json.dumps(guide.kept))
    again = Guide(Session())
    again.receive({"type": "restore", "kept": kept})
    assert (again.chapter, again.card) == ("neuron", 1)
    assert again.contents[0][3] == 1


@pytest.mark.parametrize(
    "kept",
    [{}, {"place": 7}, {"place": ["neuron", 99]}, {"done": [["neuron", "1"], 3, ["x", 1]]}],
)
def test_a_damaged_memory_begins_anew(kept: dict[str, Any]) -> None:
    course = Course(chapters()).with_plain(kept)
    assert course.place is None
    assert course.done == frozenset()


def test_cards_follow_each_other_across_chapters() -> None:
    course = Course(chapters()).opened("neuron", 4)
    assert course.moved(1).place == Place("pixels", 0)
    assert course.moved(1).moved(-1).place == Place("neuron", 4)
    assert course.opened("neuron", 0).moved(-1).place == Place("neuron", 0)
