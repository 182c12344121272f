"""How statistics across entities divide, by declarations alone: by how many entities there are, or can be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from perfrules.batch.results import NumberForm
from perfrules.batch.source import NumberFacts
from perfrules.ir.expressions import (
    Arith,
    ArithOp,
    CohortAggregate,
    CohortOp,
    Expr,
    Input,
    NodeRef,
    PercentileMethod,
    TiesRule,
)
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact

MOST_ENTITIES: Final = 2**31
"""More are not expected in one run."""
_SCALE_OF_BODY: Final = frozenset({CohortOp.MEAN, CohortOp.TRIMMED_MEAN})
_SHARES: Final = frozenset({CohortOp.SHARE, CohortOp.PERCENTILE_RANK})
_COUNTS: Final = frozenset({CohortOp.COUNT, CohortOp.COUNT_DISTINCT, CohortOp.RANK})


def with_divisions(plan: Plan, forms: Mapping[str, NumberForm]) -> tuple[Plan, Mapping[str, NumberFacts]]:
    """Return *plan* with quotients of two inputs in place of means and shares of entities, and what holds of these
    inputs, and of counts and ranks; *forms* tell the scales of what means are of.
    """
    facts: dict[str, NumberFacts] = {}
    nodes = []
    for node in plan.nodes:
        expr, scale = node.expr, _scale(node.expr, forms)
        if isinstance(expr, CohortAggregate) and expr.op in _COUNTS:
            halves = expr.op is CohortOp.RANK and expr.ties is TiesRule.MEAN
            facts[expr.id] = NumberFacts(low=Exact(0), high=Exact(MOST_ENTITIES), scale=2 if halves else 1)
        if scale is not None and isinstance(expr, CohortAggregate):
            above, below = f"above {node.id}", f"below {node.id}"
            facts[above] = NumberFacts(low=None, high=None, scale=scale)
            most = MOST_ENTITIES * (2 if expr.method is PercentileMethod.MIDPOINT else 1)
            facts[below] = NumberFacts(low=Exact(1), high=Exact(most), scale=1)
            parts = tuple(Input(name, kind=expr.kind, origin=expr.origin) for name in (above, below))
            node = evolve(node, expr=Arith(ArithOp.DIVIDE, parts, kind=expr.kind, origin=expr.origin))
        nodes.append(node)
    return (evolve(plan, nodes=tuple(nodes)), facts) if facts else (plan, facts)


def _scale(expr: Expr, forms: Mapping[str, NumberForm]) -> int | None:
    """Return of what the number that is divided is a multiple: of one over this; None of what is not divided."""
    if not isinstance(expr, CohortAggregate):
        return None
    if expr.op in _SHARES:
        return 1
    if expr.op not in _SCALE_OF_BODY or not isinstance(expr.body, NodeRef) or expr.body.id not in forms:
        return None
    return forms[expr.body.id].scale
