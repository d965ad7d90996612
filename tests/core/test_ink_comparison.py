"""The comparison of inks tells thick from thin, and finds the project's ink like MNIST's."""

import json

import numpy as np
import pytest

from core.__main__ import main
from core.cli.ink import measures
from core.data.dataset import seen
from core.ink.brush import DEFAULT_WIDTH

LINE = (np.array([[0.0, 0.0], [0.2, 1.0]]),)


def test_the_width_of_a_line_is_about_the_pen_s() -> None:
    for width in (DEFAULT_WIDTH, 4.0):
        found = measures(seen(LINE, width).reshape(1, -1))
        assert found["line width (pixels)"] == pytest.approx(width, rel=0.25)


def test_pen_strokes_look_like_mnist_under_the_lens(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ink", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    ours, theirs = found["pen strokes"], found["MNIST"]
    for what in ("ink per digit (pixels)", "line width (pixels)"):
        assert ours[what] == pytest.approx(theirs[what], rel=0.15)
