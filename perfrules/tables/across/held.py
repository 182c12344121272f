"""A table that can be gone through round after round: streams are kept in memory, everything else is read again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from perfrules.tables.ingest.block_columns import entity_names
from perfrules.tables.ingest.run import Run
from perfrules.tables.ingest.sources import Slice
from perfrules.tables.ingest.table_in import TableIn
from perfrules.tables.ingest.twice import KnownTwice, SeenTwice


def held(table: TableIn) -> TableIn:
    """Return *table* with all its rows at hand."""
    if table.rows is not None:
        return table
    parts = [*table.parts()]
    run = table.run
    if type(run.twice) is SeenTwice:  # it would find every entity again in the second round
        run = evolve(run, twice=_twice(run, parts))
    rows = sum(part.rows for part in parts) - run.skipped
    return evolve(table, rows=rows, run=run, parts=lambda: iter(parts))


def _twice(run: Run, parts: Sequence[Slice]) -> KnownTwice:
    names: list[Any] = []
    number = 1
    for part in parts:
        found = entity_names(run.layout, part, number)
        names.append(found if names else found[run.skipped :])
        number += part.rows
    return KnownTwice(names)
