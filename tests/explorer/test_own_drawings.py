"""Drawings that a person collects: bounded, kept by the tab, and checked when they come back."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from core.errors import InputError
from core.ink import Drawing, Stroke
from core.ink.url_text import to_url_text
from explorer.drawing.kept_drawings import drawings_in, entries_in
from explorer.state.own_drawings import MOST_DRAWINGS, OwnDrawing, OwnDrawings
from explorer.transport.pictures import packed, packed_image


def image(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((28, 28), np.float32)


def own(seed: int = 0, digit: int = 7) -> OwnDrawing:
    return OwnDrawing.of(Drawing(image(seed)), digit, centred=False)


def collected(*digits: int) -> OwnDrawings:
    return OwnDrawings().with_more(own(i, each) for i, each in enumerate(digits))


def written(drawings: OwnDrawings) -> str:
    """What the script keeps."""
    return json.dumps(
        [(each.digit, packed_image(each.image), each.written) for each in drawings.drawings]
    )


def test_what_was_collected_is_counted_by_digit() -> None:
    assert collected(7, 7, 3).counts == [0, 0, 0, 1, 0, 0, 0, 2, 0, 0]


def test_numbers_are_never_given_again() -> None:
    drawings = collected(7, 3).without(1).with_more([own(5, 9)])
    assert [number for number, _ in drawings.by_number] == [0, 2]
    assert drawings.without(1) == drawings
    assert [each.digit for each in drawings.drawings] == [7, 9]


def test_what_was_removed_comes_back_in_its_place() -> None:
    drawings = collected(7, 3, 5)
    assert drawings.without(1).brought_back() == drawings
    assert drawings.cleared().brought_back() == drawings
    assert drawings.cleared().cleared().brought_back() == drawings
    assert len(drawings.without(1).with_more([own(5)]).brought_back()) == 3


def test_a_blank_pad_is_no_drawing() -> None:
    with pytest.raises(InputError, match="Draw a digit first"):
        OwnDrawing.of(Drawing.blank, 7, centred=True)


def test_when_it_is_full_the_oldest_stay() -> None:
    full = OwnDrawings().with_more([own()] * MOST_DRAWINGS)
    with pytest.raises(InputError, match="There is room for 500 drawings: remove some first"):
        full.with_more([own()])
    assert len(full.without(3).with_more([own()])) == MOST_DRAWINGS


@pytest.mark.parametrize("centred", [True, False])
def test_the_greys_are_those_that_were_shown_to_the_network(centred: bool) -> None:
    drawing = Drawing(strokes=(Stroke(np.array([[7.0, 7], [21, 7], [13, 22]])),))
    images = OwnDrawings().with_more([OwnDrawing.of(drawing, 7, centred)]).images
    expected = drawing.centred() if centred else drawing.image
    np.testing.assert_allclose(images.images[0], expected.ravel(), atol=0.5001 / 255)
    assert images.labels.tolist() == [7]


def test_it_is_drawn_on_where_it_was_left_unless_it_has_very_many_points() -> None:
    few, many = (
        Drawing(strokes=(Stroke(np.round(np.random.default_rng(0).uniform(4, 24, (n, 2)), 2)),))
        for n in (600, 601)
    )
    assert OwnDrawing.of(few, 7, centred=True).drawing == few
    kept = OwnDrawing.of(many, 7, centred=True).drawing
    assert kept.strokes == ()
    np.testing.assert_allclose(kept.image, many.image, atol=0.5001 / 255)


def test_what_a_tab_kept_comes_back_bit_for_bit() -> None:
    before = collected(7, 3, 7)
    assert OwnDrawings().with_more(drawings_in(entries_in(written(before)))) == before


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "7", "{}", "[" * 100_000, "[%s[]]" % ("[]," * 5_000)],
    ids=lambda text: text[:30],
)
def test_a_text_that_no_tab_keeps_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InputError, match="The drawings that this tab kept cannot be read"):
        entries_in(text)


PICTURE = packed(Drawing(image()))
TEXT = to_url_text(Drawing(image()))
BOMB = to_url_text(Drawing(strokes=(Stroke(np.full((9_000, 2), 14.0)),)))


@pytest.mark.parametrize(
    "entry",
    [
        *(None, [], [7], [7, PICTURE], [7, PICTURE, TEXT, 1], [True, PICTURE, TEXT]),
        *(["7", PICTURE, TEXT], [10, PICTURE, TEXT], [-1, PICTURE, TEXT], [7, "", TEXT]),
        *([7, PICTURE[:200], TEXT], [7, "\ud800", TEXT], [7, "javascript:alert(1)", TEXT]),
        *([7, packed(Drawing.blank), TEXT], [7, PICTURE + "A" * 3_000, TEXT], [7, None, TEXT]),
        *([7, PICTURE, ""], [7, PICTURE, TEXT[:20]], [7, PICTURE, "\ud800"], [7, PICTURE, BOMB]),
        {"digit": 7},
    ],
    ids=lambda entry: str(entry)[:30],
)
def test_one_bad_drawing_loses_none_of_the_others(entry: object) -> None:
    good = entries_in(written(collected(3)))
    text = json.dumps([*good, entry, *good])
    assert [each.digit for each in drawings_in(entries_in(text))] == [3, 3]


def test_a_picture_comes_back_as_it_was_made_here_whatever_was_in_the_file() -> None:
    drawings = collected(3)
    text = written(drawings).replace("iVBOR", "AAAAR")
    assert tuple(drawings_in(entries_in(text))) == drawings.drawings


def test_a_full_collection_of_noise_fits_a_message() -> None:
    one = written(collected(7))
    many = replace(collected(7), by_number=tuple((i, own()) for i in range(MOST_DRAWINGS)))
    assert len(written(many)) < 1_500_000 < 1_000 * len(one)
    assert len(drawings_in(entries_in(written(many)))) == MOST_DRAWINGS
