"""Operations of a tape for chosen rows, exactly: for the cells that a proof leaves open, and as a reading of a tape.

Knows nothing of ranges, blocks or speed beyond some millions of cells a second. Cells that mean nothing (a division by
zero, a logarithm of a negative number) hold 0. Floats do not occur.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from perfrules.batch import rationals
from perfrules.batch.exact_operations import OF_CELLS, OF_RECORDS, Codes, Known, Truths, spread
from perfrules.batch.exact_records import Records
from perfrules.batch.rationals import Numbers
from perfrules.batch.tape import Do, Op, Tape
from perfrules.lang.exact import Exact

__all__ = ["Codes", "Exactly", "Known", "Numbers", "Truths"]


@define(eq=False)
class Exactly:
    """The columns of a tape for *rows* entities, each computed when first asked for.

    *known* gives the columns that are there already, for these entities or for their records, among them all INPUTs;
    *counts* how many records each of these entities has in a table.
    """

    tape: Tape
    known: Callable[[int], Known | None]
    rows: int
    counts: Callable[[str], NDArray[Any]]
    _columns: dict[int, Known] = field(factory=dict, init=False)
    _tables: dict[str, Records] = field(factory=dict, init=False)

    def column(self, op: int) -> Known:
        """Return the column of an operation."""
        waiting = [op]
        while waiting:
            place = waiting[-1]
            if place in self._columns:
                waiting.pop()
                continue
            lacking = self._lacking(place)
            if lacking:
                waiting += lacking
            else:
                waiting.pop()
                if place not in self._columns:
                    self._columns[place] = self._made(self.tape.ops[place])
        return self._columns[op]

    def _lacking(self, place: int) -> list[int]:
        """Return the operands that are not there; none if the column itself is known."""
        known = self.known(place)
        if known is not None:
            self._columns[place] = rationals.joined(known) if isinstance(known, Numbers) else known
            return []
        return [operand for operand in self.tape.ops[place].operands if operand not in self._columns]

    def _made(self, op: Op) -> Known:
        if op.do is Do.INPUT:
            raise LookupError(f"{op.param} is not given")
        if op.do is Do.CONSTANT:
            return self._constant(op)
        table = next((each.table for each in (op, *map(self.tape.ops.__getitem__, op.operands)) if each.table), None)
        records = self._table(table) if table is not None else None
        if op.do is Do.SPREAD and records is not None:
            return spread(self._columns[op.operands[0]], records)
        operands = [self._operand(operand, records) for operand in op.operands]
        return (
            OF_CELLS[op.do](op, operands)
            if op.do in OF_CELLS or records is None
            else OF_RECORDS[op.do](op, operands, records)
        )

    def _operand(self, place: int, records: Records | None) -> Known:
        """Return an operand; among those of records also one of entities may stand (a constant)."""
        column = self._columns[place]
        return column if records is None or self.tape.ops[place].table else spread(column, records)

    def _table(self, table: str) -> Records:
        if table not in self._tables:
            self._tables[table] = Records.of(self.counts(table))
        return self._tables[table]

    def _constant(self, op: Op) -> Known:
        length = self.rows if op.table is None else self._table(op.table).number
        match op.param:
            case bool():
                return Truths(np.full(length, op.param))
            case int():
                return Codes(np.full(length, op.param, dtype=np.int64))
            case Exact():
                return rationals.constant(op.param, length)
            case _:
                raise TypeError(f"{op.param!r} is no constant")
