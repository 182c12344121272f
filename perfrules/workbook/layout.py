"""Where everything stands: on which sheet, in which row and column; and what the names of cells mean.

Of many entities each has a row, the same on every sheet, and a name means the cell in the row of the formula; of one
entity each value has a row, and a name means that cell.
"""

from __future__ import annotations

from attrs import frozen

FIRST = 6
"""The first row of data, counted from 0; above it are headings."""
VALUE = 4
"""The column of values where each value has a row."""


@frozen
class Place:
    """A line of cells: a column on a sheet of many, a row on a sheet of one; *count* entities (or records)."""

    sheet: str
    index: int
    count: int
    is_row: bool = False

    def cell(self, entity: int) -> tuple[int, int]:
        """Return the row and column of an entity's cell."""
        return (FIRST + self.index, VALUE) if self.is_row else (FIRST + entity, self.index)

    def named(self) -> str:
        """Return what the name of a cell means."""
        if self.is_row:
            return self.address(0)
        return f"={quoted(self.sheet)}!${letters(self.index)}1"

    def named_all(self) -> str:
        """Return what the name of the whole line means."""
        if self.is_row:
            return self.address(0)
        column = letters(self.index)
        return f"={quoted(self.sheet)}!${column}${FIRST + 1}:${column}${FIRST + max(self.count, 1)}"

    def address(self, entity: int) -> str:
        """Return the formula that reads an entity's cell."""
        row, column = self.cell(entity)
        return f"={quoted(self.sheet)}!${letters(column)}${row + 1}"


def letters(column: int) -> str:
    """Write the letters of a column, counted from 0.

    >>> letters(0), letters(27), letters(702)
    ('A', 'AB', 'AAA')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def quoted(sheet: str) -> str:
    """Write the name of a sheet as formulas do."""
    return "'" + sheet.replace("'", "''") + "'"
