"""The explorer in a notebook: the page itself in a cell's output, and its state in Python."""

from __future__ import annotations

import asyncio
from html import escape
from pathlib import Path
from threading import RLock
from typing import Any, Final, NamedTuple
from weakref import ref

import numpy as np
import numpy.typing as npt
import param
from param.parameterized import batch_call_watchers

from core.errors import InputError
from core.ink import Drawing
from core.nn.network import Network
from core.nn.trace import Trace
from explorer.drawing.examples import FIRST, examples
from explorer.server.kernel_server import ADDRESS, kernel_server
from explorer.state.assignment import Change, assignment, network_from
from explorer.state.mirror import Mirror
from explorer.state.session import Neuron, Session
from explorer.texts import text
from explorer.texts.names import network_sizes
from explorer.transport.modules import put_together

#: Height of the page in a cell's output, in pixels, and the least in which all of it has room.
_HEIGHT, _LEAST_HEIGHT = 720, 300

_SCRIPT: Final = Path(__file__).with_name("widget.js")
_BOX: Final = _SCRIPT.with_suffix(".html").read_text(encoding="utf-8")
_STYLE: Final = _SCRIPT.with_suffix(".css").read_text(encoding="utf-8")


class _Seen(NamedTuple):
    """What an explorer shows at one moment."""

    network: Network
    drawing: Drawing
    trace: Trace
    selected: Neuron | None
    centred: bool

    @classmethod
    def of(cls, session: Session) -> _Seen:
        return cls(
            session.network, session.drawing, session.trace, session.selected, session.centred
        )

    def beside(self, before: _Seen | None) -> dict[str, Any]:
        """The values of an explorer's parameters that are others than before."""
        names = ("network", "drawing", "activations", "selected", "centred")
        old = before or (None,) * len(names)
        now: dict[str, Any] = dict(zip(names, self, strict=True))
        new = {
            name: now[name] for name, then in zip(names, old, strict=True) if now[name] is not then
        }
        if "activations" in new:
            new["activations"] = (self.trace.inputs, *self.trace.a)
        return new


class _Shared(param.Parameter):
    """A parameter whose value is the pages' as well: it is read as it is now, and set by asking."""

    def __get__(self, explorer: Explorer | None, kind: type | None = None) -> Any:
        if explorer is not None:
            explorer._catch_up()
        return super().__get__(explorer, kind)

    def __set__(self, explorer: Explorer, value: Any) -> None:
        if explorer._is_told:
            super().__set__(explorer, value)
        else:
            explorer._ask(self.name, value)


