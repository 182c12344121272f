"""share-weight-negative: what is divided among entities goes by weights, and one of them can be below zero."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import CohortAggregate, CohortOp
from perfrules.lang.exact import Exact
from perfrules.prove.checks.context import Context
from perfrules.prove.families.cohorts import value_of_those_asked
from perfrules.prove.wording import expression_text, range_text


def share_weights_negative(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each apportionment whose weights are not surely zero or more."""
    for node, visit, expr in context.places(CohortAggregate):
        if expr.op is not CohortOp.APPORTIONMENT or expr.body is None:
            continue
        weight = value_of_those_asked(expr, visit.scene)
        if (
            weight.reported
            or weight.numbers is None
            or (weight.numbers.lo is not None and weight.numbers.lo >= Exact(0))
        ):
            continue
        args = {
            "entity": context.code(node) if node.indicator else expression_text(expr.body),
            "weight": range_text(weight.numbers, expr.body.kind),
        }
        yield Diagnostic(Code.SHARE_WEIGHT_NEGATIVE, expr.origin.span, args=args)
