"""Score a cohort: round after round, what every entity brings, the statistics made of it; last, everything.

An entity whose data were refused, before or in a round, takes part as refused from then on. The order of the entities
has no influence on any result. The entities of several rulesets meet in the statistics that those share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from attrs import evolve, field, frozen

from perfrules.diagnostics import Diagnostic, in_order
from perfrules.evaluate.assemble import refused_result
from perfrules.evaluate.cohort.expected import (
    Expectations,
    Orders,
    expectations,
    orders_of,
    out_of_order,
    unexpected,
)
from perfrules.evaluate.cohort.facts import told
from perfrules.evaluate.cohort.members import GroupKey, Member
from perfrules.evaluate.cohort.refusals import not_divided, without_statistic
from perfrules.evaluate.evaluate import evaluate
from perfrules.evaluate.provisional import Settled, enclosures_of
from perfrules.evaluate.result import Result
from perfrules.evaluate.trace import Trace, Value
from perfrules.ir.expressions import CohortAggregate, Expr, NodeRef
from perfrules.ir.inputs import CohortFact, Facts
from perfrules.ir.plan import Plan
from perfrules.lang.states import State, join
from perfrules.plan.statistic_names import part_name
from perfrules.plan.strata import Round
from perfrules.plan.together import Together, alone

Statistics = Mapping[str, CohortFact]


@frozen(eq=False)
class Entity:
    """One entity between two rounds: its facts so far, or why it is refused (nothing to say where others said it).

    *ruleset* is the place of its ruleset among those that are scored together.
    """

    name: str
    facts: Facts | None = field(repr=False)
    problems: tuple[Diagnostic, ...] = ()
    ruleset: int = 0


@frozen(eq=False)
class Seen:
    """What a round saw of an entity that is not refused: the values; what can come out one way only is known.

    *values.enclosures* of what is open are found when asked for.
    """

    values: Settled = field(repr=False)


@frozen(eq=False)
class Brought:
    """What an entity brings to a round: the result of its part, and what is seen of it unless it is refused."""

    result: Result | None = None
    seen: Seen | None = None


def evaluate_cohort(
    plan: Plan, cohort: Sequence[tuple[str, Facts | None]], *, reference: bool = False
) -> tuple[Result | None, ...]:
    """Score all entities, each given by its name and its facts (None: refused), in the order given.

    The result of an entity that was given without facts is None. *reference* takes the slow evaluator throughout.
    """
    return evaluate_together(alone(plan), [Entity(*each) for each in cohort], reference=reference)


def evaluate_together(
    together: Together, cohort: Sequence[Entity], *, reference: bool = False
) -> tuple[Result | None, ...]:
    """Score the entities of several rulesets, as `evaluate_cohort` does those of one."""
    entities, orders = compare_together(together, cohort, reference=reference), orders_of(together)
    return tuple(
        result_of(together.plans[entity.ruleset], entity, orders[entity.ruleset], reference=reference)
        for entity in entities
    )


def compare(plan: Plan, cohort: Sequence[tuple[str, Facts | None]], *, reference: bool = False) -> tuple[Entity, ...]:
    """Add to the facts of every entity all statistics across entities."""
    return compare_together(alone(plan), [Entity(*each) for each in cohort], reference=reference)


def compare_together(together: Together, cohort: Sequence[Entity], *, reference: bool = False) -> tuple[Entity, ...]:
    """Add to the facts of every entity of several rulesets all statistics across entities."""
    entities, expected = tuple(cohort), expectations(together)
    for round_ in together.rounds:
        entities = _round(round_, entities, expected, reference)
    return entities


def result_of(plan: Plan, entity: Entity, orders: Orders = (), *, reference: bool = False) -> Result | None:
    """Evaluate one entity, whose facts have all statistics; None where others said why it is refused."""
    if entity.facts is None:
        return refused_result(plan, entity.name, entity.problems) if entity.problems else None
    result = evaluate(plan, entity.facts, reference=reference)
    problems = tuple(out_of_order(plan, result, orders))
    return refused_result(plan, entity.name, problems) if problems else without_statistic(plan, result) or result


def _round(round_: Round, entities: Sequence[Entity], expected: Expectations, reference: bool) -> tuple[Entity, ...]:
    """Evaluate what the statistics of a round need, and add them to everyone's facts."""
    brought = [brought_by(round_.parts[each.ruleset], each, reference=reference) for each in entities]
    known: list[dict[str, CohortFact]] = [{} for _ in entities]
    problems: list[list[Diagnostic]] = [[] for _ in entities]
    for shared in round_.statistics:
        places = [place for place, each in enumerate(entities) if each.ruleset in shared]
        members = [
            member_of(shared[entities[place].ruleset], entities[place].name, brought[place].seen) for place in places
        ]
        found = told(next(iter(shared.values())), members)
        for place, member in zip(places, members, strict=True):
            ruleset = entities[place].ruleset
            expr = shared[ruleset]
            if member in found.undividable:
                pool = name_of_pool(round_.parts[ruleset], expr)
                problems[place].append(not_divided(expr, member.entity, found.undividable[member], pool=pool))
                continue
            known[place][expr.id] = fact = found.facts[member]
            problems[place] += unexpected(expr, member.entity, fact, expected.get((ruleset, expr.id)))
    return tuple(map(_after, entities, brought, known, problems))


