"""What the entities of a stretch are called: the same names as the reader of single rows gives them."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from perfrules.readers.python_values import Figure, plain
from perfrules.tables.ingest.cells import Coded
from perfrules.tables.ingest.distinct import distinct_of
from perfrules.tables.ingest.pieces import Piece, cells_of

_LAST_BLANK: Final = 0x20
_BEYOND: Final = 0x80


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
    """Tell whether some text is empty, or holds a byte that could be a blank or the beginning of one in UTF-8.

    Beyond ASCII blanks begin with C2 (U+0085, U+00A0) or E1 to E3 (U+1680 to U+3000), bytes that only begin letters.
    """
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts):
        return False
    content = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
    if (offsets[1:] == offsets[:-1]).any() or content.min() <= _LAST_BLANK:
        return True
    return bool(content.max() >= _BEYOND and ((content == 0xC2).any() or (content - np.uint8(0xE1) < 3).any()))
