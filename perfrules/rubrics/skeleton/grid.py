"""A sheet as people see it: what stands at each place, where a merged cell is one cell, and what a place is called."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class Content:
    """What stands in a cell: its text, its first row and column (from 0), how many rows and columns it is merged over.

    *is_number*: it was a number and not text.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    is_number: bool = False


@frozen
class Place:
    """A cell of a sheet, told as `Sheet!C5`."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{address(self.row, self.column)}"


@frozen
class Sheet:
    """One sheet: its name, its size, and the content of each place that shows one, merged places included."""

    name: str
    rows: int
    columns: int
    contents: Mapping[tuple[int, int], Content] = field(repr=False)
    is_hidden: bool = False

    def at(self, row: int, column: int) -> Content | None:
        """Return what stands at a place; None where nothing does."""
        return self.contents.get((row, column))

    def place(self, content: Content) -> Place:
        """Return where *content* begins."""
        return Place(self.name, content.row, content.column)

    def is_blank(self, row: int) -> bool:
        """Tell whether nothing begins in a row."""
        return not any((found := self.at(row, column)) and found.row == row for column in range(self.columns))


def address(row: int, column: int) -> str:
    """Return what Excel calls a place counted from 0.

    >>> address(4, 2), address(0, 26)
    ('C5', 'AA1')
    """
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
