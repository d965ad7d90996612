"""What a link names comes back; what it does not name stays; what is damaged changes nothing."""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64encode

import numpy as np
import pytest

from core import Network
from core.edit.damage import with_noise
from core.edit.neurons import silenced
from core.edit.url_text import to_url_text as changes_to_url_text
from core.ink import Drawing, Stroke
from core.ink.url_text import to_url_text
from core.nn.pretrained import pretrained
from explorer.state.session import Neuron, PausedError, Session
from explorer.state.settings import CHANGES, DRAWING, NETWORK, SETTINGS, Setting
from explorer.state.shared_view import LONGEST_END, Link, LinkError, Seen, SharedView, link_to

LINE = Drawing(None, (Stroke([(3.25, 4), (20.5, 21.75)], 3.1),))
OTHER = Drawing(None, (Stroke([(9, 9), (12, 20)]),))
IN_LINKS = [each for each in SETTINGS if each.in_links]


def seen(session: Session) -> dict[str, str | None]:
    """All that a link can name, as texts."""
    return {each.name: each.write(session) for each in IN_LINKS}


def link_of(session: Session) -> Link:
    return link_to(Seen.of(session))


def open_link(end: str, session: Session) -> None:
    SharedView.from_end(end).apply(session)


@pytest.fixture
def session() -> Session:
    """A page on which everything is otherwise than at first."""
    session = Session()
    session.choose_network("lesson")
    session.edit(silenced(session.network, 2, 3))
    session.replace_drawing(LINE)
    session.centre(False)
    session.select(Neuron(2, 7))
    session.param.update(signal=True, question="prefers", place="train", backpropagating=True)
    session.param.update(comparing=True, least=0.42, pace=0.5, pulses=False)
    return session


def test_a_page_that_opens_a_link_shows_what_it_was_made_of(session: Session) -> None:
    other = Session()
    at_first = seen(other)
    open_link(link_of(session).end, other)
    assert seen(other) == seen(session)
    assert all(seen(other)[each.name] != at_first[each.name] for each in IN_LINKS)
    np.testing.assert_array_equal(other.trace.outputs, session.trace.outputs)
    open_link(link_of(Session()).end, other)
    assert seen(other) == at_first


@pytest.mark.parametrize("setting", IN_LINKS, ids=lambda each: each.name)
def test_each_value_of_each_setting_comes_back_by_a_link_that_names_it_alone(
    setting: Setting, session: Session
) -> None:
    before = seen(session)
    for value in setting.values:
        named = f"{NETWORK}=lesson&" if setting.name == CHANGES else ""
        open_link(f"view=1&{named}{setting.name}={value}", session)
        assert setting.write(session) == value
    of_a_network = {NETWORK, CHANGES, "neuron"} if setting.name == NETWORK else {setting.name}
    after = seen(session)
    assert {k for k, each in before.items() if after[k] != each} <= of_a_network


def test_a_link_can_be_written_by_hand_and_the_rest_stays(session: Session) -> None:
    before = seen(session)
    open_link("view=1&neuron=3:2&edges=weight", session)
    assert seen(session) == before | {"neuron": "3:2", "edges": "weight"}
    open_link("view=1", session)
    assert seen(session) == before | {"neuron": "3:2", "edges": "weight"}


def test_what_a_link_replaces_is_brought_back_by_undo(session: Session) -> None:
    edited, drawing = session.network, session.drawing
    other = Session()
    other.choose_network("lesson")
    other.replace_drawing(OTHER)
    open_link(link_of(other).end, session)
    assert session.network is session.original
    assert session.drawing == OTHER
    session.undo_edit()
    session.undo()
    assert (session.network, session.drawing) == (edited, drawing)


def own(session: Session) -> Session:
    session.put_network("own-1", Network(pretrained()["default"].layers))
    session.select(Neuron(1, 5))
    return session


def test_a_network_of_one_s_own_is_left_out_and_said_to_be(session: Session) -> None:
    link = link_of(own(session))
    assert "is your own" in link.left_out
    assert not re.search("network=|neuron=|changes=", link.end)
    other = Session()
    open_link(link.end, other)
    assert other.drawing == LINE
    assert other.place == "train"
    given = link_of(Session(Network(pretrained()["default"].layers)))
    assert "network=" not in given.end
    assert given.left_out
    assert "network=default" in link_of(Session(pretrained()["default"])).end


def test_changes_that_are_too_many_are_left_out_and_said_to_be(session: Session) -> None:
    session.edit(with_noise(session.network, 1.0, 3))
    link = link_of(session)
    assert "too many" in link.left_out
    assert "changes=none" in link.end
    assert len(link.end) <= LONGEST_END
    other = Session()
    open_link(link.end, other)
    assert other.network is pretrained()["lesson"]
    assert other.drawing == LINE


