"""What searches find is true, comes step by step beside the event loop, and stops in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import pytest

from core.edit.damage import without_biases
from core.ink import Drawing
from core.ink.example_drawings import load_examples
from explorer.edit import searches as module
from explorer.edit.searches import Searches
from explorer.state.session import Neuron, Session
from explorer.transport.link import Link
from support.patience import PATIENCE
from support.telling import tell

SEVEN = next(each.drawing for each in load_examples() if each.name == "7-plain")

ASCENT = {"type": "ascend", "start": "noise"}
CHANGES = [{"type": "change", "measure": measure} for measure in ("distance", "pixels")]


class Socket:
    """A page that reads everything at once."""

    is_read = True

    def __init__(self) -> None:
        self.frames = 0
        self.seconds = 0.0

    def send(self, frame: bytes) -> None:
        self.frames += 1

    def charge(self, seconds: float) -> None:
        self.seconds += seconds

    def close(self) -> None:
        """Nobody listens any more."""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No eyes follow here."""
    monkeypatch.setattr(module, "_PAUSE", 0)


@pytest.fixture
def session() -> Session:
    session = Session()
    session.choose_network("wide")  # whose neurons can be led uphill from any noise
    session.replace_drawing(SEVEN)
    session.select(Neuron(2, 3))
    session.param.update(place="edit")
    return session


@pytest.fixture
def socket() -> Socket:
    return Socket()


@pytest.fixture
def searches(session: Session, socket: Socket) -> Searches:
    made, link = Searches(session), Link()
    made.join(link)
    link.is_listening = True
    link.open(socket)
    return made


def said(searches: Searches, message: Any) -> None:
    assert searches._link is not None
    assert searches._link.hear(searches.address, message) is None, "nothing waits for a search"


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0)


def ended(searches: Searches) -> Awaitable[None]:
    return until(lambda: searches._task is None)


def searched(searches: Searches, message: Any) -> list[dict[str, Any]]:
    """Everything that a search shows up to its end."""
    shown: list[dict[str, Any]] = []

    async def follow() -> None:
        said(searches, message)
        while searches._task is not None:
            if searches.found and (not shown or searches.found is not shown[-1]):
                shown.append(searches.found)
            await asyncio.sleep(0)

    asyncio.run(follow())
    return shown


def test_an_ascent_shows_images_that_give_the_neuron_what_is_said(
    session: Session, searches: Searches, socket: Socket
) -> None:
    shown = searched(searches, ASCENT)
    assert len(shown) > 10
    assert [each["step"] for each in shown] == sorted(each["step"] for each in shown)
    assert all(np.diff([each["z"] for each in shown]) >= 0)
    assert shown[-1]["top"]
    assert not searches.running
    assert searches._image is not None
    trace = session.network.trace(searches._image.reshape(-1))
    assert shown[-1]["z"] == trace.z[1][3]
    assert shown[-1]["a"] == trace.a[1][3]
    np.testing.assert_allclose(shown[-1]["pixels"] / 255, trace.inputs, atol=0.5 / 255 + 1e-6)
    assert socket.frames > 10
    assert socket.seconds > 0, "the page pays for it"


def test_an_ascent_starts_from_what_the_network_receives_or_from_other_noise(
    session: Session, searches: Searches
) -> None:
    first = searched(searches, {"type": "ascend", "start": "drawing"})[0]
    assert first["z"] == session.trace.z[1][3]
    noises = [searched(searches, ASCENT)[0] for _ in range(2)]
    assert noises[0]["z"] != noises[1]["z"]


def test_others_are_heard_while_it_climbs_and_it_can_be_stopped(searches: Searches) -> None:
    async def stopped() -> int:
        said(searches, ASCENT)
        await until(lambda: searches.found.get("step", 0) >= 3)
        said(searches, {"type": "stop"})
        step = searches.found["step"]
        await ended(searches)
        return int(step)

    step = asyncio.run(stopped())
    assert searches.found["step"] == step, "what was found stays"
    assert not searches.found["top"]
    assert not searches.running


LEAVING: dict[str, Callable[[Session], None]] = {
    "selection": lambda session: session.select(Neuron(2, 4)),
    "no selection": lambda session: session.select(None),
    "network": lambda session: session.edit(without_biases(session.network)),
    "other network": lambda session: session.choose_network("lesson"),
    "drawing": lambda session: session.begin_stroke([[3, 3], [20, 20]], 2.4, False),
    "lens": lambda session: session.centre(False),
    "place": lambda session: session.param.update(place="explore"),
}


@pytest.mark.parametrize("leave", LEAVING)
def test_it_stops_and_is_forgotten_when_it_is_about_something_else(
    session: Session, searches: Searches, leave: str
) -> None:
    async def left() -> None:
        said(searches, ASCENT)
        await until(lambda: searches.found.get("step", 0) >= 2)
        LEAVING[leave](session)
        assert searches.found == {}
        assert not searches.running
        await ended(searches)

    asyncio.run(left())
    assert searches.found == {}
    assert searches._image is None


def test_it_stops_when_the_page_has_gone(searches: Searches, socket: Socket) -> None:
    async def gone() -> int:
        said(searches, ASCENT)
        await until(lambda: searches.found.get("step", 0) >= 2)
        assert searches._link is not None
        searches._link.end()
        frames = socket.frames
        await ended(searches)
        return frames

    assert asyncio.run(gone()) == socket.frames
    assert searches.found["step"] < 10


