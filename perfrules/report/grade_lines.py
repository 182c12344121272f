"""The totals at which grades begin, where the grade follows from the total by fixed limits."""

from __future__ import annotations

from attrs import frozen

from perfrules.ir.expressions import Between, Const, Demote, Expr, NodeRef, Steps
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact

_TOTALS = frozenset({"total", "rounded total"})


@frozen
class GradeLine:
    """*grade* begins at (*closed*) or just above *at*."""

    grade: str
    at: Exact
    closed: bool


def grade_lines(plan: Plan) -> tuple[GradeLine, ...]:
    """Return the lines, the best grade first; none where grades do not follow from the total by numbers alone."""
    nodes = {node.id: node.expr for node in plan.nodes}
    table: Expr | None = nodes.get("grade/reached", nodes.get("grade"))
    while isinstance(table, Demote):
        table = table.grade
    if not isinstance(table, Steps) or not isinstance(table.subject, NodeRef) or table.subject.id not in _TOTALS:
        return ()
    lines = []
    for step in table.steps:
        takes, grade = step.takes, step.value
        if isinstance(takes, Between) and isinstance(takes.low, Const) and isinstance(grade, Const):
            at = takes.low.value
            if isinstance(at, Exact):
                lines.append(GradeLine(str(grade.value), at, takes.low_closed))
    return tuple(lines)
