"""Before and after an edit: a thousand digits, read beside the page's strokes and only in Edit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np
import pytest

from core import Network
from core.data import mnist
from core.data.images import Images
from core.edit.neurons import silenced
from core.evaluation.comparison import compare
from core.evaluation.metrics import accuracy
from core.evaluation.sample import sample
from core.ink import Drawing, centre_images
from explorer.edit import sample_reading
from explorer.edit.sample_reading import SampleReading
from explorer.state.session import Session
from explorer.texts import text
from support.patience import PATIENCE
from support.telling import tell

Readings = list[Network]


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Readings:
    """Every network that has read the sample; they do so without a rest."""
    found: Readings = []

    def read(network: Network, images: Images) -> Any:
        found.append(network)
        return real(network, images)

    real = sample_reading.read
    monkeypatch.setattr(sample_reading, "read", read)
    monkeypatch.setattr(sample_reading, "_REST", 0)
    sample_reading._before.cache_clear()
    return found


@pytest.fixture
def session() -> Session:
    session = Session()
    session.place = "edit"
    return session


async def until(condition: Callable[[], object]) -> None:
    """Let others work until it is so."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.002)  # the thread that reads needs the interpreter


def nothing_is_under_way() -> bool:
    """Whether all that was asked for has been done."""
    return len(asyncio.all_tasks()) == 1


def shows(part: SampleReading, session: Session) -> bool:
    """Whether what is shown is about the network and the lens of the session."""
    if not part.content or part.content["centred"] != session.centred:
        return False
    expected = accuracy(session.present_edits.network, mnist_sample(session.centred))
    return bool(part.content["now"]["all"] == expected)


@cache
def mnist_sample(centred: bool) -> Images:
    """The thousand digits, along a way of their own."""
    digits = mnist.load("test")[:1000]
    return Images(centre_images(digits.images) if centred else digits.images, digits.labels)


def without(session: Session, *neurons: tuple[int, int]) -> Network:
    """The session's network with some neurons silenced."""
    network = session.present_edits.network
    for neuron in neurons:
        network = silenced(network, *neuron)
    return network


def hurt(session: Session) -> None:
    """An edit by which many digits are misread."""
    session.edit(without(session, (1, 3), (2, 5)))


@pytest.mark.usefixtures("readings")
@pytest.mark.parametrize("centred", [True, False])
def test_an_unchanged_network_has_one_accuracy_and_nothing_more(
    session: Session, centred: bool
) -> None:
    async def look() -> None:
        session.centre(centred)
        part = SampleReading(session)
        await until(lambda: part.content)
        expected = accuracy(session.network, mnist_sample(centred))
        assert part.content["now"]["all"] == part.content["before"]["all"] == expected
        assert part.content["source"] == "MNIST test"
        assert part.content["count"] == 1000
        assert not part.content["changed"]
        assert part.misread == []

    asyncio.run(look())


@pytest.mark.usefixtures("readings")
@pytest.mark.parametrize("centred", [True, False])
def test_all_numbers_are_those_of_the_two_networks(session: Session, centred: bool) -> None:
    async def look() -> None:
        session.centre(centred)
        part = SampleReading(session)
        hurt(session)
        await until(lambda: part.content)
        found = compare(session.original, session.network, mnist_sample(centred))
        assert part.content["changed"]
        for name, reading in (("before", found.before), ("now", found.now)):
            assert part.content[name]["all"] == reading.accuracy
            assert part.content[name]["digits"] == reading.accuracy_by_digit.tolist()
        assert part.content["newly_misread"] == len(found.newly_misread) > 24
        assert part.content["newly_read"] == len(found.newly_read)
        assert [each["number"] for each in part.misread] == found.newly_misread[:24].tolist()
        for each in part.misread:
            number = each["number"]
            assert each["digit"] == found.now.labels[number] == found.before.digits[number]
            assert each["read"] == found.now.digits[number] != each["digit"]
            shown = np.array(each["pixels"]) / 255
            np.testing.assert_allclose(shown, mnist_sample(centred).images[number], atol=0.002)

    asyncio.run(look())


def test_nothing_is_read_while_the_place_is_another(readings: Readings) -> None:
    async def edit_elsewhere() -> None:
        session = Session()
        part = SampleReading(session)
        hurt(session)
        session.centre(False)
        await until(nothing_is_under_way)
        assert readings == []
        assert part.content == {}
        session.place = "edit"
        await until(lambda: shows(part, session))
        assert readings == [session.original, session.network]
        session.place = "explore"
        session.undo_edit()
        await until(nothing_is_under_way)
        assert len(readings) == 2

    asyncio.run(edit_elsewhere())


