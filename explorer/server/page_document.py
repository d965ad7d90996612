"""The documents of pages, each made once for all who read its language."""

from __future__ import annotations

import asyncio

from bokeh.document import Document
from bokeh.embed.util import RenderItem
from bokeh.server.contexts import ApplicationContext
from bokeh.util.token import get_session_id
from panel.io.server import html_page_for_render_items
from tornado.httputil import HTTPServerRequest

from explorer.server.bokeh_scripts import script_elements
from explorer.server.tokens import Tokens
from explorer.texts.languages import speaking

#: What stands in the document that all have in common where each has its own.
_TOKEN, _NONCE = "the-token-of-this-page", "the-nonce-of-this-page"


class PageDocuments:
    """The documents of one server's pages: each is made once, from a page that nobody sees.

    Two visitors' documents differ in the token and the nonce alone; the models of a page, which
    take a hundred times as long, are built when its websocket opens.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._made: dict[tuple[str, str], str] = {}
        self._making = asyncio.Lock()

    async def document(
        self, context: ApplicationContext, request: HTTPServerRequest, language: str, nonce: str
    ) -> str:
        """The document of the page that `context` serves, for one visitor."""
        which = (context.url, language)
        async with self._making:
            if which not in self._made:
                self._made[which] = await self._make(context, request, language)
        token = self._tokens.new(*which)
        return self._made[which].replace(_TOKEN, token).replace(_NONCE, nonce)

    def forget(self, url: str) -> None:
        """The page at this path is served no more."""
        for which in [each for each in self._made if each[0] == url]:
            del self._made[which]

    async def _make(
        self, context: ApplicationContext, request: HTTPServerRequest, language: str
    ) -> str:
        token = self._tokens.new(context.url, language)
        with speaking(language):
            session = await context.create_session_if_needed(get_session_id(token), request, token)
            text = _written(session.document)
        session.request_expiration()
        return text


def _written(document: Document) -> str:
    text: str = html_page_for_render_items(
        (script_elements(), ""),
        {},
        [RenderItem(token=_TOKEN, roots=document.roots, use_for_title=False)],
        document.title,
        template=document.template,
        template_variables=document.template_variables | {"nonce": _NONCE},
    )
    return text