def test_of_many_searches_one_goes_on_and_one_step_at_a_time_is_computed(
    session: Session, searches: Searches, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    async def beside(function: Any, *args: Any) -> Any:
        asked.append(args)
        await asyncio.sleep(0)
        return function(*args)

    monkeypatch.setattr(searches, "in_background", beside)

    async def flood() -> None:
        for _ in range(50):
            said(searches, CHANGES[1])
        said(searches, CHANGES[0])
        await ended(searches)

    asyncio.run(flood())
    assert len(asked) == 2, "one step and the end of the last search"
    assert searches.found["of"] == "change"


@pytest.mark.parametrize("message", CHANGES, ids=lambda message: str(message["measure"]))
@pytest.mark.parametrize("centred", [True, False])
def test_the_smallest_change_flips_the_answer_when_it_is_put_on_the_pad(
    session: Session, searches: Searches, message: Any, centred: bool
) -> None:
    session.centre(centred)
    received, before = session.received, int(session.trace.outputs.argmax())
    shown = searched(searches, message)[-1]
    said(searches, {"type": "put"})
    after = int(session.trace.outputs.argmax())
    assert after != before
    assert shown["said"].endswith(f": {before} becomes {after}")
    count = int((abs(session.received - received) > 1 / 255).sum())
    assert shown["said"].startswith(f"{count} pixel")
    assert not session.centred, "the lens would make another image of it"
    assert ("Centre is off" in searches.found["put"]) == centred
    assert searches.found["said"] == shown["said"], "it stays in view"
    session.undo()
    assert session.drawing is SEVEN


def test_the_difference_is_blue_where_ink_was_added_on_a_scale_that_stays(
    session: Session, searches: Searches
) -> None:
    shown = searched(searches, CHANGES[1])[-1]
    before = session.received
    said(searches, {"type": "put"})
    differences = (session.received - before).ravel()
    np.testing.assert_allclose(shown["differences"], 127 + 127 * differences, atol=0.501)


def test_what_an_ascent_has_found_can_be_put_on_the_pad(
    session: Session, searches: Searches
) -> None:
    z = searched(searches, ASCENT)[-1]["z"]
    said(searches, {"type": "put"})
    assert session.trace.z[1][3] == pytest.approx(z, abs=1e-4)


def test_a_blank_pad_has_no_answer_to_change(session: Session, searches: Searches) -> None:
    session.clear()
    said(searches, CHANGES[0])
    assert searches.found["said"] == "Draw a digit first."
    assert not searches.running


def test_a_network_that_always_says_the_same_cannot_be_turned(
    session: Session, searches: Searches
) -> None:
    outputs = session.network.layers[2]
    session.edit(session.network.with_weights(3, 0, np.zeros(32)).with_bias(3, 0, 900.0))
    assert outputs is not session.network.layers[2]
    shown = searched(searches, CHANGES[0])[-1]
    assert shown["said"].startswith("No change was found")
    assert shown["pixels"] is None


def test_a_paused_page_keeps_its_drawing_and_says_so(session: Session, searches: Searches) -> None:
    searched(searches, CHANGES[0])
    session.param.update(paused=True)
    said(searches, {"type": "put"})
    assert session.drawing is SEVEN
    assert session.centred
    assert session.notice == "Paused by your teacher."


@pytest.mark.parametrize(
    "message",
    [
        *(7, None, [], {}, {"type": "put"}, {"type": "ascend"}, {"type": "climb"}),
        *({"type": "ascend", "start": start} for start in ("blank", 1, None, ["noise"])),
        *({"type": "change", "measure": measure} for measure in ("all", True, None, {})),
    ],
    ids=str,
)
def test_what_no_page_sends_starts_nothing(
    session: Session, searches: Searches, message: Any, caplog: pytest.LogCaptureFixture
) -> None:
    tell(searches, message)
    assert not searches.running
    assert searches._task is None
    assert session.drawing is SEVEN
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("neuron", [None, Neuron(0, 100)])
def test_a_neuron_without_a_sum_likes_nothing(
    session: Session, searches: Searches, neuron: Neuron | None
) -> None:
    assert searches.neuron == "Hidden layer 2 · neuron 4"
    session.select(neuron)
    assert searches.neuron == ""
    tell(searches, ASCENT)
    assert searches._task is None


@pytest.mark.parametrize("message", [ASCENT, *CHANGES], ids=str)
def test_outside_of_its_place_nothing_starts(
    session: Session, searches: Searches, message: Any
) -> None:
    session.param.update(place="explore")
    tell(searches, message)
    assert searches._task is None


def test_our_own_mistake_ends_the_search_and_is_logged(
    searches: Searches, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(module._FINDERS, "distance", fail)
    searched(searches, CHANGES[0])
    assert not searches.running
    assert "ZeroDivisionError" in caplog.text
    assert searched(searches, CHANGES[1]), "the next one is looked for as ever"


def test_the_pad_gets_the_very_image(session: Session, searches: Searches) -> None:
    searched(searches, CHANGES[0])
    image = searches._image
    assert image is not None
    said(searches, {"type": "put"})
    assert session.drawing == Drawing(image)
    assert session.trace.inputs.tobytes() == image.tobytes()
