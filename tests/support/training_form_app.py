"""The form of a training on a page of its own, for `panel serve`: its messages go by Panel."""

from __future__ import annotations

from pathlib import Path

import panel as pn

import explorer
from core.training.recipes import Recipe
from explorer.training.form import TrainingForm
from explorer.transport.link import Link

_THEMES = (Path(explorer.__file__).parent / "page" / "themes.css").read_text(encoding="utf-8")
#: Panel gives every part of the page its style: the colours are the document's alone.
_COLOURS = _THEMES.replace(":root, :host", ":root")
_PAGE = "body { background: var(--ground); font: 15px/1.4 system-ui, sans-serif }"


def page() -> pn.Column:
    """A form, and below it the learning rates of all recipes that were chosen."""
    chosen = pn.pane.Str("", css_classes=["chosen"])

    def choose(recipe: Recipe) -> None:
        chosen.object += f"{recipe.learning_rate} "

    link = Link()
    form = TrainingForm(Recipe(), choose).join(link)
    return pn.Column(form, link, chosen, sizing_mode="stretch_width")


pn.extension(raw_css=[_COLOURS, _PAGE])
page().servable()
