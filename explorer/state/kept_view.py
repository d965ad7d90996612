"""What a tab keeps of a page's settings over a reload, and what back and forward restore."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from explorer.state.session import PausedError, Session
from explorer.state.settings import NETWORK, NEURON, SETTINGS, Setting
from explorer.state.view_text import said_in, view_text

KEPT: Final = tuple(each for each in SETTINGS if each.is_kept)
REVISITED: Final = tuple(each for each in SETTINGS if each.is_revisited)


class KeptView:
    """The settings of a session as texts, and back.

    Some of what a tab has kept may have to wait: until the teacher goes on, or until the network is
    there, which is one's own and comes by itself. As long as it waits it is written as if it were
    there, so that another reload does not lose it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: dict[str, str] = {}
        self._meanwhile = ""  # the network that is shown while another one is waited for

    def written(self, settings: Iterable[Setting]) -> str:
        """Settings as one text."""
        said = {each.name: each.write(self._session) for each in settings} | self._waiting
        names = {each.name for each in settings}
        return view_text({k: each for k, each in said.items() if k in names and each is not None})

    def bring(self, view: str) -> None:
        """A tab that was opened again brings what `written` has written of `KEPT`."""
        self._waiting = self._put(KEPT, view)
        self._meanwhile = self._session.network_name

    def revisit(self, view: str) -> None:
        """Go where one was, as `written` has written of `REVISITED`."""
        self._waiting = {}
        self._put(REVISITED, view)

    def give_up(self) -> None:
        """Nothing waits any longer: a link says what is shown."""
        self._waiting = {}

    def go_on(self) -> None:
        """Put what has waited, if it can be put by now; a person's own choice goes first."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        if self._session.network_name not in (self._meanwhile, waiting.get(NETWORK)):
            waiting = {k: each for k, each in waiting.items() if k not in (NETWORK, NEURON)}
        if self._session.selected is not None:
            waiting.pop(NEURON, None)
        self._waiting = self._put(KEPT, view_text(waiting))

    def _put(self, settings: Iterable[Setting], view: str) -> dict[str, str]:
        """Put what a text says, and return what must wait.

        What is damaged, or is not there, stays as it is.
        """
        try:
            said = said_in(view)
        except ValueError:
            return {}
        waiting: dict[str, str] = {}
        for setting in settings:
            name = setting.name
            if name not in said or said[name] == setting.write(self._session):
                continue
            of_another = name == NEURON and NETWORK in waiting
            if of_another or self._must_wait(setting, said[name]):
                waiting[name] = said[name]
        return waiting

    def _must_wait(self, setting: Setting, said: str) -> bool:
        try:
            setting.put(self._session, setting.read(said))
        except PausedError:
            return True
        except LookupError:
            return setting.name == NETWORK
        except ValueError:
            pass
        return False
