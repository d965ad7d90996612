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

Scripts = tuple[str, str]

#: The elements of a document that load scripts and styles, by where the page stands.
_scripts: dict[str | None, Scripts] = {}


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
    """What Panel's function of this name returns; ours are the same for everyone in this place."""
    document = state.curdoc
    if options or document is None or document.template is not _SHELL:
        return bundle_resources(roots, resources, **options)
    where = state.rel_path
    if where not in _scripts:
        scripts, styles = bundle_resources(roots, resources)
        _scripts[where] = scripts, styles
    return _scripts[where]
