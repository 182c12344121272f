"""empty-unanswered: something is divided among entities whose weights can all be zero."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import CohortAggregate, CohortOp
from perfrules.prove.checks.context import Context
from perfrules.prove.families.cohorts import value_of_those_asked


def empty_shares(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each apportionment that does not say what holds where all weights are zero."""
    for _, visit, expr in context.places(CohortAggregate):
        if expr.op is CohortOp.APPORTIONMENT and expr.empty is None and expr.body is not None:
            weight = value_of_those_asked(expr, visit.scene)
            if weight.zero_possible and not weight.reported:
                args = {"aggregate": "share", "over": "entities"}
                yield Diagnostic(Code.EMPTY_UNANSWERED, expr.origin.span, args=args)
