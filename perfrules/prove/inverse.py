"""Backwards through arithmetic: what an operand must be for the result to lie in an enclosure."""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import Final

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, add, divide, intersect, make_interval, multiply, negate, subtract
from perfrules.prove.enclosure import Enclosure, nonzero_part, refine

Enclose = Callable[[Expr], Enclosure]
Inverse = Iterator[tuple[Expr, Enclosure]]

_ZERO: Final = Exact(0)
_MOST_OPERANDS: Final = 6


def implied_operands(expr: Expr, value: Enclosure, enclose: Enclose) -> Inverse:
    """Yield what the operands of *expr* must be where its own value, no state, lies in *value*."""
    match expr:
        case core.Arith() if value.numbers is not None and not value.states and len(expr.operands) <= _MOST_OPERANDS:
            yield from _through_arithmetic(expr, value, value.numbers, enclose)
        case core.Recover() if not value.states:
            before = enclose(expr.operand)
            usual = refine(before.values_only(), value)
            replaced = refine(enclose(expr.replacement), value)
            left = frozenset() if replaced.is_nothing else before.states & {expr.state}
            yield expr.operand, evolve(usual, states=left)
        case _:
            return


def _through_arithmetic(expr: core.Arith, value: Enclosure, result: Interval, enclose: Enclose) -> Inverse:
    known = [enclose(operand) for operand in expr.operands]
    if expr.op is ArithOp.MULTIPLY and _ZERO not in result:
        known = [nonzero_part(each) for each in known]
    intervals = [each.numbers for each in known]
    for position, (operand, before) in enumerate(zip(expr.operands, known, strict=True)):
        others = [each for at, each in enumerate(intervals) if at != position and each is not None]
        if len(others) < len(intervals) - 1 or before.numbers is None:
            continue
        bound = _bound(expr.op, position, result, others)
        after = before.values_only() if bound is None else _cut(before.values_only(), bound)
        nonzero = expr.op is ArithOp.MULTIPLY and (value.nonzero or _ZERO not in result)
        yield operand, nonzero_part(after) if nonzero else after


def _bound(op: ArithOp, position: int, result: Interval, others: Sequence[Interval]) -> Interval | None:
    """Return an interval the operand must lie in; None where nothing follows."""
    match op:
        case ArithOp.ADD:
            return subtract(result, reduce(add, others))
        case ArithOp.SUBTRACT:
            return add(result, others[0]) if position == 0 else subtract(others[0], result)
        case ArithOp.NEGATE:
            return negate(result)
        case ArithOp.MULTIPLY:
            return divide(result, reduce(multiply, others))
        case ArithOp.DIVIDE if position == 0:
            return None if _ZERO in others[0] else multiply(result, others[0])
        case ArithOp.MAXIMUM:
            above_others = all(_all_below(other, result) for other in others)
            return Interval(result.lo if above_others else None, result.hi, result.lo_closed, result.hi_closed)
        case ArithOp.MINIMUM:
            below_others = all(_all_below(result, other) for other in others)
            return Interval(result.lo, result.hi if below_others else None, result.lo_closed, result.hi_closed)
        case _:
            return None


def _all_below(one: Interval, other: Interval) -> bool:
    """Tell whether every number of *one* is below every number of *other*."""
    if one.hi is None or other.lo is None:
        return False
    return one.hi < other.lo or (one.hi == other.lo and not (one.hi_closed and other.lo_closed))


def _cut(before: Enclosure, bound: Interval) -> Enclosure:
    inside = None if before.numbers is None else intersect(before.numbers, bound)
    if inside is None or make_interval(inside.lo, inside.hi, inside.lo_closed, inside.hi_closed) is None:
        return evolve(before, numbers=None, step=None, nonzero=False)
    return refine(before, evolve(before, numbers=inside, nonzero=False))
