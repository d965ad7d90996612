"""A drawing whose true digit is told, for what backpropagation makes of it."""

from __future__ import annotations

import asyncio

import numpy as np

from core import Network
from core.training.losses import quadratic
from core.training.objective import Objective
from core.training.parameters import ParameterVector
from explorer.backpropagation.example import Example, target_of
from explorer.state.session import Session
from explorer.transport.link import Link
from support.patience import PATIENCE

DIGIT = 7


def open_example() -> Example:
    """A seven, told to be one, on a page where backpropagation is open."""
    session = Session()
    session.begin_stroke(np.array([(7, 7), (21, 7), (13, 22)]), 2.0, erases=False)
    session.backpropagating = True
    example = Example(session, Link())
    example.digit = DIGIT
    return example


def objective_of(example: Example) -> Objective:
    """The quadratic loss of its drawing, along a way of its own."""
    return Objective(example.session.trace.inputs[None], target_of(DIGIT), quadratic)


def values(network: Network) -> bytes:
    """All weights and biases, to the bit."""
    return ParameterVector(network).values.tobytes()


async def settled() -> None:
    """Until whatever is under way beside the page is done."""
    async with asyncio.timeout(PATIENCE):
        while len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0)
