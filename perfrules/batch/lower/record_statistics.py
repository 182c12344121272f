"""Columns of entities from columns of records: counts, and the values of aggregates that are no conditions.

Knows nothing of states: *kept* tells which records count, and what is made of none of them means nothing, but for sums
and counts.
"""

from __future__ import annotations

from attrs import frozen

from perfrules.batch.lower import numbers, truths
from perfrules.batch.lower.columns import Columns
from perfrules.batch.tape import Do, Read, Source, Statistic, Type
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.ir.expressions import AggregateOp, CompareOp, IrrationalFunction, TableAggregate, Trimming

DEVIATIONS = (AggregateOp.DEVIATION_POPULATION, AggregateOp.DEVIATION_SAMPLE)


@frozen
class Kept:
    """The records of *table* that count: those for which *mask* is true."""

    table: str
    mask: int


def count(c: Columns, kept: Kept) -> int:
    """Return how many records count."""
    everything = c.constant(kept.mask)
    if everything is True:
        return c.read(Read(kept.table, Source.COUNT), Type.NUMBER)
    if everything is False:
        return c.number(0)
    one_each = c.add(Do.NUMBER_OF, kept.mask, type=Type.NUMBER)
    return c.gathered(Do.TOTAL, kept.table, one_each, type=Type.NUMBER)


def any_record(c: Columns, kept: Kept) -> int:
    """Tell whether any record counts."""
    everything = c.constant(kept.mask)
    if everything is False:
        return kept.mask
    if everything is True:
        return truths.compared(c, CompareOp.GREATER, count(c, kept), c.number(0))
    return c.gathered(Do.ANY, kept.table, kept.mask, type=Type.TRUTH)


def strongest(c: Columns, table: str, state: int | None) -> int | None:
    """Join the states of all records."""
    return None if state is None else c.gathered(Do.STRONGEST_OF, table, state, type=Type.CODE)


def total(c: Columns, kept: Kept, body: int) -> int:
    """Add up; a constant factor is left for the sum."""
    constant = numbers.number_at(c, body)
    if constant is not None:
        return numbers.scaled(c, constant, count(c, kept))
    parts = numbers.scaled_parts(c, body)
    added = truths.where(c, kept.mask, parts.place, c.number(0))
    return numbers.scaled(c, parts.factor, c.gathered(Do.TOTAL, kept.table, added, type=Type.NUMBER))


def value(c: Columns, expr: TableAggregate, kept: Kept, body: int) -> int:
    """Return the aggregate of the bodies of the records that count."""
    match expr.op:
        case AggregateOp.COUNT:
            return count(c, kept)
        case AggregateOp.SUM:
            return total(c, kept, body)
        case AggregateOp.MEAN:
            return numbers.quotient(c, total(c, kept, body), count(c, kept))
        case AggregateOp.SHARE:
            holding = Kept(kept.table, truths.all_of(c, (kept.mask, body)))
            return numbers.quotient(c, count(c, holding), count(c, kept))
        case AggregateOp.MINIMUM:
            return c.gathered(Do.LEAST, kept.table, body, kept.mask, type=Type.NUMBER)
        case AggregateOp.MAXIMUM:
            return c.gathered(Do.GREATEST, kept.table, body, kept.mask, type=Type.NUMBER)
        case AggregateOp.COUNT_DISTINCT:
            truth = c.op(body).type is Type.TRUTH
            cells = c.add(Do.NUMBER_OF, body, type=Type.NUMBER) if truth else body
            return _statistic(c, kept, cells, Statistic(expr.op))
        case AggregateOp.MEDIAN | AggregateOp.TRIMMED_MEAN:
            return _statistic(c, kept, body, Statistic(expr.op, expr.trimming))
        case AggregateOp.DEVIATION_POPULATION | AggregateOp.DEVIATION_SAMPLE:
            variance = _statistic(c, kept, body, Statistic(expr.op))
            return numbers.irrational(c, IrrationalFunction.SQRT, (variance,))
        case AggregateOp.ANY | AggregateOp.ALL:
            raise EvaluationDefect(f"{expr.op} is a condition")


def _statistic(c: Columns, kept: Kept, cells: int, statistic: Statistic) -> int:
    return c.gathered(Do.STATISTIC, kept.table, cells, kept.mask, type=Type.NUMBER, param=statistic)


def too_few(c: Columns, expr: TableAggregate, number: int) -> int:
    """Tell whether *number* records leave nothing to make a value of; false where fewer than the quorum do not."""
    trimming = expr.trimming or Trimming(0, 0, 0)
    most = 1 if expr.op is AggregateOp.DEVIATION_SAMPLE else trimming.high + trimming.low
    quorum = expr.quorum or 0
    if quorum > most:
        return c.truth(False)
    few = truths.compared(c, CompareOp.AT_MOST, number, c.number(most))
    if expr.op is AggregateOp.DEVIATION_SAMPLE or trimming.at_least <= max(quorum, 1):
        return few
    enough = truths.compared(c, CompareOp.AT_LEAST, number, c.number(trimming.at_least))
    none = truths.compared(c, CompareOp.EQUAL, number, c.number(0))
    return truths.any_of(c, (none, truths.all_of(c, (few, enough))))
