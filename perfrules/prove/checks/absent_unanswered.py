"""absent-unanswered: an entity can be without a value, and the statistic does not say whether it counts then."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import CohortAggregate
from perfrules.prove.checks.context import Context
from perfrules.prove.families.cohorts import absent_states


def absent_unanswered(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each statistic whose members can be missing or excluded; what uses it is not reported."""
    for _, visit, expr in context.places(CohortAggregate):
        if any(part.value.reported for part in visit.parts):
            continue
        if absent_states(expr, visit.scene):
            yield Diagnostic(Code.ABSENT_UNANSWERED, expr.origin.span, args={"aggregate": expr.op.value})
