"""Rows of a block read one by one, as the readers of files read theirs."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from attrs import evolve

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic, in_order
from perfrules.readers.raw import Raw, RawRow
from perfrules.readers.rows import EntityRow, read_rows
from perfrules.tables.ingest.block_columns import BlockColumns
from perfrules.tables.ingest.run import Run


def read_single_rows(columns: BlockColumns, rows: Sequence[int]) -> tuple[EntityRow, ...]:
    """Return what is read of *rows* of a block, in that order."""
    run = columns.run
    raws = [columns.row(row) for row in rows]
    # The first row of all may be captions; here a blank one is first, so that no row is taken for them.
    blank = RawRow(run.layout.headings, (None,) * len(run.layout.headings), DataPlace(row=-1))
    tables = {}
    if run.apart:
        names = columns.names.take(pa.array(rows, pa.int64())).unique()
        tables = {name: apart.rows_of(names) for name, apart in run.apart.items()}
    read = read_rows(Raw((blank, *raws), tables=tables), run.plan, run.options)
    return tuple(_with_twins(row, run) for row in read.rows[1:])


def _with_twins(row: EntityRow, run: Run) -> EntityRow:
    """Say in which other rows of the table the entity occurs, not only in those that are read here."""
    own = [each for each in row.problems if each.code is not Code.DATA_DUPLICATE_ENTITY]
    numbers = [run.number(place) for place in run.twice.places(row.entity)] if row.entity else []
    if len(own) == len(row.problems) and not numbers:
        return row
    args: dict[str, Argument] = {
        "entity": row.entity,
        "rows": tuple(str(number) for number in numbers if number != row.place.row),
    }
    problem = Diagnostic(Code.DATA_DUPLICATE_ENTITY, args=args, where=row.place)
    return evolve(row, facts=None, problems=in_order([*own, problem]))
