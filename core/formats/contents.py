"""What is in a file of arrays: them by their paths, and the texts beside them."""

import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_TEXTS: Final = "texts"


@dataclass(frozen=True)
class Contents:
    """Arrays by their paths; ``texts`` by the path of what they belong to and their own name.

    ``others`` says what else there is, each with its kind.
    """

    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def packed(contents: Contents) -> bytes:
    """As bytes, for another process."""
    said = {"paths": list(contents.arrays), "texts": contents.texts, "others": contents.others}
    file = BytesIO()
    np.save(file, np.frombuffer(json.dumps(said).encode(), np.uint8))
    for each in contents.arrays.values():
        np.save(file, each, allow_pickle=False)
    return file.getvalue()


def unpacked(content: bytes) -> Contents:
    """What `packed` has made bytes of. Raises ``ValueError`` and ``EOFError`` for others."""
    file = BytesIO(content)
    said = json.loads(np.load(file, allow_pickle=False).tobytes())
    arrays = {path: np.load(file, allow_pickle=False) for path in said["paths"]}
    return Contents(arrays, said["texts"], said["others"])
