"""The network in training as the person has changed it by hand."""

from __future__ import annotations

from core.nn.network import Network
from explorer.state.networks import TRAINING, has_room, own_name
from explorer.state.session import Session
from explorer.texts import text


def is_changed(session: Session) -> bool:
    """Whether the person has changed the network in training."""
    edits = session.edits.get(TRAINING)
    return edits is not None and edits.is_changed


def keep_changed(session: Session, trained: Network) -> None:
    """Put it among the person's own, if there is room, and the ``trained`` one in its place."""
    changed = session.edits[TRAINING].network
    if has_room(session.networks):
        title = text("train.changed_title")
        kept = Network(changed.layers, {"title": title})
        session.put_network(own_name(session.networks), kept, shown=False)
        session.notice = text("train.changed_kept", title=title)
    else:
        session.notice = text("train.changed_gone")
    session.put_network(TRAINING, trained, shown=False)
