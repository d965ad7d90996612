"""The lens: wherever and however large a digit is drawn, the network gets it as MNIST's were."""

import numpy as np
import pytest

from core.data import mnist, pen_digits
from core.ink import Drawing, Stroke, centre, centre_image, centre_images, rasterize
from core.ink.brush import DEFAULT_WIDTH

MIDDLES = np.arange(28) + 0.5

MIRRORS = np.array([(1, 1), (-1, 1), (1, -1), (-1, -1)])

Digit = list[np.ndarray]


@pytest.fixture(scope="module")
def digits() -> list[Digit]:
    """Digits of real people, their longest side 20 pixels, in the middle of the pad."""
    written = pen_digits.load()
    return [fitted(list(digit.strokes)) for digit in written[:: len(written) // 70]]


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    return mnist.load("test").images[:300]


def fitted(strokes: Digit) -> Digit:
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    return [(each - (low + high) / 2) * 20 / (high - low).max() + 14 for each in strokes]


def middle(image: np.ndarray) -> np.ndarray:
    return np.array([image.sum(0) @ MIDDLES, image.sum(1) @ MIDDLES]) / image.sum()


def longest_side(image: np.ndarray) -> float:
    """To where ink is half: as far into a grey pixel as it is dark."""
    return max(
        np.where(dark > 0.1, MIDDLES + dark - 0.5, 0).max()
        - np.where(dark > 0.1, MIDDLES - dark + 0.5, 28).min()
        for dark in (image.max(0), image.max(1))
    )


def lean(image: np.ndarray) -> float:
    x, y = (axis[:, None] for axis in (MIDDLES[:, None] - middle(image)).T)
    return float((image * x.T * y).sum() / (image * y * y).sum())


def alike(first: np.ndarray, second: np.ndarray) -> float:
    """How much ink two images share, 1: all."""
    return float(np.minimum(first, second).sum() / np.maximum(first, second).sum())


def test_the_centre_of_ink_is_in_the_middle(digits: list[Digit], images: np.ndarray) -> None:
    for image in (
        *(centre(digit) for digit in digits),
        *(centre_image(i) for i in squares(images)),
    ):
        assert middle(image) == pytest.approx([14, 14], abs=0.3)


def squares(images: np.ndarray) -> np.ndarray:
    return images.reshape(-1, 28, 28)


def test_the_longest_side_is_20_pixels(digits: list[Digit], images: np.ndarray) -> None:
    drawn = [longest_side(centre(digit)) for digit in digits]
    assert drawn == pytest.approx([20] * len(drawn), abs=0.5)
    sampled = [longest_side(image) for image in squares(centre_images(images))]
    assert np.median(sampled) == pytest.approx(20, abs=0.3)


def test_a_digit_looks_the_same_wherever_and_however_large_it_is_drawn(
    digits: list[Digit],
) -> None:
    for digit in digits:
        shown = centre(digit)
        for zoom, corner in ((0.4, (0, 0)), (0.6, (13, 3)), (0.9, (2, 0))):
            assert alike(centre([each * zoom + corner for each in digit]), shown) > 0.9


def test_the_pen_stays_as_wide_as_it_was_when_a_drawing_is_enlarged() -> None:
    for width in (DEFAULT_WIDTH, 4.0):
        enlarged = centre([Stroke([(3, 5), (8, 5)], width)])
        assert longest_side(enlarged) == pytest.approx(20, abs=0.5)
        assert enlarged[:, 14].sum() == pytest.approx(width, abs=0.15)


def test_slanted_writing_is_made_upright(digits: list[Digit], images: np.ndarray) -> None:
    leaning = np.array([[1, 0], [-0.4, 1]])
    for digit in digits:
        upright = centre(digit)
        slanted = centre([(each - 14) * 0.7 @ leaning + 14 for each in digit])
        assert alike(upright, slanted) > 0.75
    assert max(abs(lean(image)) for image in squares(centre_images(images))) < 0.1


def test_slant_is_removed_only_up_to_45_degrees() -> None:
    assert abs(lean(centre([[(4, 12), (24, 16)]]))) > 0.5


def test_a_drawing_and_its_picture_look_alike_under_the_lens(digits: list[Digit]) -> None:
    shared = [alike(centre(digit), centre_image(rasterize(digit))) for digit in digits]
    assert np.median(shared) > 0.8
    assert np.quantile(shared, 0.05) > 0.65


def test_looking_twice_through_the_lens_changes_little(images: np.ndarray) -> None:
    once = centre_images(images)
    assert np.abs(centre_images(once) - once).mean() < 0.02


def test_many_images_at_once_are_shown_like_one_at_a_time(images: np.ndarray) -> None:
    many = centre_images(images)
    for image, shown in zip(squares(images)[:20], squares(many)[:20], strict=True):
        assert np.array_equal(centre_image(image), shown)


def test_blank_images_alone_stay_blank() -> None:
    blank = np.zeros((28, 28), np.float32)
    assert not centre_image(blank).any()
    assert not centre_images(np.zeros((2, 784))).any()
    assert not Drawing(blank).centred().any()


def test_a_blank_image_among_others_stays_blank(images: np.ndarray) -> None:
    some = np.concatenate((images[:2], np.zeros((1, 784), np.float32)))
    shown = centre_images(some)
    assert shown[:2].any(axis=1).all()
    assert not shown[2].any()


def test_a_dot_stays_a_dot_in_the_middle() -> None:
    for dot in ([(5, 20)], [(5, 20), (5.2, 20.1)], [(27.9, 0.1)] * 30):
        image = centre([dot])
        assert middle(image) == pytest.approx([14, 14], abs=0.1)
        assert np.count_nonzero(image > 0.1) <= 16


def test_a_speck_around_a_digit_neither_shrinks_nor_moves_it(digits: list[Digit]) -> None:
    for digit in digits:
        small = [each * 0.6 + 5.6 for each in digit]
        low, high = np.concatenate(small).min(0), np.concatenate(small).max(0)
        beside = [(high[0] + 3, 12), (high[0] + 3, 13)], [(low[0] - 3, 20)]
        far = [(14, low[1] - 6)], [(13, high[1] + 6), (14, high[1] + 6.5)]
        assert np.array_equal(centre([*small, *beside, *far]), centre(small))


def test_a_dot_over_or_under_something_stays(digits: list[Digit]) -> None:
    for digit in digits:
        small = [each * 0.6 + 5.6 for each in digit]
        low, high = np.concatenate(small).min(0), np.concatenate(small).max(0)
        for dot in ((14, low[1] - 2.5), (14, high[1] + 2.5)):
            assert not np.array_equal(centre([*small, [dot]]), centre(small))


def test_dots_alone_and_strokes_beside_each_other_are_no_specks() -> None:
    dots = centre([[(6, 14)], [(14, 14)], [(22, 14)]])
    assert np.count_nonzero(dots.max(0) > 0.5) >= 6
    eleven = centre([[(8, 4), (8, 24)], [(20, 4), (20, 8)]])
    assert eleven[:14, 14:].any()


def test_erased_ink_does_not_count(digits: list[Digit]) -> None:
    line = np.array([(1.0, 1), (1, 26)])
    for digit in digits[:20]:
        small = [each * 0.6 + 8 for each in digit]
        erased = [Stroke(line), *small, Stroke(line, 5, erases=True)]
        assert np.allclose(centre(erased), centre(small), atol=1e-5)


def test_ink_drawn_where_something_was_erased_counts() -> None:
    line, tick = Stroke([(14, 4), (14, 24)]), Stroke([(4, 24), (14, 24)])
    eraser = Stroke([(14, 2), (14, 26)], 5, erases=True)
    assert np.allclose(centre([tick, eraser, line]), centre([Stroke([(4, 24), (11.5, 24)]), line]))


def test_an_eraser_cuts_a_line_where_it_passed() -> None:
    cut = centre([[(4, 14), (24, 14)], Stroke([(14, 10), (14, 18)], 8, erases=True)])
    halves = centre([[(4, 14), (10, 14)], [(18, 14), (24, 14)]])
    assert np.allclose(cut, halves, atol=0.1)


def test_an_eraser_of_one_touch_cuts_a_round_hole() -> None:
    cut = centre([[(4, 14), (24, 14)], Stroke([(14, 14)], 8, erases=True)])
    assert np.allclose(cut, centre([[(4, 14), (10, 14)], [(18, 14), (24, 14)]]), atol=0.1)


def test_what_was_drawn_outside_the_pad_does_not_count() -> None:
    over_the_edge = centre([[(14, 14), (100, 14)], [(14, -50), (14, 22)], [(-9, -9), (-2, 40)]])
    inside = centre([[(14, 14), (28, 14)], [(14, 0), (14, 22)]])
    assert np.allclose(over_the_edge, inside, atol=0.1)
    assert not centre([[(40, 4), (50, 9)]]).any()


def test_pens_of_different_widths_keep_their_widths() -> None:
    image = centre([Stroke([(6, 4), (6, 24)], 1.5), Stroke([(22, 4), (22, 24)], 5.0)])
    assert image[13, :10].sum() == pytest.approx(1.5, abs=0.1)
    assert image[13, 10:].sum() == pytest.approx(5.0, abs=0.1)


def test_the_lens_prints_what_the_brush_paints(digits: list[Digit]) -> None:
    """Mirrored twice, a digit has no slant and its middle is known: only its size changes."""
    room = 20 - DEFAULT_WIDTH
    for digit in digits:
        strokes = [each for each in digit if np.ptp(each, axis=0).max() > 3]  # no specks
        whole = [(each - 14) * mirror + 14 for each in strokes for mirror in MIRRORS]
        size = np.ptp(np.concatenate(whole), axis=0).max()
        scaled = [(each - 14) * room / size + 14 for each in whole]
        assert np.abs(centre([each * 0.9 for each in whole]) - rasterize(scaled)).max() < 0.05


def test_the_lens_says_where_it_shows_each_place_of_the_pad() -> None:
    drawing = Drawing(strokes=(Stroke(np.array([[3.0, 2.0], [9.0, 14.0]])),))
    start = drawing.lens() @ (3.0, 2.0, 1.0)
    end = drawing.lens() @ (9.0, 14.0, 1.0)
    rows = np.flatnonzero(drawing.centred().max(1))
    assert start[1] == pytest.approx(rows[0] + DEFAULT_WIDTH / 2, abs=1)
    assert end[1] == pytest.approx(rows[-1] + 1 - DEFAULT_WIDTH / 2, abs=1)
    assert start[0] == pytest.approx(end[0], abs=0.2)  # its slant is gone


def test_the_lens_of_an_image_says_where_it_shows_each_place() -> None:
    image = np.zeros((28, 28), np.float32)
    image[4:10, 3:5] = 1
    assert Drawing(image).lens() @ (4.0, 7.0, 1.0) == pytest.approx([14, 14], abs=0.01)


@pytest.mark.parametrize(
    "direction", [(1, 0), (0, 1), (0.6, 0.8)], ids=["across", "down", "aslant"]
)
def test_a_straight_line_of_any_length_stays_a_line(direction: tuple[float, float]) -> None:
    for hundredths in range(1, 2400, 7):
        end = np.add((2, 2), hundredths / 100 * np.array(direction))
        ink = centre([np.array([(2, 2), end])])
        assert np.isfinite(ink).all()
        assert ink.max() > 0.9
        assert np.abs(middle(ink) - 14).max() < 0.5


def test_what_an_eraser_leaves_of_one_movement_is_shown_as_a_line() -> None:
    line = Stroke(np.array([(4, 14), (24, 14)]), 2.4)
    eraser = Stroke(np.array([(4, 14), (10, 14)]), 4, erases=True)
    shown = centre([line, eraser])
    assert shown.max() > 0.99
    assert abs(longest_side(shown) - 20) < 1
    assert np.abs(middle(shown) - 14).max() < 0.5


def test_a_scribble_that_runs_over_itself_is_shown_as_it_is() -> None:
    generator = np.random.default_rng(6)
    sweeps = np.tile([(4.0, 4.0), (24.0, 24.0)], (30, 1)) + generator.uniform(-3, 3, (60, 2))
    low, high = sweeps.min(0), sweeps.max(0)
    once = centre([sweeps])
    many = centre([sweeps] * 10)
    assert (high - low).max() > 20
    assert np.abs(once - many).max() < 0.1


def test_the_finest_pen_is_never_lost_between_two_pixels() -> None:
    dot = Stroke(np.array([(11.772727272727273, 7.106060606060606)]), 0.5)
    rest = Stroke(np.array([(21.28671183484313, 14.972988666460143), *[(21.29, 14.97)] * 5]), 0.5)
    shown = centre([dot, rest])
    assert np.isfinite(shown).all()
    assert shown.max() > 0
