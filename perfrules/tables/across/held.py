"""A table that can be gone through round after round: streams are kept in memory, everything else is read again."""

from __future__ import annotations

from attrs import evolve

from perfrules.tables.ingest.block_columns import entity_names
from perfrules.tables.ingest.table_in import TableIn
from perfrules.tables.ingest.twice import KnownTwice


def held(table: TableIn) -> TableIn:
    """Return *table* with all its rows at hand."""
    if table.rows is not None:
        return table
    parts = [*table.parts()]
    skipped, names, number = table.run.skipped, [], 1
    for part in parts:
        names.append(entity_names(table.run.layout, part, number))
        number += part.rows
    if names and skipped:
        names[0] = names[0][skipped:]
    run = evolve(table.run, twice=KnownTwice(names))
    rows = sum(part.rows for part in parts) - skipped
    return TableIn(kind=table.kind, rows=rows, problems=table.problems, run=run, parts=lambda: iter(parts))
