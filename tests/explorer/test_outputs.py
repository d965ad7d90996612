"""What the answer's part of the page is told."""

from __future__ import annotations

from typing import Any

from core import Network
from core.nn.activations import ACTIVATIONS
from explorer.diagram.outputs import Outputs
from explorer.state.session import Neuron, Session
from explorer.transport.link import Link

#: A seven so small and far in a corner that a network needs the lens to read it.
SMALL_SEVEN = [(2, 2), (7, 2), (6, 5), (5, 8)]


def test_both_answers_of_the_lens_are_told_whichever_way_it_is() -> None:
    session = Session()
    outputs = Outputs(session)
    session.begin_stroke(SMALL_SEVEN, 2.4, False)
    centred = session.answer
    session.centre(False)
    drawn = session.answer
    assert drawn != centred
    told = {"drawn": drawn._asdict(), "centred": centred._asdict()}
    assert outputs.lens == told
    session.centre(True)
    assert outputs.lens == told


def test_what_changes_with_a_stroke_is_told_once_and_again_to_a_script_that_asks() -> None:
    session, told = Session(), dict[str, Any]()
    outputs = Outputs(session)
    link = Link()
    outputs.join(link)
    link.is_listening = True
    link.tell = lambda address, values: told.update(values)  # type: ignore[method-assign]
    session.begin_stroke(SMALL_SEVEN, 2.4, False)
    assert told["activations"] == session.trace.outputs.tolist()
    assert told["answer"] == session.answer._asdict()
    told.clear()
    session.select(Neuron(1, 5))
    session.extend_stroke([(5, 8)])
    assert "lens" not in told, "it is as it was"
    outputs.show_all()
    assert told["activations"] == session.trace.outputs.tolist()
    assert told["lens"]["centred"] == session.answer._asdict()


def test_what_the_outputs_stand_for_is_told_with_them() -> None:
    letters = Network(Network.random((64, 8, 3), seed=1).layers, {"labels": ["Q", "R", "S"]})
    session = Session(letters)
    outputs = Outputs(session)
    assert (outputs.labels, outputs.digits) == (["Q", "R", "S"], False)
    assert len(outputs.activations) == 3
    session.choose_network("default")
    assert (outputs.labels, outputs.digits) == ([*"0123456789"], True)


def test_logits_count_by_their_softmax() -> None:
    logits = Network.random((64, 3), seed=1, output=ACTIVATIONS["identity"])
    assert Outputs(Session(logits)).by_softmax
    assert not Outputs(Session()).by_softmax
