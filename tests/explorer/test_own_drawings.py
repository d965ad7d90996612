"""Drawings that a person collects: bounded, kept by the tab, and checked when they come back."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from core.errors import InputError
from core.ink import Drawing
from explorer.training.own_drawings import MOST_DRAWINGS, Labelled, OwnDrawings, kept_in
from explorer.transport.pictures import packed


def image(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((28, 28), np.float32)


def collected(*digits: int) -> OwnDrawings:
    return OwnDrawings().with_more(Labelled.of(image(i), each) for i, each in enumerate(digits))


def written(drawings: OwnDrawings, percent: int = 10) -> str:
    """What the script keeps."""
    kept = [(each.digit, each.picture) for _, each in drawings.by_number]
    return json.dumps({"percent": percent, "drawings": kept})


def test_what_was_collected_is_counted_by_digit() -> None:
    assert collected(7, 7, 3).counts == [0, 0, 0, 1, 0, 0, 0, 2, 0, 0]


def test_numbers_are_never_given_again() -> None:
    drawings = collected(7, 3).without(1).with_more([Labelled.of(image(5), 9)])
    assert [number for number, _ in drawings.by_number] == [0, 2]
    assert drawings.without(1) == drawings
    assert [each.digit for _, each in drawings.by_number] == [7, 9]


def test_a_blank_pad_is_no_drawing() -> None:
    with pytest.raises(InputError, match="Draw a digit first"):
        Labelled.of(np.zeros((28, 28), np.float32), 7)


def test_when_it_is_full_the_oldest_stay() -> None:
    one = Labelled.of(image(), 7)
    full = OwnDrawings().with_more([one] * MOST_DRAWINGS)
    with pytest.raises(InputError, match="There is room for 500 drawings: remove some first"):
        full.with_more([one])
    assert len(full.without(3).with_more([one])) == MOST_DRAWINGS


def test_the_network_learns_from_the_greys_that_were_shown_to_it() -> None:
    examples = collected(7, 3).examples(25)
    assert examples is not None
    assert (examples.digits, examples.percent) == (bytes([7, 3]), 25)
    expected = np.stack([image(0).ravel(), image(1).ravel()])
    np.testing.assert_allclose(examples.images.images, expected, atol=0.5001 / 255)
    assert collected(7).examples(0) is OwnDrawings().examples(10) is None


def test_what_a_tab_kept_comes_back_bit_for_bit() -> None:
    before = collected(7, 3, 7)
    kept = kept_in(written(before, 50))
    assert (kept.percent, kept.n_lost) == (50, 0)
    assert OwnDrawings().with_more(kept.drawings) == before
    assert OwnDrawings().with_more(kept.drawings).examples(50) == before.examples(50)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "null", "[]", "{}", "[" * 100_000, '{"percent": 1e999, "drawings": []}'),
        *('{"percent": 7, "drawings": []}', '{"percent": 10, "drawings": "many"}'),
        '{"percent": 10, "drawings": [%s[]]}' % ("[]," * 5_000),
    ],
    ids=lambda text: text[:30],
)
def test_a_text_that_no_tab_keeps_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InputError, match="The drawings that this tab kept cannot be read"):
        kept_in(text)


PICTURE = packed(Drawing(image()))


@pytest.mark.parametrize(
    "entry",
    [
        *(None, [], [7], [7, PICTURE, 1], [True, PICTURE], ["7", PICTURE], [10, PICTURE]),
        *([-1, PICTURE], [7, ""], [7, PICTURE[:200]], [7, "\ud800"], [7, "javascript:alert(1)"]),
        *([7, packed(Drawing.blank)], [7, PICTURE + "A" * 2_000], [7, None], {"digit": 7}),
    ],
    ids=lambda entry: str(entry)[:30],
)
def test_one_bad_drawing_loses_none_of_the_others(entry: object) -> None:
    good = collected(3)
    text = json.loads(written(good))
    text["drawings"] += [entry, *text["drawings"]]
    kept = kept_in(json.dumps(text))
    assert [each.digit for each in kept.drawings] == [3, 3]
    assert kept.n_lost == 1


def test_a_picture_comes_back_as_it_was_made_here_whatever_was_in_the_file() -> None:
    _, one = collected(3).by_number[0]
    kept = kept_in(written(collected(3)).replace("iVBOR", "AAAAR"))
    assert kept.drawings == [one]


def test_a_tab_brings_no_more_than_there_is_room_for() -> None:
    one = Labelled.of(image(), 7)
    many = replace(OwnDrawings(), by_number=tuple((i, one) for i in range(MOST_DRAWINGS + 20)))
    kept = kept_in(written(many))
    assert (len(kept.drawings), kept.n_lost) == (MOST_DRAWINGS, 20)
