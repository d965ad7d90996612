"""What a page says to change a neuron: done, undone, refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.edit.painting import painted
from explorer.edit.neuron_editor import NeuronEditor
from explorer.edit.panel import EditPanel
from explorer.state.session import Neuron, Session
from explorer.transport.messages import NotUnderstoodError


@pytest.fixture
def session() -> Session:
    session = Session()
    session.place = "edit"
    session.select(Neuron(1, 5))
    return session


@pytest.fixture
def editor(session: Session) -> NeuronEditor:
    return NeuronEditor(session)


def row(session: Session, layer: int = 1, number: int = 5) -> np.ndarray:
    return np.array(session.network.layers[layer - 1].weights[number])


def test_a_bias_is_set_and_the_neuron_s_place_on_its_curve_follows(
    session: Session, editor: NeuronEditor
) -> None:
    editor.receive({"type": "bias", "value": -4, "goes_on": False})
    assert session.network.layers[0].biases[5] == -4
    assert editor.bias == -4
    assert editor.changed
    np.testing.assert_allclose(editor.spot, [session.trace.z[0][5], session.trace.a[0][5]])
    session.undo_edit()
    assert not editor.changed


def test_a_slider_is_one_step(session: Session, editor: NeuronEditor) -> None:
    first = session.network
    for value in (1, 2, 3):
        editor.receive({"type": "bias", "value": value, "goes_on": True})
    editor.receive({"type": "bias", "value": 3, "goes_on": False})
    session.undo_edit()
    assert session.network is first


def test_a_drag_of_the_brush_is_one_step_however_its_points_come(
    session: Session, editor: NeuronEditor
) -> None:
    first, before = session.network, row(session)
    points = [[4.0, 5.0], [9.0, 5.5], [15.0, 6.0], [9.0, 5.5]]
    brush = {"type": "paint", "mode": "add", "strength": 0.5, "size": 3}
    for part in (points[:1], points[1:3], points[3:]):
        editor.receive({**brush, "points": part})
    editor.receive({"type": "end"})
    np.testing.assert_array_equal(row(session), painted(before, points, "add", 0.5, 3))
    editor.receive({**brush, "points": points[:1]})
    editor.receive({"type": "end"})
    assert not np.array_equal(row(session), painted(before, points, "add", 0.5, 3))
    session.undo_edit()
    session.undo_edit()
    assert session.network is first


def test_a_drag_ends_where_another_neuron_is_selected(
    session: Session, editor: NeuronEditor
) -> None:
    brush = {"type": "paint", "mode": "add", "strength": 0.5, "size": 3, "points": [[4.0, 5.0]]}
    editor.receive(brush)
    session.select(Neuron(1, 6))
    before = row(session, 1, 6)
    editor.receive(brush)
    np.testing.assert_array_equal(
        row(session, 1, 6), painted(before, brush["points"], "add", 0.5, 3)
    )


def test_the_scale_of_the_colours_stays_while_one_paints(
    session: Session, editor: NeuronEditor
) -> None:
    limit = editor.limit
    editor.receive({"type": "weight", "source": 300, "value": 1000, "goes_on": False})
    assert editor.limit == limit == np.abs(session.original.layers[0].weights[5]).max()
    assert editor.weights[300] == 1000


def test_the_weights_of_a_deeper_neuron_have_the_names_of_their_sources(
    session: Session, editor: NeuronEditor
) -> None:
    session.select(Neuron(3, 7))
    assert editor.sources[0] == (0, "neuron 1")
    assert len(editor.sources) == len(editor.weights) == 16
    editor.receive({"type": "weight", "source": 15, "value": 0.25, "goes_on": False})
    assert row(session, 3, 7)[15] == 0.25


def test_a_neuron_can_be_silenced_inverted_clamped_and_swapped(
    session: Session, editor: NeuronEditor
) -> None:
    before = np.array(session.trace.a[0])
    outputs = np.array(session.trace.outputs)
    editor.receive({"type": "invert"})
    assert session.trace.a[0][5] == pytest.approx(1 - before[5], abs=1e-6)
    editor.receive({"type": "silence"})
    assert session.trace.a[0][5] == 0
    editor.receive({"type": "clamp", "value": 0.25})
    assert session.trace.a[0][5] == pytest.approx(0.25, abs=1e-6)
    editor.receive({"type": "reset"})
    editor.receive({"type": "swap", "other": 9})
    np.testing.assert_allclose(session.trace.a[0][[5, 9]], before[[9, 5]], atol=1e-6)
    np.testing.assert_allclose(session.trace.outputs, outputs, atol=1e-6)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"type": "bias", "value": 1e39}, "1,000,000"),
        ({"type": "clamp", "value": 2}, "from 0 to 1"),
        (
            {"type": "paint", "points": [[1, 1]], "mode": "add", "strength": -1, "size": 3},
            "strength",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    session: Session, editor: NeuronEditor, message: dict[str, Any], said: str
) -> None:
    network = session.network
    editor.receive(message)
    assert said in session.notice
    assert session.network is network


@pytest.mark.parametrize(
    "message",
    [
        {"type": "bias", "value": "4"},
        {"type": "bias"},
        {"type": "weight", "source": 784, "value": 1},
        {"type": "weight", "source": -1, "value": 1},
        {"type": "swap", "other": 16},
        {"type": "paint", "points": [[1, 1]], "mode": "burn", "strength": 1, "size": 3},
        {"type": "paint", "points": [[1, 1]], "mode": "add", "strength": "1", "size": 3},
        {"type": "explode"},
    ],
)
def test_nonsense_changes_nothing(
    session: Session, editor: NeuronEditor, message: dict[str, Any]
) -> None:
    network = session.network
    with pytest.raises(NotUnderstoodError):
        editor.receive(message)
    assert session.network is network


def test_without_a_neuron_nothing_can_be_changed(session: Session, editor: NeuronEditor) -> None:
    for neuron in (None, Neuron(0, 3)):
        session.select(neuron)
        assert editor.neuron == []
        with pytest.raises(NotUnderstoodError):
            editor.receive({"type": "silence"})


def test_a_drag_has_only_so_many_points(session: Session, editor: NeuronEditor) -> None:
    brush = {"type": "paint", "mode": "add", "strength": 0.01, "size": 1}
    for _ in range(40):
        editor.receive({**brush, "points": [[x / 3, 3.0] for x in range(64)]})
    assert len(editor._drag) == 1000


def test_a_paused_page_says_so(session: Session, editor: NeuronEditor) -> None:
    session.paused = True
    network = session.network
    editor.receive({"type": "silence"})
    assert session.notice == "Paused by your teacher."
    assert session.network is network


def test_in_another_place_nothing_is_worked_out(session: Session, editor: NeuronEditor) -> None:
    session.place = "explore"
    session.select(Neuron(1, 6))
    assert editor.neuron == [1, 5]
    session.place = "edit"
    assert editor.neuron == [1, 6]


def test_the_panel_undoes_redoes_resets_and_compares(session: Session) -> None:
    panel, first = EditPanel(session), session.network
    assert [panel.edited, panel.can_undo, panel.can_redo] == [False] * 3
    session.edit(first.with_bias(1, 5, 3.0))
    changed = session.network
    assert panel.edited
    assert panel.can_undo
    panel.receive({"type": "original", "on": True})
    assert panel.compares
    assert session.network is first
    panel.receive({"type": "original", "on": False})
    assert session.network is changed
    panel.receive({"type": "undo"})
    assert session.network is first
    panel.receive({"type": "redo"})
    assert session.network is changed
    panel.receive({"type": "reset"})
    assert session.network is first
    with pytest.raises(NotUnderstoodError):
        panel.receive({"type": "original", "on": 1})
