"""The plane of principal components, against another way to find it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.explain.principal_components import principal_plane

ACTIVATIONS = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 30), st.integers(1, 12)),
    elements=st.floats(0, 1, width=32),
)


@given(ACTIVATIONS)
def test_no_plane_holds_more_of_the_variance(activations: np.ndarray) -> None:
    plane = principal_plane(activations)
    centred = activations.astype(float) - activations.astype(float).mean(axis=0)
    singular = np.linalg.svd(centred, compute_uv=False) ** 2
    places = plane.places(activations)
    expected = np.pad(singular, (0, 2))[:2]
    assert (places**2).sum(axis=0) == pytest.approx(expected, abs=1e-9)
    if singular.sum() > 1e-9:
        assert plane.shares == pytest.approx(expected / singular.sum(), abs=1e-9)


@given(ACTIVATIONS)
def test_axes_are_upright_and_at_right_angles(activations: np.ndarray) -> None:
    axes = principal_plane(activations).axes
    n = min(2, activations.shape[1])
    assert axes.shape == (2, activations.shape[1])
    assert axes[:n] @ axes[:n].T == pytest.approx(np.eye(n), abs=1e-9)
    for axis in axes[:n]:
        assert axis[np.abs(axis).argmax()] > 0


def test_the_same_activations_in_another_order_give_the_same_plane() -> None:
    activations = np.random.default_rng(5).random((200, 16)).astype(np.float32)
    plane, other = principal_plane(activations), principal_plane(activations[::-1])
    assert other.axes == pytest.approx(plane.axes, abs=1e-6)
    assert (principal_plane(activations).axes == plane.axes).all()


def test_one_drawing_lies_where_its_image_does() -> None:
    activations = np.random.default_rng(5).random((50, 16)).astype(np.float32)
    plane = principal_plane(activations)
    assert plane.places(activations[7]) == pytest.approx(plane.places(activations)[7])


def test_what_does_not_differ_lies_in_one_place() -> None:
    plane = principal_plane(np.full((9, 4), 0.5, np.float32))
    assert not plane.places(np.full((9, 4), 0.5, np.float32)).any()
    assert plane.shares.tolist() == [0, 0]
