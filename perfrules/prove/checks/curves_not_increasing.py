"""Curves whose points depend on data and may not increase."""

from collections.abc import Iterator
from itertools import pairwise

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir.expressions import Const, Expr, Lines
from perfrules.lang.interval import Interval
from perfrules.prove.checks.context import Context
from perfrules.prove.checks.declared_ranges import declared_ranges
from perfrules.prove.linear import difference
from perfrules.prove.wording import expression_text


def curves_not_increasing(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each point that is not proven to lie above the one before."""
    for _, visit, curve in context.places(Lines):
        if visit.value.reported:
            continue
        for (before, _), (x, _) in pairwise(curve.points):
            constant = isinstance(before, Const) and isinstance(x, Const)
            if not constant and not _is_positive(difference(x, before, visit.scene)):
                yield _diagnostic(before, x, context)


def _is_positive(numbers: Interval | None) -> bool:
    """Tell whether all numbers are above zero; None, where one of the points never is a number, has none below."""
    if numbers is None:
        return True
    return numbers.lo is not None and (numbers.lo > 0 or (numbers.lo == 0 and not numbers.lo_closed))


def _diagnostic(before: Expr, x: Expr, context: Context) -> Diagnostic:
    others = [Labelled(before.origin.span, "point-before")] if before.origin.span is not None else []
    others += [label for part in (before, x) for label in declared_ranges(part, context)]
    return Diagnostic(
        Code.CURVE_NOT_INCREASING,
        at=x.origin.span,
        args={"value": expression_text(x), "before": expression_text(before)},
        others=list(dict.fromkeys(others)),
    )
