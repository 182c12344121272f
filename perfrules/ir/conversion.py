"""Core expressions made alike: converted to a unit, read as marks, brought to one kind.

Pure: what does not fit comes back as a `Clash`, and whoever knows the author's text makes a diagnostic of it.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr, Origin
from perfrules.lang.changing import changed
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import (
    Choice,
    Clash,
    Grade,
    Kind,
    Level,
    Number,
    Percent,
    PercentagePoints,
    Points,
    Quantity,
    Ratio,
    Reason,
    Unknown,
    is_numeric,
    unify_kind,
)
from perfrules.lang.units import convert

UNIT_CONVERSION: Final = "unit conversion"
_TERMWISE: Final = frozenset(
    {ArithOp.ADD, ArithOp.SUBTRACT, ArithOp.NEGATE, ArithOp.ABSOLUTE, ArithOp.MINIMUM, ArithOp.MAXIMUM}
)


@frozen
class Unified:
    """Operands for one place, converted where their units differed, and the kind of that place."""

    operands: tuple[Expr, ...]
    kind: Kind


@frozen
class Misfit:
    """Two operands of one place that do not go together; one operand where it is not what its place expects."""

    clash: Clash
    left: Expr
    right: Expr | None


def number(value: Exact | int, kind: Kind | None = None, origin: Origin | None = None) -> core.Const:
    """Make a numeric constant, a plain number unless *kind* says otherwise."""
    return core.Const(Exact(value), kind=kind or Number(), origin=origin or Origin("literal"))


def is_bare_number(expr: Expr) -> bool:
    """Tell whether *expr* is a plain number as written, without %, unit or points."""
    return isinstance(expr, core.Const) and isinstance(expr.kind, Number) and isinstance(expr.value, Exact)


def is_zero(expr: Expr) -> bool:
    """Tell whether *expr* is the plain number 0, which is zero of anything."""
    return isinstance(expr, core.Const) and isinstance(expr.kind, Number) and not expr.value


def of_kind(expr: Expr, kind: Kind) -> Expr:
    """Return *expr* taken as one of *kind*."""
    if isinstance(expr, core.Const):
        return core.Const(expr.value, kind=kind, origin=expr.origin)
    return changed(expr, kind=kind)


def scaled(expr: Expr, factor: Exact, kind: Kind) -> Expr:
    """Multiply by an exact factor of a unit conversion; constants are converted at once."""
    if factor == 1:
        return expr if expr.kind == kind else of_kind(expr, kind)
    if isinstance(expr, core.Const) and isinstance(expr.value, Exact):
        return changed(expr, value=expr.value * factor, kind=kind)
    origin = Origin(UNIT_CONVERSION, span=expr.origin.span)
    return core.Arith(ArithOp.MULTIPLY, (expr, number(factor, origin=origin)), kind=kind, origin=origin)


def literal_as_marks(expr: Expr) -> Expr | None:
    """Read bare numbers beside marks as points: `5`, `2 * n`, `rate * 20`; None where nothing says points."""
    if isinstance(expr.kind, Points | Unknown):
        return expr
    match expr:
        case core.Const() if is_bare_number(expr):
            return of_kind(expr, Points())
        case core.Arith(op=op) if op in _TERMWISE:
            terms = [literal_as_marks(term) for term in expr.operands]
            known = tuple(term for term in terms if term is not None)
            return changed(expr, operands=known, kind=Points()) if len(known) == len(terms) else None
        case core.Arith(op=ArithOp.MULTIPLY):
            scales = all(_scales_marks(factor.kind) for factor in expr.operands)
            return of_kind(expr, Points()) if scales and any(map(is_bare_number, expr.operands)) else None
        case core.Arith(op=ArithOp.DIVIDE, operands=(above, below)):
            marks = literal_as_marks(above) if _scales_marks(below.kind) else None
            return None if marks is None else changed(expr, operands=(marks, below), kind=Points())
        case core.Round() | core.Clamp():
            inner = literal_as_marks(expr.operand)
            return None if inner is None else changed(expr, operand=inner, kind=Points())
        case core.Select():
            return _select_as_marks(expr)
        case _:
            return None


def as_marks(expr: Expr) -> Expr | None:
    """Read *expr* as points where marks are expected: also any number, ratio or count; else None."""
    marks = literal_as_marks(expr)
    if marks is None and _counts_as_number(expr.kind):
        return of_kind(expr, Points())
    return marks


def unify(operands: tuple[Expr, ...]) -> Unified | Misfit:
    """Bring alternatives for one place to one kind; beside marks bare numbers are points; the first unit decides."""
    if any(isinstance(operand.kind, Points) for operand in operands):
        operands = tuple(literal_as_marks(operand) or operand for operand in operands)
    leader = operands[0]
    kind = leader.kind
    for operand in operands[1:]:
        found = unify_kind(kind, operand.kind, left_is_zero=is_zero(leader), right_is_zero=is_zero(operand))
        if isinstance(found, Clash):
            return Misfit(found, leader, operand)
        if is_zero(leader):
            leader = operand
        kind = found.kind
    return Unified(tuple(_in_unit_of(operand, kind) for operand in operands), kind)


def in_kind(expr: Expr, kind: Kind, *, bare: bool = False) -> Expr | Clash:
    """Convert *expr* to a declared kind; with *bare*, a plain number is one of the declared unit."""
    if isinstance(expr.kind, Unknown) or isinstance(kind, Unknown) or expr.kind == kind:
        return expr
    if is_zero(expr) and is_numeric(kind):
        return of_kind(expr, kind)
    match expr.kind, kind:
        case _, Points():
            marks = as_marks(expr)
            return Clash(_why_no_marks(expr.kind), expr.kind, kind) if marks is None else marks
        case Quantity(unit), Quantity(wanted):
            factor = convert(unit, wanted)
            return Clash(Reason.UNITS_DIFFER, expr.kind, kind) if factor is None else scaled(expr, factor, kind)
        case (Number(), Quantity()) if bare and is_bare_number(expr):
            return of_kind(expr, kind)
        case (Ratio(), Percent() | PercentagePoints() | Number()) | (Number(), Ratio()):
            return of_kind(expr, kind)
        case Choice(options), Choice(allowed):
            fits = set(options) <= set(allowed)
            return of_kind(expr, kind) if fits else Clash(Reason.OPTIONS_DIFFER, expr.kind, kind)
        case (Grade(), Grade()) | (Level(), Level()):
            return Clash(Reason.OPTIONS_DIFFER, expr.kind, kind)
    if _counts_as_number(expr.kind) and _counts_as_number(kind):
        return of_kind(expr, kind)
    found = unify_kind(expr.kind, kind)
    return found if isinstance(found, Clash) else Clash(Reason.KINDS_DIFFER, expr.kind, kind)


def _in_unit_of(operand: Expr, kind: Kind) -> Expr:
    match operand.kind, kind:
        case Quantity(unit), Quantity(wanted) if unit != wanted:
            return scaled(operand, unit.factor / wanted.factor, kind)
    return of_kind(operand, kind) if is_zero(operand) else operand


def _counts_as_number(kind: Kind) -> bool:
    return isinstance(kind, Number | Ratio) or (isinstance(kind, Quantity) and kind.unit.is_count)


def _scales_marks(kind: Kind) -> bool:
    return _counts_as_number(kind) or isinstance(kind, Percent | PercentagePoints | Unknown)


def _select_as_marks(expr: core.Select) -> Expr | None:
    values = [literal_as_marks(value) for _, value in expr.cases]
    otherwise = literal_as_marks(expr.otherwise)
    known = tuple(value for value in values if value is not None)
    if otherwise is None or len(known) < len(values):
        return None
    cases = tuple((condition, value) for (condition, _), value in zip(expr.cases, known, strict=True))
    return changed(expr, cases=cases, otherwise=otherwise, kind=Points())


def _why_no_marks(kind: Kind) -> Reason:
    if isinstance(kind, Percent | PercentagePoints):
        return Reason.MARKS_WITH_PERCENT
    return Reason.MARKS_WITH_UNIT if isinstance(kind, Quantity) else Reason.NOT_A_NUMBER
