"""The example drawings are what their titles say, and most of them are read."""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from core import Network
from core.assets import asset
from core.ink import Drawing, Stroke
from core.ink.example_drawings import Example, ExampleError, load_examples

EXAMPLES = {example.name: example for example in load_examples()}
STYLES = [example for example in EXAMPLES.values() if example.name[0].isdigit()]
DRAWN = [example for example in EXAMPLES.values() if example.drawing.strokes]
SAVED = {"title": "3, round", "digit": 3, "drawing": {"base": None, "strokes": []}}


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.load(asset("networks/default.npz"))


def outputs(network: Network, drawing: Drawing) -> np.ndarray:
    return network(drawing.centred().ravel())


def named(examples: list[Example]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("example", examples, ids=lambda example: example.name)


def test_there_are_three_styles_of_every_digit_in_order_and_then_the_special_ones() -> None:
    digits = [example.digit for example in STYLES]
    assert digits == sorted(digits)
    assert all(digits.count(digit) >= 3 for digit in range(10))
    specials = [name for name in EXAMPLES if name not in {style.name for style in STYLES}]
    assert list(EXAMPLES)[len(STYLES) :] == specials
    wanted = {"blank", "corner-5", "four-or-nine", "letter-a", "noise-7", "tiny-3"}
    assert set(specials) == wanted


def test_no_two_examples_have_the_same_title() -> None:
    assert len({example.title for example in EXAMPLES.values()}) == len(EXAMPLES)


def test_styles_of_a_digit_look_different() -> None:
    for one, other in combinations(STYLES, 2):
        if one.digit == other.digit:
            both = one.drawing.centred(), other.drawing.centred()
            overlap = np.minimum(*both).sum() / np.maximum(*both).sum()
            assert overlap < 0.8, (one.name, other.name)


@named(DRAWN)
def test_all_ink_is_on_the_pad(example: Example) -> None:
    for stroke in example.drawing.strokes:
        assert stroke.points.min() - stroke.width / 2 >= 0
        assert stroke.points.max() + stroke.width / 2 <= 28


@named(DRAWN)
def test_points_lie_as_close_as_a_hand_s_so_that_a_drawing_can_be_replayed(
    example: Example,
) -> None:
    for stroke in example.drawing.strokes:
        steps = np.linalg.norm(np.diff(stroke.points, axis=0), axis=1)
        assert steps.max() < 1.25
        assert 0.4 < steps.mean() < 1.0
        assert steps.min() > 0


@named(STYLES)
def test_a_digit_is_as_large_as_people_write_it(example: Example) -> None:
    heights = np.flatnonzero(example.drawing.image.any(axis=1))
    assert 16 <= heights[-1] - heights[0] + 1 <= 24


def test_the_blank_one_is_blank() -> None:
    assert EXAMPLES["blank"].drawing == Drawing.blank
    assert EXAMPLES["blank"].drawing.is_blank


def test_the_noise_is_uniform_and_the_same_every_time() -> None:
    example = EXAMPLES["noise-7"]
    expected = np.random.default_rng(7).random((28, 28), np.float32)
    assert np.array_equal(example.drawing.image, expected)
    assert example.title == "Random noise"


def test_most_digits_are_read(network: Network) -> None:
    read = [outputs(network, style.drawing).argmax() == style.digit for style in STYLES]
    assert np.mean(read) >= 0.9


def test_a_4_or_9_leaves_the_network_in_two_minds(network: Network) -> None:
    a = outputs(network, EXAMPLES["four-or-nine"].drawing)
    assert set(np.argsort(a)[-2:]) == {4, 9}
    assert min(a[4], a[9]) > 0.3


@named([EXAMPLES["tiny-3"], EXAMPLES["corner-5"]])
def test_a_tiny_or_off_centre_digit_is_clear_under_the_lens_alone(
    network: Network, example: Example
) -> None:
    assert outputs(network, example.drawing).argmax() == example.digit
    as_drawn = network(example.drawing.image.ravel())[example.digit]
    assert as_drawn < 0.6 < outputs(network, example.drawing)[example.digit]


def test_a_folder_of_one_s_own_drawings_can_be_shown(tmp_path: Path) -> None:
    drawing = Drawing.blank.with_stroke(Stroke([(9, 5), (14, 14), (9, 23)]))
    saved = {**SAVED, "drawing": json.loads(drawing.to_json())}
    (tmp_path / "3-mine.json").write_text(json.dumps(saved), encoding="utf-8")
    assert load_examples(tmp_path) == (Example("3-mine", "3, round", 3, drawing),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        "[]",
        json.dumps({"title": "3"}),
        json.dumps({**SAVED, "title": ""}),
        json.dumps({**SAVED, "digit": 10}),
        json.dumps({**SAVED, "digit": True}),
        json.dumps({**SAVED, "drawing": None}),
        json.dumps({**SAVED, "drawing": {"base": {"noise_seed": None}, "strokes": []}}),
        json.dumps({**SAVED, "drawing": {"base": {"noise_seed": -1}, "strokes": []}}),
        json.dumps({**SAVED, "drawing": {"base": None, "strokes": [{"points": []}]}}),
    ],
)
def test_a_broken_file_is_named_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "3-broken.json").write_text(text, encoding="utf-8")
    with pytest.raises(ExampleError, match=r"3-broken\.json is not .* install the project again\."):
        load_examples(tmp_path)


def test_bytes_that_are_no_text_are_named_too(tmp_path: Path) -> None:
    (tmp_path / "3-broken.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ExampleError, match=r"3-broken\.json is not an example drawing"):
        load_examples(tmp_path)


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "3-broken.json").mkdir()
    with pytest.raises(ExampleError, match=r"Cannot read .*3-broken\.json: "):
        load_examples(tmp_path)
