"""Formulas of arithmetic, of counted parts, of what is held between limits, and of irrational functions."""

from __future__ import annotations

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr, IrrationalFunction, PartsRule
from perfrules.lang.exact import Exact
from perfrules.workbook import formula as f
from perfrules.workbook.at import At
from perfrules.workbook.forms.rounding import ceiling_of, floor_of
from perfrules.workbook.formula import Formula, number_of
from perfrules.workbook.near import LIBRARY, Near


def arith(expr: Expr, at: At) -> Formula:
    """Write an operation of exact arithmetic."""
    assert isinstance(expr, core.Arith)
    return at.strict(expr.operands, lambda parts: _apply(expr, parts, at))


def _apply(expr: core.Arith, parts: list[Formula], at: At) -> Formula:
    match expr.op:
        case ArithOp.ADD:
            return f.add(parts)
        case ArithOp.SUBTRACT:
            return f.subtract(parts[0], parts[1])
        case ArithOp.MULTIPLY:
            return f.multiply(parts)
        case ArithOp.DIVIDE:
            return f.divide(parts[0], parts[1], at.can_be_zero(expr.operands[1]))
        case ArithOp.NEGATE:
            return f.negate(parts[0])
        case ArithOp.ABSOLUTE:
            return f.magnitude(parts[0])
        case ArithOp.MINIMUM:
            return f.least(parts)
        case ArithOp.MAXIMUM:
            return f.greatest(parts)
        case ArithOp.POWER:
            return _power(parts[0], parts[1], at.can_be_zero(expr.operands[0]))


def _power(base: Formula, exponent: Formula, can_be_zero: bool) -> Formula:
    whole = f.constant_number(exponent)
    if whole is not None and 0 < whole <= 4:
        near = f.multiply([evolve(base, text="x", constant=None)] * int(whole)).near
    elif whole == 0:
        return f.literal(Exact(1))
    else:
        near = Near()
    text = f"{base.at_level(f.POWER + 1)}^{exponent.at_level(f.POWER + 1)}"
    made = f.made(text, f.POWER, [base, exponent])
    fails = made.fails or (can_be_zero and whole is not None and whole < 0)
    return evolve(made, near=_library(near or Near()), fails=fails)


def _library(near: Near) -> Near:
    if near.nearest:
        return near
    return evolve(near, relative=None if near.relative is None else near.relative + LIBRARY)


def parts(expr: Expr, at: At) -> Formula:
    """Write how many steps a distance holds: exactly, whole ones, or started ones."""
    assert isinstance(expr, core.Parts)

    def counted(found: list[Formula]) -> Formula:
        held = f.divide(found[0], found[1], at.can_be_zero(expr.step))
        if expr.rule is PartsRule.EXACT:
            return held
        exactly = core.Parts(PartsRule.EXACT, expr.distance, expr.step, kind=expr.kind, origin=expr.origin)
        return (floor_of if expr.rule is PartsRule.WHOLE else ceiling_of)(held, at, exactly)

    return at.strict((expr.distance, expr.step), counted)


def clamp(expr: Expr, at: At) -> Formula:
    """Write what is held between limits."""
    assert isinstance(expr, core.Clamp)
    ends = [end for end in (expr.floor, expr.ceiling) if end is not None]

    def build(found: list[Formula]) -> Formula:
        remaining = iter(found[1:])
        floor = None if expr.floor is None else next(remaining)
        return f.held(found[0], floor, None if expr.ceiling is None else next(remaining))

    return at.strict((expr.operand, *ends), build)


def irrational(expr: Expr, at: At) -> Formula:
    """Write a function whose results are irrational: right to the digits that the spreadsheet gives."""
    assert isinstance(expr, core.Irrational)

    def build(found: list[Formula]) -> Formula:
        return evolve(_irrational(expr.function, found), near=_of_library(found[0]), fails=True)

    return at.strict(expr.operands, build)


def _irrational(function: IrrationalFunction, parts: list[Formula]) -> Formula:
    match function:
        case IrrationalFunction.LN:
            return f.call("LN", parts[0])
        case IrrationalFunction.EXP:
            return f.call("EXP", parts[0])
        case IrrationalFunction.SQRT:
            return f.call("SQRT", parts[0])
        case IrrationalFunction.ROOT:
            return f.call("POWER", parts[0], f.divide(f.literal(Exact(1)), parts[1]))
        case IrrationalFunction.POWER:
            return f.call("POWER", parts[0], parts[1])


def _of_library(argument: Formula) -> Near:
    known = number_of(argument)
    return Near(relative=LIBRARY if known.nearest else None)
