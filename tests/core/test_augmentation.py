"""Changed copies stay what they are, differ from each other, and repeat with their seed."""

from functools import lru_cache

import numpy as np
import pytest

from core.data import mnist, pen_digits, synthetic_digits
from core.data.augmentation.distortion import distorted
from core.data.augmentation.handwriting import PenPath, fitted, varied
from core.data.augmentation.styles import STYLES
from core.data.dataset import (
    NEGATIVE,
    Examples,
    build_examples,
    digit_images,
    non_digit_images,
    seen,
)
from core.data.images import Images
from core.data.non_digits import blotches, dots, scribble, side_by_side
from core.data.rare_digits import RARE_DIGITS
from core.ink import centre_images


@lru_cache
def written() -> tuple[pen_digits.PenDigit, ...]:
    return pen_digits.load()[::200]


@lru_cache
def typed() -> Images:
    digits = mnist.load("train")[:300]
    return Images(centre_images(digits.images), digits.labels)


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def ends(path: PenPath) -> int:
    return sum(len(stroke) for stroke in path)


def test_distorted_images_keep_their_ink_in_the_middle_and_differ() -> None:
    images = typed().images
    copies = distorted(rng(), images)
    assert copies.shape == images.shape
    assert copies.dtype == np.float32
    assert 0 <= copies.min() <= copies.max() <= 1
    ink = copies.sum(1) / images.sum(1)
    assert 0.9 < ink.mean() < 1.1
    assert ink.std() > 0.05
    likeness = [np.corrcoef(copy, image)[0, 1] for copy, image in zip(copies, images, strict=True)]
    assert 0.6 < np.mean(likeness) < 0.95


def test_another_handwriting_moves_every_stroke_a_little() -> None:
    for digit in written():
        path = fitted(digit.strokes)
        copy = varied(rng(), path)
        assert [stroke.shape for stroke in copy] == [stroke.shape for stroke in path]
        away = np.abs(np.concatenate(copy) - np.concatenate(path))
        assert 0 < away.mean() < 0.3


@pytest.mark.parametrize("label", sorted(STYLES))
def test_every_style_adds_to_or_changes_the_ink_of_a_digit(label: int) -> None:
    path = fitted(next(digit for digit in written() if digit.label == label).strokes)
    before = seen(path)
    for _, style in STYLES[label]:
        after = style(rng(), path)
        assert all(np.isfinite(stroke).all() and len(stroke) for stroke in after)
        assert np.abs(seen(after) - before).sum() > 5, style.__name__


def test_a_slash_crosses_the_0_and_a_bar_the_7() -> None:
    zero = (np.array([[0.0, -0.5], [-0.3, 0.0], [0.0, 0.5], [0.3, 0.0], [0.0, -0.5]]),)
    (_, line) = {s.__name__: s for _, s in STYLES[0]}["slash"](rng(), zero)
    assert line[0][0] > 0 > line[0][1]
    assert line[1][0] < 0 < line[1][1]
    seven = (np.array([[-0.3, -0.5], [0.3, -0.5], [0.1, 0.0], [0.0, 0.5]]),)
    (_, bar) = {s.__name__: s for _, s in STYLES[7]}["bar"](rng(), seven)
    assert bar[0][0] < bar[1][0]
    assert -0.3 < bar[:, 1].mean() < 0.3


@pytest.mark.parametrize(
    "make", [scribble, synthetic_digits.non_digit, synthetic_digits.any_non_digit]
)
def test_signs_and_scribbles_can_be_drawn_and_no_two_are_alike(
    make: synthetic_digits.Maker,
) -> None:
    one_by_one = rng()
    images = [seen(make(one_by_one)) for _ in range(40)]
    assert all(20 < image.sum() < 500 for image in images)
    assert len({image.tobytes() for image in images}) == 40


def test_synthetic_digits_come_in_several_styles() -> None:
    for label in range(10):
        assert len(synthetic_digits.DIGITS[label]) >= 3
        one_by_one = rng()
        kinds = {ends(synthetic_digits.digit(one_by_one, label)) for _ in range(30)}
        assert len(kinds) > 1


