"""``python -m core ink``: how alike the project's ink and MNIST's are, under the lens."""

import argparse
import json
from itertools import pairwise

import numpy as np

from core.cli.progress_bar import ProgressBar
from core.data import centred_mnist, pen_digits
from core.data.dataset import digit_images
from core.ink.brush import PAD, Image

_FAINTEST = 0.02
_GREYS = (_FAINTEST, 0.25, 0.5, 0.75, 0.98, 1.01)
_EVERY = 5


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "ink",
        help="compare the ink of pen strokes with MNIST's",
        description="Compare pen strokes drawn by the project's brush with MNIST's test images, "
        "both centred: the amount of ink, the thickness of lines, and the shades of grey. Needs "
        "STROKES_FILE.",
    )
    parser.add_argument("--json", action="store_true", help="JSON output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Measure both and print them side by side."""
    written = digit_images(pen_digits.load()[::_EVERY]).images
    with ProgressBar() as report:
        mnist = centred_mnist.load("test", centred=True, report=report).images
    found = {"MNIST": measures(mnist), "pen strokes": measures(written)}
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{'':32}" + "".join(f"{name:>14}" for name in found))
    for what in found["MNIST"]:
        print(f"{what:32}" + "".join(f"{each[what]:>14.3f}" for each in found.values()))


def measures(images: Image) -> dict[str, float]:
    """Means over images (m, 784): ink per image in pixels, its spread, line width, shades of grey.

    A line of width w has an area of w and two edges per unit of length, and the slope of the ink
    adds up to 1 across each edge: the width is twice the ink over the sum of all slopes.
    """
    ink = images.sum(axis=1)
    pixels = images.reshape(-1, PAD, PAD)
    slopes = np.hypot(*np.gradient(pixels, axis=(1, 2))).sum(axis=(1, 2))
    inked = images[images >= _FAINTEST]
    shares = np.histogram(inked, _GREYS)[0] / len(inked)
    names = [f"share of pixels {low:g}–{min(high, 1):g}" for low, high in pairwise(_GREYS)]
    return {
        "ink per digit (pixels)": float(ink.mean()),
        "its standard deviation": float(ink.std()),
        "line width (pixels)": float((2 * ink / slopes).mean()),
        **dict(zip(names, map(float, shares), strict=True)),
    }
