"""Which images of a test are looked at: those of a cell, of one network alone, or of a region."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core.evaluation.predictions import Predictions


class Cell(NamedTuple):
    """The images of one digit that a network, 0 or 1, reads as another or the same."""

    network: int
    true: int
    predicted: int

    def fits(self, predictions: tuple[Predictions, ...]) -> bool:
        """Whether the test has these images."""
        return len(predictions) > self.network

    def numbers(self, predictions: tuple[Predictions, ...]) -> list[int]:
        """The numbers of the images, the most confident first."""
        found: list[int] = predictions[self.network].in_cell(self.true, self.predicted).tolist()
        return found


class ReadByOne(NamedTuple):
    """The images that one of two networks, 0 or 1, reads right, and the other does not."""

    network: int

    def fits(self, predictions: tuple[Predictions, ...]) -> bool:
        """Whether the test has two networks."""
        return len(predictions) == 2

    def numbers(self, predictions: tuple[Predictions, ...]) -> list[int]:
        """The numbers of the images, the most confident first."""
        own, other = predictions[self.network], predictions[1 - self.network]
        found: list[int] = own.by_confidence(own.right & ~other.right).tolist()
        return found


class Region(NamedTuple):
    """The images that lie in a region of a map, by their numbers."""

    chosen: tuple[int, ...]

    def fits(self, predictions: tuple[Predictions, ...]) -> bool:
        """Whether the test has so many images."""
        return bool(predictions) and max(self.chosen, default=0) < len(predictions[0].labels)

    def numbers(self, predictions: tuple[Predictions, ...]) -> list[int]:
        """The numbers of the images, the most confident first."""
        within = np.zeros(len(predictions[0].labels), bool)
        within[list(self.chosen)] = True
        found: list[int] = predictions[0].by_confidence(within).tolist()
        return found


Chosen = Cell | ReadByOne | Region
