"""Columns in float64 with a proved bound on their error, for what only has to be rounded or compared.

`value = factor · r`, and the cells are within *error* of r. Errors add up by the standard model of floating-point
arithmetic: every operation to nearest errs by at most 2**-53 of its result (and a hair near zero). The bounds are for
rows in which the core evaluates the operation; elsewhere cells may be anything, also infinities and NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from perfrules.batch.columns import functions
from perfrules.batch.columns.code import F8, Argument, Reg
from perfrules.batch.columns.ways import GREATEST, Held, Near, Whole, as_float, roundoff, upward
from perfrules.batch.tape import Do, Op
from perfrules.lang.exact import Exact

if TYPE_CHECKING:
    from perfrules.batch.columns.maker import Maker

_ZERO, _ONE = Exact(0), Exact(1)


def near_of(m: Maker, place: int) -> Near | None:
    """Return a column near the operation's numbers; None where no bound on the error is known."""
    op, size = m.tape.ops[place], m.facts(place).size
    if size is None:
        return None
    whole = m.whole(place)
    if whole is not None:
        return of_whole(m, whole)
    match op.do:
        case Do.INPUT:
            return _middle(m, place, op)
        case Do.DIVIDE:
            return _quotient(m, place, op)
        case Do.MULTIPLY:
            return _product(m, place, op)
        case Do.NEGATE:
            return scaled(m.near(op.operands[0]), Exact(-1))
        case Do.ADD | Do.SUBTRACT | Do.MINIMUM | Do.MAXIMUM | Do.WHERE:
            return _aligned(m, place, op)
        case Do.ABSOLUTE:
            return _absolute(m, op)
        case Do.IRRATIONAL | Do.GEOMETRIC_MEAN:
            from perfrules.batch.columns.irrational import near_irrational

            return near_irrational(m, place, op)
        case Do.SPREAD | Do.TOTAL | Do.LEAST | Do.GREATEST | Do.STATISTIC:
            from perfrules.batch.columns.records import near_of_records

            return near_of_records(m, place, op)
    return None


def _middle(m: Maker, place: int, op: Op) -> Near | None:
    """Stand in the middle of where an input lies that no whole numbers hold: what is left over of long numbers."""
    low, high = m.facts(place).low, m.facts(place).high
    if low is None or high is None:
        return None
    middle = (low + high) / 2
    error = (high - low) / 2 + roundoff(abs(middle))
    return _bounded(_ONE, error, max(abs(low), abs(high)), lambda: m.filled(as_float(middle), F8, op.table))


def of_whole(m: Maker, whole: Whole) -> Near:
    """Return whole numbers as they are; int64 loses what float64 cannot hold."""
    if whole.dtype == F8:
        return Near(whole.unit, _ZERO, whole.size, whole.reg)

    def write() -> Reg:
        register = whole.reg()
        return m.write(functions.cast, register, table=register.table)

    return Near(whole.unit, upward(roundoff(whole.size)), whole.size, write)


def scaled(way: Near | None, factor: Exact) -> Near | None:
    """Multiply by a constant other than zero: the same cells with another factor."""
    return None if way is None else Near(way.factor * factor, way.error, way.size, way.reg, way.held, way.doubt)


def _bounded(
    factor: Exact, error: Exact, size: Exact, write: Callable[[], Reg], held: Held | None = None
) -> Near | None:
    if size + error > GREATEST:
        return None
    return Near(factor, upward(error), upward(size), write, held)


def _quotient(m: Maker, place: int, op: Op) -> Near | None:
    constant = m.facts(op.operands[1]).constant
    if constant is not None:
        return scaled(m.near(op.operands[0]), 1 / constant) if constant else None
    above, below, least = m.near(op.operands[0]), m.near(op.operands[1]), m.facts(op.operands[1]).least_size
    size = m.facts(place).size
    if above is None or below is None or least is None or size is None or above.doubt or below.doubt:
        return None
    factor = above.factor / below.factor
    least_cell = least / abs(below.factor) - below.error
    if least_cell <= 0:
        return None
    greatest = size / abs(factor)
    error = (above.error + greatest * below.error) / least_cell
    error += roundoff(greatest + error)
    dividend_constant = m.facts(op.operands[0]).constant

    def write() -> Reg:
        first: Argument = above.reg() if dividend_constant is None else as_float(dividend_constant / above.factor)
        return m.write(np.divide, first, below.reg(), table=op.table)

    return _bounded(factor, error, greatest, write)


def _product(m: Maker, place: int, op: Op) -> Near | None:
    first, second = op.operands
    for constant, other in ((m.facts(first).constant, second), (m.facts(second).constant, first)):
        if constant is not None:
            return scaled(m.near(other), constant) if constant else None
    x, y = m.near(first), m.near(second)
    if x is None or y is None or x.doubt or y.doubt:
        return None
    error = x.size * y.error + y.size * x.error + x.error * y.error
    error += roundoff(x.size * y.size + error)
    return _bounded(
        x.factor * y.factor, error, x.size * y.size, lambda: m.write(np.multiply, x.reg(), y.reg(), table=op.table)
    )