def test_a_link_is_short_whatever_is_drawn(session: Session) -> None:
    t = np.linspace(0, 1, 9_000)
    loops = np.column_stack((14 + 9 * np.sin(80 * t), 14 + 9 * np.cos(77 * t)))
    rng = np.random.default_rng(5)
    dots = tuple(Stroke(rng.uniform(0, 28, (1, 2)), 1.0) for _ in range(900))
    for drawing in (Drawing(None, (Stroke(loops),)), Drawing(rng.random((28, 28)), dots)):
        session.replace_drawing(drawing)
        link = link_of(session)
        assert link.left_out == ""
        assert 300 < len(link.end) <= LONGEST_END
        other = Session()
        open_link(link.end, other)
        np.testing.assert_allclose(other.drawing.image, drawing.image, atol=0.12)


DAMAGED = [
    "",
    "neuron=1:5",
    "view=1&neuron=1:",
    "view=1&neuron=-1:5",
    "view=1&neuron=1:5:2",
    "view=1&neuron=" + "9" * 5000 + ":1",
    "view=1&neuron=²:1",
    "view=1&question=who",
    "view=1&place=moon",
    "view=1&lens=perhaps",
    "view=1&weak=0.61",
    "view=1&weak=nan",
    "view=1&speed=fast",
    "view=1&pen=3",
    "view=1&lens=on&lens=off",
    "view=1&drawing=abc",
    "view=1&drawing",
    "view=1&drawing=",
    "view=1&changes=none",
    "view=1&network=default&changes=abc",
    "view=1&&&",
    "view=1&__class__=x",
    "view=1&drawing=" + "A" * 200_000,
    "view=1&drawing=" + urlsafe_b64encode(zlib.compress(bytes(10**7))).decode(),
    "view=1&network=wide&changes=" + urlsafe_b64encode(zlib.compress(bytes(10**7))).decode(),
    "view=1&network=default&changes="
    + str(changes_to_url_text(pretrained()["relu"], silenced(pretrained()["relu"], 1, 2))),
]


@pytest.mark.parametrize("end", DAMAGED, ids=[each[:30] for each in DAMAGED])
def test_a_damaged_link_is_said_to_be_one(end: str) -> None:
    with pytest.raises(LinkError, match="damaged"):
        SharedView.from_end(end)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda end: f"{end}.",
        lambda end: f"{end}).",
        lambda end: f"{end}%22%3E",
        lambda end: f"{end}”",
        lambda end: end.replace("&", "&amp;"),
        lambda end: end.replace("&", "&amp;amp;"),
        lambda end: end.replace("&", "%26").replace("=", "%3D").replace(":", "%3A"),
        lambda end: "\n".join(end[i : i + 70] for i in range(0, len(end), 70)),
        lambda end: f"{end[:-40]} {end[-40:]}, ",
        lambda end: "%0D%0A%20".join(end[i : i + 70] for i in range(0, len(end), 70)),
        lambda end: f"{end[:40]}\u200b{end[40:]}",
    ],
)
def test_what_programs_do_to_a_link_on_its_way_does_not_matter(
    spoil: object, session: Session
) -> None:
    assert callable(spoil)
    other = Session()
    open_link(spoil(link_of(session).end), other)
    assert seen(other) == seen(session)


MISSING = ["neuron=1:16", "neuron=4:0", "neuron=0:784", "network=nobody", "network=relu&neuron=9:0"]


@pytest.mark.parametrize("named", MISSING)
def test_a_link_to_what_is_not_there_changes_nothing(session: Session, named: str) -> None:
    before = seen(session)
    with pytest.raises(LinkError):
        open_link(f"view=1&drawing={to_url_text(OTHER)}&lens=on&{named}", session)
    assert seen(session) == before
    with pytest.raises(LinkError, match="not here: nobody"):
        SharedView.from_end("view=1&network=nobody&changes=none")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.name)
def test_a_paused_page_opens_no_link(session: Session, setting: Setting) -> None:
    session.paused = True
    before = seen(session)
    for end in (f"view=1&{setting.name}={setting.values[-1]}", link_of(Session()).end):
        with pytest.raises((PausedError, LinkError)):
            open_link(end, session)
        assert seen(session) == before


def test_a_page_that_shows_somebody_else_s_drawing_opens_no_link_with_one(session: Session) -> None:
    session.present(OTHER)
    before = seen(session)
    with pytest.raises(PausedError):
        open_link(f"view=1&network=wide&{DRAWING}={to_url_text(LINE)}", session)
    assert seen(session) == before
    open_link("view=1&network=wide&neuron=1:40", session)
    assert session.selected == Neuron(1, 40)


def test_what_a_link_shows_stays_and_undo_leads_to_what_the_tab_has_kept() -> None:
    session = Session()
    default = session.network
    kept, linked = silenced(default, 1, 2), silenced(default, 1, 5)
    SharedView({DRAWING: LINE, CHANGES: linked}).apply(session)
    session.restore(OTHER)
    session.restore_edits("default", kept)
    assert (session.drawing, session.network) == (LINE, linked)
    session.undo()
    session.undo_edit()
    assert (session.drawing, session.network) == (OTHER, kept)
