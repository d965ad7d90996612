"""What a person has chosen outlives a reload, and back and forward lead where one was."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from core import Network
from core.ink import Drawing, Stroke
from core.nn.pretrained import pretrained
from explorer.page.share import Share
from explorer.state.kept_view import KEPT, REVISITED, KeptView
from explorer.state.session import Neuron, Session
from explorer.state.settings import Setting
from explorer.state.shared_view import Seen, link_to

OWN = Network(pretrained()["wide"].layers)
LINE = Drawing(None, (Stroke([(3.25, 4), (20.5, 21.75)], 3.1),))


def share_of(session: Session) -> Share:
    return Share(session)


def hear(share: Share, message: dict[str, Any]) -> None:
    later = share.receive(message)
    if later is not None:
        asyncio.run(_finished(later))


async def _finished(later: Any) -> None:
    await later


def seen(session: Session) -> dict[str, str | None]:
    return {each.name: each.write(session) for each in KEPT}


@pytest.mark.parametrize("setting", KEPT, ids=lambda each: each.name)
def test_each_value_of_each_setting_outlives_a_reload(setting: Setting) -> None:
    for value in setting.values:
        before, after = Session(), Session()
        share, reloaded = share_of(before), share_of(after)
        setting.put(before, setting.read(value))
        hear(reloaded, {"type": "bring", "kept": share.kept})
        assert setting.write(after) == value
        assert seen(after) == seen(before)
        assert reloaded.kept == share.kept


def test_a_selected_neuron_of_another_network_outlives_a_reload_as_well() -> None:
    before, after = Session(), Session()
    share = share_of(before)
    before.choose_network("wide")
    before.select(Neuron(1, 60))
    hear(share_of(after), {"type": "bring", "kept": share.kept})
    assert (after.network_name, after.selected) == ("wide", Neuron(1, 60))


DAMAGED = ["", "neuron=1:5", "view=2&neuron=1:5", "view=1&neuron=9:9&network=none", "A" * 200_000]


@pytest.mark.parametrize("kept", DAMAGED, ids=[each[:20] for each in DAMAGED])
def test_what_is_damaged_leaves_the_page_as_it_is(kept: str) -> None:
    session = Session()
    before = seen(session)
    share = share_of(session)
    hear(share, {"type": "bring", "kept": kept})
    hear(share, {"type": "revisit", "where": kept})
    assert seen(session) == before
    assert session.notice == ""


def test_of_a_text_with_a_damaged_value_the_others_are_put() -> None:
    session = Session()
    hear(share_of(session), {"type": "bring", "kept": "view=1&lens=off&weak=7&moon=1&edges=x"})
    assert not session.centred
    assert session.least == Session.param.least.default


def test_a_network_of_one_s_own_is_waited_for_with_its_neuron() -> None:
    before, after = Session(), Session()
    share, reloaded = share_of(before), share_of(after)
    before.put_network("own-1", OWN)
    before.select(Neuron(1, 60))
    hear(reloaded, {"type": "bring", "kept": share.kept})
    assert after.network_name == "default"
    assert reloaded.kept == share.kept, "another reload loses nothing"
    assert reloaded.trail == [share.trail[0], False]
    after.put_network("own-1", OWN)
    assert seen(after) == seen(before)
    assert reloaded.kept == share.kept


def test_who_has_chosen_another_network_meanwhile_keeps_it() -> None:
    session = Session()
    share = share_of(session)
    hear(share, {"type": "bring", "kept": "view=1&network=own-1&neuron=1:60"})
    session.choose_network("relu")
    assert "network=relu&" in share.kept
    session.put_network("own-1", OWN, shown=False)
    assert (session.network_name, session.selected) == ("relu", None)


def test_what_a_link_shows_is_not_given_up_for_a_network_that_comes_late() -> None:
    linked = Session()
    linked.replace_drawing(LINE)
    session = Session()
    share = share_of(session)
    hear(share, {"type": "bring", "kept": "view=1&network=own-1&neuron=1:60"})
    hear(share, {"type": "open", "fragment": link_to(Seen.of(linked)).end})
    session.put_network("own-1", OWN, shown=False)
    assert session.network_name == "default"
    assert session.drawing == LINE


def test_while_the_teacher_pauses_network_and_lens_wait_and_everything_else_comes() -> None:
    session = Session()
    share = share_of(session)
    session.paused = True
    hear(share, {"type": "bring", "kept": "view=1&network=wide&lens=off&neuron=1:60&weak=0.3"})
    assert (session.network_name, session.centred, session.selected) == ("default", True, None)
    assert session.least == 0.3
    for said in ("network=wide&", "lens=off&", "neuron=1:60&"):
        assert said in share.kept
    where, _ = share.trail
    session.paused = False
    assert (session.network_name, session.centred) == ("wide", False)
    assert session.selected == Neuron(1, 60)
    assert share.trail[0] == where


def test_back_leads_to_network_place_and_neuron_and_changes_nothing_else() -> None:
    session = Session()
    share = share_of(session)
    session.choose_network("wide")
    session.select(Neuron(1, 60))
    there, _ = share.trail
    session.choose_network("relu")
    session.param.update(place="edit", least=0.5, signal=True)
    session.centre(False)
    before = seen(session)
    hear(share, {"type": "revisit", "where": there})
    names = {each.name for each in REVISITED}
    assert share.trail == [there, False]
    assert seen(session) == before | {
        "network": "wide",
        "neuron": "1:60",
        "place": "explore",
    }
    assert {"network", "neuron", "place"} <= names


def test_back_does_not_change_the_network_of_a_paused_page_later_either() -> None:
    session = Session()
    view = KeptView(session)
    session.paused = True
    view.revisit("view=1&network=wide&place=edit")
    assert session.place == "edit"
    session.paused = False
    view.go_on()
    assert session.network_name == "default"


def test_a_person_s_step_is_told_from_what_brings_them_somewhere() -> None:
    session = Session()
    share = share_of(session)
    session.choose_network("wide")
    assert share.trail[1] is True
    hear(share, {"type": "open", "fragment": "view=1&place=train"})
    assert "place=train" in share.trail[0]
    assert share.trail[1] is False
    hear(share, {"type": "bring", "kept": "view=1&place=test"})
    assert share.trail[1] is False
    session.place = "explore"
    assert share.trail[1] is True


def test_a_damaged_link_is_said_in_a_sentence() -> None:
    session = Session()
    hear(share_of(session), {"type": "open", "fragment": "view=1&drawing=abc"})
    assert "damaged" in session.notice


def test_where_a_link_lacks_the_network_its_file_is_there() -> None:
    session = Session()
    share = share_of(session)
    session.put_network("own-1", OWN)
    hear(share, {"type": "link"})
    assert "is your own" in share.left_out
    hear(share, {"type": "save"})
    assert share.file == "own-1.npz"
    assert share.content
    hear(share, {"type": "saved"})
    assert share.content == ""
