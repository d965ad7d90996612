"""The page of a study: every result is a point and part of a row, and all of it is one file."""

from __future__ import annotations

import importlib
import re
import tomllib
from dataclasses import replace
from importlib.metadata import EntryPoint
from itertools import pairwise
from pathlib import Path

import pytest
from bokeh.models import ColumnDataSource

from core.cli import study as command
from core.errors import InputError
from core.training.recipes import Recipe
from core.training.study import Result, Study
from explorer.training.dask_cluster import cluster_executor
from explorer.training.study_page import study_page, write_page
from explorer.training.study_plots import accuracy_plots, point_columns

STUDY = Study(Recipe(), widths=(8, 16), depths=(1, 2), n_seeds=2)
RESULTS = [
    Result(each.hidden, each.seed, each.n_parameters, 12.5, 0.9 + number / 100)
    for number, each in enumerate(STUDY.recipes)
]
DIVERGED = [replace(each, accuracy=None, failure="It diverged.") for each in RESULTS]
MIXED = [*RESULTS[:5], *DIVERGED[5:]]


def cells(page: str) -> list[list[str]]:
    _, _, body = page.partition("<tbody>")
    rows = re.findall(r"<tr>(.*?)</tr>", body)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


@pytest.mark.parametrize(
    ("results", "done", "rows"),
    [
        ([], "0 of 8 trained", []),
        (RESULTS[:1], "1 of 8 trained", [["8", "6,370", "90.00", "–", "12.5", "0 of 1"]]),
        (DIVERGED[:1], "1 of 8 trained", [["8", "6,370", "–", "–", "12.5", "1 of 1"]]),
        (
            MIXED,
            "8 of 8 trained",
            [
                ["8", "6,370", "90.50", "0.71", "12.5", "0 of 2"],
                ["16", "12,730", "92.50", "0.71", "12.5", "0 of 2"],
                ["8-8", "6,442", "94.00", "–", "12.5", "1 of 2"],
                ["16-16", "13,002", "–", "–", "12.5", "2 of 2"],
            ],
        ),
    ],
    ids=["none", "one", "one diverged", "many"],
)
def test_the_page_says_what_was_studied_and_what_came_of_it(
    results: list[Result], done: str, rows: list[list[str]]
) -> None:
    page = study_page(STUDY, results)
    assert "<h1>Study of 8 networks</h1>" in page
    assert "30 epochs · mini-batches of 10 · learning rate 3" in page
    assert done in page
    assert cells(page) == rows


@pytest.mark.parametrize("also", ["bokeh", "panel"])
def test_everything_is_in_the_file_whatever_else_is_loaded(also: str) -> None:
    importlib.import_module(also)
    page = study_page(STUDY, MIXED)
    assert not re.search(r'<(script|link)[^>]+(src|href)="(?!data:)', page)


@pytest.mark.parametrize("results", [[], RESULTS[:1], DIVERGED[:1], DIVERGED, MIXED])
def test_every_result_is_a_point_in_sight(results: list[Result]) -> None:
    columns = point_columns(results)
    assert {len(column) for column in columns.values()} == {len(results)}
    for plot, name in zip(
        accuracy_plots(ColumnDataSource(columns), results), ("parameters", "width"), strict=True
    ):
        assert all(plot.x_range.start < x < plot.x_range.end for x in columns[name])
        assert all(plot.y_range.start < y < plot.y_range.end for y in columns["accuracy"])


def test_numbers_of_layers_differ_in_more_than_colour() -> None:
    study = Study(Recipe(), widths=(8,), depths=tuple(range(1, 17)), n_seeds=1)
    results = [Result(each.hidden, 0, each.n_parameters, 1.0, 0.9) for each in study.recipes]
    columns = point_columns(results)
    assert len(set(columns["marker"])) == 16
    plot, _ = accuracy_plots(ColumnDataSource(columns), results)
    dashes = [str(line.glyph.line_dash) for line in plot.renderers[:16]]
    assert all(one != other for one, other in pairwise(dashes))


def test_the_legend_names_what_is_there_from_few_layers_to_many() -> None:
    results = [*reversed(RESULTS), DIVERGED[0]]
    columns = point_columns(results)
    plot, _ = accuracy_plots(ColumnDataSource(columns), results)
    shown = [(item.label.value, columns["marker"][item.index]) for item in plot.legend[0].items]
    assert shown == [("1 hidden layer", "circle"), ("2 hidden layers", "square"), ("diverged", "x")]


def test_the_axes_have_names_and_units() -> None:
    by_parameters, by_width = accuracy_plots(ColumnDataSource(point_columns(MIXED)), MIXED)
    assert by_parameters.title.text == "Accuracy by number of parameters"
    assert by_width.title.text == "Accuracy by width"
    assert by_parameters.xaxis[0].axis_label == "parameters (weights and biases)"
    assert by_width.xaxis[0].axis_label == "width (neurons in each hidden layer)"
    assert by_width.xaxis[0].ticker.ticks == [8, 16]
    for plot in (by_parameters, by_width):
        assert plot.yaxis[0].axis_label == "accuracy (% of the validation images)"


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "study.html"
    write_page(STUDY, MIXED, path)
    assert path.read_text("utf-8").rstrip().endswith("</html>")
    with pytest.raises(InputError, match=r"Cannot write .*: Is a directory"):
        write_page(STUDY, MIXED, tmp_path)
    assert list(tmp_path.iterdir()) == [path]


def test_the_package_tells_the_command_of_the_page_and_of_clusters() -> None:
    pyproject = Path(__file__).parents[2] / "pyproject.toml"
    declared = tomllib.loads(pyproject.read_text("utf-8"))["project"]["entry-points"]
    named = declared["neuron_explorer.study"]
    loaded = {name: EntryPoint(name, value, "").load() for name, value in named.items()}
    assert loaded == {"page": write_page, "dask": cluster_executor}
    asked = re.findall(r'extension\("study", "(\w+)"\)', Path(command.__file__).read_text("utf-8"))
    assert set(asked) == set(loaded)
