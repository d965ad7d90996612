"""Layers of other programs that are no dense layers: refused, each in a sentence with its name."""

import re
from typing import NoReturn

from core.formats.found import FormatError


def refuse_layer(layer: str, kind: str) -> NoReturn:
    """Raise `FormatError` for the layer called ``layer``, of the type ``kind`` in its program."""
    values = {"layer": layer, "kind": kind}
    if re.search(r"conv", kind, re.IGNORECASE):
        raise FormatError(
            "{layer} is a convolution ({kind}); only networks of dense layers can be shown.",
            "formats.convolution",
            **values,
        )
    if re.search(r"pool", kind, re.IGNORECASE):
        raise FormatError(
            "{layer} is a pooling layer ({kind}); only networks of dense layers can be shown.",
            "formats.pooling",
            **values,
        )
    if re.search(r"lstm|gru|rnn|recurrent|bidirectional", kind, re.IGNORECASE):
        raise FormatError(
            "{layer} is a recurrent layer ({kind}); only networks of dense layers can be shown.",
            "formats.recurrent",
            **values,
        )
    if re.search(r"attention|transformer", kind, re.IGNORECASE):
        raise FormatError(
            "{layer} is attention ({kind}); only networks of dense layers can be shown.",
            "formats.attention",
            **values,
        )
    if re.search(r"embed|^gather", kind, re.IGNORECASE):
        raise FormatError(
            "{layer} is an embedding ({kind}); only networks of dense layers can be shown.",
            "formats.embedding",
            **values,
        )
    if re.search(r"norm", kind, re.IGNORECASE):
        raise FormatError(
            "{layer} normalizes each image by its own mean ({kind}), which weights cannot do; only "
            "batch normalization is read.",
            "formats.normalization",
            **values,
        )
    if kind in ("Lambda", "PyOp"):
        raise FormatError(
            "{layer} holds a program of its own ({kind}), which is never run here.",
            "formats.program",
            **values,
        )
    raise FormatError(
        "{layer} is a layer of another kind ({kind}); only networks of dense layers can be shown.",
        "formats.layer",
        **values,
    )


def refuse_function(layer: str, function: str) -> NoReturn:
    """Raise `FormatError` for an activation function that is not known here."""
    raise FormatError(
        "{layer} has the activation function {function}; known here are sigmoid, ReLU, tanh, "
        "softmax and identity.",
        "formats.function",
        layer=layer,
        function=function,
    )


def refuse_branch(layer: str) -> NoReturn:
    """Raise `FormatError` for a layer with several inputs, or whose output goes several ways."""
    raise FormatError(
        "At {layer} the network branches; only layers that follow one another can be shown.",
        "formats.branch",
        layer=layer,
    )
