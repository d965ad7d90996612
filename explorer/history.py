"""The drawings before the present one and after it, for undo and redo."""

from __future__ import annotations

from dataclasses import dataclass

from core.ink import Drawing

_MOST = 200


@dataclass(frozen=True)
class History:
    """What can be gone back to (`done`, the last at the end) and forth to (`undone`)."""

    done: tuple[Drawing, ...] = ()
    undone: tuple[Drawing, ...] = ()

    def after(self, drawing: Drawing) -> History:
        """The history once `drawing` gives way to a new one: there is nothing to redo."""
        return History((*self.done[1 - _MOST :], drawing))

    def back(self, drawing: Drawing) -> tuple[Drawing, History]:
        """The drawing before `drawing`, and the history there. Raises `IndexError` if none is."""
        return self.done[-1], History(self.done[:-1], (*self.undone, drawing))

    def forth(self, drawing: Drawing) -> tuple[Drawing, History]:
        """The drawing after `drawing`, and the history there. Raises `IndexError` if none is."""
        return self.undone[-1], History((*self.done, drawing), self.undone[:-1])
