"""Buttons, toggles and sliders as the browser's own elements, bound to a session's parameters.

Panel's material widgets were measured first: eight of them cost 160 ms of the server's time
and 180 kB for every page that opens, three times what a whole page may cost here; Panel's own
toggles and sliders have no name for a screen reader. Native elements have both speed and name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import param

from explorer.state.session import Session
from explorer.texts import text
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


@dataclass(frozen=True)
class Button:
    """Runs an action; `enabled_by` names the attribute that says whether it can."""

    name: str
    label: str
    action: Callable[[], None]
    enabled_by: str | None = None
    kind: str = "button"


@dataclass(frozen=True)
class Toggle:
    """Switches the boolean attribute of its name, by `choose` if that is given.

    A `hint` says in one line what it does, to a pointer that rests on it and to screen readers.
    """

    name: str
    label: str
    choose: Callable[[bool], None] | None = None
    hint: str = ""
    kind: str = "toggle"


@dataclass(frozen=True)
class Slider:
    """Sets the number parameter of its name, within these bounds.

    It is `shown` with its value, times `factor`, in the place of `{}`.
    """

    name: str
    label: str
    start: float
    end: float
    step: float
    shown: str = "{}"
    digits: int = 1
    factor: int = 1
    kind: str = "slider"


@dataclass(frozen=True)
class Command:
    """A button that another part of the page answers by itself; the server hears nothing of it."""

    name: str
    label: str
    disabled: bool = False
    kind: str = "command"


@dataclass(frozen=True)
class Rail:
    """A place in time, which another part of the page knows; the server hears nothing of it."""

    name: str
    label: str
    kind: str = "rail"


Control = Button | Command | Rail | Toggle | Slider


class Controls(LiveComponent):
    """A row of controls over one session."""

    script = Path(__file__).with_name("controls.js")

    label = param.String(doc="What the group is for, for screen readers.")
    one_line = param.Boolean(default=False, doc="Whether wide pages show it in one line.")
    items = param.List(doc="What to draw: kind, name, label and bounds of each control.")
    values = param.Dict(default={}, doc="Present values of toggles and sliders, by name.")
    disabled = param.List(default=[], doc="Names of the controls that can do nothing now.")
    locked = param.List(default=[], doc="Names of those that are out of reach while it is locked.")

    def __init__(
        self,
        session: Session,
        label: str,
        controls: list[Control],
        follows: list[str],
        *,
        one_line: bool = False,
        drawing: tuple[str, ...] = (),
    ) -> None:
        """Show `controls`, which change with the parameters of the session that they follow.

        Those with the names in `drawing` are out of reach while the drawing is locked.
        """
        super().__init__(
            label=label,
            one_line=one_line,
            items=[_described(item) for item in controls],
            sizing_mode="stretch_width",
        )
        self._session = session
        self._controls = {item.name: item for item in controls}
        self._drawing = drawing
        session.param.watch(self._show, follows)
        self._show()

    @property
    def _bound(self) -> list[str]:
        """Attributes of the session that controls show and set."""
        buttons = (Button, Command, Rail)
        return [name for name, item in self._controls.items() if not isinstance(item, buttons)]

    @property
    def _switches(self) -> dict[str, str]:
        """Buttons by name, and the attribute that enables each."""
        buttons = [item for item in self._controls.values() if isinstance(item, Button)]
        return {item.name: item.enabled_by for item in buttons if item.enabled_by}

    def receive(self, message: Message) -> None:
        """Run a button's action, or set a value."""
        match message:
            case {"name": str(name), **rest} if name in self._controls:
                self._do(self._controls[name], rest.get("value"))
            case _:
                raise NotUnderstoodError(message)

    def _do(self, control: Control, value: Any) -> None:
        match control, value:
            case Button(), _:
                control.action()
            case Toggle(choose=choose), bool():
                self._set(control.name, value, choose)
            case Slider(), int() | float() if control.start <= value <= control.end:
                self._set(control.name, value)
            case _:
                raise NotUnderstoodError(value)

    def _set(self, name: str, value: Any, choose: Callable[[Any], None] | None = None) -> None:
        if choose is None:
            self._session.param.update({name: value})
        else:
            choose(value)

    def _show(self, *_: Any) -> None:
        session = self._session
        self.show(
            values={name: getattr(session, name) for name in self._bound},
            disabled=[name for name, by in self._switches.items() if not getattr(session, by)],
            locked=list(self._drawing) if session.is_locked else [],
        )


def _described(control: Control) -> dict[str, Any]:
    hidden = ("action", "enabled_by", "choose")
    return {key: value for key, value in vars(control).items() if key not in hidden}


def view_controls(session: Session) -> Controls:
    """What the picture of the network shows; nothing it computes."""
    return Controls(
        session,
        text("control.view"),
        [
            Toggle("signal", text("control.signal")),
            Toggle("holding", text("control.pin"), session.hold),
        ],
        follows=["signal", "held"],
        one_line=True,
    )


def settings_controls(session: Session) -> Controls:
    """What is set once and then left alone."""
    percent = text("control.weak_shown", value="{}")
    times = text("control.speed_shown", value="{}")
    return Controls(
        session,
        text("page.settings"),
        [
            Slider("least", text("control.weak"), 0.0, 0.6, 0.02, percent, digits=0, factor=100),
            Slider("pace", text("control.speed"), 0.25, 2.0, 0.25, times, digits=2),
            Toggle("pulses", text("control.pulse")),
        ],
        follows=["least", "pace", "pulses"],
    )


def propagation_controls(session: Session) -> Controls:
    """What retells how activations of one layer cause those of the next."""
    return Controls(
        session,
        text("control.propagation"),
        [
            Command("first", text("control.first")),
            Command("back", text("control.back")),
            Command("play", text("control.play")),
            Command("step", text("control.step")),
            Rail("rail", text("control.rail")),
        ],
        follows=[],
        one_line=True,
    )


def drawing_controls(session: Session) -> Controls:
    """What one needs beside the pad."""
    pixels = text("control.pen_shown", value="{}")
    return Controls(
        session,
        text("page.drawing"),
        [
            Button("undo", text("control.undo"), session.undo, "can_undo"),
            Button("redo", text("control.redo"), session.redo, "can_redo"),
            Button("clear", text("control.clear"), session.clear),
            Toggle("erasing", text("control.eraser")),
            Toggle("centred", text("control.centre"), session.centre, text("control.centre_hint")),
            Slider("pen_width", text("control.pen"), 1.0, 5.0, 0.1, pixels),
        ],
        follows=["canvas", "erasing", "centred", "pen_width", "paused", "presented"],
        drawing=("undo", "redo", "clear", "erasing", "pen_width"),
    )
