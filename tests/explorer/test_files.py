"""A file is opened if it holds a drawing, and else named for what it is; nothing is lost by it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from core.ink import Drawing
from explorer.drawing.examples import Examples
from explorer.state.session import Session
from support.telling import tell

DRAWING = Drawing.blank.to_json()
STROKE = '{"base":null,"strokes":[{"points":[[3,3],[20,20]],"width":2.4,"erases":false}]}'


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def examples(session: Session) -> Examples:
    return Examples(session)


def told(name: str, content: bytes, **other: Any) -> dict[str, Any]:
    """What the browser tells of a file without a drawing or a picture that it can decode."""
    head = b64encode(content[:4096]).decode()
    file = {"type": "open", "file": name, "size": len(content), "head": head}
    return file | {"text": None} | other


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("blank.json", b"", "blank.json is empty"),
        ("digit.png", b"\x89PNG\r\n\x1a\n", "a picture (PNG) that this browser cannot read"),
        ("photo.heic", b"\0\0\0\x18ftypheic", "a picture (HEIC or AVIF)"),
        ("digit.svg", b"<svg/>", "a vector picture (SVG)"),
        (
            "model.keras",
            b"PK\x03\x04" + bytes(26) + b"metadata.json",
            "a neural network (Keras), not a drawing",
        ),
        ("weights.h5", b"\x89HDF\r\n\x1a\n", "a neural network (HDF5)"),
        ("net.pt", b"\0\1\2\3", "a neural network (PyTorch)"),
        ("net.safetensors", b"\x09\0\0\0\0\0\0\0" + b'{"a": {}}', "a neural network (safetensors)"),
        ("net.onnx", b"\0\1\2\3", "a neural network (ONNX)"),
        ("default.npz", b"PK\x03\x04" + bytes(26) + b"header.npy", "arrays (NumPy, .npz)"),
        ("a.npy", b"\x93NUMPY", "arrays (NumPy, .npy)"),
        ("sheet.pdf", b"%PDF-1.7", "a document (PDF)"),
        ("all.zip", b"PK\x03\x04" + bytes(26) + b"a.txt", "a compressed file (ZIP)"),
        ("digit.json", b"\0\1\2\3", "neither a drawing nor a picture"),
    ],
)
def test_a_file_is_named_for_what_it_is(
    session: Session, examples: Examples, name: str, content: bytes, sentence: str
) -> None:
    before = session.drawing
    tell(examples, told(name, content))
    assert session.notice.startswith((f"{name} is ", f"{name} contains "))
    assert sentence in session.notice
    assert "damaged" not in session.notice
    assert session.drawing is before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Dear pupils", "is a text file, not a drawing"),
        ('{"cells": []}', "is a JSON file, but not a saved drawing, or not all of one"),
        (STROKE[:-9], "is a JSON file, but not a saved drawing, or not all of one"),
        ('{"base": null, "strokes": [5]}', "needs points, width and erases"),
        ("<!doctype html>", "is a document (HTML)"),
    ],
)
def test_a_text_that_is_no_drawing_is_named_as_well(
    session: Session, examples: Examples, content: str, sentence: str
) -> None:
    tell(examples, told("letter.json", content.encode(), text=content))
    assert sentence in session.notice
    assert "letter.json" in session.notice


def test_what_is_too_large_is_told_how_large_it_may_be(
    session: Session, examples: Examples
) -> None:
    tell(examples, told("photo.png", b"\x89PNG\r\n\x1a\n", size=21_000_000))
    assert (
        session.notice
        == "photo.png is too large for a drawing; files of up to 20.0 MB can be opened."
    )
    tell(examples, told("long.json", b'{"base":', size=700_000))
    assert (
        session.notice
        == "long.json is too large for a drawing; files of up to 0.6 MB can be opened."
    )
    tell(examples, told("net.pt", b"\0\1\2\3", size=10**9))
    assert "a neural network (PyTorch)" in session.notice


def test_what_was_said_of_a_file_is_gone_when_another_is_opened(
    session: Session, examples: Examples
) -> None:
    tell(examples, told("letter.txt", b"Dear", text="Dear"))
    assert session.notice
    tell(examples, told("stroke.json", STROKE.encode(), text=STROKE))
    assert session.notice == ""
    assert session.drawing == Drawing.from_json(STROKE)
    tell(examples, told("letter.txt", b"Dear", text="Dear"))
    tell(examples, {"type": "choose", "name": "7-plain"})
    assert session.notice == ""


def test_what_was_said_of_something_else_stays(session: Session, examples: Examples) -> None:
    session.notice = "Something else."
    tell(examples, told("stroke.json", STROKE.encode(), text=STROKE))
    assert session.notice == "Something else."


def test_a_head_that_no_browser_sends_is_nonsense(session: Session, examples: Examples) -> None:
    tell(examples, told("a.png", b"") | {"head": "*"})
    assert session.notice == ""
