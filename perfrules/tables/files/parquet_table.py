"""Parquet files, one batch of rows after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.raw import unreadable
from perfrules.tables.files.broken import BrokenFile
from perfrules.tables.files.file_table import FileTable
from perfrules.tables.ingest.sources import Slice


def parquet_table(path: Path, limits: Limits) -> FileTable | Diagnostic:
    """Return the table of a Parquet file; only its description is read at once."""
    place = DataPlace(file=str(path))
    try:
        file = pq.ParquetFile(path)
        schema, rows = file.schema_arrow, file.metadata.num_rows
    except Exception:  # pyarrow raises its own errors, OSError and ValueError for one and the same broken file
        return unreadable("not-parquet", place)
    names = schema.names
    if len(names) > limits.columns:
        return too_large(len(names), "columns", limits.columns, place)
    alone = {name: [name] for name in names if names.count(name) == 1 and "." not in name}

    def parts(size: int, column: int | None) -> Iterator[Slice]:
        only = None if column is None else alone.get(names[column])
        yield from _parts(path, size, only)

    return FileTable(file=str(path), columns=names, rows=rows, parts=parts, schema=schema)


def _parts(path: Path, size: int, only: list[str] | None) -> Iterator[Slice]:
    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            for batch in file.iter_batches(batch_size=size, columns=only):
                yield Slice(batch.num_rows, _pieces(batch, alone=only is not None))
    except (pa.ArrowException, OSError) as broken:
        raise BrokenFile(unreadable("not-parquet", DataPlace(file=str(path)))) from broken


def _pieces(batch: Any, *, alone: bool) -> Any:
    return (lambda _place: batch.column(0)) if alone else batch.column
