"""Schedules: tables of steps that are called like functions; a value holds from its step up to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.exact import Exact
from perfrules.model.symbols import ScheduleSymbol
from perfrules.model.written import written
from perfrules.model.wrong_count import wrong_count
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.scoring import CurvePoint

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def call(lowering: Lowering, symbol: ScheduleSymbol, tree: ast.Call) -> Expr:
    """Expand `expected(month)`: the value of the last step that is reached; before the first, `otherwise`."""
    if len(tree.arguments) != 1:
        return wrong_count(lowering, tree, "1")
    subject = lowering.expression(tree.arguments[0])
    # What stands in the schedule is of the ruleset's own block, wherever it is called from.
    outside = lowering.inside("")
    starts = tuple(outside.beside(subject, point.x) for point in symbol.tree.steps)
    _report_disorder(lowering, symbol, starts)
    ends: tuple[Expr | None, ...] = (*starts[1:], None)
    steps = tuple(
        _step(outside, symbol, point, core.Between(start, end, low_closed=True, high_closed=False))
        for point, start, end in zip(symbol.tree.steps, starts, ends, strict=True)
    )
    before = None
    if symbol.tree.otherwise is not None:
        before = outside.in_kind(symbol.tree.otherwise, symbol.kind, bare=True)
    title = symbol.tree.title.value if symbol.tree.title else None
    origin = Origin("schedule", symbol.name, tree.span, title)
    return core.Steps(subject, steps, before, kind=symbol.kind, origin=origin)


def check_schedules(lowering: Lowering) -> None:
    """Report what is wrong in schedules whether or not a rule calls them: values of another kind."""
    for symbol in lowering.scope.names.plain.values():
        if isinstance(symbol, ScheduleSymbol):
            for point in symbol.tree.steps:
                lowering.in_kind(point.y, symbol.kind, bare=True)


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
