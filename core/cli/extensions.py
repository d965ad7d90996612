"""What other packages add to the commands.

`core` needs NumPy alone and knows no package above it. One that draws pages or reaches clusters
says so in its metadata (``[project.entry-points]`` in pyproject.toml), and is found there if it is
installed.
"""

from importlib.metadata import entry_points
from typing import Any


def extension(command: str, name: str) -> Any | None:
    """What an installed package adds to a command under this name; None if there is nothing."""
    found = entry_points(group=f"neuron_explorer.{command}", name=name)
    return next(iter(found)).load() if found else None
