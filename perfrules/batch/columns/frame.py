"""What the instructions of a program see of the block that is being computed, and the exact cells they ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import define, field

from perfrules.batch.columns.code import Array
from perfrules.batch.exactly import Codes, Exactly, Known, Numbers, Truths
from perfrules.batch.plain import PlainCells
from perfrules.batch.rationals import together
from perfrules.batch.results import CellForm, StoredCells
from perfrules.batch.segments import Segments, segments_of
from perfrules.batch.slabs import copy_of
from perfrules.batch.source import Block, NumberFacts, Wider
from perfrules.batch.tape import Do, Op, Read, Source, Tape, Type
from perfrules.lang.exact import Exact


@define(eq=False)
class BlockFrame:
    """One thread's view of one block: its data, its segments, its exact columns, and what is given back."""

    tape: Tape
    most: dict[str, int]
    block: Block = field(init=False, repr=False)
    recomputed: Counter[int] = field(factory=Counter)
    outputs: dict[Any, Any] = field(factory=dict)
    stored: dict[object, StoredCells] = field(factory=dict)
    """Columns that were given back as they were asked for."""
    asked: Mapping[str, CellForm] = field(factory=dict)
    _segments: dict[str, Segments] = field(factory=dict)
    _all: Exactly | None = None

    def start(self, block: Block, asked: Mapping[str, CellForm]) -> None:
        """Take up another block, whose numbers are *asked* for as said, by node."""
        self.block, self.asked = block, asked
        for table, most in self.most.items():
            found = int(self.segments(table).counts.max(initial=0))
            if found > most:
                raise Wider(table, NumberFacts(low=Exact(0), high=Exact(found), scale=1))

    def leave(self) -> None:
        """Let go of the block's data and of what came of it."""
        del self.block
        self.recomputed, self.outputs, self.stored, self.asked = Counter(), {}, {}, {}
        self._segments, self._all = {}, None

    def segments(self, table: str) -> Segments:
        """Return which records of a table belong to which row."""
        found = self._segments.get(table)
        if found is None:
            found = self._segments[table] = segments_of(np.asarray(self.block.counts(table), dtype=np.int64))
        return found

    def size(self, table: str | None) -> int:
        """Return how many cells a column has."""
        return self.block.rows if table is None else self.segments(table).records

    def counts(self, read: Read, out: Array) -> None:
        """Read how many records each row has."""
        np.copyto(out, self.segments(read.name).counts, casting="unsafe")

    def number(self, read: Read, facts: NumberFacts, out: Array) -> None:
        """Read numbers."""
        self.block.number(read.name, read.table, facts, out)

    def plain(self, read: Read, facts: NumberFacts | None, dtype: str) -> PlainCells | None:
        """Return numbers (or truths, where *facts* is None) as they lie in memory."""
        return self.block.plain(read.name, read.table, facts, dtype)

    def codes(self, read: Read, out: Array) -> None:
        """Read truths or texts."""
        self.block.codes(read.name, read.table, out)

    def states(self, read: Read, out: Array) -> None:
        """Read states."""
        self.block.states(read.name, read.table, out)

    def keep(self, key: object, cells: Array) -> None:
        """Give back a column, as it is now."""
        self.outputs[key] = copy_of(cells)

    def add_aside(self, condition: Array) -> None:
        """Leave rows to the evaluator of single entities."""
        np.logical_or(self.block.aside, condition, out=self.block.aside)

    def recompute(self, place: int, cells: Array, unit: Exact | None, out: Array) -> None:
        """Compute some cells of an operation exactly (numbers as whole multiples of *unit*)."""
        op = self.tape.ops[place]
        wanted = cells[~self.block.aside[cells]] if op.table is None else cells
        if not len(wanted):
            return
        self.recomputed[place] += len(wanted)
        if op.table is None:
            _put(self._exactly(wanted).column(place), unit, out, wanted, slice(None))
            return
        segments = self.segments(op.table)
        owners = segments.owners[wanted]
        rows = np.unique(owners)
        starts = np.concatenate(([0], np.cumsum(segments.counts[rows])))
        within = starts[np.searchsorted(rows, owners)] + wanted - segments.starts[owners]
        _put(self._exactly(rows).column(place), unit, out, wanted, within)

    def compute(self, place: int, unit: Exact | None, out: Array) -> None:
        """Compute all cells of an operation exactly."""
        self.recomputed[place] += len(out)
        _put(self.exactly(place), unit, out, slice(None), slice(None))

    def exactly(self, place: int) -> Known:
        """Return all cells of an operation in Python integers."""
        if self._all is None:
            self._all = self._exactly(np.arange(self.block.rows))
        return self._all.column(place)

    def _exactly(self, rows: Array) -> Exactly:
        every = len(rows) == self.block.rows

        def known(place: int) -> Known | None:
            op = self.tape.ops[place]
            return self._read(op, self._cells(op.table, rows, every=every)) if op.do is Do.INPUT else None

        return Exactly(self.tape, known, len(rows), lambda table: self.segments(table).counts[rows])

    def _cells(self, table: str | None, rows: Array, *, every: bool) -> Array:
        if table is None:
            return rows
        segments = self.segments(table)
        if every:
            return np.arange(segments.records)
        counts = segments.counts[rows]
        ends = np.cumsum(counts)
        cells: Array = np.arange(int(counts.sum())) + np.repeat(segments.starts[rows] - (ends - counts), counts)
        return cells

    def _read(self, op: Op, cells: Array) -> Known:
        read = op.param
        assert isinstance(read, Read)
        if read.source is Source.COUNT:
            return Numbers(self.segments(read.name).counts[cells].astype(object), 1)
        if op.type is Type.NUMBER:
            above, below = self.block.exact(read.name, read.table, cells)
            return Numbers(above, together(below))
        column: Array = np.empty(self.size(op.table), dtype=np.bool_ if op.type is Type.TRUTH else np.int32)
        if read.source is Source.STATE:
            states = np.empty(len(column), dtype=np.uint8)
            self.states(read, states)
            return Codes(states[cells].astype(np.int64))
        self.codes(read, column)
        return Truths(column[cells]) if op.type is Type.TRUTH else Codes(column[cells].astype(np.int64))


def _put(column: Known, unit: Exact | None, out: Array, at: Any, of: Any) -> None:
    match column:
        case Numbers() if unit is not None:
            below = column.denominators if isinstance(column.denominators, int) else column.denominators[of]
            raw = column.numerators[of] * unit.denominator // (below * unit.numerator)
            limit = 2**53 if out.dtype == np.float64 else 2**63 - 1
            out[at] = np.clip(raw, -limit, limit)  # only cells that mean nothing are beyond
        case Truths():
            out[at] = column.cells[of]
        case _:
            raise AssertionError(column)
