"""Columns of float64 for all rows of a table, into which each block writes its stretch: nothing is copied together."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Any, Final

import numpy as np
import pyarrow as pa
from attrs import field, frozen
from numpy.typing import NDArray

from perfrules.batch.slabs import address_of

_PIECE: Final = 2**22 - 2**16
"""Cells in a piece of memory: less than 32 MB, which the C library hands out again when it is let go."""
_COLUMNS: Final = 32
"""Columns in a piece, at most."""


@frozen(eq=False)
class WholeColumns:
    """Columns of a table with so many *rows*, made when they are first asked for."""

    rows: int
    _columns: dict[str, NDArray[Any]] = field(factory=dict, init=False, repr=False)
    _room: list[NDArray[Any]] = field(factory=list, init=False, repr=False)
    """What is left of the last piece of memory, which several columns share: large pieces come in huge pages."""
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    def make(self, names: Iterable[str]) -> None:
        """Make columns in this thread: what worker threads let go, the C library gives back to the system at once."""
        for name in names:
            self._whole(name)

    def stretch(self, name: str, start: int, rows: int) -> NDArray[Any]:
        """Return *rows* cells of the column *name* from *start* on, whatever they hold.

        >>> WholeColumns(5).stretch("total", 2, 3).shape
        (3,)
        """
        return self._whole(name)[start : start + rows]

    def filled(self, name: str, cells: pa.ChunkedArray) -> NDArray[Any]:
        """Return the whole column, which holds *cells* and NaN where there is none; what lies elsewhere is copied."""
        whole, start = self._whole(name)[: len(cells)], 0
        for each in cells.chunks:
            stretch = whole[start : start + len(each)]
            values = each.buffers()[1]
            if values is None or values.address + 8 * each.offset != address_of(stretch):
                stretch[:] = each.to_numpy(zero_copy_only=False)
            if each.null_count:
                stretch[np.asarray(each.is_null())] = np.nan
            start += len(each)
        return whole

    def _whole(self, name: str) -> NDArray[Any]:
        with self._lock:
            if name not in self._columns:
                if not self._room:
                    columns = min(max(_PIECE // max(self.rows, 1), 1), _COLUMNS)
                    self._room.extend(np.empty((columns, self.rows)))
                self._columns[name] = self._room.pop()
            return self._columns[name]