def aligned(m: Maker, way: Near, factor: Exact) -> Near:
    """Return *way* with another factor, for one multiplication more where they differ."""
    if way.factor == factor:
        return way
    times = way.factor / factor
    size = way.size * abs(times)
    error = way.error * abs(times)
    error += 2 * roundoff(size + error) + roundoff(error)  # of the constant, and of the product
    return Near(
        factor,
        upward(error),
        upward(size),
        lambda: m.write(np.multiply, way.reg(), as_float(times), table=way.reg().table),
        doubt=way.doubt,
    )


def _aligned(m: Maker, place: int, op: Op) -> Near | None:
    numbers = op.operands[1:] if op.do is Do.WHERE else op.operands
    variable = [each for each in numbers if m.facts(each).constant is None]
    ways = [m.near(each) for each in variable]
    known = [way for way in ways if way is not None and way.doubt is None]
    if not known or len(known) < len(ways):
        return None
    if op.do is Do.SUBTRACT and m.facts(numbers[1]).constant is None:
        turned = scaled(known[-1], Exact(-1))
        assert turned is not None
        known[-1] = turned
    factors = [way.factor for way in known]
    factor = max(factors, key=lambda each: (factors.count(each), abs(each), each))
    parts = [aligned(m, way, factor) for way in known]
    constants = [constant for each in numbers if (constant := m.facts(each).constant) is not None]
    match op.do:
        case Do.ADD:
            return _sum(m, parts, sum(constants, _ZERO) / factor, factor, op.table)
        case Do.SUBTRACT:
            minuend = m.facts(numbers[0]).constant
            constant = _ZERO if not constants else constants[0] if minuend is not None else -constants[0]
            return _sum(m, parts, constant / factor, factor, op.table)
        case Do.WHERE:
            return _choice(m, op, numbers, factor)
    return _extreme(m, op, parts, [each / factor for each in constants], factor, place)


def _sum(m: Maker, parts: Sequence[Near], constant: Exact, factor: Exact, table: str | None) -> Near | None:
    size, error = parts[0].size, parts[0].error
    for part in parts[1:]:
        size += part.size
        error += part.error
        error += roundoff(size + error)
    if constant:
        size += abs(constant)
        error += roundoff(abs(constant))
        error += roundoff(size + error)

    def write() -> Reg:
        total = parts[0].reg()
        for part in parts[1:]:
            total = m.write(np.add, total, part.reg(), table=table)
        return m.write(np.add, total, as_float(constant), table=table) if constant else total

    return _bounded(factor, error, size, write)


def _choice(m: Maker, op: Op, numbers: Sequence[int], factor: Exact) -> Near | None:
    parts: list[tuple[Near | None, Exact]] = []
    for each in numbers:
        constant, way = m.facts(each).constant, m.near(each)
        if constant is not None:
            parts.append((None, constant / factor))
        else:
            assert way is not None
            parts.append((aligned(m, way, factor), _ZERO))
    size = max(abs(constant) if way is None else way.size for way, constant in parts)
    error = max(roundoff(abs(constant)) if way is None else way.error for way, constant in parts)

    def write() -> Reg:
        x, y = (as_float(constant) if way is None else way.reg() for way, constant in parts)
        return m.choose(op.operands[0], x, y, F8, op.table)

    return _bounded(factor, error, size, write)


def _extreme(
    m: Maker, op: Op, parts: Sequence[Near], constants: Sequence[Exact], factor: Exact, place: int
) -> Near | None:
    least = (op.do is Do.MINIMUM) == (factor > 0)
    error = max(*(part.error for part in parts), *(roundoff(abs(each)) for each in constants), _ZERO)
    size = (m.facts(place).size or _ZERO) / abs(factor)
    if not constants:
        return _bounded(factor, error, size, lambda: _of_all(m, parts, least, op))
    end = min(constants) if least else max(constants)
    low, high = (None, end) if least else (end, None)
    if len(parts) > 1:
        return _bounded(factor, error, size, lambda: _clip(m, _of_all(m, parts, least, op), low, high, op))
    before = parts[0].held if parts[0].factor == factor else None
    held = (before.between(low, high) if before is not None else None) or Held(parts[0], low, high)
    return _bounded(factor, error, size, lambda: _clip(m, held.base.reg(), held.low, held.high, op), held)


def _of_all(m: Maker, parts: Sequence[Near], least: bool, op: Op) -> Reg:
    found = parts[0].reg()
    for part in parts[1:]:
        found = m.write(functions.minimum if least else functions.maximum, found, part.reg(), table=op.table)
    return found


def _clip(m: Maker, register: Reg, low: Exact | None, high: Exact | None, op: Op) -> Reg:
    ends = -np.inf if low is None else as_float(low), np.inf if high is None else as_float(high)
    return m.write(functions.clip, register, *ends, table=op.table)


def _absolute(m: Maker, op: Op) -> Near | None:
    way = m.near(op.operands[0])
    if way is None or way.doubt:
        return None
    return Near(abs(way.factor), way.error, way.size, lambda: m.write(np.absolute, way.reg(), table=op.table))
