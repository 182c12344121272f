"""Formulas of days between dates."""

from __future__ import annotations

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.workbook import formula as f
from perfrules.workbook.at import At
from perfrules.workbook.columns import NoFormula
from perfrules.workbook.formula import Formula


def date_difference(expr: Expr, at: At) -> Formula:
    """Write the days from one date to another; workdays are the engine's."""
    assert isinstance(expr, core.DateDifference)
    if expr.workdays:
        raise NoFormula("workdays")
    return at.strict((expr.start, expr.end), lambda parts: f.subtract(parts[1], parts[0]))