class Explorer(param.Parameterized):
    """Draw a digit in a notebook and watch a network think.

    In JupyterLab, Jupyter Notebook, VS Code and marimo a cell that ends with an explorer shows its
    page. What is done there can be read from the parameters in the next cell; what they are set to
    is shown in all pages of the explorer; and `explorer.param.watch` hears of either.

    Args:
        network: a network from a square image to its classes, or a file of one; None is the
            default network of the project.
        height: of the page in a cell's output, in pixels, 300 or more.

    Raises:
        InputError: the network cannot be read or shown, or the height is none.
    """

    network: Network = _Shared(
        doc="The network that is shown, with what was changed of it in Edit. May be set to the "
        "path of a file as well."
    )
    drawing: Drawing = _Shared(
        doc="What is on the pad. May be set to a list of strokes, each (n, 2) in pixels of the "
        "pad, to an image (28, 28) with values 0-1, or to None for a blank pad."
    )
    activations: tuple[npt.NDArray[np.float32], ...] = _Shared(
        doc="What the network computes now: the activations of each layer, the input's first, each "
        "(n,) and read-only. Neuron 1:5 is activations[1][5]."
    )
    selected: Neuron | None = _Shared(
        doc='The selected neuron as (layer, number), or None. May be set to "1:5" as well.'
    )
    centred: bool = _Shared(
        doc="Whether the drawing is centred for the network, as the images it was trained on were."
    )

    def __init__(self, network: Network | Path | str | None = None, height: int = _HEIGHT) -> None:
        if not (isinstance(height, int) and height >= _LEAST_HEIGHT):
            raise InputError(text("widget.height", least=_LEAST_HEIGHT))
        session = Session(None if network is None else network_from(network))
        session.show_placeholder(examples()[FIRST].drawing)
        self._lock = RLock()
        self._is_told = False
        self._path = ""
        self._height = height
        self._seen: _Seen | None = None
        self._news: _Seen | None = _Seen.of(session)
        self._mirror = Mirror(session)
        self._loop = _running_loop()
        super().__init__()
        _tell_of(session, self)
        self._catch_up()

    @property
    def url(self) -> str:
        """The address of the page on this machine: not for others, who could draw and look."""
        server = kernel_server()
        with self._lock:
            if not self._path:
                self._path = server.open(self._mirror, self)
            return f"http://{ADDRESS}:{server.port}/{self._path}"

    def close(self) -> None:
        """End all pages of the explorer; a cell that shows it again opens others."""
        with self._lock:
            path, self._path = self._path, ""
        if path:  # without the lock, for which the server may be waiting
            kernel_server().close(path)

    def __repr__(self) -> str:
        chosen = f", selected={str(self.selected)!r}" if self.selected else ""
        return f"{type(self).__name__}({network_sizes(self.network)}{chosen})"

    __str__ = __repr__

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """What Jupyter and VS Code show in the output of a cell."""
        box = self._box("data-way")
        return {"text/html": f"{box}{_script(self._path)}", "text/plain": repr(self)}

    def _mime_(self) -> tuple[str, str]:
        """What marimo shows, which runs no scripts."""
        return "text/html", self._box("src")

    def _box(self, source: str) -> str:
        """A frame that has the page's address in this attribute."""
        words = {"title": escape(text("page.name")), "ended": escape(text("widget.ended"))}
        place = {"source": source, "url": self.url, "path": self._path, "height": self._height}
        return _BOX.format(style=_STYLE, **place, **words)

    def _ask(self, name: str, value: Any) -> None:
        """Set what is shown; the parameters follow."""
        change = assignment(name, value)
        with self._lock:
            call = kernel_server().call if self._path else _call
        call(change, self._mirror.first)
        self._catch_up()

    def _hear(self) -> None:
        """The session has changed, in whatever thread."""
        self._news = _Seen.of(self._mirror.first)
        try:
            if self._loop is None:
                self._catch_up()
            else:
                self._loop.call_soon_threadsafe(self._catch_up)
        except RuntimeError:  # that loop is closed
            self._catch_up()

    def _catch_up(self) -> None:
        """Give the parameters the values that they have by now; who watches them is told after."""
        if self._news is None:
            return
        with batch_call_watchers(self), self._lock:
            news, self._news = self._news, None
            if news is not None:
                self._tell(news.beside(self._seen))
                self._seen = news

    def _tell(self, values: dict[str, Any]) -> None:
        self._is_told = True
        try:
            for name, value in values.items():
                setattr(self, name, value)
        finally:
            self._is_told = False


def _tell_of(session: Session, explorer: Explorer) -> None:
    """Let an explorer hear of its session, which may outlive it."""
    known = ref(explorer)

    def tell(*_: Any) -> None:
        if (found := known()) is not None:
            found._hear()

    session.param.watch(tell, ["network", "trace", "selected", "centred"])


def _call(change: Change, session: Session) -> None:
    """Change a session that no page shows, and so no other thread."""
    change(session)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """The loop of the kernel that runs this cell, where watchers are called."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _script(path: str) -> str:
    """What shows the pages at this path in the outputs that wait for them."""
    script, names = put_together((_SCRIPT,))
    return f'<script>{{\n{script}{names[_SCRIPT]}.showAll("{path}")\n}}</script>'
