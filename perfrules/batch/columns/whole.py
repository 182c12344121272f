"""Exact columns: whole numbers over a common unit, in float64 below 2**53, in int64 below 2**63.

Sums, differences, products and choices of whole numbers below these limits are exact, whatever the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from perfrules.batch.columns import functions
from perfrules.batch.columns.code import F8, Argument, Function, Reg
from perfrules.batch.columns.ways import Whole, dtype_for
from perfrules.batch.tape import Do, Lookup, Op, Read
from perfrules.ir.expressions import CompareOp
from perfrules.lang.exact import Exact
from perfrules.prove.lattice import common

if TYPE_CHECKING:
    from perfrules.batch.columns.maker import Maker

_ONE = Exact(1)


def whole_of(m: Maker, place: int) -> Whole | None:
    """Return an exact column for the operation at *place*; None where there is no lattice, or too fine a one."""
    op, size = m.tape.ops[place], m.facts(place).size
    if size is None:
        return None
    constant = m.facts(place).constant
    if constant is not None:
        return _constant(m, constant, op.table)
    match op.do:
        case Do.INPUT:
            return _input(m, op)
        case Do.WHERE:
            if is_stair(m, op):
                m.stairs.add(place)
                return _stair(m, op)
            return _in_common_unit(m, op)
        case Do.ADD | Do.SUBTRACT | Do.MINIMUM | Do.MAXIMUM:
            return _in_common_unit(m, op)
        case Do.MULTIPLY:
            return _product(m, place, op)
        case Do.DIVIDE:
            divisor = m.facts(op.operands[1]).constant
            return _scaled(m, op.operands[0], 1 / divisor) if divisor else None
        case Do.NEGATE:
            return _scaled(m, op.operands[0], Exact(-1))
        case Do.ABSOLUTE:
            return _absolute(m, op)
        case Do.NUMBER_OF:
            return Whole(_ONE, F8, _ONE, lambda: m.write(functions.cast, m.truth(op.operands[0]), table=op.table))
        case Do.LOOKUP:
            return _lookup(m, place, op)
        case Do.ROUND:
            from perfrules.batch.columns.rounding import rounded

            return rounded(m, place, op)
        case Do.SPREAD | Do.TOTAL | Do.LEAST | Do.GREATEST | Do.STATISTIC:
            from perfrules.batch.columns.records import whole_of_records

            return whole_of_records(m, place, op)
        case Do.MEDIAN:
            from perfrules.batch.columns.medians import whole_median

            return whole_median(m, place, op)
    return None


def raw(m: Maker, place: int, unit: Exact, dtype: str) -> Argument:
    """Return the operation's whole numbers in *unit*: a scalar for a constant, else a register."""
    constant = m.facts(place).constant
    if constant is not None:
        scaled = constant / unit
        assert scaled.denominator == 1
        return float(scaled.numerator) if dtype == F8 else scaled.numerator
    way = m.whole(place)
    assert way is not None
    return in_unit(m, way, unit, dtype)


def in_unit(m: Maker, way: Whole, unit: Exact, dtype: str) -> Reg:
    """Return the register of *way* in a finer unit and perhaps a wider type."""
    times = way.unit / unit
    assert times.denominator == 1
    if way.size < 1:  # all are 0, and the factor may be of any size
        return m.filled(0.0 if dtype == F8 else 0, dtype, way.reg().table)
    register = way.reg()
    if register.dtype != dtype:
        register = m.write(functions.cast, register, dtype=dtype, table=register.table)
    if times == 1:
        return register
    factor = float(times.numerator) if dtype == F8 else times.numerator
    return m.write(np.multiply, register, factor, dtype=dtype, table=register.table)


def common_unit(m: Maker, places: Sequence[int]) -> Exact | None:
    """Return the coarsest positive unit in which all these operations are whole; None where one has none."""
    steps = []
    for place in places:
        constant, way = m.facts(place).constant, m.whole(place)
        if constant is None and way is None:
            return None
        steps.append(abs(constant if constant is not None else way.unit if way else _ONE))
    return common(steps) or (_ONE if not any(steps) else None)


def _constant(m: Maker, value: Exact, table: str | None) -> Whole:
    unit = abs(value) or _ONE
    sign = float(value / unit)
    return Whole(unit, F8, _ONE, lambda: m.write(functions.fill, sign, table=table))


def _input(m: Maker, op: Op) -> Whole | None:
    assert isinstance(op.param, Read)
    facts = m.input_facts(op.param)
    size = m.facts_of_read(op.param).size
    if facts.scale is None or size is None:
        return None
    dtype = dtype_for(size * facts.scale)
    if dtype is None:
        return None
    return Whole(Exact(1, facts.scale), dtype, size * facts.scale, lambda: m.read_number(op, dtype))


def is_stair(m: Maker, op: Op) -> bool:
    """Tell whether constants are chosen by one condition, or by falling edges of one subject: `>= 5 -> a; >= 3 -> b …`.

    Each condition implies the next, so the choice is the last constant plus a difference for each that holds.
    """
    condition, first, rest = op.operands
    if m.facts(first).constant is None:
        return False
    if m.facts(rest).constant is not None:
        return True
    return rest in m.stairs and _implies(m, m.tape.ops[condition], m.tape.ops[m.tape.ops[rest].operands[0]])


def _implies(m: Maker, first: Op, second: Op) -> bool:
    """Tell whether the subject of both is above the edge of *second* where it is above that of *first*."""
    if first.do is not Do.COMPARE or second.do is not Do.COMPARE or first.operands[0] != second.operands[0]:
        return False
    if not {first.param, second.param} <= {CompareOp.AT_LEAST, CompareOp.GREATER}:
        return False
    high, low = m.facts(first.operands[1]).constant, m.facts(second.operands[1]).constant
    return high is not None and low is not None and high > low


