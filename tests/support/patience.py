"""How long a test waits for what has to come."""

from __future__ import annotations

from typing import Final

#: Seconds. Only a test that fails waits so long: it says nothing about speed, for a machine that
#: runs other tests and trainings meanwhile may be many times slower than one that rests.
PATIENCE: Final = 120.0
