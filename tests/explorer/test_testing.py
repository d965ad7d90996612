"""The place Test: what is read, beside the page's strokes and only there, and what is looked at."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import pytest
from panel.pane import Bokeh

from core import Network
from core.data import mnist
from core.data.images import Images
from core.edit.neurons import silenced
from core.errors import InputError
from core.evaluation.calibration import reliability
from core.evaluation.metrics import accuracy, confusion_matrix
from core.evaluation.predictions import predict
from core.evaluation.robustness import changed
from core.explain.principal_components import principal_plane
from core.ink import Drawing, Stroke, centre_images
from explorer.state.session import Session
from explorer.testing import evaluation, preparation, robustness, robustness_plots, worker
from explorer.testing.gallery import PAGE
from explorer.testing.image_sets import CLASS, OWN, DrawnImages, LabelledDrawing, pixels
from explorer.testing.panel import EvaluationPanel
from explorer.testing.preparation import Preparations
from explorer.testing.robustness_plots import CurvePlot
from explorer.testing.worker import PIECE
from explorer.texts import text
from explorer.transport.background import in_background
from explorer.transport.frames import Changes, encode
from support.telling import tell

SOME = 3 * PIECE // 2
SEVEN = [[7, 7], [21, 7], [13, 22]]


@pytest.fixture(autouse=True)
def few_images(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As many of MNIST's test images as make two pieces; the tests follow each other at once."""
    whole = mnist.load("test", mirrors=())

    def load(*args: Any, **kw: Any) -> Images:
        return whole[:SOME]

    monkeypatch.setattr(worker.mnist, "load", load)
    monkeypatch.setattr(evaluation, "_REST", 0)
    worker._stored.cache_clear()
    with ThreadPoolExecutor(1) as beside:
        here = Preparations(beside.submit)
        monkeypatch.setattr(preparation, "shared_preparations", lambda: here)
        yield
    worker._stored.cache_clear()


@pytest.fixture
def session() -> Session:
    session = Session()
    session.place = "test"
    return session


def seen(centred: bool) -> Images:
    """The images, along a way of their own."""
    digits = mnist.load("test")
    return Images(centre_images(digits.images), digits.labels) if centred else digits


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0)


def is_tested(panel: EvaluationPanel, *networks: Network, centred: bool = True) -> bool:
    result = panel.evaluation.result
    return result is not None and result.asked[1:] == (networks, centred)


def plots_of(panel: EvaluationPanel) -> list[str]:
    """The names of the plots that are built."""
    return [each.object.name for each in panel.select(Bokeh)]


def run(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(story())


@pytest.mark.parametrize("centred", [True, False])
def test_the_matrix_is_that_of_the_network_on_all_images(session: Session, centred: bool) -> None:
    async def look() -> None:
        session.centre(centred)
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network, centred=centred))
        counts = confusion_matrix(session.network, seen(centred))
        assert panel.matrix.counts == counts.tolist()
        (scores,) = panel.content["networks"]
        assert panel.content["count"] == counts.sum() == SOME
        assert scores["right"] == counts.trace()
        assert scores["accuracy"] == pytest.approx(counts.trace() / SOME)
        assert scores["recall"] == pytest.approx(counts.diagonal() / counts.sum(axis=1))
        assert scores["precision"] == pytest.approx(counts.diagonal() / counts.sum(axis=0))

    run(look)


def test_nothing_is_read_while_the_place_is_another(session: Session) -> None:
    async def look() -> None:
        session.place = "explore"
        panel = EvaluationPanel(session)
        session.centre(False)
        await until(lambda: len(asyncio.all_tasks()) == 1)
        assert panel.evaluation.result is None
        session.place = "test"
        await until(lambda: is_tested(panel, session.network, centred=False))

    run(look)


def test_a_test_ends_with_its_page(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Images] = []

    def predict_and_note(network: Network, images: Images) -> Any:
        read.append(images)
        return predict(network, images)

    monkeypatch.setattr(evaluation, "predict", predict_and_note)

    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: panel.evaluation.images)
        panel.evaluation.end()
        await until(lambda: len(asyncio.all_tasks()) == 1)
        session.centre(False)
        await until(lambda: len(asyncio.all_tasks()) == 1)
        assert panel.evaluation.result is None
        assert panel.content == {}
        assert len(read) < 2, "what is left of it is not read"

    run(look)


