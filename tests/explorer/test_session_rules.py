"""Whatever a person does, in whatever order, a session agrees with itself and with its network."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core import Network
from core.ink import Drawing, Stroke, centre, centre_image, rasterize
from explorer.state.session import Neuron, Session

PLACES = st.tuples(st.floats(-3, 31), st.floats(-3, 31)).map(lambda xy: (xy[0], xy[1]))
STROKES = st.lists(PLACES, min_size=1, max_size=4)
#: All that is announced when what a session is about changes.
WATCHED = ["network", "presented", "centred", "selected", "trace", "held", "canvas"]
OTHER = Drawing(None, (Stroke(np.array([(20.0, 4), (20, 24)])),))
GREY = Drawing(np.full((28, 28), 0.25, np.float32))


def inputs_of(drawing: Drawing, centred: bool) -> np.ndarray[Any, Any]:
    """What a network receives, from the strokes and nothing that a session remembers."""
    if drawing.base is None:
        return (centre if centred else rasterize)(drawing.strokes).reshape(-1)
    image = Drawing(drawing.base, drawing.strokes).image
    return (centre_image(image) if centred else image).reshape(-1)


class SessionRules(RuleBasedStateMachine):
    """Draws, selects, chooses, holds, in any order; a view looks at whatever is announced."""

    def __init__(self) -> None:
        super().__init__()
        narrow = Network.random((784, 5, 10), seed=1)
        self.session = Session(narrow)
        self.drawn: list[Stroke] = []
        self.session.param.watch(self.look, WATCHED)

    def look(self, *_: Any) -> None:
        """What a view may rely on, also while it is being told."""
        session = self.session
        expected = session.network.trace(session.trace.inputs)
        np.testing.assert_array_equal(session.trace.outputs, expected.outputs)
        assert [len(a) for a in session.trace.a] == list(session.network.sizes[1:])
        if session.selected is not None:
            layer, number = session.selected
            assert number < session.network.sizes[layer]
        if session.held is not None:
            assert [len(a) for a in session.held.a] == list(session.network.sizes[1:])

    @precondition(lambda self: self.session.presented is None)
    @rule(points=STROKES, erases=st.booleans())
    def begin(self, points: list[tuple[float, float]], erases: bool) -> None:
        self.session.begin_stroke(points, 2.4, erases)

    @precondition(lambda self: self.session.presented is None)
    @rule(points=STROKES)
    def extend(self, points: list[tuple[float, float]]) -> None:
        self.session.extend_stroke(points)

    @precondition(lambda self: self.session.presented is None)
    @rule()
    def clear(self) -> None:
        self.session.clear()
        assert self.session.drawing.is_blank

    @precondition(lambda self: self.session.can_undo and self.session.presented is None)
    @rule()
    def undo_and_redo(self) -> None:
        before = self.session.canvas.drawing
        self.session.undo()
        after = self.session.canvas.drawing
        self.session.redo()
        assert self.session.canvas.drawing == before
        self.session.undo()
        assert self.session.canvas.drawing == after

    @precondition(lambda self: self.session.presented is None)
    @rule(drawing=st.sampled_from([OTHER, GREY, Drawing.blank]))
    def replace(self, drawing: Drawing) -> None:
        self.session.replace_drawing(drawing)

    @rule(drawing=st.sampled_from([OTHER, GREY, None]))
    def present(self, drawing: Drawing | None) -> None:
        own = self.session.canvas.drawing
        self.session.present(drawing)
        assert self.session.canvas.drawing is own
        assert self.session.drawing is (own if drawing is None else drawing)

    @rule(drawing=st.sampled_from([OTHER, Drawing.blank]))
    def restore(self, drawing: Drawing) -> None:
        before = self.session.canvas
        self.session.restore(drawing)
        if before.history.past:
            assert self.session.canvas.drawing is before.drawing
            assert self.session.canvas.history.past == (drawing,)
        else:
            assert self.session.canvas.own == drawing

    @rule(name=st.sampled_from(["default", "wide", "relu", "yours"]))
    def choose(self, name: str) -> None:
        self.session.choose_network(name)
        assert self.session.network is self.session.networks[name]
        assert self.session.network_name == name

    @rule(on=st.booleans())
    def centre(self, on: bool) -> None:
        self.session.centre(on)

    @rule(on=st.booleans())
    def hold(self, on: bool) -> None:
        self.session.hold(on)
        assert self.session.holding == on

    @rule(layer=st.integers(0, 4), number=st.integers(0, 70))
    def select(self, layer: int, number: int) -> None:
        sizes = self.session.network.sizes
        if layer < len(sizes) and number < sizes[layer]:
            self.session.select(Neuron(layer, number))
            assert self.session.selected == (layer, number)
        else:
            before = self.session.selected
            with pytest.raises(IndexError):
                self.session.select(Neuron(layer, number))
            assert self.session.selected == before

    @invariant()
    def agrees(self) -> None:
        session = self.session
        self.look()
        here = inputs_of(session.drawing, session.centred)
        there = inputs_of(session.drawing, not session.centred)
        np.testing.assert_allclose(session.trace.inputs, here, atol=1e-6)
        for answer, inputs in ((session.answer, here), (session.other_answer, there)):
            outputs = session.network(inputs)
            assert (answer.digit is None) == (not inputs.any())
            if answer.digit is not None:
                assert outputs[answer.digit] >= outputs.max() - 1e-5
        assert session.own_answer.sure in (True, False)


SessionRules.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestSessionRules = SessionRules.TestCase


def test_a_step_is_announced_once_with_all_that_it_changes() -> None:
    session = Session()
    session.select(Neuron(2, 3))
    told: list[set[str]] = []
    session.param.watch(lambda *events: told.append({each.name for each in events}), WATCHED)
    session.begin_stroke([(6, 6)], 2.4, False)
    assert told == [{"canvas", "trace"}]
    told.clear()
    session.choose_network("wide")
    assert len(told) == 1
    assert {"network", "selected", "trace"} <= told[0]
    assert "drawing" not in told[0]


def test_what_follows_from_the_rest_cannot_be_set_by_itself() -> None:
    session, other = Session(), Session()
    other.begin_stroke([(6, 6)], 2.4, False)
    other.choose_network("wide")
    other.centre(False)
    other.hold(True)
    other.select(Neuron(1, 60))
    for name in WATCHED:
        with pytest.raises(TypeError, match="is changed by a method"):
            setattr(session, name, getattr(other, name))
