"""A hypothesis on a neuron: which digits suffer without it, with the numbers of both networks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.data import mnist
from core.data.images import Images
from core.edit.neurons import silenced
from core.evaluation.comparison import compare
from core.evaluation.metrics import accuracy
from core.ink import centre_images
from explorer.edit.hypothesis import Hypothesis, hit_hardest
from explorer.state.session import Neuron, Session
from support.telling import tell

NEURON = Neuron(2, 5)


@pytest.fixture
def session() -> Session:
    session = Session()
    session.place = "edit"
    session.select(NEURON)
    return session


@pytest.fixture
def form(session: Session) -> Hypothesis:
    return Hypothesis(session)


def silence(form: Hypothesis, digits: list[Any]) -> dict[str, Any]:
    tell(form, {"type": "silence", "digits": digits})
    return form.verdict


@pytest.mark.parametrize("centred", [True, False])
def test_the_verdict_has_the_numbers_of_both_networks(
    session: Session, form: Hypothesis, centred: bool
) -> None:
    session.centre(centred)
    session.edit(session.network.with_bias(1, 0, 2.0))
    before = session.network
    verdict = silence(form, [7, 4, 4])
    digits = mnist.load("test")[:1000]
    images = Images(centre_images(digits.images) if centred else digits.images, digits.labels)
    without = silenced(before, *NEURON)
    found = compare(before, without, images)
    changes = 100 * (found.now.accuracy_by_digit - found.before.accuracy_by_digit)
    assert verdict["before"] == accuracy(before, images)
    assert verdict["now"] == accuracy(without, images)
    assert verdict["said"] == [4, 7]
    assert verdict["worst"][0] == (int(changes.argmin()), float(changes.min()))
    assert all(change == changes[digit] for digit, change in verdict["worst"])
    assert session.network is before, "the session's network stays as it is"


def test_without_an_output_only_its_own_digit_suffers(session: Session, form: Hypothesis) -> None:
    session.select(Neuron(3, 4))
    assert [digit for digit, _ in silence(form, [4])["worst"]] == [4]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({4: -31, 9: -22}, [4, 9]),
        ({4: -22, 9: -31}, [9, 4]),
        ({4: -31, 9: -15, 2: -16}, [4, 2]),
        ({0: -5, 1: -5, 2: -5, 3: -5}, [0, 1, 2]),
        ({7: -1}, [7]),
        ({7: -0.9}, []),
        ({7: 12}, []),
        ({3: -1.5, 7: -0.8}, [3]),
    ],
)
def test_those_are_named_that_lose_at_least_half_of_the_most(
    changes: dict[int, float], expected: list[int]
) -> None:
    all_changes = np.array([changes.get(digit, 0.0) for digit in range(10)])
    assert hit_hardest(all_changes) == expected


def test_what_was_found_is_forgotten_when_it_may_no_longer_be_so(
    session: Session, form: Hypothesis
) -> None:
    changes = [
        lambda: session.select(Neuron(1, 2)),
        lambda: session.edit(session.network.with_bias(1, 0, 2.0)),
        lambda: session.centre(False),
        lambda: session.choose_network("mnist"),
    ]
    for change in changes:
        session.select(NEURON)
        assert silence(form, [1]) != {}
        change()
        assert form.verdict == {}


def test_it_asks_about_the_selected_neuron_by_its_name(session: Session, form: Hypothesis) -> None:
    assert form.neuron == "Hidden layer 2 · neuron 6"
    session.select(Neuron(0, 17))
    assert form.neuron == ""
    session.select(None)
    assert form.neuron == ""


@pytest.mark.parametrize("digits", [[10], [-1], ["4"], [1.0], [True], None, "4"])
def test_nonsense_finds_nothing(form: Hypothesis, digits: Any) -> None:
    assert silence(form, digits) == {}


def test_without_a_neuron_there_is_nothing_to_silence(session: Session, form: Hypothesis) -> None:
    session.select(None)
    assert silence(form, [4]) == {}
    session.select(Neuron(0, 3))
    assert silence(form, [4]) == {}
