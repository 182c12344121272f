"""Strata: what is evaluated for every entity before which statistics across entities can be known.

The level of a node is how many rounds of statistics it needs: 0 for what an entity's own data give, one more for each
statistic on the way. Stratum k makes the statistics of level k from the nodes below that level.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Node, Plan
from perfrules.plan.edges import references


@frozen(eq=False)
class Stratum:
    """One round: the part of the plan that every entity is evaluated by first, then the statistics made from it."""

    plan: Plan = field(repr=False)
    statistics: tuple[CohortAggregate, ...]


@per_plan
def strata(plan: Plan) -> tuple[Stratum, ...]:
    """Return the rounds in order; none for a plan without rules across entities."""
    statistics = {node.id: node.expr for node in plan.nodes if isinstance(node.expr, CohortAggregate)}
    if not statistics:
        return ()
    levels = _levels(plan.nodes)
    return tuple(
        Stratum(
            _part(plan, tuple(node for node in plan.nodes if levels[node.id] < level)),
            tuple(expr for id_, expr in statistics.items() if levels[id_] == level),
        )
        for level in range(1, max(levels[id_] for id_ in statistics) + 1)
    )


def _levels(nodes: tuple[Node, ...]) -> Mapping[str, int]:
    levels: dict[str, int] = {}
    for node in nodes:
        needed = max((levels[reference.id] for reference in references(node.expr)), default=0)
        levels[node.id] = needed + isinstance(node.expr, CohortAggregate)
    return levels


def _part(plan: Plan, nodes: tuple[Node, ...]) -> Plan:
    """Return a plan of some nodes, of which nothing is reported."""
    return evolve(plan, nodes=nodes, outline=(), vetoes=(), decisions=(), alerts=(), outputs=(), flags=())
