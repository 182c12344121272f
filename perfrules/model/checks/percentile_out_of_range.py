"""percentile-out-of-range: the place of a percentile is written as a number from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import Broken, Const, Expr
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import Number, Percent, Ratio
from perfrules.syntax.ast import expressions as ast


def percentile_out_of_range(tree: ast.Expression, at: Expr) -> Iterator[Diagnostic]:
    """Report a place that is no constant, or none among the values."""
    if isinstance(at, Broken):
        return
    value = at.value if isinstance(at, Const) and isinstance(at.kind, Number | Ratio | Percent) else None
    if not isinstance(value, Exact) or not 0 <= value <= 1:
        yield Diagnostic(Code.PERCENTILE_OUT_OF_RANGE, tree.span, args={"value": _text(value, at)})


def _text(value: object, at: Expr) -> str:
    if not isinstance(value, Exact):
        return "…"
    return f"{as_text(value * 100)}%" if isinstance(at.kind, Percent) else as_text(value)
