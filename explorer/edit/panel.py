"""The side panel of the place Edit: what is changed, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param
from panel.custom import Child

from explorer.edit.experiments import Experiments
from explorer.edit.network_file import NetworkFile
from explorer.edit.neuron_editor import NeuronEditor
from explorer.edit.quiz import Quiz
from explorer.edit.sample_reading import SampleReading
from explorer.edit.searches import Searches
from explorer.state.session import Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class EditPanel(LiveComponent):
    """The selected neuron, and what undoes changes. It is made when the place is first visited."""

    script = Path(__file__).with_name("panel.js")
    bundle = "edit"

    neuron = Child(doc="The selected neuron's numbers.")
    quiz = Child(doc="The quiz of the sandbox.")
    reading = Child(doc="How a thousand digits are read, before and now.")
    network_file = Child(doc="The network as a file.")
    experiments = Child(doc="What can be tried on all layers at once.")
    searches = Child(doc="Images that the network answers to.")
    edited = param.Boolean(default=False, doc="Whether the network is not as at first.")
    can_undo = param.Boolean(default=False, doc="Whether there is a change to undo.")
    can_redo = param.Boolean(default=False, doc="Whether there is a change to redo.")
    compares = param.Boolean(default=False, doc="Whether the network is shown as it was at first.")

    def __init__(self, session: Session) -> None:
        self._session = session
        super().__init__(
            neuron=NeuronEditor(session),
            quiz=Quiz(session),
            reading=SampleReading(session),
            network_file=NetworkFile(session),
            experiments=Experiments(session),
            searches=Searches(session),
            sizing_mode="stretch_width",
        )
        session.param.watch(self._show, ["network", "edits", "shows_original"])
        self._show()

    def receive(self, message: Message) -> None:
        """Undo, redo, begin anew, or look at the network as it was."""
        session = self._session
        actions = {
            "undo": session.undo_edit,
            "redo": session.redo_edit,
            "reset": session.reset_network,
        }
        with session.saying_errors():
            match message:
                case {"type": "original", "on": bool(on)}:
                    session.show_original(on)
                case {"type": str(kind)} if kind in actions:
                    actions[kind]()
                case _:
                    raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        session = self._session
        self.show(
            edited=session.is_edited,
            can_undo=session.can_undo_edit,
            can_redo=session.can_redo_edit,
            compares=session.shows_original,
        )
