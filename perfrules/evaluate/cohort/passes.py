"""Score a cohort: round after round, what every entity brings, the statistics made of it; last, everything.

An entity whose data were refused, before or in a round, takes part as refused from then on. The order of the entities
has no influence on any result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from attrs import evolve, field, frozen

from perfrules.diagnostics import Diagnostic
from perfrules.evaluate.assemble import refused_result
from perfrules.evaluate.cohort.facts import told
from perfrules.evaluate.cohort.members import GroupKey, Member
from perfrules.evaluate.cohort.refusals import not_divided, without_statistic
from perfrules.evaluate.evaluate import evaluate
from perfrules.evaluate.provisional import enclosures_of
from perfrules.evaluate.result import Result
from perfrules.evaluate.trace import Trace, Value
from perfrules.ir.expressions import CohortAggregate, Expr, NodeRef
from perfrules.ir.inputs import CohortFact, Facts
from perfrules.ir.plan import Plan
from perfrules.lang.states import State, join
from perfrules.plan.strata import Stratum, strata

Statistics = Mapping[str, CohortFact]


@frozen(eq=False)
class Entity:
    """One entity between two rounds: its facts so far, or why it is refused (nothing to say where others said it)."""

    name: str
    facts: Facts | None = field(repr=False)
    problems: tuple[Diagnostic, ...] = ()


@frozen(eq=False)
class _Seen:
    """What a round saw of an entity that is not refused; *enclosures* of what is open are found when asked for."""

    plan: Plan = field(repr=False)
    facts: Facts = field(repr=False)
    trace: Trace = field(repr=False)


def evaluate_cohort(
    plan: Plan, cohort: Sequence[tuple[str, Facts | None]], *, reference: bool = False
) -> tuple[Result | None, ...]:
    """Score all entities, each given by its name and its facts (None: refused), in the order given.

    The result of an entity that was given without facts is None. *reference* takes the slow evaluator throughout.
    """
    entities = compare(plan, cohort, reference=reference)
    return tuple(_result(plan, entity, reference) for entity in entities)


def compare(plan: Plan, cohort: Sequence[tuple[str, Facts | None]], *, reference: bool = False) -> tuple[Entity, ...]:
    """Add to the facts of every entity all statistics across entities."""
    entities = [Entity(name, facts) for name, facts in cohort]
    for stratum in strata(plan):
        entities = _round(stratum, entities, reference)
    return tuple(entities)


def _result(plan: Plan, entity: Entity, reference: bool) -> Result | None:
    if entity.facts is None:
        return refused_result(plan, entity.name, entity.problems) if entity.problems else None
    result = evaluate(plan, entity.facts, reference=reference)
    return without_statistic(plan, result) or result


def _round(stratum: Stratum, entities: Sequence[Entity], reference: bool) -> list[Entity]:
    """Evaluate what the statistics of *stratum* need, and add them to everyone's facts."""
    results = [
        None if each.facts is None else evaluate(stratum.plan, each.facts, reference=reference) for each in entities
    ]
    seen = [_seen(stratum.plan, result) for result in results]
    known: list[dict[str, CohortFact]] = [{} for _ in entities]
    undivided: list[list[Diagnostic]] = [[] for _ in entities]
    for expr in stratum.statistics:
        members = [_member(expr, each.name, here) for each, here in zip(entities, seen, strict=True)]
        found = told(expr, members)
        for place, member in enumerate(members):
            if member in found.undividable:
                undivided[place].append(not_divided(expr, member.entity, found.undividable[member]))
            else:
                known[place][expr.id] = found.facts[member]
    return list(map(_after, entities, results, known, undivided))


def _seen(plan: Plan, result: Result | None) -> _Seen | None:
    if result is None or result.facts is None or result.trace is None:
        return None
    return _Seen(plan, result.facts, result.trace)


def _after(entity: Entity, result: Result | None, statistics: Statistics, undivided: Sequence[Diagnostic]) -> Entity:
    if entity.facts is None or result is None:
        return entity
    if result.trace is None or undivided:
        return Entity(entity.name, None, (*result.problems, *undivided))
    cohort = MappingProxyType({**entity.facts.cohort, **statistics})
    return Entity(entity.name, evolve(entity.facts, cohort=cohort))


def _member(expr: CohortAggregate, name: str, seen: _Seen | None) -> Member:
    """Read what an entity brings to a statistic; a refused one is refused in every part."""
    refused = State.REFUSED
    if seen is None:
        taken = True if expr.where is None and not expr.groups else refused
        return Member(entity=name, taken=taken, body=refused, group=refused if expr.groups else (), empty=refused)
    trace = seen.trace
    group = _group(tuple(trace[_id(part)] for part in expr.groups))
    body: Value = True if expr.body is None else trace[_id(expr.body)]
    member = Member(
        entity=name,
        taken=_taken(True if expr.where is None else trace[_id(expr.where)], group),
        body=body,
        group=group,
        pool=_optional(expr.pool, trace),
        at=_optional(expr.at, trace),
        empty=_optional(expr.empty, trace),
    )
    return _with_enclosure(member, seen, _id(expr.body)) if expr.body is not None and body is State.PENDING else member


def _with_enclosure(member: Member, seen: _Seen, body: str) -> Member:
    enclosure = enclosures_of(seen.plan, seen.facts, seen.trace)[body]
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


def _optional(part: Expr | None, trace: Trace) -> Value | None:
    return None if part is None else trace[_id(part)]


def _id(part: Expr) -> str:
    assert isinstance(part, NodeRef)  # every part of a statistic is a node
    return part.id
