"""What the checks of a ruleset take statistics to be, held against those of a cohort with entities of other rulesets.

An overlay may widen a range, so that a shared statistic comes out as the checks of another ruleset never allowed for:
a divisor that cannot be zero is zero. Such an entity is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.inputs import CohortFact
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.states import State
from perfrules.plan.together import Together

if TYPE_CHECKING:
    from perfrules.prove.enclosure import Enclosure

Expectations: TypeAlias = "Mapping[tuple[int, str], Enclosure]"


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


def unexpected(
    expr: CohortAggregate, entity: str, fact: CohortFact, expected: Enclosure | None
) -> Iterator[Diagnostic]:
    """Yield a problem where a statistic is not among what is *expected*; one that is open may still be."""
    if expected is None or fact.value in (State.PENDING, State.REFUSED):
        return
    from perfrules.prove.enclosure import exactly, refine

    if refine(expected, exactly(fact.value)).is_nothing:
        args: dict[str, Argument] = {"aggregate": Word(expr.op.value), "value": _shown(fact.value)}
        yield Diagnostic(Code.STATISTIC_UNEXPECTED, expr.origin.span, args=args, where=DataPlace(entity=entity))


def _shown(value: object) -> str:
    match value:
        case Exact():
            return as_text(value)
        case State():
            return value.value
        case bool():
            return "yes" if value else "no"
    return str(value)
