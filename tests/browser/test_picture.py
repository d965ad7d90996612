"""What is painted on the stage: circles that shine as strongly as their neurons."""

from __future__ import annotations

import numpy as np

from support.explorer_page import SEVEN, ExplorerPage


def brightness(explorer: ExplorerPage, picture: np.ndarray, layer: int) -> np.ndarray:
    """How white the middles of a layer's circles are, 0-1."""
    columns, rows = explorer.places_on_screen(layer).round().astype(int).T
    return picture[rows, columns].mean(axis=1) / 255


def test_the_picture_shows_the_network_and_the_drawing(explorer: ExplorerPage) -> None:
    expect_all_12960_edges_with_their_weights(explorer)
    explorer.draw(SEVEN)
    explorer.page.mouse.move(0, 0)
    expect_circles_as_white_as_their_neurons_are_active(explorer)
    expect_the_lattice_to_show_the_drawing(explorer)
    expect_round_circles_and_a_square_lattice(explorer)


def expect_circles_as_white_as_their_neurons_are_active(explorer: ExplorerPage) -> None:
    def shines(picture: np.ndarray) -> None:
        for layer, a in enumerate(explorer.expected.trace.a, start=1):
            np.testing.assert_allclose(brightness(explorer, picture, layer), a, atol=0.06)

    explorer.look_until(shines)


def expect_the_lattice_to_show_the_drawing(explorer: ExplorerPage) -> None:
    inputs = explorer.expected.trace.inputs

    def shows_the_drawing(picture: np.ndarray) -> None:
        shown = brightness(explorer, picture, 0)
        assert shown[inputs > 0.95].min() > shown[inputs == 0].max() + 0.2
        assert np.corrcoef(shown, inputs)[0, 1] > 0.98

    explorer.look_until(shows_the_drawing)


def expect_all_12960_edges_with_their_weights(explorer: ExplorerPage) -> None:
    layers, sources, targets, weights = explorer.columns(
        "edges", "layer", "source", "target", "weight"
    )
    assert len(weights) == 12_960
    for layer, values in enumerate(explorer.network.layers, start=1):
        here = layers == layer
        found = np.full(values.weights.shape, np.nan)
        found[targets[here], sources[here]] = weights[here]
        np.testing.assert_allclose(found, values.weights, atol=1e-6)


def expect_round_circles_and_a_square_lattice(explorer: ExplorerPage) -> None:
    for size in ((1366, 768), (1100, 900)):
        explorer.resize(*size)
        places = explorer.places_on_screen(0)
        width, height = places.max(axis=0) - places.min(axis=0)
        assert abs(width / height - 1) < 0.01
