"""Random tapes on rows at and beside boundaries: float64, int64 and recomputed cells give what fractions give."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest

from perfrules.batch.columns.program import maker_of, program_of
from perfrules.batch.columns.proofs import Proof
from perfrules.batch.lowered import Lowered, NodeColumns, Shape
from perfrules.batch.results import CodeCells, NodeCells, RatioCells, ScaledCells
from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Do, Op, Read, Tape, Type
from perfrules.ir.expressions import CompareOp
from perfrules.lang.rounding import Decimals, Mode, Rounding, ToStep, round_exact
from tests.support.array_block import ArrayBlock

Cell = Fraction | bool | None
_COMPARES = list(CompareOp)
_MODES = list(Mode)


def meaning(op: Op, cells: Sequence[Cell]) -> Cell:
    """Work out one cell by the definition; None where it does not matter."""
    if op.do is Do.WHERE:
        return None if cells[0] is None else cells[1] if cells[0] else cells[2]
    if any(cell is None for cell in cells):
        return None
    numbers = [Fraction(cell) for cell in cells if cell is not None]
    match op.do:
        case Do.ADD:
            return sum(numbers, Fraction(0))
        case Do.SUBTRACT:
            return numbers[0] - numbers[1]
        case Do.MULTIPLY:
            return numbers[0] * numbers[1]
        case Do.DIVIDE:
            return None if numbers[1] == 0 else numbers[0] / numbers[1]
        case Do.NEGATE:
            return -numbers[0]
        case Do.ABSOLUTE:
            return abs(numbers[0])
        case Do.MINIMUM:
            return min(numbers)
        case Do.MAXIMUM:
            return max(numbers)
        case Do.ROUND:
            assert isinstance(op.param, Rounding)
            return round_exact(numbers[0], op.param)
        case Do.NUMBER_OF:
            return Fraction(1 if cells[0] else 0)
        case Do.COMPARE:
            difference = numbers[0] - numbers[1]
            return {
                CompareOp.EQUAL: difference == 0,
                CompareOp.UNEQUAL: difference != 0,
                CompareOp.LESS: difference < 0,
                CompareOp.AT_MOST: difference <= 0,
                CompareOp.GREATER: difference > 0,
                CompareOp.AT_LEAST: difference >= 0,
            }[CompareOp(op.param)]
        case Do.AND:
            return all(cells)
        case Do.OR:
            return any(cells)
        case Do.NOT:
            return not cells[0]
    raise AssertionError(op.do)


class Writer:
    """Writes a random tape, and knows every column of its rows as fractions."""

    def __init__(self, seed: int, rows: int) -> None:
        self.random = random.Random(seed)
        self.tape, self.rows = Tape(), rows
        self.facts: dict[str, NumberFacts] = {}
        self.data: dict[tuple[str, None], list[Fraction]] = {}
        self.values: list[list[Cell]] = []
        self.numbers: list[int] = []
        self.truths: list[int] = []

    def add(self, do: Do, *operands: int, kind: Type = Type.NUMBER, param: object = None) -> int:
        place = self.tape.add(do, *operands, type=kind, param=param)  # type: ignore[arg-type]
        if place == len(self.values):
            if do is Do.CONSTANT:
                self.values.append([param] * self.rows)  # type: ignore[list-item]
            else:
                op = self.tape.ops[place]
                self.values.append([meaning(op, [self.values[o][r] for o in operands]) for r in range(self.rows)])
            (self.numbers if kind is Type.NUMBER else self.truths).append(place)
        return place

    def constant(self) -> int:
        value = Fraction(
            self.random.choice([0, 1, 2, 3, 5, 7, 10, 60, 95, 100, -1, self.random.randint(-999, 999)]),
            self.random.choice([1, 1, 1, 2, 3, 10, 100, self.random.randint(1, 99)]),
        )
        return self.add(Do.CONSTANT, param=value)

    def input(self) -> int:
        """A column of round numbers, so that ties and edges are common."""
        name, scale = f"x{len(self.data)}", 10 ** self.random.choice([0, 0, 2, 2, 4, 8])
        low = Fraction(self.random.choice([0, 0, 1, -100]))
        high = Fraction(self.random.choice([1, 10, 100, 10**4, 10**7, 10**11, 10**16]))
        self.facts[name] = NumberFacts(low=low, high=high, scale=scale)
        coarse = self.random.choice([scale, max(scale // 2, 1), 1])
        cells = []
        for _ in range(self.rows):
            anything = self.random.randint(int(low * scale), int(high * scale))
            round_one = self.random.randint(int(low), int(high)) * scale
            whole = self.random.choice([low * scale, high * scale, round_one, anything // coarse * coarse])
            value = Fraction(whole + self.random.choice([0, 0, 0, 1, -1]), scale)
            cells.append(min(high, max(low, value)))
        self.data[name, None] = cells
        place = self.tape.add(Do.INPUT, type=Type.NUMBER, param=Read(name))
        self.values.append(list(cells))
        self.numbers.append(place)
        return place

    def number(self) -> int:
        return self.random.choice(self.numbers[-8:] if self.random.random() < 0.7 else self.numbers)

    def edge(self, place: int) -> int:
        """A constant that some row reaches exactly."""
        cells = [cell for cell in self.values[place] if isinstance(cell, Fraction)]
        if not cells:
            return self.constant()
        value = self.random.choice(cells) + self.random.choice([0, 0, 0, Fraction(1, 100)])
        return self.add(Do.CONSTANT, param=value if value.denominator < 10**6 else round(value, 3))

    def step(self) -> None:
        pick = self.random.random()
        x, y = self.number(), self.number()
        if pick < 0.2:
            self.add(self.random.choice([Do.ADD, Do.SUBTRACT, Do.MULTIPLY]), x, y)
        elif pick < 0.35:
            self.add(Do.DIVIDE, x, y)
        elif pick < 0.45:
            self.add(self.random.choice([Do.MULTIPLY, Do.DIVIDE]), x, self.nonzero())
        elif pick < 0.55:
            self.add(self.random.choice([Do.MINIMUM, Do.MAXIMUM]), x, self.random.choice([y, self.edge(x)]))
        elif pick < 0.6:
            self.add(self.random.choice([Do.NEGATE, Do.ABSOLUTE]), x)
        elif pick < 0.78:
            target = self.random.choice([Decimals(2), Decimals(0), Decimals(-1), ToStep(Fraction(1, 3))])
            self.add(Do.ROUND, x, param=Rounding(self.random.choice(_MODES), target))
        elif pick < 0.9 or not self.truths:
            other = self.random.choice([y, self.edge(x), self.edge(x)])
            self.add(Do.COMPARE, x, other, kind=Type.TRUTH, param=self.random.choice(_COMPARES))
        elif pick < 0.96:
            self.add(Do.WHERE, self.random.choice(self.truths), x, y)
        else:
            t = self.random.choice(self.truths)
            choice = self.random.choice([Do.AND, Do.OR, Do.NOT])
            operands = (t,) if choice is Do.NOT else (t, self.random.choice(self.truths))
            self.add(choice, *operands, kind=Type.TRUTH)

    def nonzero(self) -> int:
        place = self.constant()
        return place if self.tape.ops[place].param else self.add(Do.CONSTANT, param=Fraction(7, 3))


def written(seed: int, rows: int = 24, steps: int = 22) -> Writer:
    """Return a random tape with its rows."""
    writer = Writer(seed, rows)
    for _ in range(3):
        writer.input()
    writer.constant()
    for _ in range(steps):
        writer.step()
    return writer


def differences(writer: Writer) -> tuple[list[str], Counter[Proof], int]:
    """Return the cells that differ from the fractions, the proofs used, and how many cells were computed again."""
    tape = writer.tape
    nodes = {
        str(place): NodeColumns(place, None, Shape.NUMBER if op.type is Type.NUMBER else Shape.TRUTH)
        for place, op in enumerate(tape.ops)
    }
    lowered = Lowered(tape=tape, nodes=nodes, aside=(), texts=(), unsupported={})
    maker = maker_of(lowered, lambda read: writer.facts[read.name], lambda _table: 1)
    program = program_of(lowered, maker, list(nodes), {})
    result = program.run(ArrayBlock(writer.rows, writer.data))
    wrong = []
    for name, cells in result.nodes.items():
        found = shown(cells)
        for row, expected in enumerate(writer.values[int(name)]):
            if expected is not None and found[row] != expected:
                wrong.append(f"op {name} row {row}: {found[row]} is not {expected} ({tape.ops[int(name)].do})")
    return wrong, Counter(d.proof for d in maker.decisions.values()), sum(result.recomputed.values())


def shown(cells: NodeCells) -> list[Fraction | bool]:
    """Return the cells as exact numbers or truths."""
    match cells.values:
        case ScaledCells(raw, scale):
            return [Fraction(int(each) if np.isfinite(float(each)) else 0, scale) for each in raw.tolist()]
        case RatioCells(above, below):
            return [Fraction(int(a), int(b)) for a, b in zip(above, below, strict=True)]
        case CodeCells(codes):
            return [bool(each) for each in codes]
    raise AssertionError(cells)


@pytest.mark.parametrize("start", range(0, 800, 100))
def test_columns_are_what_fractions_are(start: int) -> None:
    proofs: Counter[Proof] = Counter()
    recomputed = 0
    for seed in range(start, start + 100):
        wrong, found, again = differences(written(seed))
        assert not wrong, (seed, wrong[:5])
        proofs += found
        recomputed += again
    assert set(proofs) == set(Proof)
    assert recomputed > 0
