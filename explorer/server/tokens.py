"""The tokens of pages: made by this server, signed, and good for one websocket of one page.

A page's session begins with its websocket, and its id comes from the token alone: nothing that a
visitor puts into an address or a header chooses one. So nobody can prepare a session for another
to walk into.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from time import time

from bokeh.util.token import (
    check_token_signature,
    generate_jwt_token,
    generate_session_id,
    get_session_id,
    get_token_payload,
)

from explorer.texts.languages import ENGLISH

#: Another one at each start; processes that share the work are forked later and share it.
KEY = secrets.token_urlsafe(32)

#: A phone in a full network takes its time over the scripts before it opens the websocket.
_SECONDS = 300

#: What Bokeh would copy from the request into the session.
_NOTHING_OF_THE_VISITOR: dict[str, dict[str, str]] = {"headers": {}, "cookies": {}, "arguments": {}}


class Tokens:
    """Gives out tokens, and takes each of them once."""

    def __init__(self, key: str | bytes = KEY, clock: Callable[[], float] = time) -> None:
        self._key = key
        self._clock = clock
        self._used: dict[str, float] = {}

    def new(self, page: str, language: str) -> str:
        """A token for the websocket of the page at this path, in this language."""
        return str(
            generate_jwt_token(
                generate_session_id(secret_key=self._key, signed=True),
                secret_key=self._key,
                signed=True,
                extra_payload={**_NOTHING_OF_THE_VISITOR, "page": page, "language": language},
                expiration=_SECONDS,
            )
        )

    def is_good(self, token: str, page: str) -> bool:
        """Whether this server gave it out for this page not long ago, and it was never used."""
        try:
            if not check_token_signature(token, secret_key=self._key, signed=True):
                return False
            payload = get_token_payload(token)
            is_fresh = payload["session_expiry"] > self._clock()
            return is_fresh and payload["page"] == page and not self.is_used(token)
        except Exception:  # whatever a forged one makes of Bokeh's reading of it
            return False

    def language(self, token: str) -> str:
        """The language of the page that a good token is for; English of a page without rules."""
        return str(get_token_payload(token).get("language", ENGLISH))

    def is_used(self, token: str) -> bool:
        """Whether a websocket was opened with it."""
        return get_session_id(token) in self._used

    def use(self, token: str) -> None:
        """From now on it is no good."""
        now = self._clock()
        if len(self._used) > 1000:
            self._used = {name: until for name, until in self._used.items() if until > now}
        self._used[get_session_id(token)] = now + _SECONDS
