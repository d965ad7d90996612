"""Networks of any images, layers and outputs work in every place, and the numbers are right."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import Network
from core.data import mnist
from core.errors import InputError
from core.explain.smallest_change import smallest_change
from core.ink.resize import mean_values
from core.nn.image_network import labels, reads_digits, side
from core.pictures import read_picture
from core.training.recipes import RECIPES
from explorer import create_app
from explorer.backpropagation.panel import BackwardPanel
from explorer.classroom.board import MemoryBoard
from explorer.classroom.classroom import Classroom
from explorer.classroom.pupil import PupilBar
from explorer.classroom.teacher_code import TeacherCode
from explorer.drawing.collection import Collection
from explorer.drawing.picture_sheet import PictureSheet
from explorer.edit.hypothesis import Hypothesis
from explorer.edit.panel import EditPanel
from explorer.edit.sample_reading import SampleReading
from explorer.edit.searches import _ascent, _change
from explorer.page.page import Page
from explorer.server.options import Options
from explorer.server.serving import serve
from explorer.state.own_drawings import OwnDrawing
from explorer.state.session import Neuron, Session
from explorer.testing import preparation, worker
from explorer.testing.evaluation import Evaluation
from explorer.testing.panel import EvaluationPanel
from explorer.testing.preparation import Preparations
from explorer.training.limits import fitted
from explorer.transport.component import LiveComponent
from support.any_networks import NETWORKS, Doubles, forward, shrunk
from support.patience import PATIENCE
from support.telling import tell

STROKE = np.array([(7.0, 7.0), (21.0, 8.0), (13.0, 22.0)])


@pytest.fixture(params=NETWORKS)
def network(request: pytest.FixtureRequest) -> Network:
    made: Network = NETWORKS[request.param]()
    return made


@pytest.fixture
def page(network: Network) -> Page:
    """A page with a drawing, as it stands on the pad."""
    page = create_app(network)
    page.session.begin_stroke(STROKE, 2.5, erases=False)
    page.session.centre(False)
    return page


@pytest.fixture
def session(page: Page) -> Session:
    return page.session


@pytest.fixture
def computed(network: Network, session: Session) -> list[tuple[Doubles, Doubles]]:
    """z and a of each layer for what the network is to receive."""
    return forward(network, shrunk(session.drawing.image, side(network)).ravel())


def every_kind(network: Network) -> list[Neuron]:
    """The first, one in the middle, and the last neuron of each layer, the input first."""
    return [
        Neuron(layer, number)
        for layer, size in enumerate(network.sizes)
        for number in sorted({0, size // 2, size - 1})
    ]


def with_sum(network: Network) -> list[Neuron]:
    return [each for each in every_kind(network) if each.layer > 0]


def part(whole: LiveComponent, kind: type[LiveComponent]) -> Any:
    (found,) = whole.select(kind)
    return found


def opened(page: Page, place: str, kind: type[LiveComponent]) -> Any:
    page.session.place = place
    return part(page, kind)


async def settled() -> None:
    async with asyncio.timeout(PATIENCE):
        while len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0)


def said(component: LiveComponent, *messages: Any) -> None:
    """Messages, and all that follows from them beside the page."""

    async def story() -> None:
        for message in messages:
            later = component.receive(message)
            if later is not None:
                await later
            await settled()

    asyncio.run(story())


def test_the_session_computes_what_the_image_gives(
    session: Session, computed: list[tuple[Doubles, Doubles]], network: Network
) -> None:
    small = shrunk(session.drawing.image, side(network))
    np.testing.assert_allclose(session.received, small, atol=1e-6)
    for (z, a), own_z, own_a in zip(computed, session.trace.z, session.trace.a, strict=True):
        np.testing.assert_allclose(own_z, z, rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(own_a, a, rtol=1e-4, atol=1e-4)
    assert session.answer.digit == computed[-1][1].argmax()


def test_a_pixel_of_the_pad_and_its_input_neuron_belong_together(session: Session) -> None:
    n = side(session.network)
    session.point_at_pad((27.9, 0.1))
    assert session.pointed == (27, n - 1)
    session.point_at_input(n * n - 1)
    pixel, neuron = session.pointed
    assert neuron == n * n - 1
    middle = int((n - 0.5) * 28 / n)
    assert pixel == 28 * middle + middle


def test_the_inspector_says_the_numbers_of_every_neuron(
    page: Page, computed: list[tuple[Doubles, Doubles]], network: Network
) -> None:
    inspector, session = page.inspector, page.session
    for neuron in with_sum(network):
        session.select(neuron)
        z, a = (each[neuron.number] for each in computed[neuron.layer - 1])
        bias = network.layers[neuron.layer - 1].biases[neuron.number]
        assert inspector.numbers["z"] == pytest.approx(z, rel=1e-4, abs=1e-4)
        assert inspector.numbers["activation"] == pytest.approx(a, rel=1e-4, abs=1e-4)
        assert inspector.numbers["weighted-sum"] == pytest.approx(z - bias, rel=1e-4, abs=1e-4)
    assert inspector.name_of_neuron == f"Output {labels(network)[-1]}"
    session.select(Neuron(0, network.sizes[0] - 1))
    assert inspector.name_of_neuron == f"Row {side(network)}, column {side(network)}"
    assert list(inspector.numbers) == ["activation"]


def test_the_picture_of_a_neuron_has_its_weights(page: Page, network: Network) -> None:
    inspector, n = page.inspector, side(network)
    for neuron in every_kind(network):
        page.session.select(neuron)
        if neuron.layer == 1:
            (image,) = inspector.weights.data["image"]
            row = network.layers[0].weights[neuron.number]
            np.testing.assert_array_equal(image, row.reshape(n, n))
            continue
        first = network.layers[0].weights[:, neuron.number]
        weights = network.layers[neuron.layer - 1].weights[neuron.number] if neuron.layer else first
        tiles = inspector.tiles.data
        np.testing.assert_array_equal(tiles["weight"], weights[tiles["index"]])
        assert len(tiles["index"]) == min(64, len(weights))
        left_out = np.delete(np.abs(weights), tiles["index"])
        assert left_out.max(initial=0) <= np.abs(tiles["weight"]).min()
        said_so = "64 largest shown" in inspector.formula["made_of"]
        assert said_so == (len(weights) > 64)


def test_the_terms_of_a_sum_add_up_whatever_their_number(
    page: Page, computed: list[tuple[Doubles, Doubles]], network: Network
) -> None:
    session = page.session
    for neuron in with_sum(network):
        session.select(neuron)
        why = page.inspector.details[0].why
        content = why.content
        (_, others), terms = content["rest"], content["terms"]
        products = [weight * value for _, weight, value, _, _ in terms]
        assert sum(products) + others == pytest.approx(content["sum"], rel=1e-5, abs=1e-6)
        z = computed[neuron.layer - 1][0][neuron.number]
        assert content["sum"] + content["bias"] == pytest.approx(z, rel=1e-4, abs=1e-4)
        why.receive({"type": "table"})
        assert len(why.table) == network.sizes[neuron.layer - 1]


def test_the_gradient_by_the_pixels_is_the_slope_of_z(page: Page, network: Network) -> None:
    session = page.session
    session.question = "reacts"
    inputs = session.trace.inputs.astype(np.float64)
    for neuron in with_sum(network):
        session.select(neuron)
        reacts = page.inspector.details[0].reacts
        if neuron.layer == 1:
            picture = reacts.content["product"]
            z = session.trace.z[0][neuron.number] - network.layers[0].biases[neuron.number]
            assert picture["sum"] == pytest.approx(z, rel=1e-4, abs=1e-4)
        else:
            picture = reacts.content["gradient"]
            pixel = int(np.abs(picture["pixels"].astype(int) - 127).argmax())
            slope = slope_at(network, inputs, neuron, pixel)
            assert abs(slope) == pytest.approx(picture["largest"], rel=0.02)
        assert len(picture["pixels"]) == network.sizes[0]


def slope_at(network: Network, inputs: Doubles, neuron: Neuron, pixel: int) -> float:
    """∂z/∂pixel from two forward passes."""
    small = 1e-6
    ends = []
    for step in (small, -small):
        moved = inputs.copy()
        moved[pixel] += step
        ends.append(forward(network, moved)[neuron.layer - 1][0][neuron.number])
    return float(ends[0] - ends[1]) / (2 * small)


def test_what_a_neuron_prefers_is_not_known_of_a_network_without_statistics(
    page: Page, network: Network
) -> None:
    page.session.question = "prefers"
    page.session.select(Neuron(len(network.layers), 0))
    assert page.inspector.details[0].prefers.content == {"known": False}


def test_two_outputs_are_compared_by_what_they_stand_for(
    page: Page, computed: list[tuple[Doubles, Doubles]], network: Network
) -> None:
    contrast, last = page.inspector.contrast, network.sizes[-1] - 1
    said(contrast, {"type": "compare", "on": True}, {"type": "pair", "pair": [last, 0]})
    z = computed[-1][0]
    assert contrast.labels == list(labels(network))
    assert contrast.content["value"] == pytest.approx(z[last] - z[0], rel=1e-4, abs=1e-4)
    assert len(contrast.content["layers"]) == len(network.layers) - 1
    assert len(contrast.content["pixels"]["shades"]) == network.sizes[0]
    page.link.hear(contrast.address, {"type": "pair", "pair": [last + 1, 0]})
    assert contrast.pair == [last, 0]


def test_the_wall_has_a_picture_of_every_neuron_of_the_first_layer(
    page: Page, network: Network
) -> None:
    wall, size = page.inspector.wall, network.sizes[1]
    if size <= 64:
        assert wall.count == 0, "the browser has all of them"
        return
    for first in range(0, size, 64):
        wall.receive({"type": "turn", "first": first})
        shades = np.frombuffer(b64decode(wall.pictures), np.uint8).reshape(64, wall.pixels)
        row = network.layers[0].weights[first + 63].reshape(side(network), -1)
        expected = mean_values(row, 28) if side(network) > 28 else row
        strongest = np.abs(expected).argmax()
        assert abs(int(shades[63][strongest]) - 127) == 127
    page.session.begin_stroke(STROKE[:, ::-1], 2.0, erases=False)
    assert len(wall.bright) == 64
    assert all(0 <= each <= 1 for each in wall.bright)
    page.link.hear(wall.address, {"type": "turn", "first": 7})
    assert wall.first == size - 64


def test_an_independent_computation_agrees(page: Page, network: Network) -> None:
    audit = page.inspector.audit
    page.session.select(Neuron(len(network.layers), 1))
    for kind in ("neuron", "network"):
        said(audit, {"type": kind})
        assert all(good for _, good in audit.result["recomputed"])
    assert len(audit.result["recomputed"]) == len(network.layers)


def test_the_card_has_tiles_labels_and_no_figures_of_digits(page: Page, network: Network) -> None:
    page.networks.receive({"type": "open"})
    card = next(each for each in page.networks.cards if each["name"] == "yours")
    tiles = len(b64decode(card["pictures"])) / card["pixels"]
    assert tiles == min(16, network.sizes[1])
    assert bool(card["percentages"]) == reads_digits(network)


# Edit


def test_every_neuron_can_be_changed(page: Page, network: Network) -> None:
    session = page.session
    editor = opened(page, "edit", EditPanel).neuron
    for neuron in with_sum(network):
        session.select(neuron)
        source = network.sizes[neuron.layer - 1] - 1
        tell(editor, {"type": "weight", "source": source, "value": 0.75, "goes_on": False})
        tell(editor, {"type": "bias", "value": -0.5, "goes_on": False})
        layer = session.network.layers[neuron.layer - 1]
        assert layer.weights[neuron.number, source] == 0.75
        assert layer.biases[neuron.number] == -0.5
        assert editor.changed
    z = forward(session.network, session.received.ravel().astype(np.float64))[-1][0]
    np.testing.assert_allclose(session.trace.z[-1], z, rtol=1e-4, atol=1e-4)


def test_of_many_weights_the_largest_are_listed_and_any_other_can_be(
    page: Page, network: Network
) -> None:
    editor = opened(page, "edit", EditPanel).neuron
    page.session.select(Neuron(len(network.layers), 0))
    weights = network.layers[-1].weights[0]
    if len(network.layers) == 1:
        assert editor.sources == []
        return
    assert len(editor.sources) == min(64, len(weights))
    missing = sorted(set(range(len(weights))) - dict(editor.sources).keys())
    for source in missing[:1]:
        tell(editor, {"type": "list", "source": source})
        assert dict(editor.sources)[source] == f"neuron {source + 1}"
        assert (len(editor.sources), editor.picked) == (65, source)


def test_weights_are_painted_where_the_brush_was(page: Page, network: Network) -> None:
    editor, n = opened(page, "edit", EditPanel).neuron, side(network)
    page.session.select(Neuron(1, 1))
    corner = {"points": [[27.5, 0.5]], "mode": "add", "strength": 5.0, "size": 4.0}
    tell(editor, {"type": "paint", **corner})
    change = page.session.network.layers[0].weights[1] - network.layers[0].weights[1]
    touched = change.reshape(n, n) != 0
    assert touched[0, -1]
    assert not touched[:, : n // 2].any()
    assert not touched[n // 2 :].any()
    if len(network.layers) > 1:
        page.session.select(Neuron(2, 0))
        before = page.session.network
        tell(editor, {"type": "paint", **corner})
        assert page.session.network is before, "its weights are no picture"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "noise", "size": 0.5, "seed": "7", "goes_on": False},
        {"type": "prune", "share": 0.5, "goes_on": False},
        {"type": "round", "bits": 4},
        {"type": "zero"},
    ],
)
def test_an_experiment_changes_the_whole_network_and_is_undone(
    page: Page, network: Network, message: Any
) -> None:
    panel = opened(page, "edit", EditPanel)
    said(panel.experiments, message)
    assert page.session.is_edited
    assert list(panel.experiments.done) == [message["type"]]
    page.session.undo_edit()
    assert page.session.network is network


def test_searches_find_images_of_the_right_size(page: Page, network: Network) -> None:
    searches = opened(page, "edit", EditPanel).searches
    neuron = Neuron(len(network.layers), 1)
    climbed = [
        each["z"] for _, each in islice(_ascent(network, neuron, searches._first("noise")), 4)
    ]
    assert climbed == sorted(climbed)
    image, shown = next(_change(network, page.session.received, smallest_change))
    before, after = (
        forward(network, each.ravel().astype(np.float64))[-1][1].argmax()
        for each in (page.session.received, image)
    )
    assert before != after
    assert shown["said"].endswith(f"{labels(network)[before]} becomes {labels(network)[after]}")
    assert len(shown["pixels"]) == len(shown["differences"]) == network.sizes[0]


def test_an_image_that_was_found_is_put_on_the_pad_and_what_becomes_of_it_is_said(
    page: Page, network: Network
) -> None:
    searches, n = opened(page, "edit", EditPanel).searches, side(network)
    image = np.zeros((n, n), np.float32)
    image[n // 2 :, n // 4 :] = 1
    searches._put(image)
    assert page.session.drawing.image.shape == (28, 28)
    np.testing.assert_allclose(page.session.received.mean(), image.mean(), atol=0.01)
    assert ("not quite the same" in searches.found["put"]) == (n != 28)


def test_a_thousand_digits_are_read_only_by_a_network_that_reads_digits(
    page: Page, network: Network
) -> None:
    async def visit() -> None:
        page.session.place = "edit"
        await settled()

    asyncio.run(visit())
    reading = part(page, SampleReading)
    assert reading.reads_digits == reads_digits(network)
    assert bool(reading.content) == reads_digits(network)
    if reads_digits(network):
        assert reading.content["now"]["all"] == pytest.approx(accuracy_of(network, 1000), abs=1e-9)
    else:
        page.session.select(Neuron(1, 0))
        before = page.session.network
        tell(part(page, Hypothesis), {"type": "silence", "digits": [0]})
        assert (page.session.network, part(page, Hypothesis).verdict) == (before, {})


def accuracy_of(network: Network, count: int) -> float:
    """The share of MNIST's first test images, as they are, that is read right."""
    digits = mnist.load("test")[:count]
    n = side(network)
    images = np.array([shrunk(each.reshape(28, 28), n).ravel() for each in digits.images])
    right = network(images.astype(np.float32)).argmax(axis=1) == digits.labels
    return float(right.mean())


