"""What the name of an array says: weights or biases, and of which layer."""

import re
from typing import Final

WEIGHTS: Final = frozenset(
    {"weight", "weights", "kernel", "kernels", "w", "theta", "coef", "coefs", "matrix", "iw", "lw"}
)
BIASES: Final = frozenset({"bias", "biases", "b", "intercept", "intercepts"})

_NORMALIZED: Final = frozenset({"running_mean", "running_var", "moving_mean", "moving_variance"})


def words(name: str) -> list[str]:
    """The words and numbers in a name, in small letters: ``fc1.weight`` is fc, 1, weight."""
    name = re.sub(r":\d+$", "", name)  # a tensor's number in TensorFlow
    name = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)
    return re.findall(r"[a-z]+|\d+", name.lower())


def role(name: str) -> str:
    """``weights``, ``biases`` or, where the name says neither, nothing."""
    found = words(name)
    for part in reversed(found):
        if part in BIASES:
            return "biases"
        if part in WEIGHTS:
            return "weights"
    return ""


def layer_of(name: str) -> str:
    """The name without what it says of weights or biases: the same for both of a layer."""
    return " ".join(part for part in words(name) if part not in WEIGHTS | BIASES)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts ``layer2`` before ``layer10``, and ``dense`` before ``dense_1``."""
    return tuple(
        (1, int(part), "") if part.isdigit() and len(part) < 19 else (0, 0, part)
        for part in words(name)
    )


def is_statistic(name: str) -> bool:
    """Whether the array belongs to a batch normalization."""
    return name.rsplit(".", 1)[-1].rsplit("/", 1)[-1] in _NORMALIZED


def recurrent_or_attention(name: str) -> str:
    """What kind of layer, of those that are refused, has arrays of such names; else nothing."""
    if re.search(r"weight_(?:ih|hh)_l\d|recurrent_kernel|lstm|gru_cell|\brnn", name, re.I):
        return "RNN"
    if re.search(r"in_proj_weight|attn|attention|query|\bq_proj", name, re.I):
        return "attention"
    if re.search(r"embed", name, re.I):
        return "embedding"
    return ""
