"""Where the neurons stand, and which of them a click finds."""

from __future__ import annotations

import numpy as np
import pytest

from core import Network
from explorer.diagram.figure import Picture
from explorer.diagram.geometry import HEIGHT, HIGHEST, LOWEST, WIDTH, Geometry
from explorer.diagram.layout import Layout
from explorer.diagram.output_labels import OutputLabels
from explorer.diagram.shown import most_active
from explorer.texts.languages import speaking

SIZES = (784, 16, 16, 10)


@pytest.fixture(scope="module", params=[HEIGHT, 60.0, 130.0])
def geometry(request: pytest.FixtureRequest) -> Geometry:
    return Geometry.of(SIZES, request.param)


def test_a_click_on_any_neuron_finds_it(geometry: Geometry) -> None:
    for layer, positions in enumerate(geometry.positions):
        for index, (x, y) in enumerate(positions):
            assert geometry.at(float(x), float(y)) == (layer, index)


def test_a_click_beside_all_neurons_finds_none(geometry: Geometry) -> None:
    for x, y in ((0, 0), (WIDTH, geometry.height), (WIDTH, 0), (64, 50), (-5, 50)):
        assert geometry.at(x, y) is None


def test_a_finger_that_touches_the_rim_still_finds_the_neuron(geometry: Geometry) -> None:
    x, y = geometry.positions[2][7]
    assert geometry.at(float(x) + 1.3 * geometry.radii[2], float(y)) == (2, 7)


def test_a_click_on_a_line_finds_the_neuron_it_comes_from(geometry: Geometry) -> None:
    for neuron in ((1, 5), (2, 3), (3, 9)):
        starts, end = geometry.positions[neuron[0] - 1], geometry.positions[neuron[0]][neuron[1]]
        sources = np.arange(0, len(starts), 5)
        for source in sources:
            x, y = (0.8 * starts[source] + 0.2 * end).tolist()
            assert geometry.edge_at(x, y, neuron, sources, 0.5) == source


def test_a_click_beside_all_lines_finds_none(geometry: Geometry) -> None:
    x, y = geometry.positions[2][0].tolist()
    for source in (0, 15):
        assert geometry.edge_at(x + 2, y, (2, 0), np.array([source]), 1.5) is None
    (left, up), (right, down) = geometry.positions[1][8], geometry.positions[2][0]
    middle = float(left + right) / 2, float(up + down) / 2
    assert geometry.edge_at(*middle, (2, 0), np.array([8]), 0.1) == 8
    assert geometry.edge_at(*middle, (2, 0), np.array([0, 15]), 0.1) is None
    assert geometry.edge_at(*middle, (2, 0), np.arange(0), 9.0) is None


def test_the_lattice_is_a_square_of_28_by_28_with_row_0_at_the_top(geometry: Geometry) -> None:
    lattice = geometry.positions[0].reshape(28, 28, 2)
    across = np.diff(lattice[..., 0], axis=1)
    down = np.diff(lattice[..., 1], axis=0)
    np.testing.assert_allclose(across, across[0, 0], atol=1e-4)
    np.testing.assert_allclose(down, -across[0, 0], atol=1e-4)


def test_on_a_phone_a_finger_has_24_pixels_for_each_neuron() -> None:
    geometry, pixels_per_unit = Geometry.of(SIZES, 130.0), 366 / WIDTH
    for positions, reach in zip(geometry.positions[1:], geometry.reaches[1:], strict=True):
        assert pixels_per_unit * -np.diff(positions[:, 1]).max() >= 24
        assert pixels_per_unit * 2 * reach >= 24


@pytest.mark.parametrize("height", [HEIGHT, LOWEST, 60.0, 130.0, HIGHEST])
@pytest.mark.parametrize(
    "sizes", [SIZES, (784, 10), (784, 64, 10), (64, 8, 2), (4096, 64, 64, 64, 64, 64, 36)]
)
def test_every_circle_is_on_the_picture_and_touches_no_other(
    sizes: tuple[int, ...], height: float
) -> None:
    geometry = Geometry.of(sizes, height)
    for positions, radius in zip(geometry.positions, geometry.radii, strict=True):
        assert (positions >= radius).all()
        assert (positions <= (WIDTH - radius, height - radius)).all()
        nearest = min(
            np.hypot(*(np.delete(positions, index, axis=0) - place).T).min()
            for index, place in enumerate(positions)
        )
        assert nearest > 2 * radius


