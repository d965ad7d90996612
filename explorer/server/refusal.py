"""The answers to what is not here, and to what is somewhere else."""

from __future__ import annotations

from explorer.server.security import SafeHandler
from explorer.texts import text
from explorer.texts.languages import offered_languages, speaking


class Refusal(SafeHandler):
    """One sentence, whatever was asked and however."""

    def initialize(self, status: int) -> None:
        """Called by Tornado with what the route decided."""
        self._status = status

    def prepare(self) -> None:
        """Answer before Tornado looks at the method or the body."""
        self.set_status(self._status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        with speaking(self.language):
            self.finish(text(f"refusal.{self._status}"))


class Redirect(SafeHandler):
    """Leads to another address of this server."""

    def initialize(self, to: str) -> None:
        """Called by Tornado with the path, the server's prefix included."""
        self._to = to

    def prepare(self) -> None:
        """Answer whatever the method; a language that was chosen is still."""
        is_chosen = self.chosen_language in offered_languages()
        self.redirect(self._to + (f"?language={self.chosen_language}" if is_chosen else ""))
