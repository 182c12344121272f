"""What the checks of a ruleset take statistics to be, held against those of a cohort with entities of other rulesets.

An overlay may widen a range, so that a shared statistic comes out as the checks of another ruleset never allowed for:
a divisor that cannot be zero is zero. Or it takes one statistic away, so that a rank is above the number of those who
are counted. Such an entity is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.evaluate.result import Result
from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.inputs import CohortFact
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.states import State
from perfrules.plan.together import Together

if TYPE_CHECKING:
    from perfrules.prove.enclosure import Enclosure

Expectations: TypeAlias = "Mapping[tuple[int, str], Enclosure]"
Orders: TypeAlias = Sequence[tuple[str, str]]
"""Pairs of nodes; the value of the first is never above that of the second."""


def expectations(together: Together) -> Expectations:
    """Return what is expected of shared statistics, by ruleset and node, where not all rulesets expect the same."""
    shared = [each for round_ in together.rounds for each in round_.statistics if len(each) > 1]
    if not shared:
        return {}
    from perfrules.prove.survey import over_all_data  # one ruleset by itself must not pay for loading the prover

    of_plans = [over_all_data(plan, None) for plan in together.plans]
    found: dict[tuple[int, str], Enclosure] = {}
    for each in shared:
        expected = {place: evolve(of_plans[place][expr.id], attained=False) for place, expr in each.items()}
        if any(one != other for one in expected.values() for other in expected.values()):
            found |= {(place, each[place].id): enclosure for place, enclosure in expected.items()}
    return found


def orders_of(together: Together) -> tuple[Orders, ...]:
    """Return for each ruleset which nodes its checks take to be never above which, where it is not by itself."""
    if len(together.plans) == 1:
        return ((),)
    from perfrules.prove.relied_on import relied_on  # one ruleset by itself must not pay for loading the prover

    return tuple(map(relied_on, together.plans))


def out_of_order(plan: Plan, result: Result, orders: Orders) -> Iterator[Diagnostic]:
    """Yield a problem for each statistic that one, by the checks never above it, is above."""
    if result.trace is None or result.facts is None:
        return
    nodes = {node.id: node for node in plan.nodes}
    for low, high in orders:
        fact, value = result.facts.cohort[high], result.trace[low]
        above = isinstance(value, Exact) and isinstance(fact.value, Exact) and value > fact.value
        expr = nodes[high].expr
        if above and fact.count and isinstance(expr, CohortAggregate):
            yield _problem(expr, result.entity, fact)


def unexpected(
    expr: CohortAggregate, entity: str, fact: CohortFact, expected: Enclosure | None
) -> Iterator[Diagnostic]:
    """Yield a problem where a statistic is not among what is *expected*; one that is open may still be."""
    if expected is None or fact.value in (State.PENDING, State.REFUSED):
        return
    from perfrules.prove.enclosure import exactly, refine

    if refine(expected, exactly(fact.value)).is_nothing:
        yield _problem(expr, entity, fact)


def _problem(expr: CohortAggregate, entity: str, fact: CohortFact) -> Diagnostic:
    args: dict[str, Argument] = {"aggregate": Word(expr.op.value), "value": _shown(fact.value)}
    return Diagnostic(Code.STATISTIC_UNEXPECTED, expr.origin.span, args=args, where=DataPlace(entity=entity))


def _shown(value: object) -> str:
    match value:
        case Exact():
            return as_text(value)
        case State():
            return value.value
        case bool():
            return "yes" if value else "no"
    return str(value)
