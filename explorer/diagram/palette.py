"""The colours of the picture, and the one scale on which weights become colours."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

#: The stage and the pad stay dark in both themes: white rings would vanish on white.
GROUND = "#0b0d12"
RING = "#ffffff"
CAPTION = "#a9b1be"
POSITIVE = "#58C4DD"
NEGATIVE = "#FC6255"
SELECTED = "#FFFF00"

#: One for each digit, light enough for the stage: Okabe and Ito's, which the common kinds of colour
#: blindness tell apart, and lighter ones. Wherever they are used, the digit itself is there too.
DIGIT_COLOURS = (
    *("#E69F00", "#56B4E9", "#00C795", "#F0E442", "#7FA6FF"),
    *("#FF7A45", "#E08BC4", "#FFFFFF", "#B59CFF", "#A9B1BE"),
)

#: Exponent that lifts small weights out of the dark; the colour bar shows what it does.
WEIGHT_GAMMA = 0.6
_STEPS = 127


def _channels(colour: str) -> npt.NDArray[np.float64]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def _mix(colour: str, strength: float) -> str:
    """`colour` over black, as bright as `strength` (0-1) says."""
    red, green, blue = np.rint(_channels(colour) * strength).astype(int)
    return f"#{red:02x}{green:02x}{blue:02x}"


@cache
def weight_palette() -> list[str]:
    """Colours from the most negative weight over black at zero to the most positive."""
    strengths = np.linspace(0.0, 1.0, _STEPS + 1)[1:] ** WEIGHT_GAMMA
    negative = [_mix(NEGATIVE, strength) for strength in strengths[::-1]]
    return [*negative, "#000000", *(_mix(POSITIVE, strength) for strength in strengths)]


@cache
def weight_colours() -> npt.NDArray[np.uint8]:
    """The same palette as (255, 3) numbers, for pictures that the browser paints pixel by pixel."""
    return np.array([_channels(colour) for colour in weight_palette()], dtype=np.uint8)


def shades(values: npt.ArrayLike, largest: float) -> npt.NDArray[np.uint8]:
    """Rows of `weight_colours` for values from −largest to largest; 127 is zero."""
    share = np.clip(np.asarray(values) / (largest or 1.0), -1.0, 1.0)
    return np.rint(_STEPS * (1 + share)).astype(np.uint8)


#: Shares are lifted as their cube root: 1 % must be told from nothing.
_SHARE_GAMMA = 1 / 3
#: From which strength on a colour is light enough for black text.
_LIGHT = 0.7


def share_colours(shares: npt.NDArray[np.float64]) -> list[str]:
    """Colours from black for a share of 0 to the brightest for 1."""
    return [_mix(POSITIVE, strength) for strength in shares**_SHARE_GAMMA]


def inks_on(shares: npt.NDArray[np.float64]) -> list[str]:
    """What is legible on these colours: white, or black on a light one."""
    return ["#000000" if strength > _LIGHT else RING for strength in shares**_SHARE_GAMMA]
