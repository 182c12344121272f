"""Cells of numpy arrays: numbers, truths and days in place; objects by what they are."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from perfrules.tables.ingest.arrow_arrays import days_of_moments
from perfrules.tables.ingest.cells import Cells, Floats, Truths, Wholes
from perfrules.tables.ingest.object_cells import cells_of_objects


def cells_of_numpy(values: NDArray[Any]) -> Cells:
    """Return the cells of an array.

    >>> import numpy
    >>> cells_of_numpy(numpy.array(["yes", None, "yes"], object)).words
    ('yes',)
    """
    kind, size = values.dtype.kind, values.dtype.itemsize
    if kind == "f" and size in (4, 8):
        return Floats(values)
    if kind in "iu":
        return Wholes(values)
    if kind == "b":
        return Truths(values)
    if kind == "M":
        return days_of_moments(values)
    return cells_of_objects(values.tolist() if kind in "OU" else [*values])
