"""What all blocks of one table share: the declarations, what each column gives, the texts, who occurs twice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import field, frozen

from perfrules.ir.inputs import InputDeclaration, JudgedDeclaration
from perfrules.ir.plan import Plan
from perfrules.readers.declared_units import units_of
from perfrules.readers.judged_limits import MarkLimits, limits_of
from perfrules.readers.raw import ReadOptions
from perfrules.tables.ingest.judged import part_declarations
from perfrules.tables.ingest.layout import Layout
from perfrules.tables.ingest.records import field_key
from perfrules.tables.ingest.row_notes import NO_NOTES, RowNotes
from perfrules.tables.ingest.tables_apart import TableApart
from perfrules.tables.ingest.twice import Twice
from perfrules.tables.ingest.words import WordReader


@frozen(kw_only=True, eq=False, slots=False)
class Run:
    """One table, about to be read block by block. *skipped*: rows above the data (captions), which count as rows."""

    plan: Plan = field(repr=False)
    options: ReadOptions = field(repr=False)
    layout: Layout = field(repr=False)
    apart: Mapping[str, TableApart]
    twice: Twice = field(repr=False)
    skipped: int = 0
    file: str | None = None
    notes: RowNotes = NO_NOTES

    def number(self, place: int) -> int:
        """Return the number of a row in its source; *place* is its place in the run."""
        return self.notes.number(self.skipped + place)

    @cached_property
    def inputs(self) -> Mapping[str, InputDeclaration]:
        """What the data have to give, by name."""
        return {each.name: each for each in self.plan.data_inputs}

    @cached_property
    def judged(self) -> Mapping[str, JudgedDeclaration]:
        """The indicators that people mark, by code."""
        return {each.code: each for each in self.plan.judged}

    @cached_property
    def limits(self) -> Mapping[tuple[str, str], MarkLimits]:
        """The constant limits of judged marks."""
        return limits_of(self.plan)

    @cached_property
    def words(self) -> Mapping[str, WordReader]:
        """The readers of distinct cells, by input, `table.field` or `A3.level`."""
        units = units_of(self.plan)
        declared: dict[str, InputDeclaration] = {}
        for each in self.plan.data_inputs:
            declared[each.name] = each
            declared |= {field_key(each, part.name): part for part in each.fields}
        for judged in self.plan.judged:
            declared |= part_declarations(judged)
        return {name: WordReader(each, units) for name, each in declared.items()}
