"""What the entities of a stretch are called: the same names as the reader of single rows gives them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa

from perfrules.readers.python_values import Figure, plain
from perfrules.tables.ingest.cells import Coded
from perfrules.tables.ingest.distinct import distinct_of
from perfrules.tables.ingest.pieces import Piece, cells_of

_HAN: Final = (0xE4, 0xE9)
"""The first bytes of most Chinese characters in UTF-8, none of which is a blank."""


def name_of(cell: object) -> str:
    """Return the name that *cell* gives, nothing where it gives none.

    >>> name_of(" Parks "), name_of(7.0), name_of(None)
    ('Parks', '7', '')
    """
    match plain(cell):
        case str() as text:
            return text.strip()
        case Figure(text=text):
            return text
        case (bool() | date()) as other:
            return str(other).lower()
    return ""


def names_of(piece: Piece) -> pa.Array:
    """Return the names of a stretch as an Arrow array of large strings; the empty string where there is none."""
    if isinstance(piece, pa.Array):
        kind = piece.type
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
            texts = piece.cast(pa.large_string())
            if texts.null_count == 0 and not _may_have_blanks(texts):
                return texts
        if pa.types.is_integer(kind) and piece.null_count == 0:
            return piece.cast(pa.large_string())
    elif piece.dtype.kind in "iu":
        return pa.array(piece).cast(pa.large_string())
    return _by_word(distinct_of(cells_of(piece)))


def _by_word(coded: Coded) -> pa.Array:
    names = pa.array([*map(name_of, coded.words), ""], pa.large_string())
    return names.take(pa.array(np.where(coded.codes < 0, len(coded.words), coded.codes)))


def _may_have_blanks(texts: pa.Array) -> bool:
    """Tell whether some text is empty or might begin or end with a blank, by its first and last bytes."""
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts):
        return False
    if (offsets[1:] == offsets[:-1]).any():
        return True
    content = np.frombuffer(texts.buffers()[2], np.uint8)
    first, last = content[offsets[:-1]], content[offsets[1:] - 1]
    before = content[np.maximum(offsets[1:] - 3, offsets[:-1])]
    return not bool((_is_plain(first) & (_is_ascii_mark(last) | (_is_han(before) & (last > 0x7F)))).all())


def _is_plain(byte: Any) -> Any:
    return _is_ascii_mark(byte) | _is_han(byte)


def _is_ascii_mark(byte: Any) -> Any:
    return (byte > 0x20) & (byte < 0x7F)


def _is_han(byte: Any) -> Any:
    return (byte >= _HAN[0]) & (byte <= _HAN[1])
