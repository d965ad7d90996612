"""What the page says of ink that it refuses: the same as the command line, in its own language."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import core
from core.edit.damage import pruned, quantized, with_activation, with_noise
from core.edit.neurons import clamped, inverted, shared_by_map
from core.edit.painting import painted
from core.edit.url_text import from_url_text, to_url_text
from core.errors import InputError
from core.ink import Drawing, Stroke
from core.nn.activations import relu, softmax
from core.nn.image_network import check_image_network
from core.nn.network import Network
from core.nn.pretrained import pretrained
from explorer.texts import catalogue, sentence
from support.error_codes import codes_in

INK = Path(core.__file__).parent / "ink"


def saved(strokes: str = "[]", base: str = "null") -> str:
    return f'{{"base":{base},"strokes":{strokes}}}'


def stroke(points: str) -> str:
    return saved(f'[{{"points":{points},"width":2,"erases":false}}]')


def network() -> Network:
    return pretrained()["default"]


def softmax_network() -> Network:
    *hidden, outputs = network().layers
    return Network((*hidden, replace(outputs, activation=softmax)))


def changes_of(original: Network) -> str | None:
    return to_url_text(original, original.with_bias(1, 5, 0.5))


#: Something that is refused for each sentence that a page may have to show.
REFUSED: dict[str, Callable[[], object]] = {
    "ink.full": lambda: Stroke(np.zeros((10_001, 2))),
    "ink.no_stroke_yet": lambda: Drawing.blank.extended([(1, 2)]),
    "ink.long": lambda: Drawing.from_json(" " * 600_001),
    "ink.no_drawing": lambda: Drawing.from_json("draw"),
    "ink.no_base": lambda: Drawing.from_json("{}"),
    "ink.no_list": lambda: Drawing.from_json(saved("7")),
    "ink.no_stroke": lambda: Drawing.from_json(saved("[7]")),
    "ink.no_points": lambda: Drawing.from_json(stroke("[]")),
    "ink.points_are_no_numbers": lambda: Drawing.from_json(stroke('[["a","b"]]')),
    "ink.shape_of_points": lambda: Drawing.from_json(stroke("[1]")),
    "ink.far": lambda: Stroke([(10_001, 0)]),
    "ink.width": lambda: Stroke([(1, 2)], 0.25),
    "ink.erases": lambda: Stroke([(1, 2)], 2, "yes"),  # type: ignore[arg-type]
    "ink.pixels_are_no_numbers": lambda: Drawing.from_json(saved(base='"grey"')),
    "ink.shape_of_image": lambda: Drawing.from_json(saved(base="[[0]]")),
    "ink.range_of_image": lambda: Drawing(np.full((28, 28), 2.0)),
    "edit.number": lambda: network().with_bias(1, 5, 1e39),
    "edit.window": lambda: pretrained()["convolutional"].with_weight(1, 0, 783, 1.0),
    "edit.no_map": lambda: shared_by_map(pretrained()["default"], 1, 0),
    "edit.activation": lambda: clamped(network(), 1, 5, 2.0),
    "edit.softmax": lambda: inverted(softmax_network(), 3, 7),
    "edit.strength": lambda: painted(np.zeros(784, np.float32), [(1, 2)], "add", -1.0, 2.0),
    "edit.noise": lambda: with_noise(network(), float("nan"), 1),
    "edit.seed": lambda: with_noise(network(), 1.0, -1),
    "edit.share": lambda: pruned(network(), 1.5),
    "edit.bits": lambda: quantized(network(), 3),  # type: ignore[arg-type]
    "limits.no_image": lambda: check_image_network(Network.random((785, 10), 1)),
    "limits.outputs": lambda: check_image_network(Network.random((64, 37), 1)),
    "limits.layers": lambda: check_image_network(Network.random((64, *[8] * 6, 10), 1)),
    "limits.wide": lambda: check_image_network(Network.random((64, 513, 10), 1)),
    "edit.no_changes": lambda: from_url_text(network(), "abc"),
    "edit.another": lambda: from_url_text(network(), str(changes_of(pretrained()["relu"]))),
    "edit.outputs": lambda: with_activation(network(), 3, relu),
}


@pytest.mark.parametrize("code", REFUSED)
def test_the_page_says_what_the_command_line_says(code: str) -> None:
    with pytest.raises(InputError) as caught:
        REFUSED[code]()
    assert caught.value.code == code
    assert sentence(caught.value) == str(caught.value)


@pytest.mark.parametrize("code", REFUSED)
def test_the_page_says_it_in_its_own_language(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue(), code, f"⟦{catalogue()[code]}⟧")
    with pytest.raises(InputError) as caught:
        REFUSED[code]()
    assert sentence(caught.value) == f"⟦{caught.value}⟧"


def codes_of_ink() -> Iterator[str | None]:
    """The second argument of whatever `core.ink` raises for a person to read."""
    for file in INK.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="InkError" | "NotADrawingError"),
                    args=[_, ast.Constant(value=code)],
                ):
                    yield str(code)
                case ast.Call(func=ast.Name(id="InkError" | "NotADrawingError")):
                    yield None


def test_every_sentence_on_ink_can_be_translated() -> None:
    assert None not in set(codes_of_ink())
    assert {key for key in catalogue() if re.match(r"ink\.", key)} == set(codes_of_ink())


def test_every_sentence_that_can_be_translated_is_tried_here() -> None:
    assert set(codes_in("ink", "edit", "nn")) == set(REFUSED)


def test_an_error_without_a_code_says_what_it_says() -> None:
    assert sentence(InputError("It has {braces}.")) == "It has {braces}."


def sentences_of_formats() -> Iterator[tuple[str, str]]:
    """The sentences on files of other programs, by their codes: `tests/core` raises them."""
    for file in (Path(core.__file__).parent / "formats").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="FormatError" | "Note"),
                    args=[ast.Constant(value=said), ast.Constant(value=code), *_],
                ):
                    yield str(code), str(said)


def test_the_page_says_of_a_file_of_another_program_what_the_command_line_says() -> None:
    found = dict(sentences_of_formats())
    assert len(found) > 30
    assert found == {code: catalogue()[code] for code in found}
    assert {key for key in catalogue() if key.startswith("formats.")} <= set(found)
