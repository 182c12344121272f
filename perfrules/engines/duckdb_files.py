"""Parquet and CSV files, read and written by DuckDB."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from attrs import evolve

from perfrules.engines.duckdb_engine import entities_twice, relation_results, write_parquet
from perfrules.engines.private import name_in_sql, quiet_connection, reader_of
from perfrules.ir.plan import Plan
from perfrules.readers.supplied import Supply
from perfrules.tables.files.file_table import FileTable
from perfrules.tables.ingest.beforehand import Beforehand
from perfrules.tables.ingest.sources import Slice
from perfrules.tables.options import USUAL, TableOptions
from perfrules.tables.score_table import Scores


def relation_of_file(path: Path) -> Any:
    """Return the table in a file, on a connection of its own; the cells of CSV are texts, so that nothing is guessed.

    Raises ValueError for a file whose name ends in neither `.parquet` nor `.csv`.
    """
    connection = quiet_connection()
    match path.suffix.lower():
        case ".parquet":
            return connection.read_parquet(str(path))
        case ".csv":
            return connection.read_csv(str(path), header=True, all_varchar=True)
    raise ValueError(f"DuckDB reads Parquet and CSV files here, by the end of their names, not {path.name}")


def file_by_duckdb(path: Path) -> FileTable:
    """Return the table in a file, gone through by DuckDB as often as needed."""
    relation = relation_of_file(path)
    columns = list(relation.columns)
    [(rows,)] = relation.aggregate("count(*)").fetchall()

    def parts(size: int, column: int | None) -> Iterator[Slice]:
        again = relation_of_file(path)  # each on its own connection: several may be under way
        asked = again if column is None else again.project(name_in_sql(columns[column]))
        with reader_of(asked) as reader:
            for batch in reader:
                for start in range(0, batch.num_rows, size):
                    part = batch.slice(start, size)
                    yield Slice(part.num_rows, partial(_piece, part))

    with reader_of(relation) as reader:
        schema = reader.schema
    return FileTable(file=str(path), columns=columns, rows=rows, parts=parts, schema=schema)


def _piece(batch: pa.RecordBatch, column: int) -> pa.Array:
    return batch.column(column if batch.num_columns > 1 else 0)


def opened_by_duckdb(path: Path, own: FileTable, plan: Plan, options: TableOptions) -> tuple[FileTable, TableOptions]:
    """Return the table in a file as DuckDB reads it, and the *options* by which it is scored: who occurs twice is found
    on disk. It stays its *own* where DuckDB does not read the same rows: CSV is no one format.
    """
    try:
        found = file_by_duckdb(path)
    except import_module("duckdb").Error:
        return own, options
    if (found.rows, list(found.columns)) != (own.rows, list(own.columns)):
        return own, options
    with TemporaryDirectory(prefix="perfrules-") as folder:
        twice = entities_twice(plan, relation_of_file(path), options, Path(folder))
    return evolve(found, notes=own.notes), evolve(options, known=Beforehand(twice=twice))


def score_file(
    rules: Scores, data: Path, out: Path, options: TableOptions = USUAL, supplied: Supply | None = None
) -> None:
    """Write the results of the table in *data* into *out*, Parquet or CSV as its name ends; both may be of any size.

    *out* appears when it is whole.
    """
    if out.suffix.lower() not in (".parquet", ".csv"):
        raise ValueError(f"results are written as Parquet or CSV, by the end of the name, not {out.name}")
    with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as folder:
        results = Path(folder) / "results.parquet"
        with relation_results(rules, relation_of_file(data), options, supplied) as batches:
            write_parquet(batches, results)
        if out.suffix.lower() == ".csv":
            written = results.with_suffix(".csv")
            relation_of_file(results).write_csv(str(written), header=True)
            results = written
        os.replace(results, out)
