"""Images made hard on purpose are moved, scaled and turned by what they say."""

import numpy as np
import pytest

from core.data import pen_digits
from core.evaluation.perturbations import drawn_anywhere, shifted, turned, zoomed
from core.ink.brush import Image


def bar() -> Image:
    """A bar 4 wide and 12 high in the middle of one image."""
    image = np.zeros((28, 28), np.float32)
    image[8:20, 12:16] = 1
    return image.reshape(1, -1)


def box(images: Image) -> tuple[int, int, int, int]:
    """First and last row, first and last column with ink."""
    rows, columns = np.nonzero(images.reshape(28, 28) > 0.5)
    return rows.min(), rows.max(), columns.min(), columns.max()


@pytest.mark.parametrize(
    ("direction", "wanted"),
    [(0, (8, 19, 15, 18)), (1, (11, 22, 12, 15)), (2, (8, 19, 9, 12)), (3, (5, 16, 12, 15))],
)
def test_a_shift_moves_the_ink_that_way(direction: int, wanted: tuple[int, int, int, int]) -> None:
    assert box(shifted(bar(), 3, direction)) == wanted


def test_what_is_shifted_off_the_pad_is_lost() -> None:
    assert shifted(bar(), 14, 0).sum() == pytest.approx(bar().sum() / 2)


def test_a_zoom_scales_around_the_middle() -> None:
    assert box(zoomed(bar(), 0.5)) == (11, 16, 13, 14)


def test_a_quarter_turn_lays_the_bar_down() -> None:
    assert box(turned(bar(), 90)) == (12, 15, 8, 19)


def test_digits_drawn_anywhere_stay_on_the_pad_at_many_sizes_and_places() -> None:
    digits = pen_digits.load()[::100]
    images = drawn_anywhere(np.random.default_rng(1), digits).images.reshape(-1, 28, 28)
    columns = [np.flatnonzero(image.max(0)) for image in images]
    assert len({each[0] for each in columns}) > 5
    assert min(image.sum() for image in images) > 10
