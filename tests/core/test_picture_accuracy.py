"""Pictures that are made to measure by, and the figures that come of them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.__main__ import main
from core.data.images import Images
from core.data.pen_digits import PenDigit
from core.evaluation.paper import Picture
from core.evaluation.picture_accuracy import accuracy, by_steps, simple
from core.evaluation.synthetic_pictures import KINDS, Sources, pictures
from core.evaluation.touching_pictures import NAME, touching_pictures
from core.ink.example_drawings import load_examples
from core.nn.pretrained import pretrained

EXAMPLES = [each for each in load_examples() if each.digit is not None and each.drawing.strokes]


@pytest.fixture(scope="module")
def sources() -> Sources:
    """The example drawings, as strokes and as images."""
    written = [
        PenDigit(each.digit or 0, "", "", tuple(stroke.points for stroke in each.drawing.strokes))
        for each in EXAMPLES
    ]
    images = np.array([each.drawing.image.ravel() for each in EXAMPLES])
    return Sources(written, Images(images, np.array([each.label for each in written], np.uint8)))


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_of_every_kind_are_read(kind: str, sources: Sources) -> None:
    made = pictures(kind, sources, 3, seed=3)
    assert accuracy(pretrained()["wide"], made, by_steps) >= 0.66


def test_some_digits_that_touch_are_told_apart(sources: Sources) -> None:
    made = touching_pictures(sources, 12, seed=3)
    assert accuracy(pretrained()["wide"], made, by_steps) >= 0.3
    assert accuracy(pretrained()["wide"], made, simple) == 0
    assert made[0].grey.tobytes() == touching_pictures(sources, 1, seed=3)[0].grey.tobytes()


def test_the_same_seed_makes_the_same_pictures(sources: Sources) -> None:
    one, again, other = (pictures("tiny", sources, 2, seed) for seed in (3, 3, 4))
    assert [each.labels for each in one] == [each.labels for each in again]
    contents = [[each.grey.tobytes() for each in made] for made in (one, again, other)]
    assert contents[0] == contents[1]
    assert len({*contents[0], *contents[2]}) == 4


def test_a_simple_loader_reads_what_is_clean_and_one_digit_only(sources: Sources) -> None:
    network = pretrained()["wide"]
    assert accuracy(network, pictures("MNIST, enlarged", sources, 6, seed=1), simple) == 1
    assert accuracy(network, pictures("several on a sheet", sources, 3, seed=1), simple) == 0
    blank = Picture(np.full((30, 30), 200, np.uint8), (3,))
    assert accuracy(network, [blank], simple) == accuracy(network, [blank], by_steps) == 0


def test_the_command_prints_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pictures", "--count", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {*KINDS, "mean", NAME}
    assert 0 <= found["mean"]["simple loader"] < found["mean"]["steps"] <= 1
    assert main(["pictures", "--contributor", "nobody"]) == 1
    assert "no pen strokes of nobody" in capsys.readouterr().err
