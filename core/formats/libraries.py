"""The makers' own readers and writers of their formats: optional, and imported only when needed.

No other module of `core` imports anything but NumPy and the standard library.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from core.formats.found import FormatError


def safetensors() -> Any:
    """The package ``safetensors``. Raises `FormatError` if it is not installed."""
    with _installed("safetensors"):
        import safetensors  # noqa: PLC0415
        import safetensors.numpy  # noqa: PLC0415
    return safetensors


def onnx() -> Any:
    """The package ``onnx``. Raises `FormatError` if it is not installed."""
    with _installed("onnx"):
        import onnx  # noqa: PLC0415
        import onnx.helper  # noqa: PLC0415
        import onnx.numpy_helper  # noqa: PLC0415
    return onnx


def h5py() -> Any:
    """The package ``h5py``. Raises `FormatError` if it is not installed."""
    with _installed("h5py"):
        import h5py  # noqa: PLC0415
    return h5py


def scipy_io() -> Any:
    """The module ``scipy.io``. Raises `FormatError` if SciPy is not installed."""
    with _installed("scipy"):
        import scipy.io  # noqa: PLC0415
    return scipy.io


@contextmanager
def _installed(package: str) -> Iterator[None]:
    try:
        yield
    except ImportError as missing:
        raise FormatError(
            "Files of this format need the package {package}, which is not installed; install it "
            "with: pip install 'neuron-explorer[formats]'",
            "formats.not_installed",
            package=package,
        ) from missing