def test_a_test_follows_the_network_and_ends_when_another_is_shown(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        results: list[Any] = []
        panel.evaluation.param.watch(lambda event: results.append(event.new), "result")
        await until(lambda: panel.evaluation.images)
        for neuron in range(5):
            session.edit(silenced(session.network, 2, neuron))
        await until(lambda: is_tested(panel, session.network))
        assert results[-1].asked.networks == (session.network,)
        assert len(results) < 5, "those in between are not read to the end"

    run(look)


def test_two_networks_are_read_beside_each_other(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network))
        panel.receive({"type": "beside", "name": "mnist"})
        other = session.networks["mnist"]
        await until(lambda: is_tested(panel, session.network, other))
        images = seen(True)
        networks = (session.network, other)
        right = [each(images.images).argmax(axis=1) == images.labels for each in networks]
        alone = [int((right[0] & ~right[1]).sum()), int((right[1] & ~right[0]).sum())]
        assert panel.content["alone"] == alone
        panel.receive({"type": "matrix", "network": 1})
        assert panel.matrix.counts == confusion_matrix(other, images).tolist()
        for network in (0, 1):
            panel.receive({"type": "alone", "network": network})
            assert panel.gallery.content["count"] == alone[network]
            for image in panel.gallery.images:
                assert (image["read"][network] == image["digit"]) > (
                    image["read"][1 - network] == image["digit"]
                )

    run(look)


def test_a_network_that_was_changed_can_be_compared_with_what_it_was(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        assert panel.others[0][0] != evaluation.ORIGINAL
        session.edit(silenced(session.network, 1, 3))
        assert panel.others[0][0] == evaluation.ORIGINAL
        panel.receive({"type": "beside", "name": evaluation.ORIGINAL})
        await until(lambda: is_tested(panel, session.network, session.original))
        session.reset_network()
        await until(lambda: is_tested(panel, session.network))
        assert panel.content["alone"] == []

    run(look)


def test_a_cell_opens_its_images_the_most_confident_first(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network))
        panel.matrix.receive({"type": "open", "cell": [1, 1]})
        gallery = panel.gallery
        count = panel.matrix.counts[1][1]
        assert gallery.content == {
            "kind": "cell", "network": 0, "true": 1, "predicted": 1, "count": count,
            "more": count > PAGE,
        }  # fmt: skip
        assert len(gallery.images) == PAGE
        gallery.receive({"type": "more"})
        assert len(gallery.images) == 2 * PAGE
        digits = seen(True)
        outputs = session.network(digits.images)
        confident = [image["output"][0] for image in gallery.images]
        assert confident == sorted(confident, reverse=True)
        assert confident[0] == pytest.approx(outputs[digits.labels == 1].max())
        shown = np.frombuffer(b64decode(gallery.pixels), np.uint8).reshape(-1, 784)
        for image, bytes_ in zip(gallery.images, shown, strict=True):
            assert bytes_ == pytest.approx(255 * digits.images[image["number"]], abs=0.51)

    run(look)


def test_an_image_is_put_on_the_pad_and_read_there_as_it_was(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network))
        misread = np.argwhere(np.array(panel.matrix.counts) * (1 - np.eye(10)))
        true, predicted = misread[0].tolist()
        panel.matrix.receive({"type": "open", "cell": [true, predicted]})
        await panel.gallery.receive({"type": "draw", "number": panel.gallery.images[0]["number"]})
        assert session.answer.digit == predicted
        session.undo()
        assert session.drawing.is_blank

    run(look)


def test_what_is_looked_at_goes_on_when_the_network_changes(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network))
        panel.matrix.receive({"type": "open", "cell": [5, 5]})
        session.edit(silenced(session.network, 3, 5))
        await until(lambda: is_tested(panel, session.network))
        assert panel.gallery.content["count"] == panel.matrix.counts[5][5] == 0
        assert panel.gallery.images == []

    run(look)


def test_drawings_of_ones_own_are_kept_and_read(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network))
        session.begin_stroke(SEVEN, 2.4, False)
        own, digit = session.drawing, session.answer.digit
        panel.collection.receive({"type": "add", "digit": 7})
        assert panel.source != OWN
        await panel.receive({"type": "images", "source": OWN})
        await until(lambda: panel.content["source"] == OWN)
        assert panel.content["count"] == 1
        assert panel.matrix.counts[7][digit] == 1
        panel.matrix.receive({"type": "open", "cell": [7, digit]})
        await panel.gallery.receive({"type": "draw", "number": 0})
        assert session.drawing == own
        panel.collection.receive({"type": "add", "digit": 1})
        await until(lambda: panel.content["count"] == 2)
        panel.collection.receive({"type": "clear"})
        await until(lambda: panel.content["count"] == 0)

    run(look)


