"""Files in which no networks are read, pickles above all: what they are, and what to do."""

from core.file_format import FileFormat
from core.formats.found import FormatError
from core.formats.source import Source


def refusal(source: Source) -> FormatError:
    """Why a file of this format is not read; its sentence says what to do."""
    if source.format in (FileFormat.PYTORCH, FileFormat.PICKLE):
        return _pickle(source)
    if source.format in (FileFormat.TFLITE, FileFormat.TENSORFLOW):
        return _tensorflow(source)
    if source.format is FileFormat.EMPTY:
        return FormatError(
            "{file} is empty; choose a file with a network.", "formats.empty", file=source.name
        )
    if source.format is FileFormat.UNKNOWN:
        return FormatError(
            "{file} has a format that is not known here; networks are read as .npz, .npy, "
            "safetensors, ONNX, Keras, TensorFlow.js, Matlab, JSON and CSV.",
            "formats.unknown",
            file=source.name,
        )
    return FormatError(
        "{file} has the format {format}, in which no networks are read; save it as .npz, .npy, "
        "safetensors, ONNX, Keras, TensorFlow.js, Matlab, JSON or CSV.",
        "formats.other",
        file=source.name,
        format=source.format.value,
    )


def _pickle(source: Source) -> FormatError:
    if source.format is FileFormat.PYTORCH:
        return FormatError(
            "{file} is a file of PyTorch, a Python pickle, which could run a program on this "
            "computer and is never opened; save the weights in PyTorch as safetensors: "
            "from safetensors.torch import save_file; "
            'save_file(model.state_dict(), "network.safetensors")',
            "formats.pytorch",
            file=source.name,
        )
    return FormatError(
        "{file} is a Python pickle, which could run a program on this computer and is never "
        "opened; save a state dict of PyTorch as safetensors: from safetensors.torch import "
        'save_file; save_file(model.state_dict(), "network.safetensors"), or arrays as .npz: '
        'np.savez("network.npz", W1=W1, b1=b1, W2=W2, b2=b2)',
        "formats.pickle",
        file=source.name,
    )


def _tensorflow(source: Source) -> FormatError:
    return FormatError(
        "{file} is a file of {format}, which is not read here; save the Keras model that it was "
        "made of, as .keras.",
        "formats.tensorflow",
        file=source.name,
        format=source.format.value,
    )
