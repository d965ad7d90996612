"""What is changed by an amount is measured to be changed by it."""

import numpy as np
import pytest

from core.data import mnist
from core.evaluation.robustness import (
    AMOUNTS,
    UNCHANGED,
    amounts_of,
    changed,
    measured,
    usual_measures,
)
from core.ink import Stroke, rasterize
from core.ink.brush import Image


@pytest.fixture(scope="module")
def digits() -> Image:
    return mnist.load("test").images[:40]


def line(x: float, width: float = 3.0) -> Image:
    return rasterize([Stroke(np.array([[x, 6.0], [x, 22.0]]), width)]).reshape(-1)


@pytest.mark.parametrize("kind", AMOUNTS)
def test_every_curve_goes_through_what_is_unchanged(kind: str, digits: Image) -> None:
    assert UNCHANGED[kind] in AMOUNTS[kind]
    assert sorted(set(AMOUNTS[kind])) == list(AMOUNTS[kind])
    assert changed(kind, UNCHANGED[kind], digits) is digits


@pytest.mark.parametrize("kind", AMOUNTS)
def test_every_change_is_an_image_and_always_the_same(kind: str, digits: Image) -> None:
    for amount in AMOUNTS[kind]:
        images = changed(kind, amount, digits)
        assert images.shape == digits.shape
        assert 0 <= images.min() <= images.max() <= 1
        assert (changed(kind, amount, digits) == images).all()


def test_what_was_changed_is_found_among_the_amounts(digits: Image) -> None:
    usual = usual_measures(digits)
    for kind, amounts in AMOUNTS.items():
        for amount in amounts:
            images = changed(kind, amount, digits)
            found = np.median([amounts_of(image, usual)[kind] for image in images])
            assert found == pytest.approx(amount, abs=0.1 if kind != "rotation" else 6), kind


@pytest.mark.parametrize("degrees", [-45, -20, 10, 30])
def test_the_angle_of_a_line_is_measured(degrees: float) -> None:
    line_turned = changed("rotation", degrees, line(14)[None])
    assert measured(line_turned)["rotation"] == pytest.approx(degrees, abs=1)


@pytest.mark.parametrize("deviation", [0.1, 0.3])
def test_noise_is_measured_beside_the_ink(deviation: float) -> None:
    noisy = changed("noise", deviation, np.array([line(14)] * 20))
    assert measured(noisy)["noise"].mean() == pytest.approx(deviation, rel=0.05)


@pytest.mark.parametrize("zoom", [0.5, 0.8])
def test_the_longer_side_is_measured(zoom: float) -> None:
    whole, smaller = (measured(changed("size", by, line(14)[None]))["size"] for by in (1.0, zoom))
    assert smaller == pytest.approx(zoom * whole, abs=0.6)


def test_a_shift_goes_to_each_side_in_turn_and_is_measured() -> None:
    images = changed("shift", 4, np.array([line(14)] * 4))
    assert measured(images)["shift"] == pytest.approx([4] * 4, abs=1e-5)
    middles = [divmod(int(image.argmax()), 28) for image in images]
    assert len(set(middles)) == 4


def test_the_width_of_a_line_is_measured() -> None:
    thin, thick = measured(np.array([line(14, 2.0), line(14, 4.0)]))["stroke"]
    assert thick - thin == pytest.approx(2, abs=0.6)


def test_no_ink_has_no_amount_beyond_all_numbers() -> None:
    blank = np.zeros((1, 784), np.float32)
    assert all(np.isfinite(values).all() for values in measured(blank).values())


def test_an_unknown_kind_is_no_kind(digits: Image) -> None:
    with pytest.raises(KeyError):
        changed("colour", 1, digits)
