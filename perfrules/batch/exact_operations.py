"""What each operation of a tape does with exact columns: one function for each, in two tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch import rationals
from perfrules.batch.exact_cells import geometric_mean_of, irrational_of, looked_up, median_of
from perfrules.batch.exact_records import Records, least_of, statistic_of_each, totals
from perfrules.batch.rationals import Cells, Numbers
from perfrules.batch.tape import Do, Lookup, Op, Statistic, Type
from perfrules.batch.whole import rounded
from perfrules.ir.expressions import CompareOp, IrrationalFunction
from perfrules.lang.rounding import Rounding


@frozen(eq=False)
class Truths:
    """True or false, as an array of bool."""

    cells: NDArray[Any]


@frozen(eq=False)
class Codes:
    """Codes of texts or states, as an array of integers."""

    cells: NDArray[Any]


Known: TypeAlias = Numbers | Truths | Codes


def numbers(known: Known) -> Numbers:
    """Return what has to be numbers."""
    if isinstance(known, Numbers):
        return known
    raise TypeError("a column of numbers is wanted")


def cells(known: Known) -> Cells:
    """Return what has to be truths or codes."""
    if isinstance(known, Numbers):
        raise TypeError("a column of truths or codes is wanted")
    return known.cells


def _where(op: Op, operands: list[Known]) -> Known:
    where, first, second = cells(operands[0]), operands[1], operands[2]
    match op.type:
        case Type.NUMBER:
            return rationals.either(where, numbers(first), numbers(second))
        case Type.TRUTH:
            return Truths(np.where(where, cells(first), cells(second)))
        case Type.CODE:
            return Codes(np.where(where, cells(first), cells(second)))


def _compare(op: Op, operands: list[Known]) -> Known:
    assert isinstance(op.param, CompareOp)
    return Truths(rationals.compared(op.param, numbers(operands[0]), numbers(operands[1])))


def _round(op: Op, operands: list[Known]) -> Known:
    assert isinstance(op.param, Rounding)
    return rounded(numbers(operands[0]), op.param)


def _irrational(op: Op, operands: list[Known]) -> Known:
    assert isinstance(op.param, IrrationalFunction)
    return irrational_of(op.param, [numbers(each) for each in operands])


def _lookup(op: Op, operands: list[Known]) -> Known:
    assert isinstance(op.param, Lookup)
    return looked_up(op.param, numbers(operands[0]))


def _median(_op: Op, operands: list[Known]) -> Known:
    return median_of([numbers(each) for each in operands[::2]], [cells(each) for each in operands[1::2]])


def _geometric_mean(_op: Op, operands: list[Known]) -> Known:
    return geometric_mean_of([numbers(each) for each in operands[::2]], [numbers(each) for each in operands[1::2]])


def _number_of(_op: Op, operands: list[Known]) -> Known:
    return Numbers(cells(operands[0]).astype(np.int64).astype(object), 1)


def _on_numbers(make: Callable[..., Numbers]) -> Callable[[Op, list[Known]], Known]:
    return lambda _op, operands: make(*(numbers(each) for each in operands))


def _on_several(make: Callable[[list[Numbers]], Numbers]) -> Callable[[Op, list[Known]], Known]:
    return lambda _op, operands: make([numbers(each) for each in operands])


def _on_truths(make: Callable[[Cells, Cells], Cells]) -> Callable[[Op, list[Known]], Known]:
    return lambda _op, operands: Truths(reduce(make, (cells(each) for each in operands)))


OF_CELLS: Final[dict[Do, Callable[[Op, list[Known]], Known]]] = {
    Do.ADD: _on_several(rationals.total),
    Do.SUBTRACT: _on_numbers(lambda left, right: rationals.total((left, rationals.negative(right)))),
    Do.MULTIPLY: _on_several(lambda operands: reduce(rationals.product, operands)),
    Do.DIVIDE: _on_numbers(rationals.quotient),
    Do.NEGATE: _on_numbers(rationals.negative),
    Do.ABSOLUTE: _on_numbers(rationals.size),
    Do.MINIMUM: _on_several(lambda operands: rationals.extreme(CompareOp.LESS, operands)),
    Do.MAXIMUM: _on_several(lambda operands: rationals.extreme(CompareOp.GREATER, operands)),
    Do.ROUND: _round,
    Do.WHERE: _where,
    Do.NUMBER_OF: _number_of,
    Do.IRRATIONAL: _irrational,
    Do.GEOMETRIC_MEAN: _geometric_mean,
    Do.MEDIAN: _median,
    Do.LOOKUP: _lookup,
    Do.COMPARE: _compare,
    Do.SAME: _on_truths(np.equal),
    Do.AND: _on_truths(np.logical_and),
    Do.OR: _on_truths(np.logical_or),
    Do.NOT: lambda _op, operands: Truths(np.logical_not(cells(operands[0]))),
    Do.STRONGEST: lambda _op, operands: Codes(reduce(np.maximum, (cells(each) for each in operands))),
}


def spread(column: Known, records: Records) -> Known:
    """Return a column of entities as one of their records."""
    match column:
        case Numbers():
            below = column.denominators
            return Numbers(
                records.spread(column.numerators), below if isinstance(below, int) else records.spread(below)
            )
        case Truths(found):
            return Truths(records.spread(found))
        case Codes(found):
            return Codes(records.spread(found))


def _total(_op: Op, operands: list[Known], records: Records) -> Known:
    return totals(numbers(operands[0]), records)


def _least(op: Op, operands: list[Known], records: Records) -> Known:
    wanted = CompareOp.LESS if op.do is Do.LEAST else CompareOp.GREATER
    return least_of(numbers(operands[0]), cells(operands[1]), records, wanted)


def _any(_op: Op, operands: list[Known], records: Records) -> Known:
    return Truths(records.counted(cells(operands[0])) > 0)


def _strongest_of(_op: Op, operands: list[Known], records: Records) -> Known:
    return Codes(records.greatest(cells(operands[0])))


def _statistic(op: Op, operands: list[Known], records: Records) -> Known:
    assert isinstance(op.param, Statistic)
    values = operands[0].fractions() if isinstance(operands[0], Numbers) else operands[0].cells.tolist()
    return statistic_of_each(op.param, values, cells(operands[1]), records)


OF_RECORDS: Final[dict[Do, Callable[[Op, list[Known], Records], Known]]] = {
    Do.TOTAL: _total,
    Do.LEAST: _least,
    Do.GREATEST: _least,
    Do.ANY: _any,
    Do.STRONGEST_OF: _strongest_of,
    Do.STATISTIC: _statistic,
}
