"""Which rows have no entity of their own: none at all, or one that occurs more than once.

Of a whole table that is every row of such an entity, of a stream the later ones.
Of a stream every name is kept, with a hash: its bytes and sixteen more. A row that was given out before its entity
came again cannot be taken back; the later rows name it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from perfrules.tables.ingest.cells import Mask
from perfrules.tables.ingest.duplicates import duplicates_of, name_hashes


class Twice(Protocol):
    """What is known of entities that occur more than once; places count the rows of the run from 0."""

    def places(self, name: str) -> tuple[int, ...]:
        """Return where an entity that occurs more than once stands; nothing for any other."""


class KnownTwice:
    """Of a table all of whose names are looked at beforehand.

    >>> twice = KnownTwice([pa.array(["b", "a", "b"], pa.large_string())])
    >>> twice.places("b"), twice.rows(1, 2).tolist()
    ((0, 2), [False, True])
    """

    def __init__(self, names: Sequence[Any]) -> None:
        self._found: Mapping[str, tuple[int, ...]] = duplicates_of(names)
        starts = np.cumsum([0, *(len(each) for each in names)])
        nameless = [start + place for start, each in zip(starts, names, strict=False) for place in _nameless(each)]
        self._rows = np.array(sorted([*nameless, *(at for places in self._found.values() for at in places)]), np.int64)

    def rows(self, place: int, count: int) -> Mask | None:
        """Return which of *count* rows from *place* on have no name that is theirs alone; None: none."""
        inside = self._rows[(self._rows >= place) & (self._rows < place + count)]
        return _marked(inside - place, count)

    def places(self, name: str) -> tuple[int, ...]:
        """Return where *name* stands, if more than once."""
        return self._found.get(name, ())


class SeenTwice:
    """Of a stream, block by block.

    >>> twice = SeenTwice()
    >>> twice.rows(0, pa.array(["b", "a"], pa.large_string()))
    >>> twice.rows(2, pa.array(["b", "c"], pa.large_string())).tolist(), twice.places("b")
    ([True, False], (0, 2))
    """

    def __init__(self) -> None:
        self._names: list[Any] = []
        self._starts: list[int] = []
        self._hashes: list[NDArray[Any]] = []
        self._found: dict[str, tuple[int, ...]] = {}

    def rows(self, place: int, names: Any) -> Mask | None:
        """Return which rows of the next block, from *place* on, have no name, or one that is there again."""
        hashes = name_hashes(names)
        here = {name: tuple(place + each for each in at) for name, at in duplicates_of([names]).items()}
        for row in np.nonzero(self._are_known(hashes))[0].tolist():
            name = names[row].as_py()
            before = self._found.get(name) or self._first(name)
            if name and before and name not in here:
                here[name] = (*before, place + row)
            elif name and before and here[name][0] >= place:
                here[name] = (*before, *here[name])
        self._found |= here
        self._keep(place, names, hashes)
        again = [each - place for at in here.values() for each in at if each >= place]
        return _marked(np.array([*again, *_nameless(names)], np.int64), len(names))

    def places(self, name: str) -> tuple[int, ...]:
        """Return where *name* stood so far, if more than once."""
        return self._found.get(name, ())

    def _are_known(self, hashes: NDArray[Any]) -> Mask:
        in_order = np.sort(hashes)
        known = np.zeros(len(hashes), bool)
        for each in self._hashes:
            known |= each[np.minimum(np.searchsorted(each, in_order), len(each) - 1)] == in_order
        found: Mask = np.isin(hashes, in_order[known]) if known.any() else known
        return found

    def _first(self, name: str) -> tuple[int, ...]:
        for start, names in zip(self._starts, self._names, strict=True):
            row = pc.index(names, name).as_py()
            if row >= 0:
                return (start + row,)
        return ()

    def _keep(self, place: int, names: Any, hashes: NDArray[Any]) -> None:
        """Keep the names, copied off their block, and their hashes in few sorted arrays, each twice the one after."""
        if not len(names):
            return
        self._names.append(pa.concat_arrays([names, names[:0]]))
        self._starts.append(place)
        latest = np.sort(hashes)
        while self._hashes and len(self._hashes[-1]) <= len(latest):
            latest = np.sort(np.concatenate([self._hashes.pop(), latest]), kind="stable")
        self._hashes.append(latest)


def _nameless(names: Any) -> list[int]:
    ends = np.frombuffer(names.buffers()[1] or bytes(8), np.int64)[names.offset : names.offset + len(names) + 1]
    return np.flatnonzero(ends[1:] == ends[:-1]).tolist()


def _marked(rows: NDArray[Any], count: int) -> Mask | None:
    if not len(rows):
        return None
    found = np.zeros(count, bool)
    found[rows] = True
    return found
