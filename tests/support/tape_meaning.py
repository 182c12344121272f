"""What operations of a tape mean, worked out cell by cell in fractions; None where a cell does not matter."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from statistics import pvariance, variance

from perfrules.batch.tape import Do, Op, Statistic
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.means import geometric_mean
from perfrules.evaluate.numeric_statistics import statistic_of
from perfrules.evaluate.reference.operations import irrational_result
from perfrules.ir.expressions import AggregateOp, CompareOp, IrrationalFunction
from perfrules.lang.rounding import Rounding, round_exact

Cell = Fraction | bool | None


def meaning(op: Op, cells: Sequence[Cell]) -> Cell:
    """Work out one cell by the definition; None where it does not matter."""
    if op.do is Do.WHERE:
        return None if cells[0] is None else cells[1] if cells[0] else cells[2]
    if any(cell is None for cell in cells):
        return None
    numbers = [Fraction(cell) for cell in cells if cell is not None]
    if op.do in (Do.IRRATIONAL, Do.GEOMETRIC_MEAN):
        return _irrational(op, numbers)
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
            assert isinstance(op.param, CompareOp)
            difference = numbers[0] - numbers[1]
            return {
                CompareOp.EQUAL: difference == 0,
                CompareOp.UNEQUAL: difference != 0,
                CompareOp.LESS: difference < 0,
                CompareOp.AT_MOST: difference <= 0,
                CompareOp.GREATER: difference > 0,
                CompareOp.AT_LEAST: difference >= 0,
            }[op.param]
        case Do.AND:
            return all(cells)
        case Do.OR:
            return any(cells)
        case Do.NOT:
            return not cells[0]
    raise AssertionError(op.do)


def _irrational(op: Op, numbers: Sequence[Fraction]) -> Cell:
    """Return what the evaluator of single entities gives; None outside the domain."""
    try:
        if op.do is Do.GEOMETRIC_MEAN:
            return geometric_mean(list(zip(numbers[::2], numbers[1::2], strict=True)))
        assert isinstance(op.param, IrrationalFunction)
        return irrational_result(op.param, list(numbers))
    except EvaluationDefect:
        return None


def meaning_of_records(op: Op, columns: Sequence[Sequence[Cell]], counts: Sequence[int]) -> list[Cell]:
    """Work out an operation between entities and records by its definition, entity by entity."""
    if op.do is Do.SPREAD:
        return [cell for cell, count in zip(columns[0], counts, strict=True) for _ in range(count)]
    ends = list(accumulate(counts, initial=0))
    return [_gathered(op, [column[start:end] for column in columns]) for start, end in pairwise(ends)]


def _gathered(op: Op, columns: Sequence[Sequence[Cell]]) -> Cell:
    """Work out the cell of one entity: *columns* have its records."""
    if len(columns) == 1:
        cells = columns[0]
        if None in cells:
            return None
        return (
            any(cells) if op.do is Do.ANY else sum((Fraction(cell) for cell in cells if cell is not None), Fraction())
        )
    if None in columns[1]:
        return None
    taken = [cell for cell, counts in zip(*columns, strict=True) if counts]
    numbers = [Fraction(cell) for cell in taken if cell is not None]
    if len(numbers) < len(taken):
        return None
    match op.do:
        case Do.LEAST:
            return min(numbers, default=None)
        case Do.GREATEST:
            return max(numbers, default=None)
        case Do.STATISTIC:
            assert isinstance(op.param, Statistic)
            return _statistic(op.param, numbers)
    raise AssertionError(op.do)


def _statistic(statistic: Statistic, numbers: list[Fraction]) -> Cell:
    match statistic.op:
        case AggregateOp.COUNT_DISTINCT:
            return Fraction(len(set(numbers)))
        case AggregateOp.DEVIATION_POPULATION:
            return pvariance(numbers) if numbers else None
        case AggregateOp.DEVIATION_SAMPLE:
            return variance(numbers) if len(numbers) > 1 else None
        case _:
            return statistic_of(statistic.op, numbers, statistic.trimming) if numbers else None
