"""Schedules: tables of steps that are called like functions.

A value holds from its step up to the next; of a linear schedule it runs evenly from step to step.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp, Expr, Origin
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Date, Quantity
from perfrules.lang.units import BUILT_IN
from perfrules.model.literals import numeric
from perfrules.model.symbols import ScheduleSymbol
from perfrules.model.written import written
from perfrules.model.wrong_count import wrong_count
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.scoring import CurvePoint

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering

_DAYS: Final = Quantity(BUILT_IN["days"])


def call(lowering: Lowering, symbol: ScheduleSymbol, tree: ast.Call) -> Expr:
    """Expand `expected(month)`: before the first step, `otherwise`; a linear one without it stays flat there."""
    if len(tree.arguments) != 1:
        return wrong_count(lowering, tree, "1")
    subject = lowering.expression(tree.arguments[0])
    # What stands in the schedule is of the ruleset's own block, wherever it is called from.
    outside = lowering.inside("")
    starts = tuple(outside.beside(subject, point.x) for point in symbol.tree.steps)
    _report_disorder(lowering, symbol, starts)
    if symbol.tree.linear:
        return _lines(outside, symbol, subject, starts, tree)
    ends: tuple[Expr | None, ...] = (*starts[1:], None)
    steps = tuple(
        _step(outside, symbol, point, core.Between(start, end, low_closed=True, high_closed=False))
        for point, start, end in zip(symbol.tree.steps, starts, ends, strict=True)
    )
    return core.Steps(subject, steps, _before(outside, symbol), kind=symbol.kind, origin=_origin(symbol, tree))


def check_schedules(lowering: Lowering) -> None:
    """Report what is wrong in schedules whether or not a rule calls them: values of another kind, or no numbers."""
    outside = lowering.inside("")
    for symbol in lowering.scope.names.plain.values():
        if isinstance(symbol, ScheduleSymbol):
            values = [outside.in_kind(point.y, symbol.kind, bare=True) for point in symbol.tree.steps]
            if symbol.tree.linear and values:
                numeric(outside, values[0], "linear")


def _lines(lowering: Lowering, symbol: ScheduleSymbol, subject: Expr, starts: tuple[Expr, ...], tree: ast.Call) -> Expr:
    values = tuple(lowering.in_kind(point.y, symbol.kind, bare=True) for point in symbol.tree.steps)
    origin = _origin(symbol, tree)
    days = tuple(_days_since(starts[0], each, origin) for each in (subject, *starts))
    line = core.Lines(days[0], tuple(zip(days[1:], values, strict=True)), kind=symbol.kind, origin=origin)
    before = _before(lowering, symbol)
    if before is None:
        return line
    condition = lowering.compare(CompareOp.LESS, subject, starts[0], Origin("schedule", "before", tree.span))
    return core.Select(((condition, before),), line, kind=symbol.kind, origin=origin)


def _days_since(first: Expr, each: Expr, origin: Origin) -> Expr:
    """Return a day as a number, the days since *first*; a number is what it is."""
    if not isinstance(first.kind, Date):
        return each
    if isinstance(first, core.Const) and isinstance(each, core.Const):
        assert isinstance(first.value, date)
        assert isinstance(each.value, date)
        return core.Const(Exact((each.value - first.value).days), kind=_DAYS, origin=origin)
    return core.DateDifference(False, first, each, kind=_DAYS, origin=origin)


def _before(lowering: Lowering, symbol: ScheduleSymbol) -> Expr | None:
    otherwise = symbol.tree.otherwise
    return None if otherwise is None else lowering.in_kind(otherwise, symbol.kind, bare=True)


def _origin(symbol: ScheduleSymbol, tree: ast.Call) -> Origin:
    return Origin("schedule", symbol.name, tree.span, symbol.tree.title.value if symbol.tree.title else None)


def _step(lowering: Lowering, symbol: ScheduleSymbol, point: CurvePoint, takes: core.Between) -> core.Step:
    value = lowering.in_kind(point.y, symbol.kind, bare=True)
    return core.Step(takes, value, Origin("schedule", "step", point.x.span))


def _report_disorder(lowering: Lowering, symbol: ScheduleSymbol, starts: tuple[Expr, ...]) -> None:
    for before, after in pairwise(starts):
        if isinstance(before, core.Const) and isinstance(after, core.Const) and not _increases(before, after):
            args = {"value": written(after), "before": written(before)}
            others = [Labelled(before.origin.span, "point-before")] if before.origin.span else []
            lowering.report(Diagnostic(Code.CURVE_NOT_INCREASING, after.origin.span, args=args, others=others))


def _increases(before: core.Const, after: core.Const) -> bool:
    one, other = before.value, after.value
    if isinstance(one, Exact) and isinstance(other, Exact):
        return one < other
    return type(one) is type(other) and str(one) < str(other)  # dates in ISO order
