"""A network that was only passed through, while a slider moved, is kept by nobody."""

from __future__ import annotations

import gc
import weakref

import pytest

from explorer import create_app
from explorer.diagram.brightness import brightest
from explorer.diagram.weights import name_of_weights
from explorer.state.session import Neuron


@pytest.mark.parametrize("question", ["why", "reacts", "prefers"])
@pytest.mark.parametrize("place", ["explore", "edit"])
def test_a_whole_page_keeps_no_network_of_a_movement(place: str, question: str) -> None:
    session = create_app().session
    session.param.update(place=place, question=question)
    session.select(Neuron(1, 5))
    session.edit(session.network.with_bias(1, 5, 0.0), goes_on=True)
    kept = brightest.cache_info().currsize, name_of_weights.cache_info().currsize
    passed = []
    for step in range(20):
        edited = session.network.with_bias(1, 5, float(step)).with_weight(2, 3, 1, float(step))
        passed.append(weakref.ref(edited))
        session.edit(edited, goes_on=True)
    del edited
    gc.collect()
    assert [network() is None for network in passed] == [True] * 19 + [False]
    assert (brightest.cache_info().currsize, name_of_weights.cache_info().currsize) == kept
