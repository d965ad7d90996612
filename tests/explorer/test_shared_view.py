"""What a link names comes back; what it does not name stays; what is damaged changes nothing."""

from __future__ import annotations

import re

import pytest

from core import Network
from core.ink import Drawing, Stroke
from core.nn.pretrained import pretrained
from explorer import create_app
from explorer.state.session import Neuron, PausedError, Session
from explorer.state.shared_view import LinkError, SharedView

LINE = Drawing(None, (Stroke([(3.25, 4), (20.5, 21.75)], 3.1),))
KEPT = Drawing(None, (Stroke([(9, 9), (12, 20)]),)).to_json()
STATE = ("network_name", "drawing", "centred", "signal", "selected", "question")


def seen(session: Session) -> dict[str, object]:
    return {name: getattr(session, name) for name in STATE}


@pytest.fixture
def session() -> Session:
    """A page on which everything is otherwise than at first."""
    session = Session()
    session.choose_network("lesson")
    session.replace_drawing(LINE)
    session.centre(False)
    session.select(Neuron(2, 7))
    session.param.update(signal=True, question="prefers")
    return session


def test_a_page_that_opens_a_link_shows_what_it_was_made_of(session: Session) -> None:
    fragment = SharedView.of(session).to_fragment()
    other = Session()
    SharedView.from_fragment(fragment).apply(other)
    assert seen(other) == seen(session)
    SharedView.from_fragment(SharedView.of(Session()).to_fragment()).apply(other)
    assert seen(other) == seen(Session())


def test_a_link_can_be_written_by_hand_and_the_rest_stays(session: Session) -> None:
    before = seen(session)
    SharedView.from_fragment("view=1&neuron=3:2&edges=weight").apply(session)
    assert seen(session) == before | {"selected": Neuron(3, 2), "signal": False}
    SharedView.from_fragment("view=1").apply(session)
    assert seen(session) == before | {"selected": Neuron(3, 2), "signal": False}


def test_a_network_of_one_s_own_is_not_named_to_others() -> None:
    own = Network(pretrained()["default"].layers)
    assert "network=" not in SharedView.of(Session(own)).to_fragment()
    assert "network=default" in SharedView.of(Session(pretrained()["default"])).to_fragment()


DAMAGED = [
    "",
    "neuron=1:5",
    "view=1&neuron=1:",
    "view=1&neuron=-1:5",
    "view=1&neuron=1:5:2",
    "view=1&neuron=" + "9" * 5000 + ":1",
    "view=1&neuron=²:1",
    "view=1&question=who",
    "view=1&lens=perhaps",
    "view=1&drawing=abc",
    "view=1&drawing",
    "view=1&&&",
    "view=1&__class__=x",
    "view=1&drawing=" + "A" * 200_000,
]


@pytest.mark.parametrize("fragment", DAMAGED, ids=[each[:24] for each in DAMAGED])
def test_a_damaged_link_is_said_to_be_one(fragment: str) -> None:
    with pytest.raises(LinkError, match="damaged"):
        SharedView.from_fragment(fragment)


@pytest.mark.parametrize("named", ["neuron=1:16", "neuron=4:0", "neuron=0:784", "network=nobody"])
def test_a_link_to_what_is_not_there_changes_nothing(session: Session, named: str) -> None:
    before = seen(session)
    drawing = re.sub(".*&drawing=", "", SharedView.of(Session()).to_fragment())
    with pytest.raises(LinkError):
        SharedView.from_fragment(f"view=1&drawing={drawing}&{named}").apply(session)
    assert seen(session) == before


def test_a_paused_page_opens_no_link(session: Session) -> None:
    session.paused = True
    before = seen(session)
    for fragment in ("view=1&lens=on", "view=1&network=wide&neuron=1:0&question=why"):
        with pytest.raises(PausedError):
            SharedView.from_fragment(fragment).apply(session)
        assert seen(session) == before


def test_what_a_link_has_put_on_the_pad_is_not_replaced_by_what_the_tab_has_kept() -> None:
    page = create_app()
    SharedView(drawing=LINE).apply(page.session)
    assert page.link.hear(page.pad.address, {"type": "hello", "drawing": KEPT}) is None
    assert page.session.drawing == LINE
