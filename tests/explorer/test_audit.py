"""What the audit of the page says, at once or in the background."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from core import Network
from explorer.diagram.stage import Stage
from explorer.drawing.examples import examples
from explorer.inspector.audit import Audit
from explorer.state.session import Neuron, Session

SMALL, LARGE = (64, 80, 3), (784, 200, 100, 26)


def audited(sizes: tuple[int, ...]) -> tuple[Session, Stage, Audit]:
    session = Session(Network.random(sizes, seed=5))
    session.replace_drawing(examples()["7-plain"].drawing)
    stage = Stage(session)
    return session, stage, Audit(session, stage.drawn)


async def ask(audit: Audit, kind: str) -> None:
    if (later := audit.receive({"type": kind})) is not None:
        await later


@pytest.mark.parametrize("sizes", [SMALL, LARGE], ids=str)
def test_every_layer_is_recomputed_and_what_is_shown_is_told(sizes: tuple[int, ...]) -> None:
    session, stage, audit = audited(sizes)
    asyncio.run(ask(audit, "network"))
    assert audit.result is not None
    assert [good for _, good in audit.result["recomputed"]] == [True] * (len(sizes) - 1)
    stored, shown = audit.result["stored"], stage.shown
    assert stored["counts"] == list(shown.counts)
    assert stored["weights"].size == sum(
        before * after for before, after in zip(shown.counts, shown.counts[1:], strict=False)
    )
    last = session.trace.outputs
    np.testing.assert_array_equal(stored["activations"][-len(last) :], last)


def test_a_neuron_that_agrees_is_named() -> None:
    session, _, audit = audited(SMALL)
    session.select(Neuron(1, 70))
    asyncio.run(ask(audit, "neuron"))
    assert audit.result is not None
    ((sentence, good),) = audit.result["recomputed"]
    assert good
    assert "neuron 71" in sentence


def test_what_a_stroke_has_overtaken_is_not_said() -> None:
    session, _, audit = audited(LARGE)

    async def overtaken() -> None:
        later = audit.receive({"type": "network"})
        assert later is not None, "it takes longer than a message may"
        session.clear()
        await later

    asyncio.run(overtaken())
    assert audit.result is None
