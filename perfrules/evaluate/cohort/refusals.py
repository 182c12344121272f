"""Entities that cannot be scored because of a statistic: others' data were refused, or a pool cannot be divided."""

from __future__ import annotations

from typing import Final

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.evaluate.assemble import refused_result
from perfrules.evaluate.cohort.facts import Undividable
from perfrules.evaluate.places import places_of
from perfrules.evaluate.result import Result
from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.plan import Plan
from perfrules.lang.exact import as_text
from perfrules.lang.states import State

_NAMED: Final = 5
"""How many of the entities whose data were refused are named to everyone else."""


def without_statistic(plan: Plan, result: Result) -> Result | None:
    """Refuse an entity of which something that is reported needs a statistic that others' refused data prevent."""
    if result.trace is None or result.facts is None:
        return None
    if not any(result.trace.state(slot) is State.REFUSED for slot in places_of(plan).results):
        return None
    # The first in the order of evaluation is where it begins; what is built on it is refused for the same reason.
    expr, absent = next(
        (node.expr, fact.absent)
        for node in plan.nodes
        if isinstance(node.expr, CohortAggregate)
        and (fact := result.facts.cohort[node.id]).value is State.REFUSED
        and fact.absent
    )
    args: dict[str, Argument] = {"aggregate": Word(expr.op.value), "entities": absent[:_NAMED], "count": len(absent)}
    problem = Diagnostic(Code.STATISTIC_REFUSED, expr.origin.span, args=args, where=DataPlace(entity=result.entity))
    return refused_result(plan, result.entity, [problem])


def not_divided(expr: CohortAggregate, entity: str, why: Undividable, *, pool: str) -> Diagnostic:
    """Report a *pool*, as its author calls it, that cannot be divided, to every entity of its group."""
    where = DataPlace(entity=entity)
    span = expr.origin.span
    if why.negative is not None:
        args = {"entity": why.negative.entity, "weight": as_text(why.weight)}
        return Diagnostic(Code.SHARE_WEIGHT_NEGATIVE, span, args=args, where=where)
    if why.differs:
        return Diagnostic(Code.POOL_NOT_SHARED, span, args={"name": pool}, where=where)
    assert expr.step is not None
    return Diagnostic(
        Code.POOL_NOT_WHOLE, span, args={"pool": as_text(why.pool), "step": as_text(expr.step)}, where=where
    )
