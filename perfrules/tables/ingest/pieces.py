"""A stretch of one column, as its owner keeps it: a numpy array or an Arrow array; its cells, in bulk or one."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from perfrules.readers.arrow_values import python_value
from perfrules.readers.python_values import Foreign
from perfrules.tables.ingest.arrow_cells import cells_of_arrow, has_own_meaning
from perfrules.tables.ingest.cells import Cells
from perfrules.tables.ingest.numpy_cells import cells_of_numpy

Piece: TypeAlias = "NDArray[Any] | pa.Array"


def cells_of(piece: Piece) -> Cells:
    """Return the cells of a stretch, in place where that is possible."""
    return cells_of_numpy(piece) if isinstance(piece, np.ndarray) else cells_of_arrow(piece)


def cell_at(piece: Piece, place: int) -> object:
    """Return one cell as the readers of single rows take it."""
    if isinstance(piece, np.ndarray):
        return _of_numpy(piece[place])
    if has_own_meaning(piece.type):
        return Foreign(piece.type.extension_name) if piece[place].is_valid else None
    try:
        return python_value(piece[place].as_py(), piece.type)
    except (ValueError, OverflowError, pa.ArrowException):  # a day beyond the calendar, a moment too fine
        return Foreign(str(piece.type))


def _of_numpy(cell: object) -> object:
    match cell:
        case np.ndarray():
            return cell.tolist()
        case np.generic() if not isinstance(cell, np.floating | np.datetime64 | np.timedelta64):
            return cell.item()
    return cell
