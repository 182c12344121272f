"""Memory for what comes of blocks, taken in large pieces.

Memory that is asked for in pieces of some megabytes comes in huge pages, where the system has them: touching it for the
first time then costs a third. Each block takes slices of a piece; a piece of which nobody holds a slice any more (the
blocks of a stream are written and let go) is used again, and costs nothing to touch. What is let go soon and what is
held for long lie in different pieces, or the one would keep the memory of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from sys import getrefcount
from threading import local
from typing import Any, Final

import numpy as np
from attrs import define, field
from numpy.typing import DTypeLike, NDArray

_LEAST_WORDS: Final = 2**20
_MOST_WORDS: Final = 2**22 - 2**16
_SLICES: Final = 16
"""So many slices as are asked for a piece has, between its least and its greatest size."""
_LINE: Final = 8
_KEPT_WORDS: Final = 12 * _LEAST_WORDS
"""So much is kept to be used again."""


def _references(slabs: Sequence[NDArray[Any]]) -> list[int]:
    """Count the references to each, slices of it among them, and those of the list and of counting itself."""
    return [getrefcount(slab) for slab in slabs]


_OWN_REFERENCES: Final = _references([np.empty(1)])[0]
"""Of a piece of which nobody holds a slice; how many counting takes differs between versions of Python."""


@define
class _Pool:
    """Pieces of one thread, for things that are held about equally long."""

    slabs: list[NDArray[Any]] = field(factory=list)
    slab: NDArray[Any] | None = None
    used: int = 0

    def words(self, words: int) -> NDArray[Any]:
        """Return so many int64, whatever they hold."""
        if words > _MOST_WORDS // 2:
            return np.empty(words, np.int64)
        if self.slab is None or self.used + words > len(self.slab):
            self.slab = None
            self.slab, self.used = self._another(min(max(_SLICES * words, _LEAST_WORDS), _MOST_WORDS)), 0
        start = self.used
        self.used = start + words + (-words % _LINE)  # each begins on a line of the cache
        return self.slab[start : start + words]

    def _another(self, words: int) -> NDArray[Any]:
        """Return a piece of so many words that nobody needs any more, or a new one."""
        for slab, count in zip(self.slabs, _references(self.slabs), strict=True):
            if count == _OWN_REFERENCES and len(slab) == words:
                return slab
        made: NDArray[Any] = np.empty(words, np.int64)
        self.slabs.append(made)
        while sum(map(len, self.slabs)) > _KEPT_WORDS:
            del self.slabs[0]
        return made


class _Pools(local):
    def __init__(self) -> None:
        self.copies, self.results = _Pool(), _Pool()


_pools: Final = _Pools()


def copy_of(cells: NDArray[Any]) -> NDArray[Any]:
    """Return a copy of some consecutive cells, to be let go with the block.

    >>> copy_of(np.array([1.5, 2.5])).tolist()
    [1.5, 2.5]
    """
    found = room_for(len(cells), cells.dtype)
    found[:] = cells
    return found


def room_for(cells: int, dtype: DTypeLike) -> NDArray[Any]:
    """Return an array of so many cells, whatever it holds, to be let go with the block.

    >>> room_for(3, np.bool_).shape
    (3,)
    """
    kind = np.dtype(dtype)
    size = cells * kind.itemsize
    return _pools.copies.words(-(-size // 8)).view(np.uint8)[:size].view(kind)


def words_for(rows: int) -> NDArray[Any]:
    """Return an array of two int64 for each row of results, whatever it holds.

    >>> words_for(3).shape
    (3, 2)
    """
    return _pools.results.words(2 * rows).reshape(rows, 2)


def address_of(cells: NDArray[Any]) -> int:
    """Return where cells lie in memory (`ctypes.data` takes five times as long).

    >>> cells = np.array([1, 2])
    >>> address_of(cells) == cells.ctypes.data
    True
    """
    found: int = cells.__array_interface__["data"][0]
    return found
