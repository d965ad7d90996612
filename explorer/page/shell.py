"""The document around a page, without a request to any other host."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import panel.io.server as panel_server
from panel.config import config
from panel.io import state
from panel.io.resources import LOCAL_DIST, _env, bundle_resources
from panel.viewable import Viewable

_TEXT = Path(__file__).with_name("shell.html").read_text(encoding="utf-8")
_SHELL = _env.from_string("{% extends base %}\n" + _TEXT)

#: The elements of a document that load its scripts and styles, once they are known.
_scripts: list[tuple[str, str]] = []


def serve_in_shell(page: Viewable, title: str) -> None:
    """Make this the page of the session that the server is opening.

    Panel names another host for its styles until a document says where they are. It would say so
    itself when the page is asked for; but of several processes, another may build the document.
    """
    _name_scripts_once()
    document = state.curdoc
    here = f"{state.rel_path}/" if state.rel_path else ""
    document.template_variables.update(here=here, dist_url=here + LOCAL_DIST)
    config.browser_info = False
    page.servable(title=title, location=False)
    document.template = _SHELL
    document.config.notify_connection_status = False


@cache
def _name_scripts_once() -> None:
    """Let Panel name the scripts of our documents once: it took a seventh of what a join costs."""
    panel_server.bundle_resources = _bundle_resources


def _bundle_resources(roots: Any, resources: Any, **options: Any) -> Any:
    """What Panel's function of this name returns: for our pages the same for everyone.

    A visitor may ask for a page as another host would embed it: that is nobody else's page.
    """
    document = state.curdoc
    ours = document is not None and document.template is _SHELL
    if options or not ours or resources.absolute or state.rel_path:
        return bundle_resources(roots, resources, **options)
    if not _scripts:
        scripts, styles = bundle_resources(roots, resources)
        _scripts.append((scripts, styles))
    return _scripts[0]
