"""Tables of their own, keyed by the entity: which of their records belong to which row, in their order.

Needs eight bytes for each record besides the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.readers.headings import Target, headings_of_table, headings_of_tables, resolve
from perfrules.readers.named_rows import OF_HEADINGS, named_rows
from perfrules.readers.raw import RawRow, ReadOptions, heading_text
from perfrules.tables.ingest.cells import Cells, nothing, taken
from perfrules.tables.ingest.names import names_of
from perfrules.tables.ingest.pieces import Piece, cell_at, cells_of
from perfrules.tables.ingest.records import Records
from perfrules.tables.ingest.sources import Source, source_of
from perfrules.tables.ingest.words import WordReader


@frozen(eq=False, slots=False)
class TableApart:
    """The records of *table*, in *columns*, told by the names of their entities; the row *captions* is none."""

    table: InputDeclaration
    headings: tuple[str, ...]
    columns: tuple[Piece, ...] = field(repr=False)
    targets: Mapping[str, int]
    names: Any = field(repr=False)
    problems: tuple[Diagnostic, ...]
    captions: int | None

    @cached_property
    def _groups(self) -> tuple[Any, NDArray[Any], NDArray[Any], NDArray[Any]]:
        """The distinct names, where the records of each begin among those in order, how many there are, the order."""
        coded = self.names.dictionary_encode()
        codes = coded.indices.to_numpy(zero_copy_only=False)
        counts = np.bincount(codes, minlength=len(coded.dictionary))
        order = np.argsort(codes, kind="stable")
        return coded.dictionary, np.cumsum(counts) - counts, counts, order

    @cached_property
    def met(self) -> NDArray[Any]:
        """Of each distinct name whether some row of the entities had it so far."""
        return np.zeros(len(self._groups[0]), bool)

    def _places(self, names: Any) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return how many records the entity of each row has, and the places of all of them."""
        distinct, starts, counts, order = self._groups
        codes = pc.fill_null(pc.index_in(names, value_set=distinct), -1).to_numpy(zero_copy_only=False)
        codes = np.where(np.asarray(pc.equal(names, "")), -1, codes)
        known = codes >= 0
        self.met[codes[known]] = True
        if not len(counts):
            return np.zeros(len(names), np.int64), np.zeros(0, np.int64)
        many = np.where(known, counts[codes], 0)
        ends = np.cumsum(many)
        places = np.arange(int(many.sum())) + np.repeat(starts[codes] - (ends - many), many)
        return many.astype(np.int64), order[places]

    @cached_property
    def _cells(self) -> dict[str, Cells]:
        return {}

    def records(self, names: Any, words: Mapping[str, WordReader]) -> Records:
        """Return the records of the rows whose entities have *names*."""
        counts, places = self._places(names)

        def of_field(name: str) -> Cells:
            column = self.targets.get(name)
            if column is None:
                return nothing(len(places))
            whole = self._cells.get(name)
            if whole is None:
                whole = self._cells[name] = cells_of(self.columns[column])
            return taken(whole, places)

        return Records(self.table, counts, of_field, words, np.ones(len(names), bool) if self.problems else None)

    def rows_of(self, names: Any) -> tuple[RawRow, ...]:
        """Return the records of some entities as rows, after a blank one, for the reader of single rows."""
        _, places = self._places(names)
        return (_blank(self.headings, self.table), *(self._row(place) for place in places.tolist()))

    def strays(self, plan: Plan, options: ReadOptions) -> tuple[Diagnostic, ...]:
        """Report the headings that are wrong and the records whose entity no row had, once all rows were read."""
        distinct, starts, counts, order = self._groups
        found = [*self.problems]
        for code in np.nonzero(~self.met)[0].tolist():
            name, first = distinct[code].as_py(), int(starts[code])
            rows = [int(each) for each in order[first : first + int(counts[code])]]
            if name:
                args = {"entity": name, "table": self.table.name}
                places = [DataPlace(sheet=self.table.name, row=row + 1, entity=name) for row in rows]
                found += [Diagnostic(Code.DATA_UNKNOWN_ENTITY, args=args, where=place) for place in places]
            else:
                found += self._nameless([row for row in rows if row != self.captions], plan, options)
        return tuple(found)

    def _nameless(self, rows: Sequence[int], plan: Plan, options: ReadOptions) -> list[Diagnostic]:
        known = headings_of_table(plan, self.table, with_entity=True)
        asked = [_blank(self.headings, self.table), *(self._row(row) for row in rows)]
        named = named_rows(asked, known, plan, evolve(options, number_rows=False), self.table.fields)
        return [problem for each in named[1:] for problem in each.problems if problem.code not in OF_HEADINGS]

    def _row(self, place: int) -> RawRow:
        cells = tuple(cell_at(column, place) for column in self.columns)
        return RawRow(self.headings, cells, DataPlace(sheet=self.table.name, row=place + 1))


def tables_apart(
    tables: Mapping[str, object], plan: Plan, options: ReadOptions
) -> tuple[Mapping[str, TableApart], tuple[Diagnostic, ...]]:
    """Take up tables of their own, which have names or titles, with all that is wrong in their headings."""
    called = resolve([*tables], headings_of_tables(plan), options, DataPlace())
    frames = {
        target.name: frame for target, frame in zip(called.targets, tables.values(), strict=True) if target is not None
    }
    declared = {each.name: each for each in plan.data_inputs}
    found = {name: table_apart(declared[name], frame, plan, options) for name, frame in frames.items()}
    return found, (*called.problems, *(problem for each in found.values() for problem in each.problems))


def table_apart(table: InputDeclaration, frame: object, plan: Plan, options: ReadOptions) -> TableApart:
    """Take up a table of its own."""
    source = source_of(frame)
    columns = _whole_columns(source)
    headings = tuple(heading_text(each) for each in source.headings)
    rows = len(columns[0]) if columns else 0
    known = headings_of_table(plan, table, with_entity=True)
    asked = evolve(options, number_rows=False)
    [named] = named_rows([_blank(headings, table)], known, plan, asked, table.fields)
    entity = _entity_of(named.targets)
    names = pa.array([""] * rows, pa.large_string()) if entity is None else names_of(columns[entity])
    first = [RawRow(headings, tuple(cell_at(column, 0) for column in columns), DataPlace())] if rows else []
    captions = 0 if first and not named_rows(first, known, plan, asked, table.fields) else None
    if captions is not None:
        names = pa.concat_arrays([pa.array([""], names.type), names[1:]])
    targets = {each.name: place for place, each in enumerate(named.targets) if each is not None and place != entity}
    problems = tuple(each for each in named.problems if each.code in OF_HEADINGS)
    found = TableApart(table, headings, columns, targets, names, problems, captions)
    assert found.met is not None  # made before several threads mark it
    return found


def _blank(headings: tuple[str, ...], table: InputDeclaration) -> RawRow:
    return RawRow(headings, (None,) * len(headings), DataPlace(sheet=table.name))


def _entity_of(targets: Sequence[Target | None]) -> int | None:
    return next((place for place, each in enumerate(targets) if each is not None and each.is_entity), None)


def _whole_columns(source: Source) -> tuple[Piece, ...]:
    parts = [*source.slices(max(source.rows or 0, 2**31))]
    if not parts:
        return tuple(pa.nulls(0) for _ in source.headings)
    if len(parts) == 1:
        return tuple(parts[0].piece(place) for place in range(len(source.headings)))
    return tuple(pa.concat_arrays([part.piece(place) for part in parts]) for place in range(len(source.headings)))
