"""Lists of texts as one text a row: those whose flag is set, in order; nothing where none is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from perfrules.tables.results.stored import NOTHING, Stored


def joined_texts(flagged: Sequence[tuple[str, NDArray[np.bool_]]], between: str) -> Stored:
    """Join, for each row, the texts whose flag is set.

    >>> yes, no = np.array([True, False]), np.array([True, True])
    >>> found = joined_texts([("late", yes), ("false figures", no)], "; ")
    >>> [found.texts[code] for code in found.values]
    ['late; false figures', 'false figures']
    """
    if not flagged:
        return NOTHING
    valid = np.logical_or.reduce([flags for _, flags in flagged])
    rows = np.flatnonzero(valid)
    if not len(rows):
        return NOTHING
    packed = np.packbits(np.stack([flags[rows] for _, flags in flagged], axis=1), axis=1)
    kinds, places = np.unique(packed, axis=0, return_inverse=True)
    chosen = np.unpackbits(kinds, axis=1, count=len(flagged))
    texts = (between.join(text for (text, _), is_set in zip(flagged, row, strict=True) if is_set) for row in chosen)
    codes = np.zeros(len(valid), np.int32)
    codes[rows] = places.reshape(-1)
    return Stored(codes, valid, tuple(texts))
