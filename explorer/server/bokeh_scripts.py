"""The scripts of Bokeh and Panel that the pages load: asked for once, and the same for everyone."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from bokeh.resources import Component
from bokeh.resources import Resources as BokehResources
from bokeh.server.views.static_handler import StaticHandler
from bokeh.settings import settings
from panel.io.resources import DIST_DIR, LOCAL_DIST, Resources, bundle_resources

from explorer.page.page import Page
from explorer.state.session import Session

#: What the page's models and Panel's script need. Without WebGL, which no figure here uses, a first
#: visit is 56 kB shorter.
_COMPONENTS: Final[list[Component]] = ["bokeh", "bokeh-widgets", "bokeh-tables"]


@cache
def script_elements() -> str:
    """The elements of a document that load them, each with its version in its address."""
    bokeh = BokehResources(
        mode="server",
        components=_COMPONENTS,
        root_url="/",
        path_versioner=StaticHandler.append_version,
    )
    scripts, _ = bundle_resources([Page(Session()).get_root()], Resources.from_bokeh(bokeh))
    return str(scripts)


def script_files() -> dict[str, Path]:
    """The same as files, by their path below the server's root."""
    paths = re.findall(r'src="(static/[^"?]+)', script_elements())
    return {path: _file(path) for path in paths}


def _file(path: str) -> Path:
    if path.startswith(LOCAL_DIST):
        return Path(DIST_DIR, path.removeprefix(LOCAL_DIST))
    return Path(settings.bokehjs_path(), path.removeprefix("static/"))