def test_the_drawings_of_a_class_are_read(session: Session) -> None:
    async def look() -> None:
        shown = [(Drawing.blank.with_stroke(Stroke(SEVEN)), digit) for digit in (7, 7, 1)]

        async def of_class() -> list[tuple[Drawing, int]]:
            if not shown:
                raise InputError("The class cannot be reached.")
            return shown

        panel = EvaluationPanel(session, of_class)
        await until(lambda: is_tested(panel, session.network))
        await panel.receive({"type": "images", "source": "class"})
        await until(lambda: panel.content["source"] == "class")
        answer = session.network(shown[0][0].centred().reshape(-1)).argmax()
        assert panel.matrix.counts[7][answer] == 2
        assert panel.matrix.counts[1][answer] == 1
        shown.clear()
        await panel.receive({"type": "images", "source": "class"})
        assert session.notice == "The class cannot be reached."
        assert panel.content["count"] == 3

    run(look)


def test_without_drawings_of_ones_own_nothing_is_counted(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network))
        await panel.receive({"type": "images", "source": "own"})
        await until(lambda: panel.content["source"] == "own")
        assert panel.content["networks"] == []
        assert not np.any(panel.matrix.counts)

    run(look)


def test_what_is_closed_is_not_measured_and_what_is_opened_is(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network))
        await until(lambda: len(asyncio.all_tasks()) == 1)
        assert [panel.calibration.content, panel.map.content, panel.robustness.drawing] == [{}] * 3
        panel.calibration.receive({"type": "open", "on": True})
        await until(lambda: panel.calibration.non_digits)
        outputs = session.network(seen(True).images)
        right = outputs.argmax(axis=1) == seen(True).labels
        rejected = outputs.max(axis=1) < session.threshold
        content = panel.calibration.content
        assert content["falsely"] == (rejected & right).sum()
        assert content["rightly"] == (rejected & ~right).sum()
        assert sum(each["count"] for each in content["bins"]) == SOME
        found = reliability(outputs.max(axis=1), right)
        assert content["error"] == pytest.approx(found.error, abs=1e-6)
        for _, share in panel.calibration.non_digits:
            assert 0 <= share <= 1

    run(look)


def test_the_curves_are_those_of_changed_images_and_the_drawing_is_on_them(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [("shift", 0), ("shift", 4), ("size", 1.0), ("rotation", 0), ("stroke", 0), ("noise", 0)]
    amounts = {kind: [each for name, each in few if name == kind] for kind, _ in few}
    monkeypatch.setattr(robustness, "AMOUNTS", amounts)
    monkeypatch.setattr(robustness_plots, "AMOUNTS", amounts)
    monkeypatch.setattr(robustness, "_STEPS", few)
    usual = {kind: np.linspace(0, 8, len(each)) for kind, each in amounts.items()}
    monkeypatch.setattr(worker, "usual_measures", lambda source: usual)
    monkeypatch.setattr(robustness, "amounts_of", lambda image, usual: dict.fromkeys(amounts, 2.0))

    async def look() -> None:
        panel = EvaluationPanel(session)
        session.begin_stroke(SEVEN, 2.4, False)
        await until(lambda: is_tested(panel, session.network))
        part = panel.robustness
        seen_at_once = ["matrix", "activation_map"]
        assert plots_of(panel) == seen_at_once, "the others are built when they are first seen"
        await part.receive({"type": "open", "on": True})
        await part.receive({"type": "open", "on": True})
        curves = [f"{kind}_plot" for kind in amounts]
        assert sorted(plots_of(panel)) == sorted([*seen_at_once, *curves])
        await until(lambda: part.drawing)
        digits = mnist.load("test")[:PIECE]
        expected = []
        for amount in (0, 4):
            images = changed("shift", amount, digits.images)
            expected.append(accuracy(session.network, Images(centre_images(images), digits.labels)))
        curve = part._plots["shift"].curve.data["y"]
        assert curve == pytest.approx([100 * each for each in expected], abs=0.5)
        assert part.drawing["shift"] == [2.0, pytest.approx(curve.mean() / 100)]
        session.clear()
        assert part.drawing == {}

    run(look)


@pytest.mark.parametrize("networks", [1, 2])
def test_the_curves_of_one_network_or_two_can_be_told_to_a_page(
    networks: int,
) -> None:
    columns = CurvePlot("shift").columns([[0.5] * networks, [0.25] * networks])
    frame = encode(Changes(sources={"curve_shift": columns}), 1)
    assert b'"other":[50.0,25.0]' in frame


def test_images_lie_by_the_outputs_where_there_is_no_hidden_layer(session: Session) -> None:
    async def look() -> None:
        session.put_network("own-1", Network.random((784, 10), seed=1))
        panel = EvaluationPanel(session)
        assert panel.map.has_hidden
        await until(lambda: is_tested(panel, session.network))
        assert not panel.map.has_hidden
        panel.map.receive({"type": "open", "on": True})
        await until(lambda: panel.map.content)
        outputs = session.network(seen(True).images[: panel.map.content["shown"]])
        share = principal_plane(outputs).shares.sum()
        assert panel.map.content["share"] == pytest.approx(share, rel=1e-4)

    run(look)


def test_while_the_class_is_paused_its_drawings_are_not_read(session: Session) -> None:
    async def of_class() -> list[tuple[Drawing, int]]:
        return [(Drawing(strokes=[Stroke(np.array([(6.0, 6), (20, 20)]))]), 7)]

    async def look() -> None:
        panel = EvaluationPanel(session, of_class)
        await until(lambda: is_tested(panel, session.network))
        session.paused = True
        await panel._choose(CLASS)
        assert session.notice == text("notice.paused")
        assert panel.source != CLASS
        session.paused = False
        await panel._choose(CLASS)
        assert panel.source == CLASS

    run(look)


def test_a_region_of_the_map_opens_its_images(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network))
        part = panel.map
        part.receive({"type": "open", "on": True})
        await until(lambda: part.content)
        images = part.points.data
        activations = session.network.trace(seen(True).images).a[-2]
        places = principal_plane(activations).places(activations)
        apart = np.hypot(*(places[0] - places[1])) / np.hypot(*(places[0] - places[2]))
        shown = np.column_stack([images["x"], images["y"]])
        assert apart == pytest.approx(
            np.hypot(*(shown[0] - shown[1])) / np.hypot(*(shown[0] - shown[2])), rel=1e-4
        )
        assert images["text"] == [str(digit) for digit in seen(True).labels]
        part.receive({"type": "region", "numbers": [3, 5, 8]})
        assert {each["number"] for each in part.gallery.images} == {3, 5, 8}
        tell(part, {"type": "region", "numbers": [SOME]})
        assert part.gallery.content["count"] == 3

    asyncio.run(look())


