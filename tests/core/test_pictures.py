"""From a grey picture to images of digits: whatever the light, the paper and the pen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from core.ink import Drawing, Stroke
from core.ink.example_drawings import load_examples
from core.pictures import LONGEST_SIDE, MOST_DIGITS, NoDigitError, Reading, read_picture
from core.pictures.components import Box, components
from core.pictures.filters import resized
from core.pictures.grouping import groups
from core.pictures.normalizing import line_width
from core.pictures.touching import pieces

Ink = npt.NDArray[np.float32]

#: How dark the ink is, 0-1, on which paper, and with how much noise.
_DARK, _PAPER = 0.7, 0.9


def written(name: str, side: int = 140, width: float = 2.0) -> Ink:
    """An example drawing with a pen of this width, in a square of so many pixels."""
    (found,) = (each.drawing for each in load_examples() if each.name == name)
    strokes = tuple(Stroke(each.points, width) for each in found.strokes)
    return resized(Drawing(None, strokes).image, side, side)


def page(*placed: tuple[Ink, int, int], height: int = 240, width: int = 320) -> Ink:
    """Ink (h, w) on a page, each piece with its top and its left."""
    ink = np.zeros((height, width), np.float32)
    for piece, top, left in placed:
        near = ink[top : top + len(piece), left : left + piece.shape[1]]
        np.maximum(near, piece, out=near)
    return ink


def grey(light: Ink) -> npt.NDArray[np.uint8]:
    """A photo of that, with the noise of a camera."""
    noise = np.random.default_rng(5).normal(0, 0.01, light.shape)
    return np.round(255 * np.clip(light + noise, 0, 1)).astype(np.uint8)


def on_paper(ink: Ink, light: Ink | float = 1.0) -> npt.NDArray[np.uint8]:
    return grey(np.asarray(_PAPER * light * (1 - _DARK * ink), np.float32))


SEVEN = page((written("7-plain"), 40, 90))


def expect_seven(reading: Reading) -> None:
    """The digit is found where it is, and is much the same as without any of that."""
    (digit,) = reading.digits
    rows, columns = np.nonzero(SEVEN > 0.5)
    box = digit.box
    found = np.array([box.top, box.bottom, box.left, box.right])
    wanted = np.array([rows.min(), rows.max() + 1, columns.min(), columns.max() + 1])
    assert np.abs(found - wanted).max() <= 4
    assert np.abs(digit.image - plain_seven()).mean() < 0.04


def plain_seven() -> Ink:
    (digit,) = read_picture(np.round(255 * SEVEN).astype(np.uint8)).digits
    return digit.image


def test_parts_hang_together_over_edges_and_corners() -> None:
    mask = np.random.default_rng(1).random((40, 60)) > 0.6
    found = components(mask)
    labels = np.full(mask.shape, -1)
    for start in zip(*np.nonzero(mask), strict=True):
        if labels[start] < 0:
            fill(mask, labels, start, labels.max() + 1)
    np.testing.assert_array_equal(found.labels, labels)
    np.testing.assert_array_equal(found.areas, np.bincount(labels[mask]))
    last = np.nonzero(labels == len(found) - 1)
    assert (found.top[-1], found.bottom[-1]) == (last[0].min(), last[0].max() + 1)
    assert (found.left[-1], found.right[-1]) == (last[1].min(), last[1].max() + 1)


def fill(
    mask: npt.NDArray[np.bool_], labels: npt.NDArray[np.intp], start: tuple[int, int], number: int
) -> None:
    ahead = [start]
    while ahead:
        row, column = ahead.pop()
        if mask[row, column] and labels[row, column] < 0:
            labels[row, column] = number
            rows = range(max(row - 1, 0), min(row + 2, len(mask)))
            columns = range(max(column - 1, 0), min(column + 2, mask.shape[1]))
            ahead += [(y, x) for y in rows for x in columns]


def test_dark_ink_on_paper_and_light_ink_on_a_board_are_the_same() -> None:
    for picture, is_dark in ((on_paper(SEVEN), True), (grey(0.15 + 0.6 * SEVEN), False)):
        reading = read_picture(picture)
        assert reading.is_dark == is_dark
        expect_seven(reading)


def test_neither_a_shadow_nor_light_from_one_side_is_ink() -> None:
    across = np.linspace(1, 0.6, 320, dtype=np.float32)[None]
    shadow = np.where(np.arange(240)[:, None] > 110, np.float32(0.55), np.float32(1))
    expect_seven(read_picture(on_paper(SEVEN, across)))
    expect_seven(read_picture(on_paper(SEVEN, shadow)))


def test_ruled_and_squared_paper_is_left_out() -> None:
    ruled = page()
    ruled[15::30] = ruled[16::30] = 0.4
    squared = ruled.copy()
    squared[:, 5::30] = squared[:, 6::30] = 0.4
    for lines in (ruled, squared):
        expect_seven(read_picture(on_paper(np.maximum(SEVEN, lines))))


def test_a_frame_and_the_page_around_a_dark_field_are_left_out() -> None:
    framed = SEVEN.copy()
    framed[:8], framed[-8:], framed[:, :8], framed[:, -8:] = 1, 1, 1, 1
    expect_seven(read_picture(on_paper(framed)))
    field = 1 - page((1 - written("7-plain"), 40, 90))
    expect_seven(read_picture(grey(field)))


def test_a_sheet_on_a_table_is_read_alone() -> None:
    table = np.full((240, 320), 0.25, np.float32)
    table[30:200, 70:260] = _PAPER * (1 - _DARK * SEVEN[30:200, 70:260])
    expect_seven(read_picture(grey(table)))


def test_a_thick_light_digit_on_black_is_no_sheet() -> None:
    (digit,) = read_picture(np.round(255 * written("8-swift", 140, 4.5)).astype(np.uint8)).digits
    assert digit.box.height > 80


def test_a_lamp_on_a_board_is_neither_ink_nor_a_sheet() -> None:
    y, x = np.mgrid[:240, :320]
    lamp = 0.4 * np.exp(-((x - 90) ** 2 + (y - 60) ** 2) / 50**2)
    expect_seven(read_picture(grey(0.6 * (1 - _DARK * SEVEN) + lamp.astype(np.float32))))


def test_the_stem_of_an_open_four_belongs_to_it() -> None:
    ink = page((np.ones((60, 8), np.float32), 60, 100), (np.ones((8, 31), np.float32), 112, 100))
    for row in range(75):
        left = 156 - 30 * row // 75
        ink[60 + row, left : left + 8] = 1
    (digit,) = read_picture(on_paper(ink)).digits
    assert (digit.box.top, digit.box.bottom) == pytest.approx((60, 135), abs=2)


def test_several_digits_are_read_row_by_row() -> None:
    names = ("7-plain", "3-round", "1-plain", "4-open", "8-swift", "5-bar")
    places = [(10 + 115 * (n // 3) + 8 * (n % 3), 10 + 105 * (n % 3)) for n in range(6)]
    ink = page(*((written(name, 90), *at) for name, at in zip(names, places, strict=True)))
    reading = read_picture(on_paper(ink))
    middles = [
        ((digit.box.top + digit.box.bottom) / 2 - 45, (digit.box.left + digit.box.right) / 2 - 45)
        for digit in reading.digits
    ]
    np.testing.assert_allclose(middles, places, atol=14)
    assert reading.large == tuple(range(6))


def test_the_bar_of_a_five_belongs_to_it_and_dirt_to_nothing() -> None:
    body = page((np.ones((70, 10), np.float32), 100, 90), (np.ones((10, 50), np.float32), 160, 90))
    bar = page((np.ones((9, 50), np.float32), 78, 98))
    dirt = page((np.ones((5, 5), np.float32), 20, 280))
    (digit,) = read_picture(on_paper(np.maximum.reduce([body, bar, dirt]))).digits
    box = digit.box
    assert (box.top, box.bottom, box.left, box.right) == pytest.approx((78, 170, 90, 148), abs=2)


@pytest.mark.parametrize("width", [0.6, 1.5, 2.4, 4.5])
def test_a_thin_and_a_thick_pen_come_out_as_networks_know_them(width: float) -> None:
    (digit,) = read_picture(on_paper(page((written("3-round", 200, width), 20, 60)))).digits
    assert 2.0 < line_width(digit.image) < 3.8
    rows, columns = (np.flatnonzero(digit.image.max(axis) > 0.5) for axis in (1, 0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == pytest.approx(20, abs=1)
    places = np.indices(digit.image.shape) + 0.5
    middle = (places * digit.image).sum((1, 2)) / digit.image.sum()
    np.testing.assert_allclose(middle, 14, atol=0.25)


@pytest.mark.parametrize("side", [8, 14, 28, 40])
def test_a_tiny_picture_is_read_as_well(side: int) -> None:
    small = np.round(255 * resized(written("0-round", 112, 3), side, side)).astype(np.uint8)
    (digit,) = read_picture(small).digits
    assert digit.image[14, 14] < 0.3 < digit.image.max()
    assert len(read_picture(255 - small).digits) == 1
    assert digit.box.bottom <= side
    assert digit.box.right <= side


@pytest.mark.parametrize(
    "picture",
    [
        np.full((200, 300), 230, np.uint8),
        np.zeros((1, 1), np.uint8),
        np.full((1, LONGEST_SIDE), 9, np.uint8),
        on_paper(page()),
        on_paper(page(), np.linspace(1, 0.5, 320, dtype=np.float32)[None]),
    ],
)
def test_nothing_is_found_where_nothing_is_written(picture: npt.NDArray[np.uint8]) -> None:
    with pytest.raises(NoDigitError, match="Nothing can be found"):
        read_picture(picture)


#: A 3 from column 86 to 146, and a 7 from 139 to 197.
TOUCHING = page((written("3-round"), 40, 50), (written("7-plain"), 40, 94))


def narrow(images: Ink) -> Ink:
    """Who knows as a digit whatever is not too wide for one."""
    return np.array([[float(np.ptp(np.flatnonzero(each.max(0) > 0.5)) < 16) for each in images]])


def test_two_digits_that_touch_are_two_for_who_knows_both() -> None:
    assert len(read_picture(on_paper(TOUCHING)).digits) == 1
    left, right = read_picture(on_paper(TOUCHING), narrow).digits
    assert (left.box.left, left.box.right) == pytest.approx((86, 146), abs=12)
    assert (right.box.left, right.box.right) == pytest.approx((146, 198), abs=12)
    assert (left.box.top, right.box.bottom) == pytest.approx((56, 163), abs=3)
    for digit in (left, right):
        assert digit.crop.shape == (digit.box.height, digit.box.width)
        assert digit.image.max() > 0.9


@pytest.mark.parametrize("sure", [(0.0, 0.0), (0.0, 0.6), (1.0, 1.0)])
def test_what_one_reader_may_know_or_nobody_knows_is_never_cut(sure: tuple[float, ...]) -> None:
    def readers(images: Ink) -> Ink:
        return np.repeat(np.float32(sure)[:, None], len(images), axis=1)

    (alone,) = read_picture(on_paper(TOUCHING)).digits
    (digit,) = read_picture(on_paper(TOUCHING), readers).digits
    assert np.array_equal(digit.image, alone.image)
    assert digit.box == alone.box


def test_halves_are_known_by_most_and_not_by_one_alone() -> None:
    def split(others: float) -> int:
        def readers(images: Ink) -> Ink:
            known = narrow(images)
            return np.concatenate([known, others * known])

        return len(read_picture(on_paper(TOUCHING), readers).digits)

    assert (split(0.5), split(1.0)) == (1, 2)


def test_crumbs_are_not_cut_into_digits() -> None:
    dots = np.zeros((96, 160), np.float32)
    dots[::12, ::12] = 1
    known = iter((0.0,))  # the whole; nobody is asked about its halves
    (piece,) = pieces(dots, lambda _: np.array([[next(known)]]))
    assert piece.box == Box(0, 96, 0, 160)
    assert len(pieces(np.ones((1, 9), np.float32), narrow)) == 1


def test_of_many_that_touch_no_more_are_read_than_otherwise() -> None:
    pair = resized(TOUCHING[50:170, 80:204], 46, 48)
    places = [(60 * row, 80 * column) for row in range(8) for column in range(5)]
    ink = page(*((pair, *at) for at in places), height=480, width=400)
    reading = read_picture(on_paper(ink), narrow)
    assert len(reading.digits) == MOST_DIGITS
    assert reading.left_out == 6


def test_of_very_many_digits_the_first_are_read() -> None:
    one = written("1-plain", 50)
    places = [(50 * row, 50 * column) for row in range(6) for column in range(8)]
    ink = page(*((one, *at) for at in places), height=300, width=400)
    reading = read_picture(on_paper(ink))
    assert len(reading.digits) == MOST_DIGITS
    assert reading.left_out == len(places) - MOST_DIGITS


def test_of_a_picture_full_of_spots_only_some_are_read() -> None:
    spots = np.random.default_rng(2).random((80, 80)) > 0.6
    picture = np.kron(spots, np.full((8, 8), 255)).astype(np.uint8)
    assert picture.shape == (LONGEST_SIDE, LONGEST_SIDE)
    for judge in (None, narrow):
        assert len(read_picture(picture, judge).digits) <= MOST_DIGITS


@pytest.mark.parametrize("shape", [(0, 5), (5, LONGEST_SIDE + 1), (4, 4, 3)])
def test_another_shape_is_an_error(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="is wanted"):
        read_picture(np.zeros(shape, np.uint8))


def test_of_thousands_of_equal_parts_two_hundred_are_looked_at() -> None:
    """Each is compared with each: 25,000 of them would keep a server busy for minutes."""
    rows, columns = np.mgrid[:200, :200]
    parts = components((rows % 4 > 1) & (columns % 4 > 1))
    assert len(parts) == 2500
    assert sum(len(group.parts) for group in groups(parts)) <= 200
