"""Entities as Python mappings, as a program or a JSON file has them; tables are nested lists of mappings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from perfrules.diagnostics import DataPlace
from perfrules.ir.plan import Plan
from perfrules.readers.raw import DEFAULT_OPTIONS, Raw, RawRow, ReadOptions, heading_text
from perfrules.readers.rows import DataRead, EntityRow, read_rows


def read_mapping(plan: Plan, cells: Mapping[str, object], options: ReadOptions = DEFAULT_OPTIONS) -> EntityRow:
    """Read one entity; one that is not named is called `1`."""
    return read_mappings(plan, (cells,), evolve(options, number_rows=True)).rows[0]


def read_mappings(
    plan: Plan, entities: Iterable[Mapping[str, object]], options: ReadOptions = DEFAULT_OPTIONS
) -> DataRead:
    """Read entities in their order; rows count from 1."""
    rows = (row_of(cells, DataPlace(row=number)) for number, cells in enumerate(entities, start=1))
    return read_rows(Raw(tuple(rows)), plan, options)


def row_of(cells: Mapping[str, object], place: DataPlace) -> RawRow:
    """Return the cells of one entity as a row."""
    return RawRow(tuple(heading_text(name) for name in cells), tuple(cells.values()), place)
