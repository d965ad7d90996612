"""How work that takes long tells how far it is, and how it is ended before its time."""

from typing import Protocol


class Report(Protocol):
    """Is told now and then what is being done and which share of it is done, 0-1.

    ``note`` is for people. A report that raises `Cancelled` ends the work: nothing comes of it.
    """

    def __call__(self, what: str, share: float, note: str = "") -> None:
        """Take note of it."""
        ...


class Cancelled(Exception):  # noqa: N818 - it is wanted, and no error
    """Whoever was told of the progress wants no more of it."""


def unreported(what: str, share: float, note: str = "") -> None:
    """The report of those who do not want to know."""
