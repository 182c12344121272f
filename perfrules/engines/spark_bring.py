"""What the entities of one partition bring to a round; their scores, when all rounds are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pickle import dumps

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, field, frozen

from perfrules.batch.kernel import Kernel
from perfrules.engines.spark_cells import carried_cells, keys_of_parts
from perfrules.engines.spark_round import RoundColumns
from perfrules.engines.spark_told import REFUSED, ROW, compared_before
from perfrules.engines.spark_worker import ScorePart, restored, stream
from perfrules.ir.plan import Plan
from perfrules.tables.across.compared import Compared
from perfrules.tables.across.rounds import RoundRun, parts_of
from perfrules.tables.ingest.table_in import open_table
from perfrules.tables.score_table import score_batches


@frozen(eq=False)
class BringPart:
    """Finds what partitions bring to round *number*; *read* is the schema of their rows: number, data, what is told."""

    part: ScorePart
    number: int
    read: pa.Schema = field(repr=False)

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Go through the rows of one partition."""
        rows = stream(batches, self.read)
        if rows is None:
            return
        table, plan = rows.read_all(), restored(self.part.rules).plan
        columns = RoundColumns(plan, self.number)
        run = _begun(self.part, plan, table)
        brought = RoundRun(run, columns.part, columns.statistics)
        as_of = self.part.options.as_of or plan.as_of_default
        kernel = Kernel(run.with_known(columns.part), as_of=as_of, nodes=brought.nodes)
        brought.bring(kernel, 1, names_too=True)
        told = [table[each.name] for each in columns.before if each not in REFUSED]
        arrays = [table[ROW], *_refusals(run), *told, *_brought(columns, brought)]
        yield from pa.Table.from_arrays(arrays, schema=columns.brought).to_batches()


@frozen(eq=False)
class ScoreCompared:
    """Scores partitions whose entities were told all statistics."""

    part: ScorePart
    read: pa.Schema = field(repr=False)

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Score the rows of one partition."""
        rows = stream(batches, self.read)
        if rows is None:
            return
        rules, told, options = restored(self.part.rules), rows.read_all(), self.part.options
        assert options.known is not None
        known = evolve(options.known, compared=lambda table: compared_before(rules.plan, table, told))
        data = _data(self.part, told)
        for batch in score_batches(rules, data, evolve(options, known=known), self.part.supply()):
            yield batch.cast(self.part.written)


def _data(part: ScorePart, table: pa.Table) -> pa.Table:
    return table.select(range(1, 1 + len(part.read)))


def _begun(part: ScorePart, plan: Plan, table: pa.Table) -> Compared:
    options = part.options
    data = open_table(_data(part, table), plan, options.reading, block_rows=options.block_rows, known=options.known)
    return compared_before(plan, data, table)


def _refusals(run: Compared) -> list[pa.Array]:
    rows = len(run.refused)
    problems = [dumps(run.problems[place]) if place in run.problems else None for place in range(rows)]
    return [pa.array(run.refused), pa.array(problems, pa.binary()), pa.nulls(rows, pa.binary())]


def _brought(columns: RoundColumns, brought: RoundRun) -> Iterator[pa.Array | pa.ChunkedArray]:
    rows = len(brought.run.refused)
    failed = np.zeros(rows, bool)
    failed[[*brought.failed]] = True
    yield brought.run.names.all.cast(pa.string())
    yield pa.array(failed)
    parts = {node: each.part(brought.code_of) for node, each in brought.collected.items()}
    for node in columns.nodes:
        yield from carried_cells(parts[node], rows, brought.text_of)
    for expr in columns.statistics:
        roles = parts_of(expr)
        groups = [parts[roles[f"group {number}"]] for number in range(len(expr.groups))]
        keys = keys_of_parts(groups, rows, brought.text_of)
        if groups:  # in which group a refused entity would be nobody knows
            keys = pc.if_else(pa.array(brought.run.refused), pa.scalar(None, pa.string()), keys)
        yield keys
        pending = brought.pending.get(expr.id, {})
        yield pa.array([dumps(pending[place]) if place in pending else None for place in range(rows)], pa.binary())