def _stair(m: Maker, op: Op) -> Whole | None:
    """Add what a condition adds to the rest of the chain: few operations, and no choice among bits."""
    condition, first, rest = op.operands
    below = m.facts(rest).constant
    if below is None:
        below = m.facts(m.tape.ops[rest].operands[1]).constant  # what the next condition gives, which then holds too
    above = m.facts(first).constant
    assert above is not None
    assert below is not None
    step = above - below
    unit = common_unit(m, (first, rest))
    if not step or unit is None:
        return _in_common_unit(m, op)
    if m.facts(rest).constant == 0:
        return Whole(step, F8, _ONE, lambda: m.write(functions.cast, m.truth(condition), table=op.table))
    size = (m.facts(rest).size or _ONE) + abs(step)
    if dtype_for(size / unit) != F8:
        return _in_common_unit(m, op)

    def write() -> Reg:
        holds = m.write(functions.cast, m.truth(condition), table=op.table)
        if step != unit:
            holds = m.write(np.multiply, holds, float(step / unit), table=op.table)
        return m.write(np.add, holds, raw(m, rest, unit, F8), table=op.table)

    return Whole(unit, F8, size / unit, write)


def _in_common_unit(m: Maker, op: Op) -> Whole | None:
    numbers = op.operands[1:] if op.do is Do.WHERE else op.operands
    unit = common_unit(m, numbers)
    if unit is None:
        return None
    sizes = [m.facts(each).size or Exact(0) for each in numbers]
    greatest = (sum(sizes, Exact(0)) if op.do in (Do.ADD, Do.SUBTRACT) else max(sizes)) / unit
    dtype = dtype_for(greatest)
    if dtype is None:
        return None
    return Whole(unit, dtype, greatest, lambda: _write_joined(m, op, numbers, unit, dtype))


def _write_joined(m: Maker, op: Op, numbers: Sequence[int], unit: Exact, dtype: str) -> Reg:
    if op.do is Do.WHERE:
        x, y = (raw(m, each, unit, dtype) for each in numbers)
        return m.choose(op.operands[0], x, y, dtype, op.table)
    variable = [each for each in numbers if m.facts(each).constant is None]
    constants = [constant for each in numbers if (constant := m.facts(each).constant) is not None]
    if op.do is Do.SUBTRACT:
        first, second = (raw(m, each, unit, dtype) for each in numbers)
        return m.write(np.subtract, first, second, dtype=dtype, table=op.table)
    if op.do is Do.ADD:
        parts = [raw(m, each, unit, dtype) for each in variable]
        total = sum(constants, Exact(0)) / unit
        if total:
            parts.append(float(total.numerator) if dtype == F8 else total.numerator)
        return _folded(m, np.add, parts, dtype, op.table)
    least = op.do is Do.MINIMUM
    parts = [raw(m, each, unit, dtype) for each in variable]
    held = _folded(m, functions.minimum if least else functions.maximum, parts, dtype, op.table)
    if not constants:
        return held
    end = (min(constants) if least else max(constants)) / unit
    if dtype == F8:
        ends = (-np.inf, float(end)) if least else (float(end), np.inf)
        return m.write(functions.clip, held, *ends, table=op.table)
    return m.write(functions.minimum if least else functions.maximum, held, end.numerator, dtype=dtype, table=op.table)


def _folded(m: Maker, function: Function, parts: Sequence[Argument], dtype: str, table: str | None) -> Reg:
    total = parts[0]
    for part in parts[1:]:
        total = m.write(function, total, part, dtype=dtype, table=table)
    assert isinstance(total, Reg)
    return total


def _product(m: Maker, place: int, op: Op) -> Whole | None:
    first, second = op.operands
    for constant, other in ((m.facts(first).constant, second), (m.facts(second).constant, first)):
        if constant:
            return _scaled(m, other, constant)
    ways = m.whole(first), m.whole(second)
    if ways[0] is None or ways[1] is None:
        return None
    x, y = ways[0], ways[1]
    dtype = dtype_for(max(x.size * y.size, x.size, y.size))
    if dtype is None:
        return None

    def write() -> Reg:
        return m.write(
            np.multiply, in_unit(m, x, x.unit, dtype), in_unit(m, y, y.unit, dtype), dtype=dtype, table=op.table
        )

    return Whole(x.unit * y.unit, dtype, x.size * y.size, write)


def _scaled(m: Maker, place: int, factor: Exact) -> Whole | None:
    """Multiply by a constant: the same whole numbers in another unit."""
    way = m.whole(place)
    return None if way is None else Whole(way.unit * factor, way.dtype, way.size, way.reg)


def _absolute(m: Maker, op: Op) -> Whole | None:
    way = m.whole(op.operands[0])
    if way is None:
        return None
    return Whole(
        abs(way.unit), way.dtype, way.size, lambda: m.write(np.absolute, way.reg(), dtype=way.dtype, table=op.table)
    )


def _lookup(m: Maker, place: int, op: Op) -> Whole | None:
    param = op.param
    assert isinstance(param, Lookup)
    way = m.whole(op.operands[0])
    if way is None or way.unit.denominator != 1:
        return None
    values = np.asarray(param.values, dtype=np.float64)

    def look(x: np.ndarray, out: np.ndarray) -> None:
        places = np.nan_to_num(x - param.first, nan=-1).astype(np.int64)
        inside = (places >= 0) & (places < len(values))
        np.copyto(out, np.where(inside, values[np.where(inside, places, 0)], 0.0))

    size = Exact(max(map(abs, param.values), default=1)) or _ONE
    if size > 2**53:
        return None
    return Whole(_ONE, F8, size, lambda: m.write(look, in_unit(m, way, _ONE, F8), table=op.table))
