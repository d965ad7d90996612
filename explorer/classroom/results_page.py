"""What a class has drawn and what the network read, on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, Template

from explorer.classroom.records import DIGITS, Pupil, confusion_matrix
from explorer.classroom.results import named, readings
from explorer.texts import number, percent, text

#: The most frequent mistakes that are told in words.
_TOLD: Final = 6


def results_page(pupils: Sequence[Pupil], with_names: bool, date: str) -> str:
    """All of it as an HTML document without scripts; ``date`` is written at its head."""
    matrix = confusion_matrix(pupils)
    return _template().render(
        text=text,
        date=date,
        summary=list(_summary(pupils, matrix)),
        digits=range(DIGITS),
        rows=[_row(digit, counts) for digit, counts in enumerate(matrix)],
        mistakes=_mistakes(matrix),
        drawings=list(_drawings(pupils, with_names)),
    )


def _summary(pupils: Sequence[Pupil], matrix: Sequence[Sequence[int]]) -> Iterator[str]:
    shown = [each for pupil in pupils for each in readings(pupil)]
    known, right = sum(map(sum, matrix)), sum(matrix[digit][digit] for digit in range(DIGITS))
    yield text("results.pupils", count=len(pupils))
    yield text("results.drawings", count=len(shown))
    if known:
        share = percent(right / known, 0)
        yield text("results.right", right=number(right), count=known, share=share)
    if unsure := sum(each.sure is False for each in shown):
        yield text("results.unsure", count=unsure)


def _row(digit: int, counts: Sequence[int]) -> dict[str, Any]:
    """A row of the matrix: its counts, each with its share (0-1), and how many are right."""
    total = sum(counts)
    shares = [count / total if total else 0.0 for count in counts]
    return {
        "cells": list(zip(counts, shares, strict=True)),
        "total": total,
        "right": percent(shares[digit] if total else None, 0),
    }


def _mistakes(matrix: Sequence[Sequence[int]]) -> list[str]:
    """The most frequent ones, in words."""
    counted: Iterable[tuple[int, int, int]] = (
        (count, true, predicted)
        for true, row in enumerate(matrix)
        for predicted, count in enumerate(row)
        if count and true != predicted
    )
    return [
        text("results.mistake", digit=true, predicted=predicted, count=count)
        for count, true, predicted in sorted(counted, key=lambda each: (-each[0], each[1:]))[:_TOLD]
    ]


def _drawings(pupils: Sequence[Pupil], with_names: bool) -> Iterator[dict[str, Any]]:
    """What is on the pads now."""
    for name, pupil in named(pupils, with_names):
        if pupil.digit is None or not pupil.picture:
            continue
        sure = text("results.read", digit=pupil.digit)
        said = sure if pupil.sure else text("results.perhaps", digit=pupil.digit)
        meant = "" if pupil.meant is None else text("results.meant", digit=pupil.meant)
        shown = {"picture": pupil.picture, "said": said, "meant": meant, "wrong": pupil.is_misread}
        yield shown | {"name": name if with_names else ""}


@cache
def _template() -> Template:
    source = Path(__file__).with_name("results_page.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
