"""What `panel serve --plugins explorer.plugin` adds: the server's own rules, before it listens."""

from __future__ import annotations

import sys

from core.errors import InputError
from explorer.classroom.shared import shared_classroom
from explorer.server.protection import protect

protect()
try:
    shared_classroom()  # what is wrong with the class is said before it starts
except InputError as error:
    sys.exit(f"neuron-explorer: {error}")

#: What Panel shall serve beside the pages: nothing, for the rules know all addresses.
ROUTES: list[tuple[str, type]] = []