def test_on_a_laptop_the_lattice_is_large_and_the_network_fills_its_frame() -> None:
    """In a window of 1366 × 768 the picture has 770 pixels across."""
    geometry, pixels_per_unit = Geometry.of(SIZES, HEIGHT), 770 / WIDTH
    lattice = geometry.positions[0]
    assert np.ptp(lattice[:, 0]) * 28 / 27 * pixels_per_unit >= 380
    places = np.concatenate(geometry.positions)
    assert np.prod(np.ptp(places, axis=0)) > 0.75 * WIDTH * HEIGHT


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ((784, 16, 10), ["12,544 weights", "160 weights"]),
        ((784, 16, 16, 10), ["12,544 weights", "256 weights", "160 weights"]),
        ((784, 16, 16, 16, 10), ["12,544 weights", "256", "256", "160"]),
        ((784, 9, 9, 9, 9, 10), ["7,056 weights", "81", "81", "81", "90"]),
    ],
    ids=str,
)
def test_counts_of_weights_have_room_beside_each_other(
    sizes: tuple[int, ...], said: list[str]
) -> None:
    assert picture_of(sizes).sources.weight_counts.data["text"] == said


@pytest.mark.parametrize(
    ("sizes", "captions", "counts"),
    [
        ((64, 8, 2), ["64 pixels", "8", "2"], ["512 weights", "16 weights"]),
        (
            (784, 300, 10),
            ["784 pixels", "64 of 300", "10"],
            ["50,176 of 235,200 weights", "640 of 3,000 weights"],
        ),
        (
            (4096, 512, 512, 512, 512, 512, 36),
            ["4,096 pixels", *["64/512"] * 5, "36"],
            ["16,384 of 2,097,152 weights", *["262,144"] * 4, "18,432"],
        ),
    ],
    ids=str,
)
def test_of_wide_layers_it_is_said_how_many_neurons_and_weights_are_shown(
    sizes: tuple[int, ...], captions: list[str], counts: list[str]
) -> None:
    sources = picture_of(sizes).sources
    assert sources.layer_captions.data["text"] == captions
    assert sources.weight_counts.data["text"] == counts


def picture_of(sizes: tuple[int, ...]) -> Picture:
    network = Network.random(sizes, seed=1)
    return Picture(Layout.of(network, most_active(network), (1.0,) * (len(sizes) - 1)))


LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
CLOTHES = ("T-shirt", "trousers", "pullover", "ankle boots!")


@pytest.mark.parametrize("height", [HEIGHT, LOWEST, 130.0])
@pytest.mark.parametrize("texts", [LETTERS, CLOTHES, ("a", "b")], ids=len)
def test_labels_stand_beside_their_outputs_and_touch_neither_each_other_nor_the_rim(
    texts: tuple[str, ...], height: float
) -> None:
    labels = OutputLabels.of(texts, height)
    geometry = Geometry.of((64, 20, len(texts)), height, labels.width)
    columns = labels.columns(geometry)
    left = columns["x"] - (labels.width / 2 if columns["align"][0] == "center" else 0)
    assert (left > geometry.positions[-1][:, 0] + geometry.radii[-1]).all()
    assert (left + labels.width < WIDTH).all()
    assert labels.height < -np.diff(geometry.positions[-1][:, 1]).max()
    box = labels.box(geometry, 1)
    assert box["x"][0] + box["width"][0] / 2 < WIDTH
    assert box["x"][0] - box["width"][0] / 2 < geometry.positions[-1][1, 0] - geometry.radii[-1]
    assert box["x"][0] + box["width"][0] / 2 > left[1] + labels.width


@pytest.mark.parametrize("height", [HEIGHT, 130.0])
def test_six_columns_stand_as_far_apart_as_their_captions_are_wide(height: float) -> None:
    geometry = Geometry.of((4096, 64, 64, 64, 64, 64, 36), height)
    across = [float(layer[0, 0]) for layer in geometry.positions[1:]]
    assert min(np.diff(across)) > 10
    assert np.ptp(geometry.positions[0][:, 0]) > 28


def test_captions_run_from_right_to_left_where_words_do() -> None:
    with speaking("he"):
        (pixels, *_) = picture_of((64, 8, 2)).sources.layer_captions.data["text"]
    assert pixels == "\N{RIGHT-TO-LEFT ISOLATE}64 פיקסלים\N{POP DIRECTIONAL ISOLATE}"
