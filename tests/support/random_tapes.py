"""Random tapes with rows at and beside boundaries, every column of which is known in fractions.

Some draw irrational functions, too, and some a table of records: columns of it, what is made of them record by record,
and what is gathered from them by entity.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Do, Op, Read, Source, Statistic, Tape, Type
from perfrules.ir.expressions import AggregateOp, CompareOp, IrrationalFunction, Trimming
from perfrules.lang.rounding import Decimals, Mode, Rounding, ToStep
from tests.support.tape_meaning import Cell, meaning, meaning_of_records

TABLE = "t"
_COMPARES = list(CompareOp)
_MODES = list(Mode)
_TARGETS: list[Decimals | ToStep] = [Decimals(2), Decimals(0), Decimals(-1), ToStep(Fraction(1, 3))]
_OF_ONE = (IrrationalFunction.LN, IrrationalFunction.SQRT, IrrationalFunction.EXP)
_EXPONENTS = [Fraction(1, 2), Fraction(1, 3), Fraction(3, 2), Fraction(-1, 2), Fraction(2), Fraction(3, 10)]
_STATISTICS = [
    Statistic(AggregateOp.MEDIAN),
    Statistic(AggregateOp.COUNT_DISTINCT),
    Statistic(AggregateOp.DEVIATION_POPULATION),
    Statistic(AggregateOp.DEVIATION_SAMPLE),
    Statistic(AggregateOp.TRIMMED_MEAN, Trimming(1, 1, 3)),
    Statistic(AggregateOp.TRIMMED_MEAN, Trimming(0, 2, 2)),
]


class Writer:
    """Writes a random tape, and knows every column of its rows as fractions."""

    def __init__(self, seed: int, rows: int) -> None:
        self.random = random.Random(seed)
        self.tape, self.rows = Tape(), rows
        self.facts: dict[str, NumberFacts] = {}
        self.data: dict[tuple[str, str | None], list[Fraction]] = {}
        self.counts: list[int] = []
        self.values: list[list[Cell]] = []
        self.numbers: dict[str | None, list[int]] = {None: [], TABLE: []}
        self.truths: dict[str | None, list[int]] = {None: [], TABLE: []}

    def size(self, table: str | None) -> int:
        return self.rows if table is None else sum(self.counts)

    def add(
        self, do: Do, *operands: int, kind: Type = Type.NUMBER, param: object = None, table: str | None = None
    ) -> int:
        place = self.tape.add(do, *operands, type=kind, param=param, table=table)  # type: ignore[arg-type]
        if place == len(self.values):
            self.values.append(self._cells(self.tape.ops[place]))
            (self.numbers if kind is Type.NUMBER else self.truths)[table].append(place)
        return place

    def _cells(self, op: Op) -> list[Cell]:
        if op.do is Do.CONSTANT:
            return [op.param] * self.size(op.table)  # type: ignore[list-item]
        columns = [self.values[operand] for operand in op.operands]
        if any(self.tape.ops[operand].table != op.table for operand in op.operands):
            return meaning_of_records(op, columns, self.counts)
        return [meaning(op, cells) for cells in zip(*columns, strict=True)]

    def constant(self, table: str | None = None) -> int:
        value = Fraction(
            self.random.choice([0, 1, 2, 3, 5, 7, 10, 60, 95, 100, -1, self.random.randint(-999, 999)]),
            self.random.choice([1, 1, 1, 2, 3, 10, 100, self.random.randint(1, 99)]),
        )
        return self.add(Do.CONSTANT, param=value, table=table)

    def input(self, table: str | None = None) -> int:
        """A column of round numbers, so that ties and edges are common."""
        name, scale = f"x{len(self.data)}", 10 ** self.random.choice([0, 0, 2, 2, 4, 8])
        low = Fraction(self.random.choice([0, 0, 1, -100]))
        high = Fraction(self.random.choice([1, 10, 100, 10**4, 10**7, 10**11, 10**16]))
        self.facts[name] = NumberFacts(low=low, high=high, scale=scale)
        coarse = self.random.choice([scale, max(scale // 2, 1), 1])
        cells = []
        for _ in range(self.size(table)):
            anything = self.random.randint(int(low * scale), int(high * scale))
            round_one = self.random.randint(int(low), int(high)) * scale
            whole = self.random.choice([low * scale, high * scale, round_one, anything // coarse * coarse])
            value = Fraction(whole + self.random.choice([0, 0, 0, 1, -1]), scale)
            cells.append(min(high, max(low, value)))
        self.data[name, table] = cells
        return self._read(Read(name, table=table), list(cells))

    def records(self) -> None:
        """A table of which some rows have no record, read in two columns and counted."""
        self.counts = [self.random.choice([0, 1, 2, 3, 3, 5]) for _ in range(self.rows)]
        self.input(TABLE)
        self.input(TABLE)
        self.constant(TABLE)
        self._read(Read(TABLE, Source.COUNT), [Fraction(count) for count in self.counts])

    def _read(self, read: Read, cells: list[Cell]) -> int:
        place = self.tape.add(Do.INPUT, type=Type.NUMBER, param=read, table=read.table)
        self.values.append(cells)
        self.numbers[read.table].append(place)
        return place

    def number(self, table: str | None = None) -> int:
        numbers = self.numbers[table]
        return self.random.choice(numbers[-8:] if self.random.random() < 0.7 else numbers)

    def truth(self, table: str | None) -> int:
        return self.random.choice(self.truths[table])

    def edge(self, place: int) -> int:
        """A constant that some row reaches exactly."""
        table = self.tape.ops[place].table
        cells = [cell for cell in self.values[place] if isinstance(cell, Fraction)]
        if not cells:
            return self.constant(table)
        value = self.random.choice(cells)
        value += self.random.choice([Fraction(0), Fraction(0), Fraction(0), Fraction(1, 100)])
        edge = value if value.denominator < 10**6 else round(value, 3)
        return self.add(Do.CONSTANT, param=edge, table=table)

    def step(self, table: str | None = None) -> None:
        """Write one operation of entities, or of records."""
        pick = self.random.random()
        x, y = self.number(table), self.number(table)
        if pick < 0.2:
            self.add(self.random.choice([Do.ADD, Do.SUBTRACT, Do.MULTIPLY]), x, y, table=table)
        elif pick < 0.35:
            self.add(Do.DIVIDE, x, y, table=table)
        elif pick < 0.45:
            self.add(self.random.choice([Do.MULTIPLY, Do.DIVIDE]), x, self.nonzero(table), table=table)
        elif pick < 0.55:
            other = self.random.choice([y, self.edge(x)])
            self.add(self.random.choice([Do.MINIMUM, Do.MAXIMUM]), x, other, table=table)
        elif pick < 0.6:
            self.add(self.random.choice([Do.NEGATE, Do.ABSOLUTE]), x, table=table)
        elif pick < 0.78:
            target = self.random.choice(_TARGETS)
            self.add(Do.ROUND, x, param=Rounding(self.random.choice(_MODES), target), table=table)
        elif pick < 0.9 or not self.truths[table]:
            self.comparison(x, y)
        elif pick < 0.96:
            self.add(Do.WHERE, self.truth(table), x, y, table=table)
        else:
            t, choice = self.truth(table), self.random.choice([Do.AND, Do.OR, Do.NOT])
            self.add(choice, *((t,) if choice is Do.NOT else (t, self.truth(table))), kind=Type.TRUTH, table=table)

    def comparison(self, x: int, y: int) -> int:
        other = self.random.choice([y, self.edge(x), self.edge(x)])
        compare = self.random.choice(_COMPARES)
        return self.add(Do.COMPARE, x, other, kind=Type.TRUTH, param=compare, table=self.tape.ops[x].table)

    def nonzero(self, table: str | None) -> int:
        place = self.constant(table)
        return place if self.tape.ops[place].param else self.add(Do.CONSTANT, param=Fraction(7, 3), table=table)

    def irrational(self, table: str | None = None) -> None:
        """Write an irrational function; a constant among its operands stands where rulesets have one."""
        x, pick = self.number(table), self.random.random()
        if pick < 0.6:
            self.add(Do.IRRATIONAL, x, param=self.random.choice(_OF_ONE), table=table)
        elif pick < 0.75:
            exponent = self.add(Do.CONSTANT, param=self.random.choice(_EXPONENTS), table=table)
            self.add(Do.IRRATIONAL, x, exponent, param=IrrationalFunction.POWER, table=table)
        elif pick < 0.85:
            degree = self.add(Do.CONSTANT, param=Fraction(self.random.choice([2, 3, 5])), table=table)
            self.add(Do.IRRATIONAL, x, degree, param=IrrationalFunction.ROOT, table=table)
        else:
            weights = [Fraction(1, 4), Fraction(1), Fraction(3, 10), Fraction(self.random.randint(1, 9))]
            pair = [self.add(Do.CONSTANT, param=self.random.choice(weights), table=table) for _ in range(2)]
            self.add(Do.GEOMETRIC_MEAN, x, pair[0], self.number(table), pair[1], table=table)

    def cross(self) -> None:
        """Write an operation between entities and records."""
        pick, x = self.random.random(), self.number(TABLE)
        if pick < 0.2:
            self.add(Do.SPREAD, self.number(), table=TABLE)
        elif pick < 0.25 and self.truths[None]:
            self.add(Do.SPREAD, self.truth(None), kind=Type.TRUTH, table=TABLE)
        elif pick < 0.5:
            self.add(Do.TOTAL, x)
        else:
            taken = self.truth(TABLE) if self.truths[TABLE] else self.comparison(x, self.number(TABLE))
            if pick < 0.65:
                self.add(self.random.choice([Do.LEAST, Do.GREATEST]), x, taken)
            elif pick < 0.75:
                self.add(Do.ANY, taken, kind=Type.TRUTH)
            else:
                self.add(Do.STATISTIC, x, taken, param=self.random.choice(_STATISTICS))


def written(seed: int, rows: int = 24, steps: int = 22) -> Writer:
    """Return a random tape with its rows."""
    writer = _begun(seed, rows)
    for _ in range(steps):
        writer.step()
    return writer


def written_irrational(seed: int, rows: int = 12, steps: int = 16) -> Writer:
    """Return a random tape with irrational functions."""
    writer = _begun(seed, rows)
    for _ in range(steps):
        writer.irrational() if writer.random.random() < 0.25 else writer.step()
    return writer


def written_with_records(seed: int, rows: int = 16, steps: int = 26, *, irrational: bool = False) -> Writer:
    """Return a random tape with a table of records."""
    writer = _begun(seed, rows)
    writer.records()
    for _ in range(steps):
        table = writer.random.choice((None, TABLE))
        pick = writer.random.random()
        if pick < 0.35:
            writer.cross()
        elif irrational and pick < 0.45:
            writer.irrational(table)
        else:
            writer.step(table)
    return writer


def _begun(seed: int, rows: int) -> Writer:
    writer = Writer(seed, rows)
    for _ in range(3):
        writer.input()
    writer.constant()
    return writer


def kinds_of(ops: Sequence[Op]) -> set[object]:
    """Return which operations and functions a tape has."""
    params = (IrrationalFunction | AggregateOp, Statistic)
    return {op.do for op in ops} | {
        op.param.op if isinstance(op.param, Statistic) else op.param for op in ops if isinstance(op.param, params)
    }
