"""A data file in, a file of results out, however large: read, scored and written block by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, evolve, frozen

from perfrules.diagnostics import DataPlace, Diagnostic, has_errors
from perfrules.evaluate.result import Status
from perfrules.ir.plan import Plan
from perfrules.readers.named_rows import OF_HEADINGS
from perfrules.readers.raw import Raw
from perfrules.readers.rows import EntityRow, read_rows
from perfrules.tables.error import TableError
from perfrules.tables.files.opened import Opened
from perfrules.tables.files.refused_rows import RefusedRows
from perfrules.tables.files.seen import Seen
from perfrules.tables.options import TableOptions
from perfrules.tables.results.chosen import chosen_columns
from perfrules.tables.results.forms import declared_forms
from perfrules.tables.results.held import held_results
from perfrules.tables.results.layout import Layout
from perfrules.tables.score_table import ScoreRows, scoring

_STATUS: Final = 1
"""The place of the column of statuses."""


class Sink(Protocol):
    """Where results are written."""

    def write(self, batch: pa.RecordBatch, ends: object, /) -> None:
        """Write some rows."""

    def finish(self) -> None:
        """Write what is left."""


@define
class Tally:
    """How many entities there were, and what became of them."""

    rows: int = 0
    refused: int = 0
    provisional: int = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Count some results."""
        self.rows += batch.num_rows
        for found in pc.value_counts(batch.column(_STATUS).cast(pa.string())).to_pylist():
            if found["values"] == Status.REFUSED.value:
                self.refused += found["counts"]
            elif found["values"] == Status.PROVISIONAL.value:
                self.provisional += found["counts"]


@frozen(kw_only=True, eq=False)
class Begun:
    """A run about to begin: how its results are laid out, and its results, block by block, which can be taken once.

    *problems* are those of the data as a whole, and of records whose entity is in no row.
    """

    layout: Layout
    batches: Iterable[pa.RecordBatch]
    problems: tuple[Diagnostic, ...] = ()


def begin(plan: Plan, score: ScoreRows, opened: Opened, options: TableOptions, seen: Seen) -> Begun:
    """Return the results of what was *opened*; raises TableError where nothing in it can be scored."""
    if has_errors(opened.problems):
        raise TableError(opened.problems)
    if opened.table is None:
        assert opened.raw is not None
        return _one_by_one(plan, score, opened.raw, options, seen)
    try:
        layout, batches = scoring(plan, score, opened.table, evolve(options, watch=seen))
    except TableError as wrong:
        raise TableError([_in_file(each, opened.table.file) for each in wrong.diagnostics]) from None
    return Begun(layout=layout, batches=batches, problems=opened.problems)


def _in_file(problem: Diagnostic, file: str) -> Diagnostic:
    return evolve(problem, where=evolve(problem.where or DataPlace(), file=file))


def write_all(begun: Begun, sink: Sink, seen: Seen, refused: RefusedRows | None) -> Tally:
    """Write the results, and the refused rows where they are wanted."""
    tally = Tally()
    if refused is not None:
        refused.begin()
    for batch in begun.batches:
        part = seen.next(batch.num_rows)
        sink.write(batch, part.ends)
        tally.add(batch)
        if refused is not None:
            refused.write(part.refused)
    sink.finish()
    return tally


def _one_by_one(plan: Plan, score: ScoreRows, raw: Raw, options: TableOptions, seen: Seen) -> Begun:
    """Score rows that are in memory, with what stands beside them, by the evaluator of single entities."""
    read = read_rows(raw, plan, options.reading)
    wrong = [problem for problem in read.problems if problem.code in OF_HEADINGS]
    if has_errors(wrong):
        raise TableError(wrong)
    overrides = any(row.facts is not None and row.facts.overrides for row in read.rows)
    columns = chosen_columns(plan, declared_forms(plan, options.as_of), plan.entity_name, overrides=overrides)
    layout = Layout(plan, pa.field(plan.entity_name, pa.large_string()), columns)
    return Begun(layout=layout, batches=_results(layout, score, raw, read.rows, options, seen), problems=read.problems)


def _results(
    layout: Layout, score: ScoreRows, raw: Raw, rows: tuple[EntityRow, ...], options: TableOptions, seen: Seen
) -> Iterator[pa.RecordBatch]:
    if not rows:
        return
    results, cells = held_results(layout.columns, score(rows), lambda row: rows[row].place)
    if options.on_problem == "stop" and has_errors(problem for result in results for problem in result.problems):
        raise TableError([problem for result in results for problem in result.problems])
    by_number = {row.place.row: row for row in raw.rows}
    seen.see(range(len(rows)), results, lambda place: by_number[rows[place].place.row])
    entities = pa.array([result.entity for result in results], pa.large_string())
    yield layout.batch(entities, cells)
    if options.progress is not None:
        options.progress(len(rows), len(rows))
