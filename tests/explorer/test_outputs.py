"""What the answer's part of the page is told."""

from __future__ import annotations

from explorer.diagram.outputs import Outputs
from explorer.state.session import Session

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
