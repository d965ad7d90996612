"""What a session was when a card was opened: a check asks for what has changed since."""

from __future__ import annotations

from dataclasses import dataclass

from core.nn.network import Network
from explorer.state.canvas import Canvas
from explorer.state.edits import Edits
from explorer.state.networks import TRAINING
from explorer.state.session import Neuron, Session


@dataclass(frozen=True)
class Before:
    """What a session was when a card was opened."""

    canvas: Canvas
    network: Network
    name: str
    selected: Neuron | None
    centred: bool
    signal: bool
    least: float
    question: str
    place: str
    backpropagates: bool
    comparing: bool
    holding: bool
    trained: Network | None
    trainings: int
    edits: Edits | None

    @classmethod
    def of(cls, session: Session) -> Before:
        """What it is now."""
        return cls(
            canvas=session.canvas,
            network=session.network,
            name=session.network_name,
            selected=session.selected,
            centred=session.centred,
            signal=session.signal,
            least=session.least,
            question=session.question,
            place=session.place,
            backpropagates=session.shows_backpropagation,
            comparing=session.comparing,
            holding=session.holding,
            trained=session.networks.get(TRAINING),
            trainings=session.trainings,
            edits=session.edits.get(session.network_name),
        )
