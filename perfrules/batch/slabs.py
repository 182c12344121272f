"""Memory for what comes of blocks, taken in large pieces.

Memory that is asked for in pieces of some megabytes comes in huge pages, where the system has them: touching it for the
first time then costs a third. Each block takes slices of a piece; a piece of which nobody holds a slice any more (the
blocks of a stream are written and let go) is used again, and costs nothing to touch.
"""

from __future__ import annotations

from sys import getrefcount
from threading import local
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_SLAB_WORDS: Final = 2**20
_LINE: Final = 8
_MOST: Final = 12
"""Pieces that a thread keeps an eye on, to use them again."""
_HELD_BY_US: Final = 3
"""References to a piece of which nobody holds a slice: the list's, the loop's, and the argument of getrefcount."""

_kept: Final = local()


def copy_of(cells: NDArray[Any]) -> NDArray[Any]:
    """Return a copy of some consecutive cells.

    >>> copy_of(np.array([1.5, 2.5])).tolist()
    [1.5, 2.5]
    """
    words = _words(-(-cells.nbytes // 8))
    found = words.view(np.uint8)[: cells.nbytes].view(cells.dtype)
    found[:] = cells
    return found


def words_for(rows: int) -> NDArray[Any]:
    """Return an array of two int64 for each row, whatever it holds.

    >>> words_for(3).shape
    (3, 2)
    """
    return _words(2 * rows).reshape(rows, 2)


def _words(words: int) -> NDArray[Any]:
    """Return so many int64."""
    if words > _SLAB_WORDS // 2:
        return np.empty(words, np.int64)
    slab: NDArray[Any] | None = getattr(_kept, "slab", None)
    start: int = getattr(_kept, "used", 0)
    if slab is None or start + words > _SLAB_WORDS:
        slab, start = _another(), 0
        _kept.slab = slab
    _kept.used = start + words + (-words % _LINE)  # each begins on a line of the cache
    return slab[start : start + words]


def _another() -> NDArray[Any]:
    """Return a piece that nobody needs any more, or a new one."""
    _kept.slab = None
    slabs: list[NDArray[Any]] = _kept.__dict__.setdefault("slabs", [])
    for slab in slabs:
        if getrefcount(slab) == _HELD_BY_US:
            return slab
    made: NDArray[Any] = np.empty(_SLAB_WORDS, np.int64)
    slabs.append(made)
    del slabs[:-_MOST]
    return made
