"""The explorer: draw a digit and watch a neural network think."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core import Network
    from explorer.page.page import Page
    from explorer.widget import Explorer

__all__ = ["Explorer", "create_app"]


def __getattr__(name: str) -> Any:
    """`Explorer`, imported when it is first asked for: the command asks for `core` before."""
    if name != "Explorer":
        raise AttributeError(name)
    from explorer.widget import Explorer  # noqa: PLC0415

    return Explorer


def create_app(network: Network | None = None) -> Page:
    """Build the page of one session, displayable in a notebook too.

    Args:
        network: from the pixels of a square image to 2–36 outputs, see
            `core.nn.image_network`; None is the default network of the project.

    Raises:
        InputError: the network cannot be shown.
    """
    # Imported late, so that the command can first check which `core` it would get.
    from explorer.drawing.examples import FIRST, examples  # noqa: PLC0415
    from explorer.page.page import Page  # noqa: PLC0415
    from explorer.patches import apply_patches  # noqa: PLC0415
    from explorer.state.session import Session  # noqa: PLC0415
    from explorer.transport.component import LiveComponent  # noqa: PLC0415

    apply_patches(LiveComponent)
    session = Session(network)
    session.show_placeholder(examples()[FIRST].drawing)
    return Page(session)
