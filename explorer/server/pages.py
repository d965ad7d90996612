"""The pages that a server hands out: one for everyone who draws, one for the teacher."""

from __future__ import annotations

from contextvars import ContextVar
from functools import partial

from panel.io import state

from core.nn.network import Network
from explorer import create_app
from explorer.classroom.classroom import Classroom
from explorer.classroom.meant import meant_drawings
from explorer.classroom.pupil import PupilBar
from explorer.classroom.teacher import TeacherPage
from explorer.diagram.outputs import Outputs
from explorer.diagram.stage import Stage
from explorer.page.notice import Notice
from explorer.page.page import Page
from explorer.page.shell import serve_in_shell
from explorer.state.session import Session
from explorer.texts import text
from explorer.transport.link import Link

#: The page that the present task is going to open, by its network.
_made: ContextVar[dict[Network | None, Page]] = ContextVar("made")

#: The network of the page that was opened last.
_latest: list[Network | None] = []


def make_page() -> None:
    """Make the page that this task is going to open, for `open_page` to take.

    That is nearly half of what opening a page costs: the loop can be the others' between the two.
    """
    if _latest:  # by its first page, a server learns what it serves
        _made.set({_latest[0]: create_app(_latest[0])})


def open_page(network: Network | None = None, classroom: Classroom | None = None) -> None:
    """Make the page of the session that the server is opening, with the pupil's bar in a class."""
    page = _made.get({}).pop(network, None) or create_app(network)
    _latest[:] = [network]
    # Bokeh looks through all models when a root comes: here once, which saves a fifth of the time.
    with state.curdoc.models.freeze():
        page.serve_here()
        if classroom is not None:
            page.of_class = partial(meant_drawings, classroom.board)
            PupilBar(page.session, classroom).join(page.link).servable(location=False)


def open_teacher_page(classroom: Classroom, network: Network | None = None) -> None:
    """Make it the teacher's page, which asks for the code first; its stage is blank until then.

    The stage comes with the page: what is built when the page runs would travel by Panel, and be
    overtaken by what its link tells of it.
    """
    link, session = Link(), Session(network)
    page = TeacherPage(classroom, session, stage=Stage(session), outputs=Outputs(session))
    serve_in_shell(page.join(link), text("teacher.class"), session.network)
    Notice(session).join(link).servable(location=False)
    link.servable(location=False)
