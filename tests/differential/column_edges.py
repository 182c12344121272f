"""Rows on edges: what is rounded lies on a tie, what is compared is equal, or as near to that as the inputs allow.

An operation of a tape is read as a function of one input, the others staying as they are; the input is moved to where
a straight line through two readings puts the edge, a few times over, and then one step to either side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random

from attrs import define, evolve

from perfrules.batch.exactly import Exactly, Numbers
from perfrules.batch.tape import Do, Op, Read, Source, Tape, Type
from perfrules.ir.inputs import Facts, InputDeclaration
from perfrules.lang.rounding import Mode, Rounding, Significant, step_at
from tests.differential.facts_columns import FactsColumns

MOVES = 3
_TO_WHOLE = (Mode.CEILING, Mode.FLOOR, Mode.TRUNCATE)


@define(eq=False)
class Edges:
    """Looks for edges of one tape: *units* are the finest steps of its inputs, *rows* are moved for each operation."""

    tape: Tape
    columns: FactsColumns
    declared: Mapping[str, InputDeclaration]
    units: Mapping[str, Fraction]
    random: Random
    rows: int

    def places(self) -> list[int]:
        """Return the operations on numbers of entities that have edges."""
        return [place for place, op in enumerate(self.tape.ops) if op.table is None and self._has_edges(op)]

    def _has_edges(self, op: Op) -> bool:
        if op.do is Do.ROUND:
            return isinstance(op.param, Rounding) and not isinstance(op.param.target, Significant)
        return op.do is Do.COMPARE

    def moved(self, place: int) -> Iterator[Facts]:
        """Return rows on an edge of this operation and beside it."""
        names = self._inputs(place)
        if not names:
            return
        name = self.random.choice(names)
        base = [each for each in self.columns.facts if isinstance(each.values[name], Fraction)]
        if not base:
            return
        rows = [self.random.choice(base) for _ in range(self.rows)]
        known = [value for value in self.columns.values(name) if isinstance(value, Fraction)]
        before = [_number(row.values[name]) for row in rows]
        target, heights = self._edges(place, self._read(place, rows, name, before))
        now = [self.random.choice(known) for _ in rows]
        for _ in range(MOVES):
            found = [value - edge for value, edge in zip(self._read(place, rows, name, now), target, strict=True)]
            nearer = [
                self._fitting(name, x - y * (x - w) / (y - v) if y != v else x)
                for w, v, x, y in zip(before, heights, now, found, strict=True)
            ]
            before, heights, now = now, found, nearer
        for row, x in zip(rows, now, strict=True):
            for step in (-1, 0, 1):
                yield with_value(row, name, self._fitting(name, x + step * self.units[name]))

    def _edges(self, place: int, found: Sequence[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
        """Return an edge near each reading, and how far above it the reading is."""
        op = self.tape.ops[place]
        if op.do is Do.COMPARE:
            return [Fraction(0)] * len(found), list(found)
        assert isinstance(op.param, Rounding)
        step = step_at(Fraction(1), op.param.target)
        half = Fraction(0) if op.param.mode in _TO_WHOLE else Fraction(1, 2)
        edges = [(value // step + half + self.random.choice((-1, 0, 0, 1))) * step for value in found]
        return edges, [value - edge for value, edge in zip(found, edges, strict=True)]

    def _read(self, place: int, rows: Sequence[Facts], name: str, values: Sequence[Fraction]) -> list[Fraction]:
        """Return what is rounded, or the difference of what is compared."""
        given = [with_value(row, name, value) for row, value in zip(rows, values, strict=True)]
        columns = FactsColumns(self.columns.plan, given, self.columns.codes)
        exactly = Exactly(self.tape, columns.known(self.tape.ops), len(given), columns.counts)
        found = [exactly.column(operand) for operand in self.tape.ops[place].operands]
        numbers = [each.fractions() for each in found if isinstance(each, Numbers)]
        return numbers[0] if len(numbers) == 1 else [a - b for a, b in zip(*numbers, strict=True)]

    def _fitting(self, name: str, value: Fraction) -> Fraction:
        """Return the nearest value that the data may have."""
        unit = self.units[name]
        near = round(value / unit) * unit
        bounds = self.declared[name].bounds
        if bounds is None:
            return near
        low = bounds.low if bounds.low_closed else bounds.low + unit
        high = bounds.high if bounds.high_closed else bounds.high - unit
        return min(max(near, low), high)

    def _inputs(self, place: int) -> list[str]:
        """Return the numbers of the data that an operation depends on."""
        seen, waiting, names = {place}, [place], []
        while waiting:
            op = self.tape.ops[waiting.pop()]
            if isinstance(op.param, Read) and self._may_move(op, op.param):
                names.append(op.param.name)
            new = [operand for operand in op.operands if operand not in seen]
            seen.update(new)
            waiting += new
        return sorted(set(names))

    def _may_move(self, op: Op, read: Read) -> bool:
        return op.type is Type.NUMBER and read.table is None and read.source is Source.VALUE and read.name in self.units


def with_value(row: Facts, name: str, value: Fraction) -> Facts:
    """Return the row with another value."""
    return evolve(row, values={**row.values, name: value})


def _number(value: object) -> Fraction:
    assert isinstance(value, Fraction)
    return value
