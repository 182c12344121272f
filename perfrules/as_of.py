"""Whether it is said as of when dated parameters are to be read."""

from collections.abc import Iterator
from datetime import date

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import Dated
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Node, Plan
from perfrules.ir.walk import everything


def as_of_problem(plan: Plan, as_of: date | None) -> Diagnostic | None:
    """Report a date that must be stated and is not, or one before a parameter has any value; None if all is well."""
    for node, starts in _dated(plan):
        if as_of is None and len(starts) > 1:
            return Diagnostic(Code.AS_OF_NEEDED, node.origin.span, args={"name": _name(node), "date": str(starts[1])})
        if as_of is not None and as_of < starts[0]:
            args = {"name": _name(node), "when": str(as_of)}
            return Diagnostic(Code.PARAMETER_UNANSWERED, node.origin.span, args=args)
    return None


@per_plan
def _dated(plan: Plan) -> tuple[tuple[Node, tuple[date, ...]], ...]:
    return tuple((node, starts) for node in plan.nodes for starts in _starts(node))


def _starts(node: Node) -> Iterator[tuple[date, ...]]:
    for expr in everything(node.expr):
        if isinstance(expr, Dated):
            yield tuple(start for start, _ in expr.entries)


def _name(node: Node) -> str:
    return node.id.removeprefix("param.")
