"""A drawing in an address: short, exact to a hundredth of a pixel, and safe to open."""

import re
import zlib
from base64 import urlsafe_b64encode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ink import Drawing, InkError, Stroke
from core.ink.example_drawings import load_examples
from core.ink.thinning import thinned
from core.ink.url_text import from_url_text, to_short_url_text, to_url_text

HUNDREDTHS = st.integers(-1000, 4000).map(lambda parts: parts / 100)
STROKES = st.builds(
    Stroke,
    st.lists(st.tuples(HUNDREDTHS, HUNDREDTHS), min_size=1, max_size=30),
    st.integers(50, 1200).map(lambda parts: parts / 100),
    st.booleans(),
)


@given(st.lists(STROKES, max_size=5))
def test_what_a_pad_measures_comes_back_to_the_last_bit(strokes: list[Stroke]) -> None:
    drawing = Drawing(None, tuple(strokes))
    assert from_url_text(to_url_text(drawing)) == drawing


def test_examples_come_back_as_they_look() -> None:
    for example in load_examples():
        again = from_url_text(to_url_text(example.drawing))
        np.testing.assert_allclose(again.image, example.drawing.image, atol=0.01)
        assert len(again.strokes) == len(example.drawing.strokes)


def test_an_ordinary_digit_is_a_short_text_that_needs_no_escape() -> None:
    for example in load_examples():
        if example.drawing.base is None:
            text = to_url_text(example.drawing)
            assert len(text) < 1500
            assert re.fullmatch("[A-Za-z0-9_-]*", text)


def curve(points: int) -> Stroke:
    """A three of so many points, as a fine pen reports them: to a hundredth of a pixel."""
    t = np.linspace(0, 1, points)
    x = 14 + 6 * np.sin(9 * t) + 0.5 * np.sin(40 * t)
    return Stroke(np.round(np.column_stack((x, 4 + 20 * t)), 2))


def test_a_digit_of_a_thousand_points_leaves_room_for_the_rest_of_a_link() -> None:
    assert len(to_url_text(Drawing(None, (curve(1_000),)))) < 1_400


def test_what_must_be_short_has_fewer_points_and_looks_the_same() -> None:
    drawing = Drawing(None, (curve(2_000), Stroke([(3, 3), (25, 25)])))
    exact = to_url_text(drawing)
    assert to_short_url_text(drawing, len(exact)) == exact
    text = to_short_url_text(drawing, 300)
    assert text is not None
    assert len(text) <= 300
    again = from_url_text(text)
    assert [len(each.points) for each in again.strokes] < [200, 2]
    np.testing.assert_allclose(again.image, drawing.image, atol=0.03)
    np.testing.assert_allclose(again.centred(), drawing.centred(), atol=0.15)


def test_what_even_few_points_leave_too_long_is_an_image_or_nothing() -> None:
    rng = np.random.default_rng(4)
    scribble = Drawing(None, tuple(Stroke(rng.uniform(0, 28, (40, 2)), 0.5) for _ in range(100)))
    text = to_short_url_text(scribble, 1_500)
    assert text is not None
    again = from_url_text(text)
    assert again.strokes == ()
    np.testing.assert_allclose(again.image, scribble.image, atol=1 / 500)
    assert to_short_url_text(scribble, 100) is None


def test_links_that_were_made_with_steps_still_open() -> None:
    text = text_of(1, 0, 1, 0, 240, 1, 3, 200, 1, 201, 1, 2, 4, 1, 0)
    (stroke,) = from_url_text(text).strokes
    assert stroke == Stroke([(1, -1.01), (1.01, -0.99), (1, -0.99)], 2.4)


def test_a_thinned_stroke_keeps_its_ends_and_loses_what_lies_on_its_line() -> None:
    line = np.column_stack((np.linspace(2, 20, 50), np.full(50, 5.0)))
    corner = np.concatenate((line, [(20, 9), (20, 14)]))
    assert thinned(Stroke(corner), 0.01).points.tolist() == [[2, 5], [20, 5], [20, 14]]
    there_and_back = Stroke([(2, 5), (9, 5), (2, 5)], 3.0, True)
    assert thinned(there_and_back, 0.01) == there_and_back
    assert thinned(Stroke([(2, 5)]), 0.01) == Stroke([(2, 5)])
    assert len(thinned(Stroke([(2, 5)] * 9), 0.01).points) == 2


def text_of(*numbers: int) -> str:
    return urlsafe_b64encode(zlib.compress(bytes(numbers))).decode().rstrip("=")


DAMAGED = {
    "nothing": "",
    "no text of ours": "Dear pupils",
    "another alphabet": "пять",
    "cut off": to_url_text(Drawing(None, (Stroke([(3, 4), (5, 6)]),)))[:-6],
    "its checksum cut off": urlsafe_b64encode(zlib.compress(bytes([1, 0, 0]))[:-2]).decode(),
    "another version": text_of(3, 0, 0),
    "cut off in the middle of a stroke": text_of(2, 0, 1, 0, 100, 3, 1, 1, 1),
    "no strokes to come": text_of(1, 0),
    "a stroke without points": text_of(1, 0, 1, 0, 100, 0),
    "no width": text_of(1, 0, 1, 0, 0, 1, 0, 0),
    "far away": text_of(1, 0, 1, 0, 120, 1, *[255] * 80, 1, 0),
    "a number without end": text_of(1, 0, *[255] * 100_000),
    "far, but no number without end": text_of(1, 0, 1, 0, 120, 1, *[255] * 7, 1, 0),
    "more strokes than there can be": text_of(1, 0, *[255] * 9, 1, 0),
    "a bomb": urlsafe_b64encode(zlib.compress(bytes([1, 0, 255, 127]) + bytes(10**7))).decode(),
    "too light": text_of(1, 1, *[200, 2] * 784, 0),
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_text_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InkError, match=r"\.$"):
        from_url_text(text)
