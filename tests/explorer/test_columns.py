"""What says which neurons of wide layers are shown, and chooses others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import Network
from explorer import create_app
from explorer.diagram.columns import Columns
from explorer.diagram.shown import MOST
from explorer.diagram.stage import Stage
from explorer.drawing.examples import examples
from explorer.state.session import Neuron, Session
from explorer.transport.messages import NotUnderstoodError

SIZES = (196, 300, 64, 100, 26)


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.random(SIZES, seed=3)


@pytest.fixture
def session(network: Network) -> Session:
    return Session(network)


@pytest.fixture
def stage(session: Session) -> Stage:
    return Stage(session)


@pytest.fixture
def columns(session: Session, stage: Stage) -> Columns:
    return Columns(session, stage)


def test_it_says_by_what_rule_neurons_are_shown(columns: Columns) -> None:
    assert (columns.sizes, columns.rule) == (list(SIZES), "examples")
    columns.receive({"type": "choose", "rule": "drawing"})
    assert columns.rule == "drawing"
    columns.receive({"type": "order", "first": 128})
    assert (columns.rule, columns.first) == ("order", 128)
    columns.receive({"type": "choose", "rule": "examples"})
    assert (columns.rule, columns.first) == ("examples", 0)


def test_for_a_drawing_the_neurons_that_it_activates_most_are_shown(
    columns: Columns, session: Session, stage: Stage
) -> None:
    session.replace_drawing(examples()["7-plain"].drawing)
    columns.receive({"type": "choose", "rule": "drawing"})
    a, shown = session.trace.a[2], stage.shown.numbers[3]
    assert a[shown].min() >= np.delete(a, shown).max()
    before = stage.shown
    session.clear()
    assert stage.shown is before, "nothing leaves its place while somebody draws"


def test_in_their_order_all_can_be_seen_one_after_the_other(columns: Columns, stage: Stage) -> None:
    seen: set[int] = set()
    for first in range(0, 300, MOST):
        columns.receive({"type": "order", "first": first})
        seen |= set(stage.shown.numbers[1].tolist())
    assert seen == set(range(300))


def test_a_neuron_is_found_by_its_number_and_stays_when_others_are_chosen(
    columns: Columns, session: Session, stage: Stage
) -> None:
    columns.receive({"type": "order", "first": 0})
    columns.receive({"type": "find", "neuron": [1, 250]})
    assert session.selected == Neuron(1, 250)
    columns.receive({"type": "order", "first": 64})
    assert stage.shown.place_of(1, 250) is not None
    assert stage.shown.place_of(1, 64) is not None


@pytest.mark.parametrize(
    "message",
    [
        {"type": "order", "first": 300},
        {"type": "order", "first": -1},
        {"type": "order", "first": 1.5},
        {"type": "choose", "rule": "order"},
        {"type": "find", "neuron": [1, 300]},
        {"type": "find", "neuron": [5, 0]},
        {"type": "find", "neuron": [1]},
        {"type": "find", "neuron": "1:1"},
    ],
    ids=str,
)
def test_what_nobody_can_want_changes_nothing(
    message: dict[str, Any], columns: Columns, session: Session, stage: Stage
) -> None:
    before = stage.shown
    with pytest.raises(NotUnderstoodError):
        columns.receive(message)
    assert stage.shown is before
    assert session.selected is None


def test_pages_build_it_when_a_network_first_has_too_many_neurons(network: Network) -> None:
    assert create_app(network).columns.objects
    page = create_app()
    assert not page.columns.objects
    page.session.choose_network("wide")
    assert not page.columns.objects, "64 have room"
    page.session.put_network("own-1", network)
    assert page.columns.objects


def test_it_has_nothing_to_say_of_another_network_and_begins_anew_after_it(
    columns: Columns, session: Session
) -> None:
    columns.receive({"type": "order", "first": 128})
    session.choose_network("default")
    assert columns.sizes == []
    session.choose_network("yours")
    assert (columns.sizes, columns.rule) == (list(SIZES), "examples")
