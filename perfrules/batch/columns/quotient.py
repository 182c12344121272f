"""Exact quotients of int64 columns: what a division by a varying number gives, scaled, held and moved by constants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from perfrules.batch.columns import functions
from perfrules.batch.columns.code import I8, Function, Reg
from perfrules.batch.columns.ways import MOST_I8, Quotient
from perfrules.batch.columns.whole import in_unit
from perfrules.batch.tape import Do, Op
from perfrules.lang.exact import Exact

if TYPE_CHECKING:
    from perfrules.batch.columns.maker import Maker


def quotient_of(m: Maker, place: int) -> Quotient | None:
    """Return the operation's numbers as quotients; None where they are none, or too long for int64."""
    op = m.tape.ops[place]
    if m.facts(place).constant is not None:
        return None
    match op.do:
        case Do.STATISTIC:
            from perfrules.batch.columns.records import quotient_of_statistic

            return quotient_of_statistic(m, op)
        case Do.DIVIDE:
            return _division(m, op)
        case Do.NEGATE:
            return _scaled(m.quotient(op.operands[0]), Exact(-1))
        case Do.MULTIPLY:
            first, second = op.operands
            for constant, other in ((m.facts(first).constant, second), (m.facts(second).constant, first)):
                if constant:
                    return _scaled(m.quotient(other), constant)
        case Do.SUBTRACT:
            first, second = op.operands
            if m.facts(second).constant is not None:
                return _with_constant(m, op, first, -_known(m, second))
            if m.facts(first).constant is not None:
                turned = _scaled(m.quotient(second), Exact(-1))
                return None if turned is None else _with(m, op, turned, _known(m, first))
        case Do.MINIMUM | Do.MAXIMUM | Do.ADD if len(op.operands) == 2:
            first, second = op.operands
            for constant, other in ((m.facts(first).constant, second), (m.facts(second).constant, first)):
                if constant is not None:
                    return _with_constant(m, op, other, constant)
    return None


def _division(m: Maker, op: Op) -> Quotient | None:
    dividend, divisor = m.whole(op.operands[0]), m.whole(op.operands[1])
    fact = m.facts(op.operands[1])
    if fact.constant:
        return _scaled(m.quotient(op.operands[0]), 1 / fact.constant)
    if dividend is None or divisor is None or fact.low is None or fact.low < 0:
        return None
    positive = abs(divisor.unit)
    return Quotient(
        dividend.unit / positive,
        dividend.size,
        divisor.size,
        lambda: (in_unit(m, dividend, dividend.unit, I8), in_unit(m, divisor, positive, I8)),
    )


def _scaled(way: Quotient | None, factor: Exact) -> Quotient | None:
    return None if way is None else Quotient(way.factor * factor, way.above, way.below, way.regs)


def _with_constant(m: Maker, op: Op, place: int, constant: Exact) -> Quotient | None:
    """Put a constant p/q (in units of the factor) over the same denominator: above·q with below·p, over below·q."""
    way = m.quotient(place)
    return None if way is None else _with(m, op, way, constant)


def _known(m: Maker, place: int) -> Exact:
    constant = m.facts(place).constant
    assert constant is not None
    return constant


def _with(m: Maker, op: Op, way: Quotient, constant: Exact) -> Quotient | None:
    adds = op.do in (Do.ADD, Do.SUBTRACT)
    end = constant / way.factor
    p, q = end.numerator, end.denominator
    sizes = way.above * q, way.below * abs(p), way.below * q
    if max(sizes) > MOST_I8 or (adds and sizes[0] + sizes[1] > MOST_I8):
        return None
    least = (op.do is Do.MINIMUM) == (way.factor > 0)
    function: Function = np.add if adds else functions.minimum if least else functions.maximum

    def write() -> tuple[Reg, Reg]:
        above, below = way.regs()
        first, second = _times(m, above, q, op), _times(m, below, p, op)
        return m.write(function, first, second, dtype=I8, table=op.table), _times(m, below, q, op)

    greatest = sizes[0] + sizes[1] if adds else max(sizes[:2])
    return Quotient(way.factor, greatest, sizes[2], write)


def _times(m: Maker, register: Reg, factor: int, op: Op) -> Reg:
    return register if factor == 1 else m.write(np.multiply, register, factor, dtype=I8, table=op.table)
