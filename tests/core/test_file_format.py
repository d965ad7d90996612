"""A file is known by what is in it, whatever it is called; where that says nothing, by its name."""

import gzip
import io
import json
import pickle
import struct
import zipfile

import numpy as np
import pytest
from PIL import Image

from core.file_format import HEAD, FileFormat, file_format


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("L", (28, 28)).save(file, kind)
    return file.getvalue()


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name in names:
            zipped.writestr(name, "content")
    return file.getvalue()


def arrays(**named: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.savez(file, **named)
    return file.getvalue()


def array() -> bytes:
    file = io.BytesIO()
    np.save(file, np.eye(3))
    return file.getvalue()


TENSORS = json.dumps({"weight": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
CONTENTS = {
    FileFormat.EMPTY: [b""],
    FileFormat.PNG: [picture("PNG")],
    FileFormat.JPEG: [picture("JPEG")],
    FileFormat.GIF: [picture("GIF")],
    FileFormat.WEBP: [picture("WEBP")],
    FileFormat.BMP: [picture("BMP")],
    FileFormat.TIFF: [picture("TIFF")],
    FileFormat.HEIF: [b"\0\0\0\x18ftypheic", b"\0\0\0\x20ftypavif"],
    FileFormat.SVG: [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a digit -->\n<svg/>',
    ],
    FileFormat.PDF: [b"%PDF-1.7\n"],
    FileFormat.OFFICE: [archive("[Content_Types].xml"), archive("mimetype")],
    FileFormat.HTML: [b"<!DOCTYPE html><title>A page</title>"],
    FileFormat.KERAS: [archive("metadata.json", "config.json", "model.weights.h5")],
    FileFormat.HDF5: [b"\x89HDF\r\n\x1a\n\0"],
    FileFormat.PYTORCH: [archive("archive/data.pkl", "archive/byteorder", "archive/data/0")],
    FileFormat.SAFETENSORS: [struct.pack("<Q", len(TENSORS)) + TENSORS + bytes(4)],
    FileFormat.ONNX: [b"\x08\x08\x12\x07pytorch\x1a\x052.5.0", b"\x08\x07\x12\x07tf2onnx"],
    FileFormat.TFLITE: [b"\x1c\0\0\0TFL3"],
    FileFormat.TENSORFLOW_JS: [
        b'{"format": "layers-model", "modelTopology": {"class_name": "Sequential"}}',
        b'{"weightsManifest": []}',
    ],
    FileFormat.MATLAB: [
        b"MATLAB 5.0 MAT-file, Platform: GLNXA64",
        b"MATLAB 7.3 MAT-file, Platform: PCWIN64",
    ],
    FileFormat.PICKLE: [pickle.dumps({"weights": [1.0]}, protocol) for protocol in (2, 4, 5)],
    FileFormat.NUMPY_ARRAY: [array()],
    FileFormat.NUMPY_ARCHIVE: [arrays(header=np.eye(2)), arrays(a=np.eye(2), b=np.eye(2))],
    FileFormat.ZIP: [archive(), archive("readme.txt")],
    FileFormat.GZIP: [gzip.compress(b"digits")],
    FileFormat.JSON: [b'{"base": null, "strokes": []}', b" [1, 2]"],
    FileFormat.TEXT: [b"Dear pupils", "Größe".encode(), "é".encode() * HEAD],
    FileFormat.UNKNOWN: [b"\0\1\2\3", b"\xff\xfe\xfd", bytes(range(256))],
}


def test_every_format_is_known_by_what_is_in_the_file() -> None:
    assert {*CONTENTS, FileFormat.TENSORFLOW} == set(FileFormat)  # which has no signature


@pytest.mark.parametrize("expected", CONTENTS, ids=lambda each: each.name)
def test_a_file_is_what_is_in_it_whatever_it_is_called(expected: FileFormat) -> None:
    for content in CONTENTS[expected]:
        assert file_format(content[:HEAD]) is expected
        assert file_format(content[:HEAD], "drawing.json") is expected


def test_what_is_no_more_than_numbers_is_what_it_is_called() -> None:
    assert file_format(b"\x08\x03\0\1", "digits.onnx") is FileFormat.ONNX
    assert file_format(b"\0\1\2\3", "Model.PTH") is FileFormat.PYTORCH
    assert file_format(archive("code.py"), "model.pt") is FileFormat.PYTORCH
    assert file_format(b"\x08\x01\x12\xff", "saved_model.pb") is FileFormat.TENSORFLOW
    assert file_format(picture("PNG"), "model.pt") is FileFormat.PNG


def test_a_letter_that_is_cut_through_is_still_text() -> None:
    assert file_format("é".encode()[:1] + b"", "a.txt") is FileFormat.TEXT
    assert file_format(("a" + "é" * HEAD).encode()[:HEAD]) is FileFormat.TEXT
