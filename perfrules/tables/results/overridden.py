"""Which nodes' numbers an override can reach unrounded, so that they may have more decimals than declarations say."""

from __future__ import annotations

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import operands


@per_plan
def reached_by_overrides(plan: Plan) -> frozenset[str]:
    """Return the ids of those nodes; rounding stops an override, and so does whatever makes no number of it."""
    found: set[str] = set()
    for node in plan.nodes:
        if _is_reached(node.expr, found):
            found.add(node.id)
    return frozenset(found)


def _is_reached(expr: Expr, found: set[str]) -> bool:
    waiting = [expr]
    while waiting:
        match waiting.pop():
            case core.Overridable():
                return True
            case core.NodeRef(id=id_) if id_ in found:
                return True
            case (
                core.Round()
                | core.Compare()
                | core.IsState()
                | core.Parts(rule=core.PartsRule.WHOLE | core.PartsRule.STARTED)
            ):
                continue
            case other:
                waiting.extend(operands(other))
    return False
