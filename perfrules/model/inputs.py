"""Inputs and tables as declared: kind, range, decimals, options."""

from __future__ import annotations

from typing import Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.ir.facts_check import range_text
from perfrules.ir.inputs import Bounds, InputDeclaration, WrittenAs
from perfrules.lang import kinds
from perfrules.lang.kinds import Kind, is_numeric
from perfrules.lang.units import UnitTable
from perfrules.model.collector import Problems
from perfrules.model.constants import constant_in
from perfrules.model.units import kind_of_type, unit_text
from perfrules.syntax.ast.declarations import Input, Table
from perfrules.syntax.ast.expressions import Range
from perfrules.text import Span

_WRITTEN_AS: Final = {"written as ratio": WrittenAs.RATIO, "written as percent": WrittenAs.PERCENT}


def input_declaration(tree: Input, units: UnitTable, problems: Problems) -> InputDeclaration:
    """Declare one input, or one field of a table."""
    kind = kind_of_type(tree.type, units, problems)
    _report_misplaced(tree, kind, problems)
    bounds = None
    if tree.range is not None and _is_ordered(kind):
        bounds = _bounds(tree.range, kind, units, problems)
    return InputDeclaration(
        name=tree.name.text,
        title=tree.title.value if tree.title else None,
        kind=kind,
        unit_text=unit_text(tree.type),
        decimals=_decimals(tree, kind),
        bounds=bounds,
        optional=tree.optional,
        source=tree.source.value if tree.source else None,
        written_as=_WRITTEN_AS[tree.written_as.value] if tree.written_as else None,
        options=kind.options if isinstance(kind, kinds.Choice) else (),
        span=tree.name.span,
    )


def table_declaration(tree: Table, units: UnitTable, problems: Problems) -> InputDeclaration:
    """Declare a table; a field declared twice counts once."""
    fields: dict[str, InputDeclaration] = {}
    for field in tree.fields:
        fields.setdefault(field.name.text, input_declaration(field, units, problems))
    kind = kinds.Table(tuple((field.name, field.kind) for field in fields.values()))
    return InputDeclaration(
        name=tree.name.text,
        title=tree.title.value if tree.title else None,
        kind=kind,
        optional=tree.optional,
        fields=tuple(fields.values()),
        span=tree.name.span,
    )


def _bounds(tree: Range, kind: Kind, units: UnitTable, problems: Problems) -> Bounds | None:
    if isinstance(kind, kinds.Unknown):
        return None
    low = constant_in(tree.low, kind, units, problems)
    high = constant_in(tree.high, kind, units, problems)
    if low is None or high is None:
        return None
    bounds = Bounds(low, high, tree.low_closed, tree.high_closed)
    if _holds_nothing(bounds, kind):
        problems.report(Diagnostic(Code.EMPTY_RANGE, tree.span, args={"range": range_text(bounds, kind)}))
        return None
    return bounds


def _holds_nothing(bounds: Bounds, kind: Kind) -> bool:
    both_closed = bounds.low_closed and bounds.high_closed
    if isinstance(kind, kinds.Date):
        return bounds.high - bounds.low < (not bounds.low_closed) + (not bounds.high_closed)
    return bounds.low > bounds.high or (bounds.low == bounds.high and not both_closed)


def _is_ordered(kind: Kind) -> bool:
    return is_numeric(kind) or isinstance(kind, kinds.Date)


def _decimals(tree: Input, kind: Kind) -> int | None:
    """Counts and persons are whole numbers unless the author declares decimals."""
    counted = isinstance(kind, kinds.Quantity) and kind.unit.is_counted_one_by_one
    return 0 if counted and tree.decimals is None else tree.decimals


def _report_misplaced(tree: Input, kind: Kind, problems: Problems) -> None:
    """Report what the kind of an input cannot have: decimals, a range, a way of writing percents."""
    if not is_numeric(kind):
        if tree.decimals is not None:
            _misplaced(problems, "decimals", tree.type.span, "number")
        if tree.range is not None and not _is_ordered(kind):
            _misplaced(problems, "in […]", tree.range.span, "number-or-date")
    if tree.written_as is not None and not isinstance(kind, kinds.Percent | kinds.PercentagePoints | kinds.Unknown):
        _misplaced(problems, tree.written_as.value, tree.type.span, "percentage")


def _misplaced(problems: Problems, clause: str, span: Span, belongs_to: str) -> None:
    inside, places = Word(f"input-without-{belongs_to}"), (Word(f"input-of-{belongs_to}"),)
    args: dict[str, Argument] = {"clause": clause, "inside": inside, "places": places}
    problems.report(Diagnostic(Code.WRONG_PLACE, span, args=args))
