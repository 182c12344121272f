"""A table of entities in, a table of results of the same kind out; block sizes and threads change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from perfrules.ir.plan import Plan
from perfrules.tables.by_rows import ScoreRows, batches_by_rows
from perfrules.tables.handed_back import handed_back
from perfrules.tables.options import TableOptions
from perfrules.tables.results.forms import declared_forms


def score_table(plan: Plan, score: ScoreRows, frame: object, options: TableOptions) -> Any:
    """Return the results of the entities of *frame*, in its order, as what *frame* is."""
    schema, batches = scored_batches(plan, score, frame, options)
    return handed_back(pa.Table.from_batches(list(batches), schema), frame)


def scored_batches(
    plan: Plan, score: ScoreRows, frame: object, options: TableOptions
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the schema of the results of *frame*, and the results block by block, in its order."""
    return batches_by_rows(plan, declared_forms(plan, options.as_of), score, frame, options)
