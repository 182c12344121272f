"""A table of results as Arrow: the entity, then the columns of the ruleset, block by block under one schema."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import pyarrow as pa
from attrs import field, frozen

from perfrules.ir.plan import Plan
from perfrules.tables.results.columns import ResultColumn
from perfrules.tables.results.stored import Rows, Stored, arrow_array, written_into
from perfrules.tables.results.written import Words, arrow_fields


@frozen(eq=False, slots=False)
class Layout:
    """The columns of the results of one plan; *entity* is the field of the entities, as the data have it."""

    plan: Plan = field(repr=False)
    entity: pa.Field
    columns: tuple[ResultColumn, ...]

    @cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema."""
        fields = (each for column in self.columns for each in arrow_fields(column.name, column.written))
        return pa.schema([self.entity, *fields])

    @cached_property
    def _dictionaries(self) -> tuple[pa.Array | None, ...]:
        """The texts of each Arrow column that is one of few."""
        return tuple(
            pa.array(column.written.texts, pa.string()) if isinstance(column.written, Words) else None
            for column in self.columns
            for _ in arrow_fields(column.name, column.written)
        )

    def batch(self, entities: pa.Array, cells: Sequence[Stored]) -> pa.RecordBatch:
        """Return the results of *entities* whose *cells* these are."""
        rows, kinds = len(entities), self.schema.types[1:]
        arrays = (
            arrow_array(stored, kind, rows, dictionary)
            for stored, kind, dictionary in zip(cells, kinds, self._dictionaries, strict=True)
        )
        return pa.RecordBatch.from_arrays([entities, *arrays], schema=self.schema)


def merged(base: Sequence[Stored], rows: Rows, cells: Sequence[Stored], count: int) -> list[Stored]:
    """Return *base*, of *count* rows, with *cells* at *rows*."""
    if not len(rows):
        return list(base)
    return [written_into(each, rows, new, count) for each, new in zip(base, cells, strict=True)]
