"""Comparing numbers, exactly: whole numbers as they are, float columns by the gap, int64 quotients crosswise.

Two numbers on lattices differ by nothing or by at least the step that both lattices have in common; two with bounded
denominators by at least one over the product of the bounds. A float difference with less error than half of that tells
which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from perfrules.batch.columns import functions
from perfrules.batch.columns.code import F8, I8, TRUTH, Argument, Reg
from perfrules.batch.columns.facts import Fact
from perfrules.batch.columns.near import aligned, scaled
from perfrules.batch.columns.proofs import GAP, GUARDED, INT64, PYTHON, WHOLE
from perfrules.batch.columns.rounding import allowed_error
from perfrules.batch.columns.ways import Near, Whole, as_float, dtype_for, roundoff, upward
from perfrules.batch.columns.whole import common_unit, raw
from perfrules.batch.tape import Op
from perfrules.ir.expressions import CompareOp
from perfrules.lang.exact import Exact
from perfrules.prove.lattice import common

if TYPE_CHECKING:
    from perfrules.batch.columns.maker import Maker

_FUNCTIONS: Final = {
    CompareOp.EQUAL: np.equal,
    CompareOp.UNEQUAL: np.not_equal,
    CompareOp.LESS: np.less,
    CompareOp.AT_MOST: np.less_equal,
    CompareOp.GREATER: np.greater,
    CompareOp.AT_LEAST: np.greater_equal,
}
_TURNED: Final = {
    CompareOp.EQUAL: CompareOp.EQUAL,
    CompareOp.UNEQUAL: CompareOp.UNEQUAL,
    CompareOp.LESS: CompareOp.GREATER,
    CompareOp.AT_MOST: CompareOp.AT_LEAST,
    CompareOp.GREATER: CompareOp.LESS,
    CompareOp.AT_LEAST: CompareOp.AT_MOST,
}
_GUARDED_UP_TO: Final = Exact(1, 256)


def compared(m: Maker, place: int, op: Op) -> Reg:
    """Return the truth of a comparison."""
    how = op.param
    assert isinstance(how, CompareOp)
    left, right = op.operands
    constants = m.facts(left).constant, m.facts(right).constant
    if constants[0] is not None and constants[1] is not None:
        answer = _holds(how, constants[0] - constants[1])
        return m.write(functions.fill, answer, dtype=TRUTH, table=op.table)
    if constants[0] is not None:
        left, right, how = right, left, _TURNED[how]
    return (
        _whole(m, place, left, right, how, op)
        or _by_gap(m, place, left, right, how, op)
        or _crosswise(m, place, left, right, how, op)
        or _guarded(m, place, left, right, how, op)
        or _exactly(m, place)
    )


def _holds(how: CompareOp, difference: Exact) -> bool:
    sign = (difference > 0) - (difference < 0)
    return bool(_FUNCTIONS[how](sign, 0))


def _whole(m: Maker, place: int, left: int, right: int, how: CompareOp, op: Op) -> Reg | None:
    """Compare whole numbers; with a constant, in the units of the other side."""
    constant, way = m.facts(right).constant, m.whole(left)
    if constant is not None and way is not None:
        m.proved(place, WHOLE)
        return _with_number(m, way, constant / way.unit, how if way.unit > 0 else _TURNED[how], op)
    if constant is not None:
        return None
    unit = common_unit(m, (left, right))
    sizes = m.facts(left).size, m.facts(right).size
    if unit is None or sizes[0] is None or sizes[1] is None:
        return None
    dtype = dtype_for(max(sizes[0], sizes[1]) / unit)
    if dtype is None:
        return None
    m.proved(place, WHOLE)
    first, second = raw(m, left, unit, dtype), raw(m, right, unit, dtype)
    return m.write(_FUNCTIONS[how], first, second, dtype=TRUTH, table=op.table)


def _with_number(m: Maker, way: Whole, end: Exact, how: CompareOp, op: Op) -> Reg:
    """Compare whole numbers with a number: with the whole number next to it that has the same answer."""
    if abs(end) > way.size or (end.denominator != 1 and how in (CompareOp.EQUAL, CompareOp.UNEQUAL)):
        return m.write(functions.fill, _holds(how, -end), dtype=TRUTH, table=op.table)  # as far from it as zero is
    if end.denominator != 1:
        how = CompareOp.GREATER if how in (CompareOp.GREATER, CompareOp.AT_LEAST) else CompareOp.AT_MOST
        end = Exact(end.numerator // end.denominator)
    register = way.reg()
    scalar: Argument = float(end.numerator) if register.dtype == F8 else end.numerator
    return m.write(_FUNCTIONS[how], register, scalar, dtype=TRUTH, table=op.table)


def gap_between(left: Fact, right: Fact) -> Exact | None:
    """Return how near to each other two numbers can be that differ.

    >>> gap_between(Fact(step=Exact(1, 4)), Fact(step=Exact(1, 6)))
    Fraction(1, 12)
    """
    if left.step is not None and right.step is not None:
        return common([left.step, right.step])
    if left.denominators is None or right.denominators is None:
        return None
    return Exact(1, left.denominators * right.denominators)


def _difference(m: Maker, left: int, right: int) -> tuple[Near, Exact] | None:
    """Return a float column and what it is to be compared with, in its own units; the error is of both."""
    near, constant = m.near(left), m.facts(right).constant
    if near is None or near.doubt:
        return None
    if constant is not None:
        end = constant / near.factor
        error = upward(near.error + roundoff(abs(end)))
        return Near(near.factor, error, near.size, near.reg), end
    other = scaled(m.near(right), Exact(-1))
    if other is None or other.doubt:
        return None
    other = aligned(m, other, near.factor)
    size, error = near.size + other.size, near.error + other.error
    error = upward(error + roundoff(size + error))

    def write() -> Reg:
        first = near.reg()
        return m.write(np.add, first, other.reg(), table=first.table)

    return Near(near.factor, error, size, write), Exact(0)


def _by_gap(m: Maker, place: int, left: int, right: int, how: CompareOp, op: Op) -> Reg | None:
    found, gap = _difference(m, left, right), gap_between(m.facts(left), m.facts(right))
    if found is None or gap is None:
        return None
    near, end = found
    half = allowed_error(gap) / abs(near.factor)
    if near.error + roundoff(half) >= half:
        return None
    m.proved(place, GAP, near.error * abs(near.factor), allowed_error(gap))
    how = how if near.factor > 0 else _TURNED[how]
    if how in (CompareOp.EQUAL, CompareOp.UNEQUAL):
        return _equal(m, near, end, half, how, op)
    below = how in (CompareOp.AT_LEAST, CompareOp.LESS)  # the boundary itself belongs above the moved end
    moved = as_float(end - half if below else end + half)
    return m.write(_FUNCTIONS[how], near.reg(), moved, dtype=TRUTH, table=op.table)


def _equal(m: Maker, near: Near, end: Exact, half: Exact, how: CompareOp, op: Op) -> Reg:
    register = near.reg()
    if end:
        register = m.write(np.subtract, register, as_float(end), table=op.table)
    close = m.write(functions.near_zero, register, as_float(half), dtype=TRUTH, table=op.table)
    return close if how is CompareOp.EQUAL else m.write(np.logical_not, close, dtype=TRUTH, table=op.table)


def _crosswise(m: Maker, place: int, left: int, right: int, how: CompareOp, op: Op) -> Reg | None:
    """above / below >= p/q is above·q >= below·p, below being positive."""
    way, constant = m.quotient(left), m.facts(right).constant
    if way is None or constant is None:
        return None
    end = constant / way.factor
    if dtype_for(max(way.above * end.denominator, way.below * abs(end.numerator))) is None:
        return None
    m.proved(place, INT64)
    above, below = way.regs()
    first = m.write(np.multiply, above, end.denominator, dtype=I8, table=op.table)
    second = m.write(np.multiply, below, end.numerator, dtype=I8, table=op.table)
    turned = how if way.factor > 0 else _TURNED[how]
    return m.write(_FUNCTIONS[turned], first, second, dtype=TRUTH, table=op.table)


def _guarded(m: Maker, place: int, left: int, right: int, how: CompareOp, op: Op) -> Reg | None:
    found = _difference(m, left, right)
    if found is None or found[0].error * abs(found[0].factor) > _GUARDED_UP_TO:
        return None
    near, end = found
    m.proved(place, GUARDED, near.error * abs(near.factor), None)
    how = how if near.factor > 0 else _TURNED[how]
    register = near.reg()
    moved = m.write(np.subtract, register, as_float(end), table=op.table)
    error = upward(near.error + 4 * roundoff(near.size + abs(end) + 1))
    open_ = m.write(functions.near_zero, moved, as_float(error * 2), dtype=TRUTH, table=op.table)
    answer = m.write(_FUNCTIONS[how], moved, 0.0, dtype=TRUTH, table=op.table)
    return m.recomputed(place, answer, open_)


def _exactly(m: Maker, place: int) -> Reg:
    m.proved(place, PYTHON)
    return m.all_exactly_truth(place)
