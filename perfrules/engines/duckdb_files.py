"""Parquet and CSV files, read and written by DuckDB."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from perfrules.engines.duckdb_engine import relation_results, write_parquet
from perfrules.engines.private import quiet_connection
from perfrules.readers.supplied import Supply
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
