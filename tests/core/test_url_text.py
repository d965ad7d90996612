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
from core.ink.url_text import from_url_text, to_url_text

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


def text_of(*numbers: int) -> str:
    return urlsafe_b64encode(zlib.compress(bytes(numbers))).decode().rstrip("=")


DAMAGED = {
    "nothing": "",
    "no text of ours": "Dear pupils",
    "another alphabet": "пять",
    "cut off": to_url_text(Drawing(None, (Stroke([(3, 4), (5, 6)]),)))[:-6],
    "its checksum cut off": urlsafe_b64encode(zlib.compress(bytes([1, 0, 0]))[:-2]).decode(),
    "another version": text_of(2, 0, 0),
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
