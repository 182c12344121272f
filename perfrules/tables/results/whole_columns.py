"""Columns of float64 for all rows of a table, into which each block writes its stretch: nothing is copied together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from attrs import field, frozen
from numpy.typing import NDArray


@frozen(eq=False)
class WholeColumns:
    """Columns of a table with so many *rows*, made when they are first asked for."""

    rows: int
    _columns: dict[str, NDArray[Any]] = field(factory=dict, init=False, repr=False)

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
            if values is None or values.address + 8 * each.offset != stretch.ctypes.data:
                stretch[:] = each.to_numpy(zero_copy_only=False)
            if each.null_count:
                stretch[np.asarray(each.is_null())] = np.nan
            start += len(each)
        return whole

    def _whole(self, name: str) -> NDArray[Any]:
        found = self._columns.get(name)
        return self._columns.setdefault(name, np.empty(self.rows)) if found is None else found
