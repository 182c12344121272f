"""One block of a table after the other: by columns what columns can do, and each row put aside by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from attrs import field, frozen
from numpy.typing import NDArray

from perfrules.batch.kernel import Kernel
from perfrules.batch.source import Block
from perfrules.diagnostics import DataPlace, has_errors
from perfrules.evaluate.result import Result
from perfrules.tables.entities import entities_of
from perfrules.tables.error import TableError
from perfrules.tables.ingest.block import FrameBlock
from perfrules.tables.ingest.table_in import TableIn
from perfrules.tables.options import Watch
from perfrules.tables.results.from_block import BlockReader
from perfrules.tables.results.held import held_block, held_results
from perfrules.tables.results.layout import Layout, merged
from perfrules.tables.results.stored import NOTHING, Rows, Stored
from perfrules.tables.results.whole_columns import WholeColumns

ScoreBlock: TypeAlias = Callable[[FrameBlock, Sequence[int]], Sequence[Result]]
"""The results of some rows of a block, each evaluated by itself."""

_AT_ONCE: Final = 1024
"""Results of single rows that are in memory at one time: each holds all its steps."""


@frozen(kw_only=True, eq=False)
class BlockScorer:
    """Scores the blocks of *table*; without a *kernel* every row by itself."""

    table: TableIn = field(repr=False)
    layout: Layout
    kernel: Kernel | None
    score_rows: ScoreBlock = field(repr=False)
    stops: bool
    """Whether TableError is raised at the first problem."""
    named: bool = False
    """Whether entities are given by their names."""
    watch: Watch | None = field(default=None, repr=False)
    whole: WholeColumns | None = field(default=None, repr=False)
    """Where columns of float64 are to be written."""
    as_read: Callable[[FrameBlock], Block] = field(default=lambda block: block, repr=False)
    """A block as the kernel reads it: with what compares its entities with all others."""

    def batch(self, block: FrameBlock) -> pa.RecordBatch:
        """Return the results of a block."""
        if self.kernel is None:
            cells, aside = [NOTHING] * (len(self.layout.schema) - 1), np.arange(block.rows)
        else:
            reader = BlockReader(self.layout.plan, self.layout.columns, block.texts.text_of, self._stretch(block))
            found = self.kernel.run(self.as_read(block), reader.asked(block.rows))
            found, cells = held_block(reader, found)
            aside = np.flatnonzero(found.aside)
            if self.watch is not None:
                self.watch.by_columns(found)
        for start in range(0, len(aside), _AT_ONCE):
            cells = self._with_rows(cells, block, aside[start : start + _AT_ONCE])
        entities = block.columns.names if self.named else entities_of(self.table, block, self.layout.entity)
        return self.layout.batch(entities, cells)

    def _stretch(self, block: FrameBlock) -> Callable[[str, int], NDArray[Any]] | None:
        whole, place = self.whole, block.place
        return None if whole is None else lambda name, rows: whole.stretch(name, place, rows)

    def _with_rows(self, cells: Sequence[Stored], block: FrameBlock, rows: Rows) -> list[Stored]:
        run, places = self.table.run, [block.place + row for row in rows.tolist()]
        results, own = held_results(
            self.layout.columns,
            self.score_rows(block, rows.tolist()),
            lambda row: DataPlace(file=run.file, row=run.number(places[row])),
        )
        if self.watch is not None:
            self.watch.by_itself(block, rows.tolist(), results)
        if self.stops:
            _stop_at_problems(results)
        return merged(cells, rows, own, block.rows)


def _stop_at_problems(results: Sequence[Result]) -> None:
    found = [problem for result in results for problem in result.problems]
    if has_errors(found):
        raise TableError(found)
