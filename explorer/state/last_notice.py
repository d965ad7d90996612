"""What one part of a page has said last: it is taken back when there is nothing more to say."""

from __future__ import annotations

from explorer.state.session import Session


class LastNotice:
    """The notices of one part; what another has said in the meantime is not taken back."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._said = ""

    def say(self, words: str) -> None:
        """Say this instead of what was said last; an empty text for nothing."""
        if words or self._session.notice == self._said:
            self._session.notice = words
        self._said = words