# Test


def test_only_a_network_that_reads_digits_is_tested(
    page: Page, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = mnist.load("test")[:300]
    monkeypatch.setattr(worker.mnist, "load", lambda *_, **__: few)
    worker._stored.cache_clear()
    session = page.session

    async def visit() -> EvaluationPanel:
        session.place = "test"
        panel: EvaluationPanel = part(page, EvaluationPanel)
        async with asyncio.timeout(PATIENCE):
            while not panel.sources or (panel.reads_digits and not panel.content):
                await asyncio.sleep(0)
        await settled()
        return panel

    with ThreadPoolExecutor(1) as beside:
        here = Preparations(beside.submit)
        monkeypatch.setattr(preparation, "shared_preparations", lambda: here)
        panel = asyncio.run(visit())
    worker._stored.cache_clear()
    assert panel.reads_digits == reads_digits(network)
    if not panel.reads_digits:
        assert (panel.content, panel.evaluation.result) == ({}, None)
        return
    (numbers,) = panel.content["networks"]
    assert numbers["accuracy"] == pytest.approx(accuracy_of(network, 300), abs=1e-9)
    assert np.sum(panel.matrix.counts) == 300


def test_a_network_of_letters_is_not_compared_with() -> None:
    page = create_app()
    page.session.put_network("own-1", NETWORKS["letters"]())
    page.session.choose_network("default")
    evaluation = Evaluation(page.session, page.in_background)
    assert "own-1" not in evaluation.others
    assert "wide" in evaluation.others


def test_own_drawings_are_marked_only_by_a_network_that_reads_digits(
    page: Page, network: Network
) -> None:
    session = page.session
    collection = Collection(session, "test")
    session.own_drawings = session.own_drawings.with_more(
        [OwnDrawing.of(session.canvas.own, 7, centred=False)]
    )
    session.param.update(place="test")
    if reads_digits(network):
        pixels = np.rint(255 * session.drawing.image) / 255
        inputs = shrunk(pixels.astype(np.float32), side(network)).ravel()
        assert collection.read_as == {"0": forward(network, inputs)[-1][1].argmax()}
    else:
        assert collection.read_as == {}


def test_digits_in_a_picture_are_read_as_what_the_outputs_stand_for(
    page: Page, network: Network
) -> None:
    sheet, session = PictureSheet(page.session), page.session
    picture = np.full((60, 60), 255, np.uint8)
    picture[15:45, 20:25] = picture[40:45, 20:40] = 0
    sheet.offer("a.png", read_picture(picture))
    (digit,) = sheet.digits
    assert digit["digit"] == labels(network)[session.trace.outputs.argmax()]
    assert digit["output"] == pytest.approx(session.trace.outputs.max(), rel=1e-4)


# Backpropagation


@pytest.fixture
def backward(page: Page, network: Network) -> BackwardPanel:
    """Backpropagation from what the drawing is said to be: the last output."""
    page.session.backpropagating = True
    panel: BackwardPanel = part(page, BackwardPanel)
    said(panel.terms, {"type": "digit", "digit": network.sizes[-1] - 1})
    return panel


def test_the_loss_is_told_by_what_the_outputs_stand_for(
    backward: BackwardPanel, computed: list[tuple[Doubles, Doubles]], network: Network
) -> None:
    terms = backward.terms
    target = np.eye(network.sizes[-1])[-1]
    assert terms.labels == list(labels(network))
    squares = (computed[-1][1] - target) ** 2
    np.testing.assert_allclose([each[2] for each in terms.content["terms"]], squares, atol=1e-5)
    tell(terms, {"type": "digit", "digit": network.sizes[-1]})
    assert terms.digit == network.sizes[-1] - 1


def test_the_gradient_of_every_layer_is_the_slope_of_the_loss(
    page: Page, backward: BackwardPanel, network: Network
) -> None:
    for layer in range(1, len(network.sizes)):
        page.session.select(Neuron(layer, 0))
        said(backward.neuron, {"type": "pick", "source": network.sizes[layer - 1] // 2})
        checks = backward.neuron.checks
        assert len(checks) == 2
        assert all(each["difference"] < 1e-3 for each in checks)
    said(backward.check, {"type": "check"})
    assert backward.check.content["agrees"]


def test_the_pictures_of_the_gradient_are_those_of_the_steepest_neurons(
    backward: BackwardPanel, network: Network
) -> None:
    example = backward._example
    example.place = len(network.layers)
    content, size = backward.wall.content, network.sizes[1]
    assert (len(content["neurons"]), content["all"]) == (min(64, size), size)
    delta = example.answer.backward.layers[0].delta
    np.testing.assert_allclose(content["delta"], delta[content["neurons"]], rtol=1e-5)
    assert len(content["inputs"]) == network.sizes[0]


def test_a_mini_batch_is_of_digits_and_only_for_a_network_that_reads_them(
    backward: BackwardPanel, network: Network
) -> None:
    descent = backward.descent
    assert descent.has_digits == reads_digits(network)
    if not descent.has_digits:
        tell(descent, {"type": "batch", "size": 10, "seed": "1"})
        assert (descent.sizes, descent.size) == ([0], 0)
        return
    said(descent, {"type": "batch", "size": 10, "seed": "1"})
    assert "°" in descent.comparison
    example, (pixels, size) = backward._example, network.sizes[:2]
    example.place = len(network.layers)
    gradient, content = example.of_batch.gradient, backward.wall.content
    slopes = np.abs(gradient[pixels * size :][:size])
    assert slopes[content["neurons"]].min() >= np.delete(slopes, content["neurons"]).max(initial=0)
    rows = gradient[: pixels * size].reshape(size, pixels)[content["neurons"]]
    np.testing.assert_allclose(content["gradient"], rows.ravel(), rtol=1e-5)


def test_a_step_makes_the_loss_smaller(
    page: Page, backward: BackwardPanel, network: Network
) -> None:
    before = backward.terms.content["loss"]
    said(backward.descent, {"type": "descend", "steps": 1, "rate": 0.01})
    assert page.session.is_edited
    assert backward.terms.content["loss"] < before


def test_the_landscape_has_curves_of_digits_only_where_they_are_read(
    backward: BackwardPanel, network: Network
) -> None:
    landscape = backward.landscape
    said(landscape, {"type": "open", "on": True})
    curves = landscape._drawn.curves.data
    assert landscape.ready
    assert np.isfinite(curves["drawing"]).all()
    assert np.isfinite(curves["sample"]).all() == reads_digits(network) == (landscape.count > 0)
    middle = curves["drawing"][len(curves["drawing"]) // 2]
    assert middle == pytest.approx(backward.terms.content["loss"], rel=1e-4)


def test_what_was_meant_is_forgotten_when_other_things_are_read(
    page: Page, backward: BackwardPanel
) -> None:
    page.session.choose_network("default")
    assert backward.terms.labels == list("0123456789")
    if page.session.networks["yours"].sizes[-1] != 10:
        assert backward.terms.digit is None


# Train, and a class


def test_a_training_does_not_begin_with_networks_that_no_recipe_makes(
    network: Network,
) -> None:
    why = "no hidden layer" if network.sizes == (784, 10) else "ten digits"
    with pytest.raises(InputError, match=why):
        fitted(RECIPES["lesson"], network)


def test_a_class_is_not_served_with_a_network_of_letters(tmp_path: Path) -> None:
    path = tmp_path / "letters.npz"
    NETWORKS["letters"]().save(path)
    with pytest.raises(InputError, match=r"reads 0 to 9, but the outputs of letters\.npz are a, b"):
        serve(Options(path=path, is_class=True))


def test_what_a_pupil_s_own_network_of_letters_says_is_not_counted(network: Network) -> None:
    session = create_app().session
    session.begin_stroke(STROKE, 2.5, erases=False)
    bar = PupilBar(session, Classroom(MemoryBoard(), TeacherCode("ABCD-EFGH")))
    session.put_network("own-1", network)
    digit = bar._answer_to(session.canvas.own).digit
    assert (digit is None) == (not reads_digits(network))
