"""Cells as they lie in memory, from which raw numbers follow cell by cell."""

from __future__ import annotations

from enum import Enum
from typing import Any

from attrs import frozen
from numpy.typing import NDArray


class PlainForm(Enum):
    """What lies in memory for each row, and how it is read."""

    FLOATS = "float64"
    """With r = rint(cell · unit): r / unit is the cell (so r/unit is its shortest decimal, see
    `perfrules.tables.ingest.numbers`), and low <= r <= high; the raw number is r · factor."""
    INT64 = "int64"
    """low <= cell <= high; the raw number is cell · factor."""
    INT32 = "int32"
    """As INT64."""
    DECIMALS = "decimal128"
    """Two words of 64 bits, the lower one first; as INT64, of numbers that 64 bits hold."""
    TRUTHS = "bool"
    """A byte, 0 or 1."""


@frozen
class Reading:
    """How plain cells are read, and what has to hold of each; all are whole numbers."""

    form: PlainForm
    unit: int = 1
    low: int = 0
    high: int = 0
    factor: int = 1

    @property
    def words(self) -> int:
        """How many values lie in memory for each row."""
        return 2 if self.form is PlainForm.DECIMALS else 1


@frozen(eq=False)
class PlainCells:
    """The cells of a column, one after the other without gaps: *values* (int64 of decimals), and how they are read."""

    values: NDArray[Any]
    reading: Reading
