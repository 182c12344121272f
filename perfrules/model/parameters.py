"""Parameters: one node each; values that change with time, with the kind of entity, or stand in a file."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from attrs import evolve

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Argument
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.plan import Node, Role
from perfrules.lang.kinds import Unknown
from perfrules.model.grouped_by import depends_on_results, grouping
from perfrules.model.lowering import Lowering
from perfrules.model.parameter_file import rows_of_file
from perfrules.model.parameter_groups import Row, grouped
from perfrules.model.symbols import ParameterSymbol
from perfrules.syntax.ast.declarations import DatedValue, GroupValue
from perfrules.syntax.ast.expressions import Expression
from perfrules.syntax.ast.tree import Text
from perfrules.text import Span


def parameter_nodes(lowering: Lowering, *, of_results: bool = False) -> tuple[Node, ...]:
    """Return the node of each parameter; a value before the period it must hold for is reported.

    Full marks may read parameters, so those whose groups are told by inputs come first; what *of_results* depends on
    may read full marks.
    """
    outside = lowering.inside("")
    symbols = [each for each in lowering.scope.names.plain.values() if isinstance(each, ParameterSymbol)]
    return tuple(_node(outside, symbol) for symbol in symbols if depends_on_results(lowering, symbol) == of_results)


def latest_change(lowering: Lowering) -> tuple[str, date] | None:
    """Return the parameter that changes last, and the day; None where none changes."""
    starts = [(entry.start, symbol.name) for symbol in _dated(lowering) for entry in _entries(symbol)]
    if not starts:
        return None
    day, name = max(starts)
    return name, day


def as_of_dates(lowering: Lowering) -> tuple[date, ...]:
    """Return the days at which some parameter changes."""
    return tuple(sorted({entry.start for symbol in _dated(lowering) for entry in _entries(symbol)}))


def as_of_default(lowering: Lowering) -> date | None:
    """Return the day that decides which values apply, the end of the period; None if some change inside it."""
    period = lowering.declared.period
    if period is None or any(period[0] < start <= period[1] for start in as_of_dates(lowering)):
        return None
    return period[1]


def _dated(lowering: Lowering) -> list[ParameterSymbol]:
    symbols = lowering.scope.names.plain.values()
    return [symbol for symbol in symbols if isinstance(symbol, ParameterSymbol) and _entries(symbol)]


def _entries(symbol: ParameterSymbol) -> tuple[DatedValue, ...]:
    value = symbol.tree.value
    return tuple(entry for entry in value if isinstance(entry, DatedValue)) if isinstance(value, tuple) else ()


def _node(lowering: Lowering, symbol: ParameterSymbol) -> Node:
    tree = symbol.tree
    title = tree.title.value if tree.title else None
    expr = _value(lowering, symbol)
    origin = Origin("parameter", span=symbol.span, title=title)
    return Node(id=symbol.id, role=Role.PARAMETER, expr=expr, kind=symbol.kind, origin=origin)


def _value(lowering: Lowering, symbol: ParameterSymbol) -> Expr:
    tree, entries = symbol.tree, _entries(symbol)
    if entries:
        return _changing(lowering, symbol, entries)
    if tree.file is not None:
        found = grouping(lowering, symbol)
        rows = None if found is None else rows_of_file(lowering, symbol, found, tree.file)
        if found is None or rows is None:
            return _broken(tree.span)
        return grouped(lowering, symbol, found, rows, tree.file.span)
    match tree.value:
        case None:
            return _unanswered(lowering, symbol, (), tree.span)
        case tuple():
            return _groups(
                lowering, symbol, tuple(each for each in tree.value if isinstance(each, GroupValue)), tree.span
            )
        case _:
            return cited(lowering.in_kind(tree.value, symbol.kind, bare=True), tree.cite)


def _groups(lowering: Lowering, symbol: ParameterSymbol, values: tuple[GroupValue, ...], span: Span) -> Expr:
    found = grouping(lowering, symbol)
    if found is None:
        return _broken(span)
    rows = [_row(lowering, symbol, each) for each in values]
    return grouped(lowering, symbol, found, rows, span)


def _row(lowering: Lowering, symbol: ParameterSymbol, tree: GroupValue) -> Row:
    value = cited(lowering.in_kind(tree.value, symbol.kind, bare=True), tree.cite)
    return Row(keys=tree.keys, value=value, span=tree.span)


def cited(expr: Expr, cite: Text | None) -> Expr:
    """Return the value with what it rests on, if that is said."""
    if cite is None:
        return expr
    return evolve(expr, origin=Origin("parameter", "value", expr.origin.span, cite.value))


def _changing(lowering: Lowering, symbol: ParameterSymbol, entries: tuple[DatedValue, ...]) -> Expr:
    _report_disorder(lowering, symbol, entries)
    _report_period(lowering, symbol, entries)
    dated = tuple((entry.start, _dated_value(lowering, symbol, entry)) for entry in entries)
    return core.Dated(dated, kind=symbol.kind, origin=Origin("parameter", "dated", symbol.tree.span))


def _dated_value(lowering: Lowering, symbol: ParameterSymbol, entry: DatedValue) -> Expr:
    if isinstance(entry.value, tuple):
        return _groups(lowering, symbol, entry.value, entry.span)
    value: Expression = entry.value
    return cited(lowering.in_kind(value, symbol.kind, bare=True), entry.cite)


def _report_disorder(lowering: Lowering, symbol: ParameterSymbol, entries: tuple[DatedValue, ...]) -> None:
    for before, after in pairwise(entries):
        if after.start <= before.start:
            args = {"name": symbol.name, "date": after.start.isoformat(), "before": before.start.isoformat()}
            others = [Labelled(before.span, "stated-here")]
            lowering.report(Diagnostic(Code.DATES_OUT_OF_ORDER, after.span, args=args, others=others))


def _report_period(lowering: Lowering, symbol: ParameterSymbol, entries: tuple[DatedValue, ...]) -> None:
    """Report a period that begins before the first value, or (a warning) after the last."""
    period = lowering.declared.period
    if period is None:
        return
    start = period[0]
    if start < min(entry.start for entry in entries):
        _unanswered(lowering, symbol, (start.isoformat(),), symbol.span)
    last = max(entries, key=lambda entry: entry.start)
    if last.start < start:
        args = {"name": symbol.name, "date": last.start.isoformat(), "period_start": start.isoformat()}
        lowering.report(Diagnostic(Code.PARAMETER_OLDER_THAN_PERIOD, last.span, args=args))


def _unanswered(lowering: Lowering, symbol: ParameterSymbol, when: tuple[str, ...], span: Span) -> Expr:
    args: dict[str, Argument] = {"name": symbol.name, "when": when}
    return lowering.broken(Diagnostic(Code.PARAMETER_UNANSWERED, span, args=args), span)


def _broken(span: Span) -> Expr:
    return core.Broken(kind=Unknown(), origin=Origin("broken", span=span))
