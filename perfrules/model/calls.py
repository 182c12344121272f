"""Calls: of built-in functions, of plug-ins' methods, and of the ruleset's schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.diagnostics import Code, Diagnostic
from perfrules.functions import Function, find_function, function_names
from perfrules.ir.conversion import Misfit
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Kind, Points
from perfrules.model import schedules
from perfrules.model.options import near
from perfrules.model.plugin_calls import call_plugin
from perfrules.model.symbols import ScheduleSymbol
from perfrules.model.unknown_names import unknown_name
from perfrules.model.wrong_count import wrong_count
from perfrules.syntax.ast import expressions as ast

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def call(lowering: Lowering, tree: ast.Call, hint: Kind | None) -> Expr:
    """Lower a call. Where marks are expected, bare numbers among the values listed are points."""
    symbol = lowering.scope.names.plain.get(tree.function.text)
    if isinstance(symbol, ScheduleSymbol):
        return schedules.call(lowering, symbol, tree)
    function = find_function(tree.function.text)
    plugins = lowering.declared.plugins.methods
    if function is None and tree.function.text in plugins:
        return call_plugin(lowering, plugins[tree.function.text], tree)
    if function is None:
        schedule_names = (name for name, each in lowering.scope.names.plain.items() if isinstance(each, ScheduleSymbol))
        suggestions = near(tree.function.text, (*function_names(), *plugins, *schedule_names))
        return lowering.broken(unknown_name(tree.function, "function", suggestions), tree.span)
    if len(tree.arguments) < function.least or (function.most is not None and len(tree.arguments) > function.most):
        return wrong_count(lowering, tree, _count(function))
    return _expanded(lowering, function, tree, hint)


def _expanded(lowering: Lowering, function: Function, tree: ast.Call, hint: Kind | None) -> Expr:
    marks = hint if isinstance(hint, Points) and function.least > 1 and function.most is None else None
    values = tuple(lowering.lower(argument, marks) for argument in tree.arguments)
    if function.needs_calendar and not lowering.scope.names.has_calendar:
        expression = f"{tree.function.text}(…)"
        lowering.report(Diagnostic(Code.CALENDAR_NEEDED, tree.span, args={"expression": expression}))
    found = function.expand(values, Origin("function", function.name, tree.span))
    return lowering.misfit(found, function.name, tree.span) if isinstance(found, Misfit) else found


def _count(function: Function) -> str:
    if function.most is None:
        return f"≥ {function.least}"
    return str(function.least)
