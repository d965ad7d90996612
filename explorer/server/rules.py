"""What the person who starts the server has decided about visitors, for either command."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from bokeh.server.tornado import BokehTornado
from bokeh.settings import settings as bokeh_settings
from tornado.web import Application

from core.errors import InputError
from explorer.server.trusted_hosts import THIS_MACHINE, in_url, name_of
from explorer.texts.languages import offered_languages

#: Pages that one process keeps open; with more, everybody's pen would feel it.
MOST_PAGES = 250

#: Under `panel serve` the environment says what options say to the project's own command.
PROXIES, FRAME_ANCESTORS = "NEURON_EXPLORER_PROXY", "NEURON_EXPLORER_FRAME_ANCESTORS"
LANGUAGE = "NEURON_EXPLORER_LANGUAGE"

_SITE = re.compile(r"(https?://)?(\*\.)?[A-Za-z0-9.-]+(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Rules:
    """What holds for every visitor of one server.

    Args:
        hosts: names under which the server answers, beside those of this machine.
        proxies: addresses of proxies whose word on a visitor's address counts.
        frame_ancestors: sites that may show the page in a frame, beside this one.
        pages: most pages open at a time in one process.
        frames_anywhere: whether any site that knows a page's address may show it in a frame.
        language: what pages are in until somebody chooses another; None leaves it to browsers.
    """

    hosts: frozenset[str] = frozenset()
    proxies: frozenset[str] = frozenset()
    frame_ancestors: tuple[str, ...] = ()
    pages: int = MOST_PAGES
    frames_anywhere: bool = False
    language: str | None = None

    def __post_init__(self) -> None:
        """Refuse what would say something else in a header.

        Raises:
            InputError: a site that may frame the page is none, or there is no such language.
        """
        if self.language is not None and self.language not in offered_languages():
            raise InputError(
                f"There is no language {self.language!r}: choose {', '.join(offered_languages())}."
            )
        for site in self.frame_ancestors:
            if not _SITE.fullmatch(site):
                raise InputError(
                    f"{site!r} is no site that could show the page: write https://learn.example.org"
                )

    @property
    def names(self) -> frozenset[str]:
        """All names under which the server answers."""
        return self.hosts | THIS_MACHINE


def rules_of(application: Application) -> Rules:
    """The rules of a server: those that it was started with, else what `panel serve` was told."""
    given = application.settings.get("rules")
    return given if isinstance(given, Rules) else _rules_of_panel(application)


@cache
def _rules_of_panel(application: Any) -> Rules:
    return Rules(
        hosts=frozenset(_hosts(application)),
        proxies=frozenset(os.environ.get(PROXIES, "").split()),
        frame_ancestors=tuple(os.environ.get(FRAME_ANCESTORS, "").split()),
        language=os.environ.get(LANGUAGE) or None,
    )


def _hosts(application: BokehTornado) -> set[str]:
    """The names that `--allow-websocket-origin` lists, and the address that it listens on."""
    origins = bokeh_settings.allowed_ws_origin() or application.websocket_origins
    # Bokeh writes an IPv6 address into its own URL without brackets.
    address = urlsplit(application.resources(absolute_url=True).root_url).netloc.rpartition(":")[0]
    named = (*origins, in_url(address.strip("[]")))
    return {name for each in named if (name := _name_or_pattern(each))}


def _name_or_pattern(origin: str) -> str | None:
    return origin.partition(":")[0] if "*" in origin else name_of(origin)
