"""The page: which part stands where, and the document around it."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import param
from panel.custom import Child
from panel.io.state import state
from panel.layout import Column

from core.nn.image_network import reads_digits
from explorer.backpropagation.example import Example
from explorer.backpropagation.gradient_overlay import GradientOverlay
from explorer.backpropagation.panel import BackwardPanel
from explorer.backpropagation.time_line import BackwardTimeLine
from explorer.diagram.columns import Columns
from explorer.diagram.outputs import Outputs
from explorer.diagram.propagation import Pulse
from explorer.diagram.scales import activation_scales, weight_scales
from explorer.diagram.shown import is_thinned
from explorer.diagram.stage import Stage
from explorer.drawing.examples import Examples
from explorer.drawing.hand import Hand
from explorer.drawing.pad import Pad
from explorer.edit.kept_edits import KeptEdits
from explorer.edit.panel import EditPanel
from explorer.exchange.sheets import Sheets
from explorer.inspector.inspector import Inspector
from explorer.lesson.guide import Guide
from explorer.page.controls import (
    drawing_controls,
    propagation_controls,
    settings_controls,
    view_controls,
)
from explorer.page.networks import Networks
from explorer.page.notice import Notice
from explorer.page.own_networks import OwnNetworks
from explorer.page.run_keeper import RunKeeper
from explorer.page.share import Share
from explorer.page.shell import serve_in_shell
from explorer.state.own_drawings import ClassDrawings
from explorer.state.session import Session
from explorer.state.titles import network_summary
from explorer.testing.evaluation import Evaluation
from explorer.testing.panel import EvaluationPanel
from explorer.texts import text
from explorer.training.common_run import common_runs
from explorer.training.follower import Follower
from explorer.training.left_runs import left_runs
from explorer.training.panel import TrainPanel
from explorer.training.run import Run
from explorer.training.time_line import TrainingTimeLine
from explorer.training.trainer import Trainer
from explorer.training.workers import shared_workers
from explorer.transport.component import LiveComponent
from explorer.transport.link import Link
from explorer.transport.messages import Message, NotUnderstoodError


class Page(LiveComponent):
    """Pad, controls and answer on the left, the stage in the middle, the inspector beside it."""

    script = Path(__file__).with_name("page.js")

    #: Asks for the drawings of the class that the page is opened in.
    of_class: ClassDrawings | None = None

    pad = Child(doc="The drawing pad.")
    networks = Child(doc="The choice of a network.")
    share = Child(doc="The link to what is shown.")
    hand = Child(doc="The keyboard's hand over the pad.")
    controls = Child(doc="The controls of the pad.")
    examples = Child(doc="Examples and files.")
    notice = Child(doc="What needs to be said.")
    outputs = Child(doc="The answer.")
    stage = Child(doc="The network.")
    pulse = Child(doc="The pulse over it.")
    columns = Child(doc="Which of its neurons are shown, once there were too many for all.")
    view = Child(doc="What the picture shows.")
    settings = Child(doc="What is set once and then left alone.")
    inspector = Child(doc="The selected neuron.")
    edit = Child(doc="What can be changed, once the place Edit was visited.")
    training = Child(doc="How it is trained, once the place Train was visited.")
    time_line = Child(doc="The time line of the training, likewise.")
    testing = Child(doc="How good it is, once the place Test was visited.")
    gradient_overlay = Child(doc="A gradient over the picture, likewise.")
    backward = Child(doc="One step of backpropagation, once it was asked for.")
    backward_time = Child(doc="The time line of it, likewise.")
    guide = Child(doc="The card of the lesson, once the lesson was opened.")
    propagation = Child(doc="The controls of the propagation.")
    own_networks = Child(doc="What the tab keeps of one's own networks, likewise.")
    kept_edits = Child(doc="What the tab keeps of changed networks; nothing is seen of it.")
    run_keeper = Child(doc="What the tab keeps of a training, likewise.")
    taken_away = Child(doc="Sheets with what one can take away, each once it was asked for.")
    connection = Child(doc="The page's link, of which nothing is seen.")
    place = param.String(default="explore", doc="What the side panel is for.")
    backpropagates = param.Boolean(
        default=False, doc="Whether one step of backpropagation is shown instead."
    )
    guided = param.Boolean(default=False, doc="Whether the lesson is open.")
    caption = param.String(doc="One line on the network.")
    signal = param.Boolean(default=False, doc="Whether edges show signals instead of weights.")
    least = param.Number(default=0.0, doc="Edges weaker than this share of it are left out.")
    locked = param.Boolean(default=False, doc="Whether the drawing stays as it is.")
    paused = param.Boolean(default=False, doc="Whether the teacher rests the pads.")
    scales = param.List(default=[], doc="The largest |weight| of each layer.")
    full = param.List(default=[], doc="The activation of full brightness, layer by layer.")
    signed = param.Boolean(default=False, doc="Whether activations can be negative.")
    digits = param.Boolean(default=True, doc="Whether the network reads digits.")

    def __init__(self, session: Session) -> None:
        self.session = session
        self.link = Link()
        self._trainer: Trainer | None = None
        self._follower: Follower | None = None
        self._evaluation: Evaluation | None = None
        self._has_ended = False
        rooms = [Column(sizing_mode="stretch_width") for _ in range(7)]
        self._edit, self._training, self._time_line, self._testing, self._guide, *backward = rooms
        self._backward, self._backward_time = backward
        self._gradient_overlay = Column(sizing_mode="stretch_both")
        self._columns = Column(sizing_mode="stretch_width")
        self._stage = stage = Stage(session)
        self._sheets = Sheets(session)
        super().__init__(
            pad=Pad(session),
            hand=Hand(session),
            networks=Networks(session),
            share=Share(session),
            controls=drawing_controls(session),
            examples=Examples(session),
            notice=Notice(session),
            outputs=Outputs(session),
            stage=stage,
            pulse=Pulse(session, stage.drawn),
            columns=self._columns,
            view=view_controls(session),
            settings=settings_controls(session),
            inspector=Inspector(session, stage.drawn),
            edit=self._edit,
            training=self._training,
            time_line=self._time_line,
            testing=self._testing,
            gradient_overlay=self._gradient_overlay,
            backward=self._backward,
            backward_time=self._backward_time,
            guide=self._guide,
            propagation=propagation_controls(session),
            **_described(session),
            least=session.least,
            own_networks=OwnNetworks(session),
            kept_edits=KeptEdits(session),
            run_keeper=RunKeeper(session, self._there_is_training, left_runs()),
            taken_away=self._sheets.room,
            connection=self.link,
            sizing_mode="stretch_both",
            min_height=600,
        )
        stage.when_chosen(self._show_columns)
        self._show_columns()
        self.join(self.link)
        self.link.when_gone(self._end)
        session.param.watch(self._show, ["network", "signal", "least"])
        session.param.watch(self._show_backpropagation, "network")
        session.param.watch(self._show_lock, ["paused", "presented"])
        session.param.watch(self._show_place, ["place", "backpropagating"])
        session.param.watch(self._show_guide, "guided")
        session.param.watch(self._open_guide, "called")

    def receive(self, message: Message) -> Awaitable[None] | None:
        """The person goes to another place, looks at backpropagation, or takes something away."""
        match message:
            case {"type": "place", "place": "explore" | "edit" | "train" | "test" as place}:
                self.session.place = place
            case {"type": "backpropagation", "on": bool(on)}:
                self._backpropagate(on)
            case {"type": "guide", "on": bool(on)}:
                self.session.guided = on
            case {"type": "take-away", "sheet": str(name)}:
                return self._sheets.open(name, self.link)
            case _:
                raise NotUnderstoodError(message)
        return None

    def _backpropagate(self, on: bool) -> None:
        """Look at one step of backpropagation or no longer; where there is none to see, say so."""
        if on and self.session.has_maps:
            self.session.notice = text("backward.no_maps")
        else:
            self.session.backpropagating = on

    def _show_place(self, *_: Any) -> None:
        """What belongs to a place is built when it is first visited."""
        place = self.session.place
        if place == "edit" and not self._edit.objects:
            self._edit.append(EditPanel(self.session).join(self.link))
        if place == "train":
            self._there_is_training()
        if place == "test" and self._evaluation is None:
            panel = EvaluationPanel(self.session, self.of_class).join(self.link)
            self._evaluation = panel.evaluation
            self._testing.append(panel)
        self.show(place=place)
        self._show_backpropagation()

    def _show_backpropagation(self, *_: Any) -> None:
        shows = self.session.shows_backpropagation
        if shows and not self._backward.objects:
            self._build_backpropagation()
        self.show(backpropagates=shows)

    def _show_columns(self) -> None:
        """What says which neurons are shown is built when a network first has too many for all."""
        if is_thinned(self.session.network) and not self._columns.objects:
            self._columns.append(self.adopt(Columns(self.session, self._stage)))

    def _show_guide(self, *_: Any) -> None:
        """The lesson is built when it is first opened; its drawings go when it is left."""
        guided = self.session.guided
        if self._guide.objects:
            self._guide.objects[0].attend(guided)
        elif guided:
            guide = Guide(self.session)
            guide.attend(True)
            self._guide.append(guide.join(self.link))
        self.show(guided=guided)

    def _open_guide(self, *_: Any) -> None:
        """The teacher calls everybody to a card; the guide, once it is there, goes to it."""
        if self.session.called:
            self.session.guided = True

    def _build_backpropagation(self) -> None:
        example = Example(self.session, self.link)
        overlay = GradientOverlay(example, self._stage.drawn)
        self._gradient_overlay.append(overlay.join(self.link))
        self._backward.append(BackwardPanel(example).join(self.link))
        self._backward_time.append(BackwardTimeLine(example).join(self.link))

    def _there_is_training(self) -> Trainer:
        """The trainer of the page, with all that shows it."""
        return self._trainer or self._build_training()

    def _build_training(self) -> Trainer:
        trainer = Trainer(self.session, Run(shared_workers()), self.link.one_frame)
        follower = Follower(trainer, common_runs())
        panel = TrainPanel(trainer, follower, self._stage.drawn, self.of_class)
        self._training.append(panel.join(self.link))
        self._time_line.append(TrainingTimeLine(trainer).join(self.link))
        self._trainer, self._follower = trainer, follower
        self.run_keeper.keep(trainer)
        return trainer

    def _show(self, *_: Any) -> None:
        session = self.session
        self.show(**_described(session), signal=session.signal, least=session.least)

    def _show_lock(self, *_: Any) -> None:
        self.show(locked=self.session.is_locked, paused=self.session.paused)

    def serve_here(self) -> None:
        """Make this the page of the session that the server is opening."""
        state.on_session_destroyed(lambda _: self._end())  # where the link has no channel
        serve_in_shell(self, text("page.name"), self.session.original)

    def _end(self) -> None:
        """A training rests when its page has gone, and ends if nobody comes back for it.

        It is heard more than once that a page has gone, at last when another one may have taken its
        run up.
        """
        if self._has_ended:
            return
        self._has_ended = True
        if self._follower is not None:
            self._follower.close()
        if self._trainer is not None:
            self._trainer.close()
        if self._evaluation is not None:
            self._evaluation.end()
        self.run_keeper.leave()


def _described(session: Session) -> dict[str, Any]:
    """The network in a line, and the scales of its picture: those of before it was changed."""
    network = session.original
    return {
        "caption": network_summary(network),
        "scales": list(weight_scales(session)),
        "full": list(activation_scales(session)),
        "signed": any(layer.activation.lowest < 0 for layer in session.network.layers),
        "digits": reads_digits(network),
    }
