"""Formulas of declared rounding: noise is cleared first, so that ties fall as they do exactly.

Floor and ceiling are taken of numbers in units of the step, so that no spreadsheet's own rounding of decimals matters.
"""

from __future__ import annotations

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.rounding import Decimals, Mode, Rounding, Significant, ToStep
from perfrules.workbook import formula as f
from perfrules.workbook.at import At
from perfrules.workbook.columns import NoFormula
from perfrules.workbook.formula import Formula, number_of
from perfrules.workbook.literals import is_short
from perfrules.workbook.near import nearest
from perfrules.workbook.proof import Settled, settle_rounding

_HALF = Exact(1, 2)


def rounded(expr: Expr, at: At) -> Formula:
    """Write a declared rounding."""
    assert isinstance(expr, core.Round)
    return at.strict((expr.operand,), lambda parts: _round(parts[0], expr.rounding, at, expr.operand))


def floor_of(part: Formula, at: At, operand: Expr | None) -> Formula:
    """Write the largest whole number that is not above."""
    return _in_units(part, Rounding(Mode.FLOOR, Decimals(0)), Exact(1), at, operand)


def ceiling_of(part: Formula, at: At, operand: Expr | None) -> Formula:
    """Write the smallest whole number that is not below."""
    return _in_units(part, Rounding(Mode.CEILING, Decimals(0)), Exact(1), at, operand)


def _round(part: Formula, rounding: Rounding, at: At, operand: Expr) -> Formula:
    constant = f.constant_number(part)
    if constant is not None:
        from perfrules.lang.rounding import round_exact

        return f.literal(round_exact(constant, rounding))
    match rounding.target:
        case Decimals(count):
            if rounding.mode is Mode.HALF_UP:
                return _half_up(part, count, at, operand)
            return _in_units(part, rounding, Exact(10) ** -count, at, operand)
        case ToStep(step):
            places = _decimals_of(step)
            if rounding.mode is Mode.HALF_UP and places is not None:
                return _half_up(part, places, at, operand)
            return _in_units(part, rounding, step, at, operand)
        case Significant():
            raise NoFormula("significant-digits")


def _decimals_of(step: Exact) -> int | None:
    return next((count for count in range(-9, 16) if step == Exact(10) ** -count), None)


def _half_up(part: Formula, count: int, at: At, operand: Expr) -> Formula:
    step = Exact(10) ** -count
    settled = settle_rounding(number_of(part), step / 2)
    at.note("rounding", settled, operand, number_of(part), boundary=step / 2)
    found = f.call("ROUND", _cleared(part, settled), str(count))
    return _onto(found, part, step)


def _in_units(part: Formula, rounding: Rounding, step: Exact, at: At, operand: Expr | None) -> Formula:
    halves = rounding.mode in (Mode.HALF_UP, Mode.HALF_DOWN, Mode.HALF_EVEN)
    scaled = _per_step(part, step)
    boundary = _HALF if halves else Exact(1)
    settled = settle_rounding(number_of(scaled), boundary)
    at.note("rounding", settled, operand, number_of(scaled), scale=1 / step, boundary=boundary)
    cleared = _cleared(scaled, settled)
    if rounding.mode is Mode.HALF_EVEN:
        in_units = core.Arith(ArithOp.MULTIPLY, (operand, core.Const(1 / step))) if operand is not None else None
        cleared = at.lift(in_units, evolve(cleared, fails=True), f"cleared {settled.digits or 0}")
    whole = _to_whole(cleared, rounding.mode)
    whole = evolve(whole, near=nearest(_grown(number_of(scaled).within, Exact(1)), Exact(1)))
    found = (
        f.divide(whole, f.literal(1 / step))
        if step < 1 and is_short(1 / step)
        else (f.multiply([whole, f.literal(step)]))
    )
    return _onto(found, part, step)


def _per_step(part: Formula, step: Exact) -> Formula:
    if step < 1 and is_short(1 / step):
        return f.multiply([part, f.literal(1 / step)])
    return f.divide(part, f.literal(step))


def _cleared(part: Formula, settled: Settled) -> Formula:
    if settled.digits is None:
        return part
    return evolve(f.call("ROUND", part, str(settled.digits)), near=part.near)


def _to_whole(part: Formula, mode: Mode) -> Formula:
    x, low = part.text, number_of(part).within.lo
    minus = f"-{x}" if part.level == f.ATOM else f"-({x})"
    match mode:
        case Mode.FLOOR:
            text = f"INT({x})"
        case Mode.CEILING:
            text = f"ROUNDUP({x},0)" if low is not None and low >= 0 else f"-INT({minus})"
        case Mode.TRUNCATE:
            text = f"INT({x})" if low is not None and low >= 0 else f"SIGN({x})*INT(ABS({x}))"
        case Mode.HALF_UP:
            text = f"ROUND({x},0)"
        case Mode.HALF_DOWN:
            text = f"-SIGN({x})*INT(0.5-ABS({x}))"
        case Mode.HALF_EVEN:
            text = f"IF(ABS({x}-INT({x}))=0.5,2*ROUND({x}/2,0),ROUND({x},0))"
    level = f.ATOM if text[0].isalpha() and "*" not in text else f.SUM
    return f.made(text, level, [part])


def _onto(found: Formula, part: Formula, step: Exact) -> Formula:
    """Say what is known of a rounded number: it is on the step, and its cell is nearest to it."""
    return evolve(found, near=nearest(_grown(number_of(part).within, step), step))


def _grown(within: Interval, by: Exact) -> Interval:
    lo = None if within.lo is None else within.lo - by
    return Interval(lo, None if within.hi is None else within.hi + by)
