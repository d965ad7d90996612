"""The neuron that is changed: one that has a weighted sum."""

from __future__ import annotations

from explorer.state.session import Neuron, Session
from explorer.transport.messages import NotUnderstoodError


def neuron_with_sum(session: Session) -> Neuron | None:
    """The selected neuron, if one is selected and it is no pixel."""
    selected = session.selected
    return None if selected is None or selected.layer == 0 else selected


def selected_neuron(session: Session) -> Neuron:
    """The same where a message is about it. Raises `NotUnderstoodError` if there is none."""
    selected = neuron_with_sum(session)
    if selected is None:
        raise NotUnderstoodError("no neuron with a sum is selected")
    return selected
