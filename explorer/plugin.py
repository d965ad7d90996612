"""What `panel serve --plugins explorer.plugin` adds: the server's own rules, before it listens."""

from __future__ import annotations

import sys

from core.errors import InputError
from explorer.classroom.shared import shared_classroom
from explorer.server.protection import protect
from explorer.training.workers import number_of_workers

protect()
try:  # what is wrong with the environment is said before the server starts
    shared_classroom()
    number_of_workers()
except InputError as error:
    sys.exit(f"neuron-explorer: {error}")

#: What Panel shall serve beside the pages: nothing, for the rules know all addresses.
ROUTES: list[tuple[str, type]] = []
