"""Components whose script is told values, and sends messages: neither side edits the other's.

Subclasses declare what they show as parameters, change it by `show`, and answer messages of their
script in `receive`. What a page shows at first travels with its models, by Panel; from then on
everything goes through the page's link (`explorer.transport.link`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
import param
from bokeh.models import ColumnDataSource
from panel.custom import JSComponent
from panel.viewable import is_viewable_param

from core.nn.display_scale import brightness
from explorer.transport import scripts
from explorer.transport.background import Arguments, Result, in_background
from explorer.transport.link import Link
from explorer.transport.messages import Message, NotUnderstoodError

Floats = npt.NDArray[np.float32]


class LiveComponent(JSComponent):
    """A component that shows what it is told."""

    __abstract = True

    #: The script, with its style sheet beside it.
    script: ClassVar[Path]

    #: The file that brings the script to the browser, named in small letters. What every page has
    #: from the start keeps the page's. Components of a place that is built when it is first visited
    #: name one of their own, the same for all of them (`bundle = "edit"`), which is loaded then.
    bundle: ClassVar[str] = scripts.PAGE

    address = param.String(default="", doc="Names the component on the page's link.")

    _link: Link | None = None

    def __init__(self, **params: Any) -> None:
        super().__init__(**params)
        self._now: dict[str, Any] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "script" in vars(cls):
            scripts.register(cls, cls.script, cls.bundle)

    def join(self, link: Link) -> Self:
        """Go by this link from now on, with all components inside that go by none yet."""
        for component in self.select(LiveComponent):
            if component._link is None:
                component._link = link
                component.address = link.register(component)
        return self

    def adopt(self, part: LiveComponent) -> LiveComponent:
        """A part that comes later goes by the same link, if there is one."""
        return part if self._link is None else part.join(self._link)

    def show(self, **values: Any) -> None:
        """Show other values, under the names of parameters."""
        changed = {
            name: value for name, value in values.items() if not same(getattr(self, name), value)
        }
        if not changed:
            return
        if self._link is None or not self._link.is_listening:
            self.param.update(**changed)
            return
        with param.discard_events(self):
            for name, value in changed.items():  # `param.update` first reads all other values
                setattr(self, name, value)
        self._link.tell(self.address, changed)

    def show_now(self, **values: Any) -> None:
        """`show` what changes with every stroke, which parameters take long to follow.

        They keep what the page began with; what was told since is in the link and in the script.
        """
        if self._link is None or not self._link.is_listening:
            self._now.clear()
            self.show(**values)
            return
        told = {k: each for k, each in values.items() if not same(self._now.get(k), each)}
        if told:
            self._now |= told
            self._link.tell(self.address, told)

    def show_columns(self, source: ColumnDataSource, columns: Mapping[str, Any]) -> None:
        """Give a named data source other columns, as many rows in each as in those that stay."""
        if self._link is None or not self._link.is_listening:
            source.data = dict(source.data) | dict(columns)
        else:
            self._link.tell_source(source.name, columns)

    def show_activations(
        self, inputs: ColumnDataSource, neurons: ColumnDataSource, activations: Sequence[Floats]
    ) -> None:
        """Give the neurons of every layer, the input first, other activations, each (n,)."""
        first, *others = activations
        if self._link is None or not self._link.is_listening:
            inputs.data["activation"] = first
            columns: dict[str, Any] = {"activation": np.concatenate(others)}
            columns["brightness"] = brightness(columns["activation"], neurons.data["full"])
            neurons.data = dict(neurons.data) | columns
        else:
            self._link.tell_activations(np.concatenate(activations))

    def one_frame(self) -> AbstractContextManager[None]:
        """Let everything that changes meanwhile travel together."""
        return nullcontext() if self._link is None else self._link.one_frame()

    @property
    def has_page(self) -> bool:
        """Whether there is a page that hears what it is told."""
        return self._link is not None and self._link.is_listening

    def show_all(self) -> None:
        """Tell the script everything that it shows; it may have missed something."""
        if self._link is not None:
            shown = {name: getattr(self, name) for name in self._values_shown()}
            self._link.tell(self.address, shown | self._now)

    async def in_background(
        self,
        function: Callable[Arguments, Result],
        *args: Arguments.args,
        **kw: Arguments.kwargs,
    ) -> Result:
        """Call a function that takes longer than a message may; the page pays for it."""
        charge = self._link.charge if self._link is not None else lambda seconds: None
        return await in_background(charge, function, *args, **kw)

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Answer a message of the script, or return what will have answered it.

        Raises:
            NotUnderstoodError: no script of ours sends that.
            InputError: it cannot be done, for a reason that a person understands.
        """
        raise NotUnderstoodError(message)

    @classmethod
    def _values_shown(cls) -> list[str]:
        """The parameters that the component declares, but those that hold models or components."""
        known = set(JSComponent.param) | {"address"}
        own = (name for name in cls.param if name not in known)
        return [name for name in own if not _holds_models(cls.param[name])]


def _holds_models(declared: param.Parameter) -> bool:
    return bool(is_viewable_param(declared) or declared.constant)


def same(old: Any, new: Any) -> bool:
    """Whether two values, arrays perhaps, are the same to whoever looks at them."""
    if old is new:
        return True
    if isinstance(old, np.ndarray) or isinstance(new, np.ndarray):
        return False
    try:
        return bool(old == new)
    except ValueError:  # arrays inside
        return False
