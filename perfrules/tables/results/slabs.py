"""Memory for the cells of results, taken in large pieces.

Memory that is asked for in pieces of some megabytes comes in huge pages, where the system has them: touching it for the
first time then costs a third. Each block takes a slice; a piece is given back when nobody holds a slice of it any more.
"""

from __future__ import annotations

from threading import local
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_SLAB_BYTES: Final = 16 * 2**20
_WORDS: Final = _SLAB_BYTES // 8
_kept: Final = local()


def zeroed_words(rows: int) -> NDArray[Any]:
    """Return a new array of two int64 for each row, all zero.

    >>> zeroed_words(3).tolist()
    [[0, 0], [0, 0], [0, 0]]
    """
    words = 2 * rows
    if words > _WORDS // 2:
        return np.zeros((rows, 2), np.int64)
    slab: NDArray[Any] | None = getattr(_kept, "slab", None)
    start: int = getattr(_kept, "used", 0)
    if slab is None or start + words > _WORDS:
        slab, start = np.zeros(_WORDS, np.int64), 0
        _kept.slab = slab
    _kept.used = start + words + (-words % 8)  # each begins on a line of the cache
    return slab[start : start + words].reshape(rows, 2)