def name_of_pool(part: Plan | None, expr: CohortAggregate) -> str:
    """Return what the author calls the pool that *expr* divides."""
    return part_name(expr.pool, {node.id: node for node in part.nodes} if part else {})


def brought_by(part: Plan | None, entity: Entity, *, reference: bool = False) -> Brought:
    """Evaluate the *part* of a plan that the statistics of a round need for one entity."""
    if part is None or entity.facts is None:
        return Brought()
    result = evaluate(part, entity.facts, reference=reference)
    if result.facts is None or result.trace is None:
        return Brought(result)
    return Brought(result, Seen(_values(part, result.facts, result.trace)))


def _values(part: Plan, facts: Facts, trace: Trace) -> Settled:
    return Settled(trace, cache(lambda: enclosures_of(part, facts, trace)))


def _after(entity: Entity, brought: Brought, statistics: Statistics, problems: Sequence[Diagnostic]) -> Entity:
    if entity.facts is None or brought.result is None:
        return entity
    if brought.seen is None or problems:
        return evolve(entity, facts=None, problems=(*brought.result.problems, *in_order(problems)))
    cohort = MappingProxyType({**entity.facts.cohort, **statistics})
    return evolve(entity, facts=evolve(entity.facts, cohort=cohort))


def member_of(expr: CohortAggregate, name: str, seen: Seen | None) -> Member:
    """Read what an entity brings to a statistic; a refused one is refused in every part."""
    refused = State.REFUSED
    if seen is None:
        taken = True if expr.where is None and not expr.groups else refused
        return Member(entity=name, taken=taken, body=refused, group=refused if expr.groups else (), empty=refused)
    values = seen.values
    group = _group(tuple(values[_id(part)] for part in expr.groups))
    body: Value = True if expr.body is None else values[_id(expr.body)]
    member = Member(
        entity=name,
        taken=_taken(True if expr.where is None else values[_id(expr.where)], group),
        body=body,
        group=group,
        pool=_optional(expr.pool, values),
        at=_optional(expr.at, values),
        empty=_optional(expr.empty, values),
    )
    if expr.body is None or body is not State.PENDING:
        return member
    return _with_enclosure(member, values, _id(expr.body))


def _with_enclosure(member: Member, values: Settled, body: str) -> Member:
    enclosure = values.enclosures[body]
    leaves = bool(enclosure.states - {State.PENDING})
    return evolve(member, within=enclosure.numbers, may_leave=leaves or not enclosure.has_value)


def _taken(where: Value, group: GroupKey | State) -> bool | State:
    """Tell whether an entity is asked; not decided while its group is not known."""
    if where is False or not isinstance(group, State):
        return where if isinstance(where, State) else where is True
    return join(group, where) if isinstance(where, State) else group


def _group(values: tuple[Value, ...]) -> GroupKey | State:
    states = [value for value in values if isinstance(value, State)]
    return join(*states) if states else values


def _optional(part: Expr | None, values: Settled) -> Value | None:
    return None if part is None else values[_id(part)]


def _id(part: Expr) -> str:
    assert isinstance(part, NodeRef)  # every part of a statistic is a node
    return part.id