@pytest.mark.parametrize("label", sorted(RARE_DIGITS))
def test_rare_styles_come_among_the_usual_ones(label: int) -> None:
    one_by_one, usual = rng(), rng()
    images = [seen(synthetic_digits.any_digit(one_by_one, label)) for _ in range(20)]
    assert all(20 < image.sum() < 500 for image in images)
    of_one_seed = [seen(synthetic_digits.digit(usual, label)) for _ in range(20)]
    assert not np.array_equal(images, of_one_seed)


def test_digits_side_by_side_are_as_high_as_each_other_and_apart() -> None:
    tall = (np.array([[0.0, 0.0], [0.2, 1.0]]),)
    wide = (np.array([[0.0, 0.0], [60.0, 100.0]]),)
    left, right = side_by_side(rng(), [tall, wide])
    assert np.ptp(left[:, 1]) == pytest.approx(np.ptp(right[:, 1]), rel=0.4)
    assert left[:, 0].max() < right[:, 0].min()
    assert np.ptp(np.concatenate((left, right)), axis=0).max() == pytest.approx(1)


def test_dots_are_small_and_blotches_fill_the_image() -> None:
    for image in dots(rng(), 20):
        assert 0 < np.count_nonzero(image) < 80
    patches = blotches(rng(), 20)
    assert 0 <= patches.min() < 0.1 < 0.9 < patches.max() <= 1
    assert 0.2 < patches.mean() < 0.8
    beside = patches.reshape(-1, 28, 28)
    assert np.abs(np.diff(beside, axis=2)).mean() < 0.25  # uniform noise has 0.33


def signs() -> tuple[pen_digits.PenSign, ...]:
    strokes = (np.array([[0.0, 0.0], [10.0, 30.0]]), np.array([[10.0, 0.0], [0.0, 30.0]]))
    return tuple(pen_digits.PenSign("x", "letters", writer, strokes) for writer in "abc")


def few_examples(seed: int = 4) -> Examples:
    return build_examples(typed(), written(), signs(), rounds=1, seed=seed, synthetic=500)


def test_examples_repeat_with_their_seed_and_mark_what_is_no_digit() -> None:
    examples = few_examples()
    assert np.array_equal(examples.pixels, few_examples().pixels)
    assert not np.array_equal(examples.pixels, few_examples(seed=5).pixels)
    inputs = examples.inputs[np.arange(len(examples.labels))]
    assert inputs.dtype == np.float32
    assert 0 <= inputs.min() <= inputs.max() <= 1
    assert set(examples.labels) == {*range(10), NEGATIVE}
    assert (examples.targets.sum(1) == (examples.labels != NEGATIVE)).all()


def test_a_person_who_is_held_out_is_in_no_copy() -> None:
    examples = few_examples()
    stranger = written()[0].person
    assert {"", "MNIST", stranger, "letters/a"} <= set(examples.persons)
    kept = examples.without([stranger, "letters/a"])
    assert not {stranger, "letters/a"} & set(kept.persons)
    missing = int(np.isin(examples.persons, [stranger, "letters/a"]).sum())
    assert len(kept.labels) == len(examples.labels) - missing


def test_letters_of_people_and_rows_of_digits_are_negatives() -> None:
    examples = few_examples()
    labels = examples.labels[np.char.startswith(examples.persons, "letters/")]
    assert len(labels) >= 3
    assert set(labels) == {NEGATIVE}
    of_one = examples.labels[examples.persons == written()[0].person]
    assert {written()[0].label, NEGATIVE} <= set(of_one)


def test_pen_digits_and_what_is_no_digit_are_images_to_judge_by() -> None:
    digits = digit_images(written())
    assert digits.images.shape == (len(written()), 784)
    kinds = non_digit_images(rng(), 5)
    assert {len(images) for name, images in kinds.items() if name != "blank"} == {5}
    assert not kinds["blank"].any()
