"""The page of a study: one file with plots and a table, which needs no server and no internet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bokeh.embed import file_html
from bokeh.models import ColumnDataSource
from bokeh.resources import INLINE, Resources

from core.files import write_content
from core.training.study import Result, Row, Study, architecture, table
from explorer.diagram import palette
from explorer.texts import number, text
from explorer.training.study_plots import accuracy_plots, point_columns

#: Bokeh's scripts for plots. Where Panel is loaded, `file_html` would add an address on its server.
_SCRIPTS = Resources(mode="inline", components=["bokeh"]).js_raw

_TEMPLATE = Path(__file__).with_name("study_page.html").read_text(encoding="utf-8")


def write_page(study: Study, results: Sequence[Result], path: Path) -> None:
    """Write the page of all results so far to ``path``, whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    write_content(path, study_page(study, results).encode())


def study_page(study: Study, results: Sequence[Result]) -> str:
    """The HTML of the page, which holds Bokeh's own scripts as well.

    The plots share one source of data, `results`, with a point for each result.
    """
    source = ColumnDataSource(point_columns(results), name="results")
    document: str = file_html(
        accuracy_plots(source, results),
        INLINE,
        _title(study),
        template=_TEMPLATE,
        template_variables={
            "colours": palette,
            "done": text("study.done", done=number(len(results)), count=len(study.recipes)),
            "rows": list(_cells(results)),
            "scripts": _SCRIPTS,
            "settings": _settings(study),
            "text": text,
        },
    )
    return document


def _title(study: Study) -> str:
    return text("study.title", count=len(study.recipes))


def _settings(study: Study) -> str:
    recipe = study.recipe
    return text(
        "study.settings",
        epochs=number(recipe.epochs),
        batch_size=number(recipe.batch_size),
        learning_rate=f"{recipe.learning_rate:g}",
        optimizer=recipe.optimizer,
        loss=recipe.loss,
    )


def _cells(results: Sequence[Result]) -> Iterator[tuple[str, ...]]:
    for row in table(results):
        yield (
            architecture(row.hidden),
            number(row.n_parameters),
            _percent(row.accuracy),
            _percent(row.spread),
            number(row.seconds, 1),
            _diverged(row),
        )


def _percent(share: float | None) -> str:
    return text("study.none") if share is None else number(100 * share, 2)


def _diverged(row: Row) -> str:
    return text("study.some", some=number(row.n_diverged), all=number(row.n_trained))
