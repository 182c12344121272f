"""Which orders between statistics the checks of a ruleset rely on beyond those that hold in every cohort.

A rank is at most the number of those counted where both are of the same entities; scored together with rulesets that
have only one of the two, they are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.prove.among_members import orders_within
from perfrules.prove.compared import Comparisons, comparisons
from perfrules.prove.declared import declared
from perfrules.prove.scene import Visit
from perfrules.prove.survey import has_statistics, survey

_COMPARING: Final = frozenset({ArithOp.ADD, ArithOp.SUBTRACT, ArithOp.DIVIDE})


@per_plan
def relied_on(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return pairs of nodes: the value of the first, if both have one, is never above that of the second."""
    if not has_statistics(plan):
        return ()
    known = comparisons(plan)
    visits = survey(plan, declared(plan)).visits.values()
    found = (pair for visit in visits for part in visit.everything() for pair in _orders(part, known))
    return tuple(dict.fromkeys(found))


def _orders(visit: Visit, known: Comparisons) -> Iterator[tuple[str, str]]:
    if isinstance(visit.expr, core.Arith) and visit.expr.op in _COMPARING:
        for low, high in orders_within(visit.expr, visit.scene):
            nodes = _node_below(low, high, known), _node(high)
            if nodes[0] is not None and nodes[1] is not None:
                yield nodes[0], nodes[1]


def _node_below(low: Expr, high: Expr, known: Comparisons) -> str | None:
    """Return the node of the lower part: a statistic, or what an entity brings to a sum."""
    upper = known.statistic(high)
    if upper is not None and low == upper.own:
        return _node(upper.expr.body) if upper.expr.op is core.CohortOp.SUM else None
    return _node(low) if known.statistic(low) is not None and upper is not None else None


def _node(part: Expr | None) -> str | None:
    return part.id if isinstance(part, core.NodeRef) else None
