"""Finding the one byte that was changed, from the CRC-32 that was stated before the change.

The difference of two CRC-32 of texts of one length depends on where they differ and how, not on the texts. Going back
from the end, at each place it is asked whether a change of one byte there makes this difference.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

_POLYNOMIAL: Final = 0xEDB88320


def _table() -> tuple[int, ...]:
    found = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (_POLYNOMIAL if value & 1 else 0)
        found.append(value)
    return tuple(found)


_CRC: Final = _table()
_BY_TOP: Final = {value >> 24: number for number, value in enumerate(_CRC)}
_ONE_BYTE: Final = {value: number for number, value in enumerate(_CRC) if number}


def one_changed_byte(content: bytes, stated: int) -> Iterator[tuple[int, int]]:
    """Yield places and the bytes that stood there, such that *content* had the *stated* CRC-32 before.

    >>> list(one_changed_byte(b"total 95", zlib.crc32(b"total 85")))
    [(6, 56)]
    """
    difference = zlib.crc32(content) ^ stated
    for place in range(len(content) - 1, -1, -1):
        if difference in _ONE_BYTE:
            yield place, content[place] ^ _ONE_BYTE[difference]
        number = _BY_TOP[difference >> 24]
        difference = ((difference ^ _CRC[number]) << 8 & 0xFFFFFFFF) | number
