"""A convolutional network in the page: its maps, its windows, and what is said of their weights."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest
from bokeh.events import Tap

from core.nn.activations import relu
from core.nn.convolution import chained, with_convolutions
from core.nn.initialization import he
from core.nn.network import Network
from core.training.pipeline import initial_network
from core.training.recipes import RECIPES
from explorer.diagram.geometry import HEIGHT, HIGHEST, WIDTH, Geometry
from explorer.diagram.shown import is_thinned
from explorer.diagram.stage import Stage
from explorer.diagram.tiles import mosaic
from explorer.drawing.examples import examples
from explorer.edit.neuron_editor import NeuronEditor
from explorer.exchange.neuron_picture import neuron_picture
from explorer.inspector.equation import Equation
from explorer.inspector.first_layer import Wall
from explorer.inspector.inspector import Inspector
from explorer.page.page import Page
from explorer.state.networks import TRAINING
from explorer.state.session import Neuron, Session
from explorer.training.limits import fitted

RECIPE = replace(RECIPES["plain"], feature_maps=(4, 8), hidden=(), activation="relu")
NETWORK = initial_network(RECIPE, seed=2)
MAPS = tuple(layer.maps for layer in NETWORK.layers)
MIDDLE = Neuron(1, 2 * 169 + 6 * 13 + 6)


@pytest.fixture
def session() -> Session:
    session = Session(NETWORK)
    session.replace_drawing(examples()["3-round"].drawing)
    return session


@pytest.fixture
def stage(session: Session) -> Stage:
    return Stage(session)


@pytest.mark.parametrize("height", [HEIGHT, 130.0, HIGHEST])
def test_maps_are_squares_of_circles_that_neither_touch_nor_leave_the_picture(
    height: float,
) -> None:
    geometry = Geometry.of(NETWORK.sizes, height, 0.0, MAPS)
    lattice, first, second, outputs = geometry.positions
    pitch = float(first[1, 0] - first[0, 0])
    for places in (lattice, second):
        assert places[1, 0] - places[0, 0] == pytest.approx(pitch, rel=1e-4)
    for maps, places in ((4, first), (8, second)):
        squares = places.reshape(maps, -1, 2)
        sides = squares.max(axis=1) - squares.min(axis=1)
        np.testing.assert_allclose(sides[:, 0], sides[:, 1], rtol=1e-4)
        assert (squares[:-1].min(axis=1)[:, 1] - squares[1:].max(axis=1)[:, 1] > 2 * pitch).all()
    assert lattice[:, 0].max() < first[:, 0].min() - 2 * pitch
    assert first[:, 0].max() < second[:, 0].min() - 2 * pitch
    assert second[:, 0].max() < outputs[:, 0].min() - 2 * pitch
    for places, radius in zip(geometry.positions, geometry.radii, strict=True):
        assert (places - radius >= 0).all()
        assert (places + radius <= (WIDTH, height)).all()
    assert geometry.at(*first[500]) == (1, 500)


def test_all_neurons_are_shown_and_the_browser_is_told_the_windows_alone(
    session: Session, stage: Stage
) -> None:
    assert not is_thinned(NETWORK)
    assert stage.shown.counts == (784, 676, 288, 10)
    assert stage.weights.size == sum(stage.most) == 676 * 9 + 288 * 36 + 2880
    assert [maps and maps["side"] for maps in stage.maps] == [None, 13, 6, None]
    own = NETWORK.layers[0].weights[500, MAPS[0].seen_by(500)]  # type: ignore[union-attr]
    np.testing.assert_array_equal(stage.weights[500 * 9 : 501 * 9], own)
    data = stage.neurons.data
    np.testing.assert_array_equal(data["activation"], np.concatenate(session.trace.a))
    assert data["name"][MIDDLE.number] == "Layer 1 · map 3, row 7, column 7"
    assert data["name"][676 + 36 + 8] == "Layer 2 · map 2, row 2, column 3"
    assert data["rim"][0] < data["rim"][-1]


def test_what_was_changed_of_a_window_is_told(session: Session, stage: Stage) -> None:
    source = int(MAPS[0].seen_by(7)[8])  # type: ignore[union-attr]
    session.edit(NETWORK.with_weight(1, 7, source, 2.5))
    ((start, row),) = stage.edits
    assert (start, row[8]) == (7 * 9, 2.5)
    assert len(stage.changed) == 1


def test_another_network_and_back_again(session: Session, stage: Stage) -> None:
    session.choose_network("default")
    assert stage.maps == []
    session.choose_network("yours")
    assert stage.weights.size == sum(stage.most)
    assert len(stage.neurons.data["x"]) == 974


def test_captions_tell_maps_and_how_many_different_weights_they_have(stage: Stage) -> None:
    captions, counts = (
        source.data["text"]
        for source in (stage._sources.layer_captions, stage._sources.weight_counts)
    )
    assert captions == ["784 pixels", "4 maps, 13 × 13", "8 maps, 6 × 6", "10"]
    assert counts == ["36 weights", "288 weights", "2,880 weights"]


def test_an_activation_is_the_sum_of_nine_products(session: Session, stage: Stage) -> None:
    inspector = Inspector(session, stage.drawn)
    session.select(MIDDLE)
    assert inspector.formula["made_of"] == "sum of 9 products, bias · same weights in 169 places"
    equation = Equation(session)
    equation.receive({"type": "table"})
    assert len(equation.table) == 9
    equation.receive({"type": "table"})
    assert equation.asked == 2, "the same table is brought up again"
    window = MAPS[0].seen_by(MIDDLE.number)  # type: ignore[union-attr]
    terms = NETWORK.layers[0].weights[MIDDLE.number, window] * session.trace.inputs[window]
    z = session.trace.z[0][MIDDLE.number] - NETWORK.layers[0].biases[MIDDLE.number]
    assert sum(row[3] for row in equation.table) == pytest.approx(terms.sum()) == pytest.approx(z)
    session.edit(NETWORK.with_weight(*MIDDLE, int(window[0]), 3.0))
    assert inspector.formula["made_of"] == "sum of 9 products, bias · no longer shared"


def test_the_weights_of_a_deeper_neuron_are_drawn_map_by_map(
    session: Session, stage: Stage
) -> None:
    values = np.arange(676, dtype=np.float32)
    picture = mosaic(values, MAPS[0])  # type: ignore[arg-type]
    assert picture.shape == (27, 27)
    assert (picture[0, 0], picture[0, 14], picture[14, 0], picture[26, 26]) == (0, 169, 338, 675)
    assert not picture[13].any()
    inspector = Inspector(session, stage.drawn)
    session.select(Neuron(3, 3))
    (drawn,) = inspector.weights.data["image"]
    np.testing.assert_array_equal(drawn, mosaic(NETWORK.layers[2].weights[3], MAPS[1]))  # type: ignore[arg-type]
    assert len(inspector.tiles.data["image"]) == 0
    assert inspector.first == "maps"


def test_the_overview_has_a_picture_for_each_filter(session: Session, stage: Stage) -> None:
    wall = Wall(session, stage.drawn)
    assert (wall.count, wall.pixels) == (4, 9)
    filters = NETWORK.layers[0].free_weights
    shades = np.frombuffer(b64decode(wall.pictures), np.uint8).reshape(4, 9)
    assert (shades.argmax(axis=1) == filters.argmax(axis=1)).all()
    largest = session.trace.a[0].reshape(4, 169).max(axis=1)
    assert wall.bright == pytest.approx((largest / stage.full[1]).clip(0, 1), abs=1e-3)
    wall.receive({"type": "choose", "number": wall.neurons_of[2]})
    assert session.selected == MIDDLE


def test_filters_of_few_neurons_are_pictures_too() -> None:
    outputs = Network.random((36, 2), seed=1)
    small = with_convolutions(chained([4], 8), outputs, relu, seed=1, init=he)
    session = Session(Network(small.layers, {"labels": ["ring", "stroke"]}))
    wall = Wall(session, Stage(session).drawn)
    assert (wall.count, wall.pixels, wall.neurons_of) == (4, 9, [4, 13, 22, 31])


def test_filters_grow_where_it_trains(session: Session, stage: Stage) -> None:
    wall = Wall(session, stage.drawn)
    session.place = "train"
    before = wall.pictures
    session.put_network(TRAINING, initial_network(RECIPE, seed=3))
    assert len(b64decode(wall.pictures)) == 36
    assert wall.pictures != before


@pytest.fixture
def editor(session: Session) -> NeuronEditor:
    """What can be changed of the neuron in the middle of a map."""
    session.place = "edit"
    session.select(MIDDLE)
    return NeuronEditor(session)


def test_the_brush_paints_in_the_window_and_a_weight_elsewhere_is_refused_in_a_sentence(
    session: Session, editor: NeuronEditor
) -> None:
    stroke = {"type": "paint", "points": [[13.5, 13.5], [20, 20]], "mode": "add"}
    editor.receive({**stroke, "strength": 1.0, "size": 6.0})
    changed = session.network.layers[0]
    before = NETWORK.layers[0].weights[MIDDLE.number]
    seen = np.flatnonzero(changed.weights[MIDDLE.number] != before)
    assert len(seen) > 0
    assert set(seen) <= set(MAPS[0].seen_by(MIDDLE.number))  # type: ignore[union-attr]
    editor.receive({"type": "weight", "source": 0, "value": 1.0})
    assert session.notice.startswith("A neuron of a feature map looks at its own window")
    session.select(Neuron(2, 0))
    assert [source for source, _ in editor.sources] == list(MAPS[1].seen_by(0))  # type: ignore[union-attr]


def test_the_filter_of_a_changed_neuron_is_used_in_its_whole_map_at_one_press(
    session: Session, editor: NeuronEditor
) -> None:
    assert editor.in_map
    seen = MAPS[0].seen_by(MIDDLE.number)  # type: ignore[union-attr]
    editor.receive({"type": "weight", "source": int(seen[0]), "value": 2.0})
    editor.receive({"type": "share"})
    filters = NETWORK.layers[0].free_weights.copy()
    filters[2, 0] = 2.0
    np.testing.assert_array_equal(session.network.layers[0].free_weights, filters)
    session.undo_edit()
    session.undo_edit()
    assert session.network is NETWORK
    session.select(Neuron(3, 1))
    assert not editor.in_map
    editor.receive({"type": "share"})
    assert session.notice == "This neuron is in no feature map."


def test_a_tap_picks_a_line_of_the_window_and_never_one_that_is_not_there(
    session: Session, stage: Stage
) -> None:
    session.place, session.least = "edit", 0.0
    session.select(MIDDLE)
    geometry = stage.drawn.layout.geometry
    picked: list[int] = []
    session.param.watch(lambda event: event.new is not None and picked.append(event.new), "picked")
    target = geometry.positions[1][MIDDLE.number]
    seen = MAPS[0].seen_by(MIDDLE.number)  # type: ignore[union-attr]
    for source in (int(seen[4]), 0):
        x, y = map(float, 0.25 * geometry.positions[0][source] + 0.75 * target)
        stage._tapped(Tap(stage.drawn.plot, sx=7 * x, sy=7 * y, x=x, y=y))
        session.select(MIDDLE)
    assert picked == [seen[4]]


def test_backpropagation_is_not_shown_and_it_is_said(session: Session) -> None:
    page = Page(session)
    page.receive({"type": "backpropagation", "on": True})
    assert not session.shows_backpropagation
    assert "without feature maps" in session.notice
    session.choose_network("default")
    page.receive({"type": "backpropagation", "on": True})
    assert page.backpropagates
    session.choose_network("yours")
    assert not page.backpropagates


def test_it_can_be_trained_further_as_what_it_is() -> None:
    recipe = fitted(RECIPES["plain"], NETWORK)
    assert (recipe.feature_maps, recipe.hidden, recipe.sizes) == ((4, 8), (), NETWORK.sizes)
    assert Network.from_bytes(NETWORK.to_bytes(), "x").layers[1].shared is not None


def test_the_picture_to_keep_of_a_deeper_neuron_is_one_image_of_all_maps(session: Session) -> None:
    picture = neuron_picture(session, Neuron(2, 40))
    (tile,) = picture["tiles"]
    assert picture["side"] ** 2 == len(b64decode(tile)) == 27 * 27
