"""grade-order: grades are written from the best to the worst, each with a lower edge than the one before."""

from __future__ import annotations

from itertools import pairwise

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir.expressions import Expr
from perfrules.lang.exact import Exact, as_text
from perfrules.methods.parts import constant
from perfrules.model.lowering import Lowering
from perfrules.syntax.ast.declarations import GradeLine
from perfrules.syntax.ast.expressions import Range
from perfrules.syntax.ast.scoring import Comparison, Threshold

_RISING = frozenset({Comparison.AT_MOST, Comparison.LESS})


def check_grade_order(lines: tuple[GradeLine, ...], subject: Expr, lowering: Lowering) -> None:
    """Report a grade whose lower edge is not below that of the grade before; a scale of penalties may rise instead."""
    rising = all(_is_rising(line) for line in lines if isinstance(line.edge, Threshold | Range))
    edged = [line for line in lines if rising or not _is_rising(line)]
    edges = [(line, edge) for line in edged if (edge := _edge(line, subject, lowering)) is not None]
    for (before, high), (line, low) in pairwise(edges):
        if low == high or (low > high) != rising:
            args = {"grade": line.name.text, "edge": as_text(low), "before": as_text(high)}
            others = [Labelled(before.edge.span, "stated-here")]
            lowering.report(Diagnostic(Code.GRADE_ORDER, at=line.edge.span, args=args, others=others))


def _is_rising(line: GradeLine) -> bool:
    return isinstance(line.edge, Threshold) and line.edge.comparison in _RISING


def _edge(line: GradeLine, subject: Expr, lowering: Lowering) -> Exact | None:
    """Return the constant at which a grade begins (of a rising scale: ends), None for what has no such edge."""
    match line.edge:
        case Threshold(comparison=comparison, value=value) if comparison is not Comparison.EQUAL:
            return constant(lowering.beside(subject, value))
        case Range(low=low):
            return constant(lowering.beside(subject, low))
        case _:
            return None