def test_the_drawing_moves_on_the_map_as_its_image_would(session: Session) -> None:
    async def look() -> None:
        panel = EvaluationPanel(session)
        await until(lambda: is_tested(panel, session.network))
        part = panel.map
        part.receive({"type": "open", "on": True})
        await until(lambda: part.content)
        assert len(part._own.data["x"]) == 0
        drawn = mnist.load("test").images[7].reshape(28, 28)
        session.replace_drawing(Drawing(base=drawn))
        place = [part._own.data["x"][0], part._own.data["y"][0]]
        image = [part.points.data["x"][7], part.points.data["y"][7]]
        assert place == pytest.approx(image, abs=1e-4)

    asyncio.run(look())


@pytest.mark.parametrize("centred", [True, False])
def test_drawings_are_seen_as_the_page_sees_them(centred: bool) -> None:
    drawing = Drawing.blank.with_stroke(Stroke(SEVEN))
    images = DrawnImages(
        "own", [LabelledDrawing(drawing, 7)], partial(in_background, lambda _: None)
    )
    expected = drawing.centred() if centred else drawing.image
    seen = asyncio.run(images.piece(0, centred))
    assert (seen.images.reshape(28, 28) == expected).all()
    assert (pixels([seen], [0]) == np.rint(255 * expected).reshape(1, -1)).all()


def test_what_is_prepared_in_a_process_of_its_own_is_the_same_and_made_once() -> None:
    async def prepare() -> None:
        process = preparation._Process()
        shared = Preparations(process.submit)
        first, again = await asyncio.gather(
            *(shared.get(worker.piece, "synthetic", 1, True) for _ in range(2))
        )
        assert first is again
        expected = worker.piece("synthetic", 1, centred=True)
        assert (first.images == expected.images).all()
        assert (first.labels == expected.labels).all()
        with pytest.raises(KeyError):
            await shared.get(worker.changed_images, "synthetic", "colour", 1, True)
        assert process._process is not None
        process._process.end()
        assert await shared.get(worker.stored_sources) == {"mnist": 10_000, "synthetic": 1_000}

    asyncio.run(prepare())


@pytest.mark.parametrize(
    "message",
    [
        {"type": "images", "source": "class"},
        {"type": "beside", "name": "nobody"},
        {"type": "matrix", "network": 2},
        {"type": "own", "digit": 7},
        {"type": "alone", "network": -1},
        {},
    ],
)
def test_what_no_script_says_is_left_aside(
    session: Session, message: Any, caplog: pytest.LogCaptureFixture
) -> None:
    panel = EvaluationPanel(session)
    tell(panel, message)
    tell(panel.matrix, {"type": "open", "cell": [3, 10]})
    tell(panel.gallery, {"type": "draw", "number": 10**9})
    assert panel.gallery.content == {}
    assert all(record.levelname != "ERROR" for record in caplog.records)
