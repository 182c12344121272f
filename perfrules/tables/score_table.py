"""A table of entities in, a table of results of the same kind out; block sizes and threads change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Protocol, TypeAlias

import pyarrow as pa
from attrs import evolve

from perfrules.diagnostics import has_errors
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.result import Result
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.readers.rows import EntityRow
from perfrules.readers.supplied import Supply
from perfrules.tables.across.comparing import compared_in_columns
from perfrules.tables.entities import entity_heading, entity_type
from perfrules.tables.error import TableError
from perfrules.tables.handed_back import handed_back, is_pandas
from perfrules.tables.ingest.block import FrameBlock
from perfrules.tables.ingest.sources import streamed
from perfrules.tables.ingest.table_in import TableIn, open_table
from perfrules.tables.kernels import kernel_of
from perfrules.tables.options import BLOCK_ROWS, BLOCK_ROWS_IN_MEMORY, USUAL, TableOptions
from perfrules.tables.results.chosen import chosen_columns
from perfrules.tables.results.columns import ResultColumn
from perfrules.tables.results.forms import declared_forms
from perfrules.tables.results.layout import Layout
from perfrules.tables.results.whole_columns import WholeColumns
from perfrules.tables.results.written import Doubles
from perfrules.tables.scoring import BlockScorer, ScoreBlock
from perfrules.tables.threads import in_order, usual_threads

ScoreRows: TypeAlias = Callable[[Sequence[EntityRow]], Sequence[Result]]
"""The results of entities that were read, in order; of rulesets that compare entities, of all of them."""


class Scores(Protocol):
    """What a ruleset does for tables."""

    @property
    def plan(self) -> Plan:
        """What it says."""

    def score_rows(self, rows: Iterable[EntityRow], supplied: Supply | None = None) -> Sequence[Result]:
        """Return the results of entities that were read."""


def score_table(plan: Plan, score: ScoreRows, frame: Any, options: TableOptions) -> Any:
    """Return the results of the entities of *frame*, in its order, as what *frame* is; of a stream a stream."""
    frame = streamed(frame)
    if not isinstance(frame, pa.RecordBatchReader) and options.block_rows == BLOCK_ROWS:
        options = evolve(options, block_rows=BLOCK_ROWS_IN_MEMORY)
    whole = WholeColumns(len(frame)) if options.numbers == "float64" and is_pandas(frame) else None
    layout, batches = scoring(plan, score, frame, options, whole)
    if isinstance(frame, pa.RecordBatchReader):
        return pa.RecordBatchReader.from_batches(layout.schema, batches)
    return handed_back(pa.Table.from_batches(list(batches), layout.schema), frame, whole)


def score_batches(
    rules: Scores, frame: object, options: TableOptions = USUAL, supplied: Supply | None = None
) -> pa.RecordBatchReader:
    """Return the results of *frame* as a stream of batches, made while it is read; for programs that write them on.

    *supplied* are the results of other rulesets that the rules read.
    """
    schema, batches = scored_batches(rules.plan, lambda rows: rules.score_rows(rows, supplied), frame, options)
    return pa.RecordBatchReader.from_batches(schema, batches)


def scored_batches(
    plan: Plan, score: ScoreRows, frame: object, options: TableOptions
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the schema of the results of *frame*, and the results block by block, in its order."""
    layout, batches = scoring(plan, score, frame, options)
    return layout.schema, batches


def scoring(
    plan: Plan, score: ScoreRows, frame: object, options: TableOptions, whole: WholeColumns | None = None
) -> tuple[Layout, Iterator[pa.RecordBatch]]:
    """Return how the results of *frame* are laid out, and the results block by block, in its order.

    Columns of float64 are written into *whole*, where that is given. Only as many blocks are in memory as there are
    threads, but one. Raises TableError for columns that cannot be used.
    """
    threads = options.threads or usual_threads()
    table = open_table(
        frame,
        plan,
        options.reading,
        tables=options.tables,
        block_rows=options.block_rows,
        threads=threads,
        known=options.known,
    )
    if has_errors(table.problems):
        raise TableError(table.problems)
    entity = entity_heading(table, frame)
    columns = _columns(plan, entity, table.has_overrides, options)
    compared = compared_in_columns(plan, columns, table, options)
    if compared is not None:
        table = compared.table
    scored = plan if compared is None else compared.entered
    ready = None if options.engine == "rows" else kernel_of(scored, columns, options.as_of)
    if whole is not None:
        whole.make(column.name for column in columns if isinstance(column.written, Doubles))
    if ready is not None and table.rows is not None:
        ready.kernel.expect(table.rows)
    first, blocks = _peeked(table.batches(() if ready is None else ready.texts))
    if options.on_problem == "stop" and first is not None and table.lacking:
        raise TableError(table.lacking)
    kind = pa.large_string() if options.named else entity_type(table, first, frame)
    layout = Layout(plan, pa.field(entity, kind), columns)
    if compared is None:
        by_itself, blocks = _by_itself(plan, table, score, blocks)
    else:
        by_itself = compared.results
    scorer = BlockScorer(
        table=table,
        layout=layout,
        kernel=None if ready is None else ready.kernel,
        score_rows=by_itself,
        stops=options.on_problem == "stop",
        named=options.named,
        watch=options.watch,
        whole=whole,
        **({} if compared is None else {"as_read": compared.block}),
    )
    batches = in_order(scorer.batch, blocks, 1 if ready is None else threads)
    return layout, _told(batches, table, options)


def _columns(plan: Plan, entity: str, overrides: bool, options: TableOptions) -> tuple[ResultColumn, ...]:
    """Return the columns that are asked for, worked out once for each choice."""
    only = None if options.columns is None else tuple(options.columns)
    known, key = _known_columns(plan), (options.as_of, entity, overrides, only, options.numbers)
    if key not in known:
        known[key] = chosen_columns(
            plan,
            declared_forms(plan, options.as_of),
            entity,
            overrides=overrides,
            only=only,
            doubles=options.numbers == "float64",
        )
    return known[key]


@per_plan
def _known_columns(_plan: Plan) -> dict[object, tuple[ResultColumn, ...]]:
    return {}


def _peeked(blocks: Iterator[FrameBlock]) -> tuple[FrameBlock | None, Iterable[FrameBlock]]:
    """Return the first block, and all of them."""
    first = next(blocks, None)
    return first, () if first is None else chain((first,), blocks)


def _by_itself(
    plan: Plan, table: TableIn, score: ScoreRows, blocks: Iterable[FrameBlock]
) -> tuple[ScoreBlock, Iterable[FrameBlock]]:
    """Return how single rows are scored: of rulesets that compare entities, all of them at once beforehand."""
    if not has_cohort_rules(plan):
        return (lambda block, rows: score(table.read_rows(block, rows))), blocks
    held = list(blocks)
    results = score([row for block in held for row in table.read_rows(block, range(block.rows))])
    return (lambda block, rows: [results[block.place + row] for row in rows]), held


def _told(batches: Iterable[pa.RecordBatch], table: TableIn, options: TableOptions) -> Iterator[pa.RecordBatch]:
    """Tell how far it is; at the end raise TableError for records that belong to no entity."""
    done = 0
    for batch in batches:
        yield batch
        done += batch.num_rows
        if options.progress is not None:
            options.progress(done, table.rows)
    strays = table.strays()
    if has_errors(strays):
        raise TableError(strays)
