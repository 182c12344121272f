"""A table scored row by row, for rulesets that no columns can score: those whose rules compare entities or read other
results. The results are written into the same columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import pyarrow as pa

from perfrules.diagnostics import has_errors
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.result import Result
from perfrules.ir.plan import Plan
from perfrules.readers.rows import EntityRow
from perfrules.tables.entity_rows import read_entity_rows
from perfrules.tables.error import TableError
from perfrules.tables.options import TableOptions
from perfrules.tables.results.columns import Forms
from perfrules.tables.results.from_results import stored_results
from perfrules.tables.results.layout import Layout, layout_of

ScoreRows: TypeAlias = Callable[[Sequence[EntityRow]], Sequence[Result]]
"""The results of entities that were read, in order; of rulesets that compare entities, of all of them."""


def batches_by_rows(
    plan: Plan, forms: Forms, score: ScoreRows, frame: object, options: TableOptions
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the schema of the results of *frame*, and the results block by block."""
    read = read_entity_rows(frame, plan, options.reading)
    if has_errors(read.problems):
        raise TableError(read.problems)
    layout = layout_of(plan, forms, read.entity, overrides=read.overrides)
    return layout.schema, _batches(layout, read.rows, score, read.entities, options)


def _batches(
    layout: Layout, rows: Sequence[EntityRow], score: ScoreRows, entities: pa.ChunkedArray, options: TableOptions
) -> Iterator[pa.RecordBatch]:
    together = score(rows) if has_cohort_rules(layout.plan) else None
    for start in range(0, len(rows), options.block_rows):
        end = min(start + options.block_rows, len(rows))
        results = score(rows[start:end]) if together is None else together[start:end]
        if options.on_problem == "stop":
            stop_at_problems(results)
        named = entities.slice(start, end - start).combine_chunks()
        yield layout.batch(named, stored_results(layout.columns, results))
        if options.progress is not None:
            options.progress(end, len(rows))


def stop_at_problems(results: Sequence[Result]) -> None:
    """Raise TableError with the problems of *results* if some are errors."""
    found = [problem for result in results for problem in result.problems]
    if has_errors(found):
        raise TableError(found)
