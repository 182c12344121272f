"""Rows that readers of whole files have read (Excel, JSON, plug-ins) as a table that is gone through block by block.

The rows are in memory; cells stay what the readers made of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from perfrules.readers.raw import RawRow
from perfrules.tables.files.file_table import FileTable
from perfrules.tables.ingest.row_notes import RowNotes
from perfrules.tables.ingest.sources import Slice


def raw_table(file: str, rows: Sequence[RawRow], headings: Sequence[str] = ()) -> FileTable | None:
    """Return *rows* as a table under *headings*, or under those that any row has; None where a row has one twice."""
    columns = tuple(dict.fromkeys((*headings, *(each for row in rows for each in row.headings))))
    if any(len(set(row.headings)) < len(row.headings) for row in rows) or len(set(headings)) < len(headings):
        return None
    problems = {place: row.problems for place, row in enumerate(rows) if row.problems}
    notes = RowNotes(partial(_number, rows), problems, rows[0].place.sheet if rows else None)

    def parts(size: int, _column: int | None) -> Iterator[Slice]:
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            yield Slice(len(some), partial(_cells, some, columns))

    return FileTable(file=file, columns=columns, rows=len(rows), parts=parts, notes=notes)


def _number(rows: Sequence[RawRow], place: int) -> int:
    return rows[place].place.row or place + 1


def _cells(rows: Sequence[RawRow], columns: Sequence[str], place: int) -> Any:
    heading = columns[place]
    found = np.empty(len(rows), object)
    for index, row in enumerate(rows):
        if heading in row.headings:
            found[index] = row.cells[row.headings.index(heading)]
    return found
