"""Whole numbers as a short text that can stand in an address, and is safe to read.

The text is Base64 for addresses (RFC 4648, section 5) of a zlib stream, by whose checksum damage is
seen. Numbers below 128 are one byte in it, others seven bits a byte, the lowest first.
"""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from typing import Final

_LONGEST: Final = 63  # bits of a number

#: Repeated bytes are found, or only frequent ones are written shorter: whatever is shorter in all.
_STRATEGIES: Final = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY)


class PackedTextError(ValueError):
    """A text that nobody has packed."""


def packed(content: bytes) -> str:
    """Bytes as text, for `unpacked`."""
    return urlsafe_b64encode(min(_compressed(content), key=len)).rstrip(b"=").decode()


def unpacked(text: str, most_bytes: int) -> bytes:
    """The bytes that `packed` wrote, if there are no more than these.

    Raises:
        PackedTextError: it is no such text, it is damaged, or there are more.
    """
    try:
        written = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(written, most_bytes)
    except (ValueError, zlib.error):
        raise PackedTextError from None
    if not unpacking.eof:
        raise PackedTextError
    return content


def in_bytes(numbers: Iterable[int]) -> bytes:
    """Whole numbers from 0 on as bytes, for `numbers_in`."""
    return b"".join(map(_written, numbers))


def numbers_in(content: bytes) -> Iterator[int]:
    """The whole numbers that `in_bytes` wrote, one after the other.

    Raises:
        PackedTextError: one of them has no end.
    """
    number = shift = 0
    for byte in content:
        number |= (byte & 127) << shift
        shift += 7
        if shift > _LONGEST:
            raise PackedTextError
        if byte < 128:
            yield number
            number = shift = 0


def _compressed(content: bytes) -> Iterator[bytes]:
    for strategy in _STRATEGIES:
        packing = zlib.compressobj(9, strategy=strategy)
        yield packing.compress(content) + packing.flush()


def _written(number: int) -> bytes:
    low, rest = number & 127, number >> 7
    return bytes([low | 128]) + _written(rest) if rest else bytes([low])
