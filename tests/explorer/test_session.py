"""The state of one page, without a page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from core import Network
from core.errors import InputError
from core.ink import Drawing, Stroke, centre, rasterize
from explorer import create_app
from explorer.state.session import Neuron, PausedError, Session

LINE = [(8, 4), (8, 24)]
BAR = [(4, 14), (24, 14)]


@pytest.fixture
def session() -> Session:
    return Session()


def draw(session: Session, *strokes: list[tuple[float, float]]) -> None:
    for points in strokes:
        session.begin_stroke(points[:1], session.pen_width, session.erasing)
        session.extend_stroke(points[1:])


def test_a_page_starts_blank_and_without_an_answer(session: Session) -> None:
    assert session.drawing.is_blank
    assert session.answer == (None, False)
    assert not session.trace.inputs.any()


def test_the_network_receives_what_the_lens_shows(session: Session) -> None:
    draw(session, LINE, BAR)
    np.testing.assert_allclose(session.received, centre([LINE, BAR]), atol=1e-6)
    session.centre(False)
    np.testing.assert_allclose(session.received, rasterize([LINE, BAR]), atol=1e-6)
    np.testing.assert_array_equal(session.trace.inputs, session.received.reshape(-1))


def test_a_stroke_that_was_replaced_under_the_pen_is_over(session: Session) -> None:
    draw(session, LINE)
    session.begin_stroke(BAR[:1], session.pen_width, False)
    session.undo()
    session.extend_stroke(BAR[1:])
    np.testing.assert_allclose(session.drawing.image, rasterize([LINE]), atol=1e-6)


def test_every_stroke_is_thought_about_at_once(session: Session) -> None:
    draw(session, LINE)
    expected = session.network.trace(session.received.reshape(-1))
    np.testing.assert_array_equal(session.trace.outputs, expected.outputs)
    assert session.answer.digit == int(expected.outputs.argmax())


def test_the_answer_is_sure_from_the_threshold_that_the_network_names(session: Session) -> None:
    draw(session, LINE)
    top = float(session.trace.outputs.max())
    network = session.network
    for sure, expected in ((top - 0.001, True), (top + 0.001, False)):
        other = Session(Network(network.layers, {"sure": sure}))
        draw(other, LINE)
        assert other.answer == (session.answer.digit, expected)


def test_undo_and_redo_go_stroke_by_stroke(session: Session) -> None:
    images = [session.drawing.image]
    for stroke in (LINE, BAR):
        draw(session, stroke)
        images.append(session.drawing.image)
    assert not session.can_redo
    for image in images[1::-1]:
        session.undo()
        np.testing.assert_array_equal(session.drawing.image, image)
    assert not session.can_undo
    for image in images[1:]:
        session.redo()
        np.testing.assert_array_equal(session.drawing.image, image)
    assert not session.can_redo


def test_a_new_stroke_forgets_what_was_undone(session: Session) -> None:
    draw(session, LINE)
    session.undo()
    draw(session, BAR)
    assert not session.can_redo
    np.testing.assert_array_equal(session.drawing.image, rasterize([BAR]))


def test_every_stroke_on_a_large_drawing_can_be_taken_back(session: Session) -> None:
    large = Drawing(None, tuple(Stroke(LINE) for _ in range(700)))
    session.replace_drawing(large)
    for _ in range(150):
        draw(session, BAR)
    for _ in range(150):
        session.undo()
    assert session.drawing == large


def test_large_drawings_are_not_all_remembered(session: Session) -> None:
    for number in range(60):
        draw(session, np.full((9000, 2), number % 28))
        session.clear()
    steps = 0
    while session.can_undo:
        session.undo()
        steps += 1
    assert 10 < steps < 60


def test_clear_can_be_undone_and_counts_once(session: Session) -> None:
    draw(session, LINE)
    drawn = session.drawing
    session.clear()
    session.clear()
    assert session.drawing.is_blank
    session.undo()
    assert session.drawing == drawn


def test_undo_with_nothing_to_undo_changes_nothing(session: Session) -> None:
    session.undo()
    session.redo()
    assert session.drawing.is_blank


def test_the_first_stroke_replaces_an_invitation(session: Session) -> None:
    session.show_placeholder(Drawing.blank.with_stroke(Stroke(BAR)))
    draw(session, LINE)
    np.testing.assert_array_equal(session.drawing.image, rasterize([LINE]))
    assert not session.canvas.is_placeholder


def test_a_neuron_that_is_not_there_cannot_be_selected(session: Session) -> None:
    session.select(Neuron(1, 5))
    for layer, number in ((1, 16), (4, 0), (0, 784), (-1, 0), (2, -1)):
        with pytest.raises(IndexError, match=f"no neuron {layer}:{number}"):
            session.select(Neuron(layer, number))
    assert session.selected == (1, 5)
    session.select(None)
    assert session.selected is None


def test_two_sessions_share_the_weights_and_nothing_else() -> None:
    first, second = Session(), Session()
    draw(first, LINE)
    first.select(Neuron(2, 3))
    assert second.drawing.is_blank
    assert second.selected is None
    assert first.network is second.network


@pytest.mark.parametrize("sizes", [(783, 16, 10), (784, 16, 37), (3, 2)])
def test_a_network_of_other_sizes_is_refused_in_one_sentence(sizes: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match=r"has (783 inputs|37|3 inputs)") as caught:
        create_app(Network.random(sizes, seed=0))
    assert "\n" not in str(caught.value)


def test_the_session_needs_no_panel() -> None:
    code = (
        "import sys; import explorer.state.session as s; s.Session(); "
        "sys.exit(any(name.split('.')[0] in ('panel', 'bokeh') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "attempt",
    [
        lambda session: session.begin_stroke(LINE, 2.4, False),
        lambda session: session.extend_stroke(LINE),
        lambda session: session.clear(),
        lambda session: session.undo(),
        lambda session: session.redo(),
        lambda session: session.replace_drawing(Drawing.blank),
        lambda session: session.replay(Drawing.blank.with_stroke(Stroke(BAR))),
        lambda session: session.centre(False),
        lambda session: session.choose_network("wide"),
    ],
)
def test_a_page_that_the_teacher_has_paused_stays_as_it_is(
    session: Session, attempt: Callable[[Session], None]
) -> None:
    draw(session, LINE, BAR)
    session.undo()
    before = session.canvas, session.centred, session.network
    session.paused = True
    with pytest.raises(PausedError, match="Paused by your teacher"):
        attempt(session)
    assert (session.canvas, session.centred, session.network) == before
    session.paused = False
    session.redo()
    assert session.canvas is not before[0]


def test_while_a_drawing_is_presented_nobody_draws_on_it(session: Session) -> None:
    draw(session, LINE)
    session.present(Drawing.blank.with_stroke(Stroke(BAR)))
    with pytest.raises(PausedError, match="presenting"):
        draw(session, BAR)
    with pytest.raises(PausedError):
        session.clear()
    session.centre(False)
    np.testing.assert_array_equal(session.received, rasterize([BAR]))
    session.present(None)
    np.testing.assert_array_equal(session.received, rasterize([LINE]))


def test_another_network_has_no_selection_and_nothing_held_of_the_one_before(
    session: Session,
) -> None:
    session.select(Neuron(1, 5))
    session.hold(True)
    session.choose_network("wide")
    assert (session.selected, session.held) == (None, None)
    session.select(Neuron(1, 63))
    session.hold(True)
    session.choose_network("wide")  # it is the same: nothing is another
    assert session.selected == Neuron(1, 63)
    assert session.holding
