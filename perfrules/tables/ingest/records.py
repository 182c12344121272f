"""The records of a table input for one block: nested in its rows, or gathered from a table of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from perfrules.ir.inputs import InputDeclaration
from perfrules.tables.ingest.cells import Cells, Lists, Mask, absent, either, nothing
from perfrules.tables.ingest.column import InputColumn, column_of
from perfrules.tables.ingest.layout import Fields
from perfrules.tables.ingest.words import WordReader


@frozen(eq=False, slots=False)
class Records:
    """How many records each row has, and what gives the cells of a field, one per record.

    *aside*: rows whose records cannot be taken; *lack*: rows that have no table at all, not even an empty one.
    """

    table: InputDeclaration
    counts: NDArray[Any]
    cells: Callable[[str], Cells] = field(repr=False)
    words: Mapping[str, WordReader] = field(repr=False)
    aside: Mask | None = None
    lack: Mask | None = None
    _columns: dict[str, InputColumn] = field(factory=dict, init=False, repr=False)

    @cached_property
    def rows(self) -> NDArray[Any]:
        """The row of each record."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def column(self, name: str) -> InputColumn:
        """Return one field of the records."""
        found = self._columns.get(name)
        if found is None:
            declaration = next(each for each in self.table.fields if each.name == name)
            found = column_of(declaration, self.cells(name), self.words[field_key(self.table, name)])
            self._columns[name] = found
        return found

    def rows_with(self, mask: Mask) -> Mask:
        """Return the rows some record of which *mask* marks."""
        found = np.zeros(len(self.counts), bool)
        found[self.rows[mask]] = True
        return found


def field_key(table: InputDeclaration, name: str) -> str:
    """Return how a field is called among all inputs.

    >>> from perfrules.lang.kinds import Number
    >>> field_key(InputDeclaration(name="projects", title=None, kind=Number()), "amount")
    'projects.amount'
    """
    return f"{table.name}.{name}"


def nested_records(
    table: InputDeclaration,
    cells: Cells,
    headings: Callable[[tuple[str, ...]], Fields],
    words: Mapping[str, WordReader],
) -> Records:
    """Return the records in a column of lists; *headings* tells which heading gives which field."""
    if not isinstance(cells, Lists):
        lack = absent(cells)
        rows = len(cells)
        odd = np.ones(rows, bool) if lack is None else ~lack
        return Records(table, np.zeros(rows, np.int64), lambda _: nothing(0), words, odd, lack)
    found = headings(tuple(cells.fields))
    records = int(cells.counts.sum())

    def of_field(name: str) -> Cells:
        heading = found.headings.get(name)
        return nothing(records) if heading is None else cells.fields[heading]

    aside = either(cells.odd, cells.counts > 0) if found.is_wrong else cells.odd
    return Records(table, cells.counts, of_field, words, aside, cells.nulls)


def no_records(table: InputDeclaration, rows: int, words: Mapping[str, WordReader]) -> Records:
    """Return what there is where no column and no table of its own gives *table*."""
    return Records(table, np.zeros(rows, np.int64), lambda _: nothing(0), words, None, np.ones(rows, bool))
