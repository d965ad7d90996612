"""What is changed in other packages, and what for: a file for each thing, all optional.

Everything works without them, slower; `NEURON_EXPLORER_PATCHES=off` leaves them out.
"""

from __future__ import annotations

import os
from functools import cache

from panel.custom import JSComponent

from explorer.patches import bokeh_defaults, panel_components

#: The environment says whether patches are wanted.
WANTED = "NEURON_EXPLORER_PATCHES"


@cache
def apply_patches(component: type[JSComponent]) -> None:
    """Apply what fits the packages that are installed; `component` is the kind that pages use."""
    if os.environ.get(WANTED) == "off":
        return
    if bokeh_defaults.fits():
        bokeh_defaults.apply()
    if panel_components.fits():
        panel_components.apply(component)