def test_of_the_changes_that_come_while_one_is_read_the_latest_is_read(
    session: Session, readings: Readings
) -> None:
    async def drag() -> None:
        part = SampleReading(session)
        await until(lambda: part.content)
        for bias in range(30):
            session.edit(session.present_edits.network.with_bias(2, 5, -bias), goes_on=True)
        await until(lambda: shows(part, session))
        assert readings == [session.original, session.network]

    asyncio.run(drag())


def test_pictures_wait_for_the_end_of_a_movement_and_are_then_those_of_its_end(
    session: Session, readings: Readings
) -> None:
    async def drag() -> None:
        part = SampleReading(session)
        session.edit(without(session, (2, 5)), goes_on=True)
        await until(lambda: shows(part, session))
        assert part.content["shown"] > 0
        assert (part.content["pictured"], part.misread) == (False, [])
        session.end_edit()
        await until(nothing_is_under_way)
        assert part.content["pictured"]
        assert len(part.misread) == part.content["shown"]
        assert len(readings) == 2, "what was read already is not read again"

    asyncio.run(drag())


def test_what_is_not_changed_is_not_read_again(session: Session, readings: Readings) -> None:
    async def end_and_compare() -> None:
        part = SampleReading(session)
        session.edit(without(session, (2, 5)), goes_on=True)
        await until(lambda: shows(part, session))
        session.end_edit()
        session.show_original(True)
        session.show_original(False)
        session.begin_stroke([[3, 3], [9, 9]], 2.4, False)
        await until(nothing_is_under_way)
        assert len(readings) == 2
        assert part.content["changed"]

    asyncio.run(end_and_compare())


@pytest.mark.usefixtures("readings")
def test_undo_another_network_and_the_lens_are_followed(session: Session) -> None:
    async def change() -> None:
        part = SampleReading(session)
        changes: list[Callable[[], None]] = [
            partial(hurt, session),
            session.undo_edit,
            session.redo_edit,
            partial(session.centre, False),
            partial(session.choose_network, "mnist"),
        ]
        for each in changes:
            each()
            await until(lambda: shows(part, session))
        assert not part.content["changed"]

    asyncio.run(change())


@pytest.mark.usefixtures("readings")
def test_what_one_page_changes_no_other_sees() -> None:
    async def edit_one() -> None:
        sessions = Session(), Session()
        for each in sessions:
            each.place = "edit"
        one, other = map(SampleReading, sessions)
        hurt(sessions[0])
        await until(lambda: one.content and other.content)
        assert one.content["changed"]
        assert not other.content["changed"]
        assert other.content["now"]["all"] == one.content["before"]["all"]
        assert other.misread == []

    asyncio.run(edit_one())


@pytest.mark.usefixtures("readings")
@pytest.mark.parametrize("source", ["MNIST test", "synthetic"])
@pytest.mark.parametrize("centred", [True, False])
def test_a_misread_digit_is_put_on_the_pad_and_read_there_as_it_was_shown(
    session: Session, centred: bool, source: str, request: pytest.FixtureRequest
) -> None:
    if source == "synthetic":
        request.getfixturevalue("no_mnist")
    session.centre(centred)
    part = SampleReading(session)

    async def look() -> None:
        hurt(session)
        session.centre(centred)
        await until(lambda: part.content)

    asyncio.run(look())
    assert part.content["source"] == source
    assert part.misread
    before = session.drawing
    for each in part.misread:
        tell(part, {"type": "draw", "number": each["number"]})
        assert session.answer.digit == each["read"]
        np.testing.assert_allclose(
            session.received.ravel(), np.array(each["pixels"]) / 255, atol=0.002
        )
        session.undo()
        assert session.drawing is before


@pytest.fixture
def no_mnist(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A machine without MNIST's images."""
    sample.cache_clear()
    monkeypatch.setenv("MNIST_DIR", str(tmp_path_factory.mktemp("nothing")))
    yield
    sample.cache_clear()
    sample_reading._before.cache_clear()


@pytest.mark.parametrize("reason", ["paused", "presenting"])
def test_a_page_that_is_paused_or_presented_refuses_in_a_sentence(
    session: Session, reason: str
) -> None:
    part = SampleReading(session)
    if reason == "paused":
        session.paused = True
    else:
        session.present(Drawing.blank)
    before = session.canvas
    tell(part, {"type": "draw", "number": 3})
    assert session.canvas is before
    assert session.notice == text(f"notice.{reason}")


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"type": "draw"},
        {"type": "draw", "number": 1000},
        {"type": "draw", "number": -1},
        {"type": "draw", "number": 1.5},
        {"type": "draw", "number": True},
        {"type": "draw", "number": "3"},
    ],
)
def test_nonsense_changes_nothing(session: Session, nonsense: dict[str, Any]) -> None:
    part = SampleReading(session)
    before = session.canvas
    tell(part, nonsense)
    assert session.canvas is before
