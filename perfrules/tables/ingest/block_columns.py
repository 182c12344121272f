"""The columns of one block, read as they are declared when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from attrs import define, evolve, field

from perfrules.diagnostics import DataPlace
from perfrules.ir.inputs import InputDeclaration
from perfrules.readers.raw import RawRow
from perfrules.tables.ingest.cells import Cells, Mask, absent, either, nothing, same
from perfrules.tables.ingest.column import InputColumn, column_of
from perfrules.tables.ingest.judged import JudgedColumns, judged_columns
from perfrules.tables.ingest.layout import Fields, Layout, Place, fields_of
from perfrules.tables.ingest.names import names_of
from perfrules.tables.ingest.pieces import cell_at, cells_of
from perfrules.tables.ingest.records import Records, field_key, nested_records, no_records
from perfrules.tables.ingest.run import Run
from perfrules.tables.ingest.sources import Slice


@define(eq=False, slots=False)
class BlockColumns:
    """The columns of some rows of *run*; *left_out* marks those whose entity has no name or occurs more than once."""

    run: Run = field(repr=False)
    slice: Slice = field(repr=False)
    place: int
    left_out: Mask | None = field(default=None, repr=False)
    _columns: dict[str, InputColumn] = field(factory=dict, init=False, repr=False)
    _records: dict[str, Records] = field(factory=dict, init=False, repr=False)
    _judged: dict[str, JudgedColumns] = field(factory=dict, init=False, repr=False)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.slice.rows

    @cached_property
    def names(self) -> Any:
        """The names of the entities as an Arrow array of texts, empty where a row has none."""
        return entity_names(self.run.layout, self.slice, self.run.skipped + self.place + 1)

    def column(self, name: str) -> InputColumn:
        """Return an input that is no table."""
        found = self._columns.get(name)
        if found is None:
            cells = self._cells(self.run.layout.values.get(name))
            found = column_of(self.run.inputs[name], cells or nothing(self.rows), self.run.words[name])
            self._columns[name] = found
        return found

    def records(self, table: str) -> Records:
        """Return the records of a table."""
        found = self._records.get(table)
        if found is None:
            found = self._records[table] = self._read_records(self.run.inputs[table])
        return found

    def judged(self, code: str) -> JudgedColumns:
        """Return the level and the mark of an indicator."""
        found = self._judged.get(code)
        if found is None:
            given = self.run.layout.judged.get(code, {})
            cells: Callable[[str], Cells | None] = lambda part: self._cells(given.get(part))  # noqa: E731
            declaration = self.run.judged[code]
            found = judged_columns(declaration, self.rows, cells, self.run.words, self.run.limits)
            self._judged[code] = found
        return found

    def aside_at_once(self) -> Mask:
        """Return the rows that are put aside whatever is read: those left out or odd, and those with an override."""
        aside = np.zeros(self.rows, bool) if self.left_out is None else self.left_out.copy()
        aside[self.run.notes.odd(self.run.skipped + self.place, self.rows)] = True
        for place in self.run.layout.overrides:
            lack = absent(self._cells(place) or nothing(self.rows))
            aside |= True if lack is None else ~lack
        return aside

    def rows_unfit(self, but: set[str]) -> Iterator[Mask]:
        """Go through the rows that do not fit some declaration, leaving out the inputs *but*."""
        for code in self.run.judged:
            if not but & {f"{code}.level", f"{code}.mark"}:
                yield self.judged(code).aside
        for declaration in self.run.inputs.values():
            if declaration.fields:
                yield from self._records_unfit(declaration, but)
            elif declaration.name not in but:
                yield from self._unfit(self.column(declaration.name), declaration.name)

    def row(self, index: int) -> RawRow:
        """Return the cells of one row, as the table has them."""
        headings = self.run.layout.headings
        cells = tuple(cell_at(self.slice.piece(column), index) for column in range(len(headings)))
        place = self.place + index
        problems = self.run.notes.problems.get(self.run.skipped + place, ())
        where = DataPlace(file=self.run.file, sheet=self.run.notes.sheet, row=self.run.number(place))
        return RawRow(headings, cells, where, problems)

    def _cells(self, place: Place | None) -> Cells | None:
        if place is None:
            return None
        return same(place, self.rows) if isinstance(place, str) else cells_of(self.slice.piece(place))

    def _read_records(self, table: InputDeclaration) -> Records:
        words = self.run.words
        apart, nested = self.run.apart.get(table.name), self._cells(self.run.layout.values.get(table.name))
        if apart is None:
            if nested is None:
                return no_records(table, self.rows, words)
            return nested_records(table, nested, lambda headings: self._fields(headings, table), words)
        found = apart.records(self.names, words)
        if nested is None:
            return found
        lack = absent(nested)  # where the row has records of its own, too, these are one table too many
        both = np.ones(self.rows, bool) if lack is None else ~lack
        return evolve(found, aside=either(found.aside, both))

    def _fields(self, headings: tuple[str, ...], table: InputDeclaration) -> Fields:
        return fields_of(headings, self.run.plan, table, self.run.options)

    def _unfit(self, column: InputColumn, key: str) -> Iterator[Mask]:
        unfit = column.unfit(self.run.words[key])
        if unfit.aside is not None:
            yield unfit.aside
        if unfit.lack is not None and not column.declaration.optional:
            yield unfit.lack

    def _records_unfit(self, table: InputDeclaration, but: set[str]) -> Iterator[Mask]:
        records = self.records(table.name)
        if records.aside is not None:
            yield records.aside
        if records.lack is not None and not table.optional:
            yield records.lack
        for each in table.fields:
            key = field_key(table, each.name)
            if key not in but:
                for mask in self._unfit(records.column(each.name), key):
                    yield records.rows_with(mask)


def entity_names(layout: Layout, part: Slice, first: int) -> Any:
    """Return the names of the entities of some rows; *first* is the number of the first."""
    column = layout.entity
    if column is None:
        return names_of(np.arange(first, first + part.rows))
    return names_of(np.full(part.rows, column, object) if isinstance(column, str) else part.piece(column))
