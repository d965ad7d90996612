"""What kind of file is this? Told by its first bytes and, where these say nothing, by its name.

A file that other programs read well must not be called damaged only because it is not ours.
"""

import codecs
import re
from enum import Enum
from pathlib import PurePath
from typing import Final

HEAD: Final = 4_096
"""How many of a file's first bytes tell what it is."""


class FileFormat(Enum):
    """A format of files; its value is its name."""

    EMPTY = "empty"
    PNG = "PNG"
    JPEG = "JPEG"
    GIF = "GIF"
    WEBP = "WebP"
    BMP = "BMP"
    TIFF = "TIFF"
    HEIF = "HEIC or AVIF"
    SVG = "SVG"
    PDF = "PDF"
    OFFICE = "Office"
    HTML = "HTML"
    KERAS = "Keras"
    HDF5 = "HDF5"
    PYTORCH = "PyTorch"
    SAFETENSORS = "safetensors"
    ONNX = "ONNX"
    TFLITE = "TensorFlow Lite"
    TENSORFLOW = "TensorFlow"
    TENSORFLOW_JS = "TensorFlow.js"
    MATLAB = "Matlab"
    PICKLE = "Python pickle"
    NUMPY_ARRAY = "NumPy, .npy"
    NUMPY_ARCHIVE = "NumPy, .npz"
    ZIP = "ZIP"
    GZIP = "gzip"
    JSON = "JSON"
    TEXT = "text"
    UNKNOWN = "unknown"


PICTURES: Final = frozenset(
    {
        FileFormat.PNG,
        FileFormat.JPEG,
        FileFormat.GIF,
        FileFormat.WEBP,
        FileFormat.BMP,
        FileFormat.TIFF,
        FileFormat.HEIF,
    }
)
"""Images of pixels."""

NETWORKS: Final = frozenset(
    {
        FileFormat.KERAS,
        FileFormat.HDF5,
        FileFormat.PYTORCH,
        FileFormat.SAFETENSORS,
        FileFormat.ONNX,
        FileFormat.TFLITE,
        FileFormat.TENSORFLOW,
        FileFormat.TENSORFLOW_JS,
        FileFormat.MATLAB,
    }
)
"""What other programs write networks in."""


def file_format(head: bytes, name: str = "") -> FileFormat:
    """The format of a file with these first bytes, `HEAD` at least or all of it, and this name."""
    found = _by_content(head)
    named = _NAMES.get(PurePath(name).suffix.lower())
    if found in (FileFormat.UNKNOWN, FileFormat.ZIP) and named is not None:
        return named
    return found


def _by_content(head: bytes) -> FileFormat:
    if not head:
        return FileFormat.EMPTY
    for pattern, found in _SIGNATURES:
        if pattern.match(head):
            return found
    return _by_text(head)


def _by_text(head: bytes) -> FileFormat:
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head).strip().lower()
    except UnicodeDecodeError:
        return FileFormat.UNKNOWN
    if "\0" in text:
        return FileFormat.UNKNOWN
    for beginning, found in _BEGINNINGS:
        if re.match(beginning, text):
            return found
    return FileFormat.TEXT


def _signature(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.DOTALL)


#: The first entry of a zip file: its name begins at the 31st byte.
_ENTRY: Final = rb"PK\x03\x04.{26}"

_SIGNATURES: Final = tuple(
    (_signature(pattern), found)
    for pattern, found in (
        (rb"\x89PNG\r\n\x1a\n", FileFormat.PNG),
        (rb"\xff\xd8\xff", FileFormat.JPEG),
        (rb"GIF8[79]a", FileFormat.GIF),
        (rb"RIFF....WEBP", FileFormat.WEBP),
        (rb"BM....\0\0\0\0", FileFormat.BMP),
        (rb"II\*\0|MM\0\*", FileFormat.TIFF),
        (rb"....ftyp(?:heic|heix|mif1|msf1|avif)", FileFormat.HEIF),
        (rb"%PDF-", FileFormat.PDF),
        (rb"\x89HDF\r\n\x1a\n", FileFormat.HDF5),
        (rb"\x93NUMPY", FileFormat.NUMPY_ARRAY),
        (rb"MATLAB (?:5\.0|7\.3) MAT-file", FileFormat.MATLAB),
        (rb"....TFL3", FileFormat.TFLITE),
        (rb'.{6}\0\0\{"', FileFormat.SAFETENSORS),
        (_ENTRY + rb"(?:metadata\.json|config\.json|model\.weights\.h5)", FileFormat.KERAS),
        (_ENTRY + rb"[^\0]{0,200}?/data\.pkl", FileFormat.PYTORCH),
        (_ENTRY + rb"[^\0]{1,200}?\.npy", FileFormat.NUMPY_ARCHIVE),
        (_ENTRY + rb"(?:\[Content_Types\]\.xml|mimetype)", FileFormat.OFFICE),
        (rb"PK(?:\x03\x04|\x05\x06)", FileFormat.ZIP),
        (rb"\x1f\x8b", FileFormat.GZIP),
        (rb"\x80[\x02-\x05].{0,40}\x8a\x0al\xfc\x9cF\xf9\x20j\xa8P\x19", FileFormat.PYTORCH),
        (rb"\x80[\x02-\x05]", FileFormat.PICKLE),
        (rb"\x08[\x01-\x20]\x12.{1,9}onnx|\x08[\x01-\x20]\x12.pytorch", FileFormat.ONNX),
    )
)

_BEGINNINGS: Final = (
    (r"(?:<\?xml.*?|<!--.*?-->|<!doctype svg.*?>|\s)*<svg\b", FileFormat.SVG),
    (r"<!doctype html|<html", FileFormat.HTML),
    (r'\{[\s\S]*?"(?:modeltopology|weightsmanifest)"\s*:', FileFormat.TENSORFLOW_JS),
    (r"[\[{]", FileFormat.JSON),
)

_NAMES: Final = {
    ".pt": FileFormat.PYTORCH,
    ".pth": FileFormat.PYTORCH,
    ".ckpt": FileFormat.PYTORCH,
    ".pkl": FileFormat.PICKLE,
    ".pickle": FileFormat.PICKLE,
    ".joblib": FileFormat.PICKLE,
    ".h5": FileFormat.HDF5,
    ".hdf5": FileFormat.HDF5,
    ".mat": FileFormat.MATLAB,
    ".npy": FileFormat.NUMPY_ARRAY,
    ".npz": FileFormat.NUMPY_ARCHIVE,
    ".pb": FileFormat.TENSORFLOW,
    ".keras": FileFormat.KERAS,
    ".onnx": FileFormat.ONNX,
    ".safetensors": FileFormat.SAFETENSORS,
    ".tflite": FileFormat.TFLITE,
}
