"""One question about the selected neuron: it is answered only while it is asked."""

from __future__ import annotations

from typing import Any, ClassVar

import param

from explorer.diagram.palette import weight_colours
from explorer.state.session import Neuron, Session
from explorer.transport.component import LiveComponent


class Question(LiveComponent):
    """A part of the inspector. Subclasses say when it is asked, and answer it."""

    #: The name of the question in `Session.question`.
    name_in_session: ClassVar[str]
    #: Parameters of the session that change the answer.
    depends_on: ClassVar[tuple[str, ...]] = ("trace",)

    content = param.Dict(default={}, doc="The answer; empty while the question is not asked.")
    colours = param.Parameter(constant=True, doc="The palette of weights, (255, 3).")

    def __init__(self, session: Session, **params: Any) -> None:
        super().__init__(colours=weight_colours(), sizing_mode="stretch_width", **params)
        self._session = session
        session.param.watch(
            self._show, [*self.depends_on, "selected", "question", "comparing", "place"]
        )
        self._show()

    def is_asked(self) -> bool:
        """Whether a person is looking at the answer."""
        session = self._session
        selected = session.selected
        is_open = session.place == "explore" and session.question == self.name_in_session
        return is_open and bool(selected and selected.layer)

    @property
    def neuron(self) -> Neuron:
        """The selected neuron. Raises `LookupError` if there is none."""
        if self._session.selected is None:
            raise LookupError("no neuron is selected")
        return self._session.selected

    def answer(self) -> dict[str, Any]:
        """The answer for the selected neuron and the present drawing."""
        raise NotImplementedError

    def _show(self, *_: Any) -> None:
        if self.is_asked():
            self.show(content=self.answer())
