"""DuckDB relations of any size, to relations of results: out of core, a few blocks of rows in memory at a time.

Rules that compare entities go through the table round after round; for them it is put into a file first, and of a round
only the columns that its statistics need are in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import evolve

from perfrules.engines.private import name_in_sql, reader_of, text_in_sql
from perfrules.engines.twice_on_disk import twice_on_disk
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.ir.plan import Plan
from perfrules.readers.limits import DEFAULT_LIMITS
from perfrules.readers.supplied import Supply
from perfrules.tables.files.file_table import FileTable
from perfrules.tables.files.parquet_table import parquet_table
from perfrules.tables.ingest.beforehand import Beforehand
from perfrules.tables.ingest.layout import layout_of
from perfrules.tables.options import TableOptions
from perfrules.tables.score_table import Scores, score_batches


def score_relation(rules: Scores, relation: Any, options: TableOptions, supplied: Supply | None = None) -> Any:
    """Return the results of *relation* as a relation on the same connection: a temporary table of its own.

    They are in the order in which DuckDB gives the rows.
    """
    with TemporaryDirectory(prefix="perfrules-") as folder:
        results = Path(folder) / "results.parquet"
        with relation_results(rules, relation, options, supplied) as batches:
            write_parquet(batches, results)
        return _kept(relation, results)


@contextmanager
def relation_results(
    rules: Scores, relation: Any, options: TableOptions, supplied: Supply | None = None
) -> Iterator[pa.RecordBatchReader]:
    """Give the results of *relation* as a stream; until its end the connection of the relation is busy."""
    with TemporaryDirectory(prefix="perfrules-") as folder:
        if has_cohort_rules(rules.plan):
            yield score_batches(rules, _as_file(relation, Path(folder)), options, supplied)
            return
        known = Beforehand(twice=entities_twice(rules.plan, relation, options, Path(folder)))
        with reader_of(relation) as reader:
            yield score_batches(rules, reader, evolve(options, known=known), supplied)


def write_parquet(batches: pa.RecordBatchReader, path: Path) -> None:
    """Write a stream into a file."""
    with pq.ParquetWriter(path, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def entities_twice(plan: Plan, relation: Any, options: TableOptions, folder: Path) -> dict[str, tuple[int, ...]]:
    """Find the entities that occur more than once; nothing to find where no column names them."""
    entity = layout_of(relation.columns, plan, options.reading).entity
    if not isinstance(entity, int):
        return {}
    names = relation.project(name_in_sql(relation.columns[entity]))
    return dict(twice_on_disk(lambda: reader_of(names), folder))


def _as_file(relation: Any, folder: Path) -> FileTable:
    path = folder / "data.parquet"
    with reader_of(relation) as reader:
        write_parquet(reader, path)
    found = parquet_table(path, DEFAULT_LIMITS)
    assert isinstance(found, FileTable), "it was just written"
    return found


def _kept(relation: Any, results: Path) -> Any:
    """Put the results into a temporary table on the connection of *relation*, which DuckDB keeps as it keeps tables."""
    name, path = f"results_{uuid4().hex}", text_in_sql(str(results))
    relation.query("data", f"create temporary table {name} as select * from read_parquet({path})")
    return relation.query("data", f"select * from {name}").set_alias("results")
