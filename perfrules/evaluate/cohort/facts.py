"""From the members of a cohort to what each entity is told: the statistic of its group, or its own place in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from perfrules.evaluate.cohort.bounds import bounds, settled
from perfrules.evaluate.cohort.members import Asked, GroupKey, Member, asked_by_group, is_absent
from perfrules.evaluate.cohort.open_members import opened
from perfrules.evaluate.cohort.statistics import OF_EACH, apportionment, of_all, percentile_ranks, ranks
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.trace import Value
from perfrules.ir.expressions import CohortAggregate, CohortOp
from perfrules.ir.inputs import CohortFact
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.lang.truth import and_, or_

_OF_NOBODY: Final[Mapping[CohortOp, Value]] = {
    CohortOp.SUM: Exact(0),
    CohortOp.COUNT: Exact(0),
    CohortOp.COUNT_DISTINCT: Exact(0),
    CohortOp.ANY: False,
    CohortOp.ALL: True,
}


@frozen(eq=False)
class Undividable:
    """Why a pool cannot be divided among a group: it is no multiple of the step, a weight is below zero, or, among the
    entities of several rulesets, it is not the same for all.
    """

    pool: Exact
    negative: Member | None = None
    differs: bool = False

    @property
    def weight(self) -> Exact:
        """The weight below zero."""
        assert self.negative is not None
        assert isinstance(self.negative.body, Exact)
        return self.negative.body


@frozen(eq=False)
class Told:
    """What each member is told; and of the groups whose pool cannot be divided, why."""

    facts: Mapping[Member, CohortFact]
    undividable: Mapping[Member, Undividable]


def told(expr: CohortAggregate, members: Sequence[Member]) -> Told:
    """Make the statistic of every group, and say to every entity what it is."""
    facts: dict[Member, CohortFact] = {}
    undividable: dict[Member, Undividable] = {}
    of_group: dict[GroupKey, list[Member]] = {}
    for member in members:
        if isinstance(member.group, State):
            facts[member] = CohortFact(value=member.group, count=0)
        else:
            of_group.setdefault(member.group, []).append(member)
    for group, asked in asked_by_group(expr, members).items():
        found = _of_group(expr, asked, of_group[group])
        if isinstance(found, Undividable):
            undividable.update(dict.fromkeys(of_group[group], found))
        else:
            facts.update(found)
    return Told(facts, undividable)


def _of_group(
    expr: CohortAggregate, asked: Asked, group: Sequence[Member]
) -> Mapping[Member, CohortFact] | Undividable:
    count, absent = len(asked.counted), asked.absent
    state = _logical(expr, asked) if expr.op in (CohortOp.ANY, CohortOp.ALL) else asked.state
    if isinstance(state, State):
        return _in_state(expr, asked, group, state)
    if expr.op is CohortOp.APPORTIONMENT and (found := _unfit(expr, asked)) is not None:
        return found if isinstance(found, Undividable) else _in_state(expr, asked, group, found)
    if expr.op in OF_EACH:
        own = _of_each(expr, asked)
        values = {each: own.get(each, _own_state(expr, each)) for each in group}
    else:
        common = state if state is not None else _common(expr, asked)
        values = {each: _answered(expr, each, common) for each in group}
    return {each: CohortFact(value=_single(value), count=count, absent=absent) for each, value in values.items()}


def _single(value: Value) -> Exact | bool | str | date | State:
    assert not isinstance(value, tuple)  # no statistic is over tables
    return value


def _in_state(
    expr: CohortAggregate, asked: Asked, group: Sequence[Member], state: State
) -> Mapping[Member, CohortFact]:
    """Tell everyone that the statistic is in *state*; while it is open, where it will lie, or what it will be."""
    refused = tuple(sorted(each.entity for each in asked.undecided if State.REFUSED in (each.taken, each.body)))
    open_ = opened(expr, asked) if state is State.PENDING else None
    facts: dict[Member, CohortFact] = {}
    for each in group:
        counts = each.taken is not False and not is_absent(expr, each)
        if expr.op in OF_EACH and not counts:
            facts[each] = CohortFact(value=_own_state(expr, each), count=len(asked.counted), absent=asked.absent)
            continue
        within = None if open_ is None else bounds(open_, each)
        if open_ is not None and (known := settled(open_, each, within)) is not None:
            facts[each] = CohortFact(value=known, count=open_.most, absent=asked.absent)
            continue
        facts[each] = CohortFact(
            value=state,
            count=len(asked.counted),
            absent=asked.absent if state is not State.REFUSED else refused,
            within=within,
        )
    return facts


def _own_state(expr: CohortAggregate, own: Member) -> State:
    """Return the state of a place that a member does not have, since it does not count."""
    return own.body if own.taken is not False and isinstance(own.body, State) else State.EXCLUDED


def _logical(expr: CohortAggregate, asked: Asked) -> Value | None:
    """Return what any or all of the members say, as far as it is decided; None where nobody is asked."""
    pairs = [(each.taken, each.body) for each in (*asked.counted, *asked.undecided)]
    if not pairs:
        return None
    bodies = [body if isinstance(body, State) else body is True for _, body in pairs]
    taken = [each for each, _ in pairs]
    if expr.op is CohortOp.ANY:
        return or_(*(and_(*pair) for pair in zip(taken, bodies, strict=True)))
    return and_(*(body if each is True else or_(_unless(each), body) for each, body in zip(taken, bodies, strict=True)))


def _unless(taken: bool | State) -> bool | State:
    return taken if isinstance(taken, State) else not taken


def _common(expr: CohortAggregate, asked: Asked) -> Value | None:
    """Return the statistic that all of a group share; None where it has none of so few."""
    if not asked.counted:
        return _OF_NOBODY.get(expr.op)
    return of_all(expr, [each.body for each in asked.counted], asked.counted[0].at)


def _answered(expr: CohortAggregate, own: Member, common: Value | None) -> Value:
    if common is not None:
        return common
    if own.empty is not None:
        return own.empty
    raise EvaluationDefect(f"{expr.op} of nobody, and nothing is said about that")


def _of_each(expr: CohortAggregate, asked: Asked) -> Mapping[Member, Value]:
    """Return the place of every member that counts."""
    counted = asked.counted
    values = [each.body for each in counted if isinstance(each.body, Exact)]
    if not counted:
        return {}
    match expr.op:
        case CohortOp.RANK:
            assert expr.ties is not None
            found: list[Exact] = ranks(values, expr.ties, expr.highest_first)
        case CohortOp.PERCENTILE_RANK:
            found = percentile_ranks(values, expr.method)
        case _:
            return _shares(expr, counted, values)
    return dict(zip(counted, found, strict=True))


def _shares(expr: CohortAggregate, counted: Sequence[Member], weights: Sequence[Exact]) -> Mapping[Member, Value]:
    pool, names = counted[0].pool, [each.entity for each in counted]
    assert isinstance(pool, Exact)
    assert expr.step is not None
    if not sum(weights, Exact(0)):
        return {each: _answered(expr, each, None) for each in counted}
    return dict(zip(counted, apportionment(pool, weights, names, expr.step), strict=True))


def _unfit(expr: CohortAggregate, asked: Asked) -> Undividable | State | None:
    """Return why the pool of a group cannot be divided: as it is, or because it has no value."""
    if not asked.counted:
        return None
    pool = asked.counted[0].pool
    if isinstance(pool, State):
        return pool
    assert isinstance(pool, Exact)
    assert expr.step is not None
    negative = next((each for each in asked.counted if isinstance(each.body, Exact) and each.body < 0), None)
    differs = any(each.pool != pool for each in asked.counted)
    if negative is not None or differs or (pool / expr.step).denominator != 1:
        return Undividable(pool, negative, differs)
    return None
