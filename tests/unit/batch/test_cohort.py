"""Statistics across entities in columns are what `perfrules.evaluate.cohort` tells each entity."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules.batch.cohort.figures import Figures, figures_of
from perfrules.batch.cohort.keys import keys_of
from perfrules.batch.cohort.members import Members, Part
from perfrules.batch.cohort.statistic import statistic
from perfrules.batch.tape import STATES, code_of_state
from perfrules.evaluate.cohort.facts import Undividable, told
from perfrules.evaluate.cohort.members import LOGICAL, Member
from perfrules.evaluate.trace import Value
from perfrules.ir.expressions import (
    CohortAggregate,
    CohortOp,
    Input,
    Origin,
    PercentileMethod,
    TiesRule,
    Trimming,
)
from perfrules.ir.inputs import CohortFact
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Number
from perfrules.lang.states import State, join

HERE = Origin("test")
PLACE_METHODS = (PercentileMethod.NEAREST_RANK, PercentileMethod.INTERPOLATED)
TRUTHS = (*LOGICAL, CohortOp.SHARE)
SHARE_METHODS = (PercentileMethod.STRICTLY_BELOW, PercentileMethod.AT_OR_BELOW, PercentileMethod.MIDPOINT)
EXPR = Input("x", kind=Number(), origin=HERE)

scaled = st.integers(-3, 6).map(lambda n: Exact(n, 4))
quotients = st.fractions(-2, 2, max_denominator=7)
close = st.tuples(st.integers(1, 3), st.integers(10**9, 10**9 + 3)).map(lambda pair: Exact(*pair))
nearer = st.tuples(st.integers(10**12, 10**12 + 2), st.integers(10**12, 10**12 + 2)).map(lambda pair: Exact(*pair))
closer = st.tuples(st.integers(2**80, 2**80 + 2), st.integers(2**70, 2**70 + 2)).map(lambda pair: Exact(*pair))
numbers = st.sampled_from([scaled, quotients, close, nearer, closer, scaled | closer])
states = st.sampled_from([State.MISSING, State.EXCLUDED, State.REFUSED])


Drawn = tuple[Member, Value, list[Value]]
"""A member, its condition and its groups."""


@frozen
class Cohort:
    """A statistic and who takes part in it."""

    expr: CohortAggregate
    members: tuple[Member, ...]
    refused: tuple[bool, ...]


@st.composite
def statistics(draw: st.DrawFn, op: CohortOp) -> CohortAggregate:
    methods = PLACE_METHODS if op is CohortOp.PERCENTILE else SHARE_METHODS
    return CohortAggregate(
        "cohort.1",
        op,
        body=None if op is CohortOp.COUNT else EXPR,
        where=draw(st.sampled_from([None, EXPR])),
        groups=draw(st.sampled_from([(), (), (EXPR,), (EXPR, EXPR)])),
        present=draw(st.booleans()),
        trimming=Trimming(draw(st.integers(0, 2)), draw(st.integers(0, 2)), draw(st.integers(1, 4))),
        ties=draw(st.sampled_from(list(TiesRule))),
        highest_first=draw(st.booleans()),
        method=draw(st.sampled_from(methods)),
        at=EXPR if op is CohortOp.PERCENTILE else None,
        pool=EXPR if op is CohortOp.APPORTIONMENT else None,
        step=draw(st.sampled_from([Exact(1), Exact(1, 10), Exact(1, 2)])),
        empty=EXPR,
        kind=Number(),
        origin=HERE,
    )


@st.composite
def cohorts(draw: st.DrawFn, op: CohortOp) -> tuple[Cohort, list[Drawn]]:
    expr = draw(statistics(op))
    often = draw(st.sampled_from([0, 0, 1, 3]))
    values: st.SearchStrategy[Value] = st.booleans() if expr.op in TRUTHS else draw(numbers)
    if expr.op is CohortOp.APPORTIONMENT and draw(st.booleans()):
        values = st.fractions(0, 2, max_denominator=3) | st.integers(0, 3).map(Exact)

    def one(of: st.SearchStrategy[Value]) -> Value:
        return draw(states) if draw(st.integers(0, 9)) < often else draw(of)

    common, at = draw(st.integers(-20, 40).map(lambda n: Exact(n, 2))), draw(st.fractions(0, 1, max_denominator=8))
    members, refused = [], []
    for number in range(draw(st.integers(0, 3) | st.integers(4, 12))):
        gone = draw(st.integers(0, 19)) < often
        refused.append(gone)
        group: list[Value] = [one(st.sampled_from([Exact(1), Exact(1, 2), Exact(2)])) for _ in expr.groups]
        where = one(st.booleans()) if expr.where is not None else True
        body = one(values) if expr.body is not None else True
        pool = one(st.just(common)) if draw(st.integers(0, 9)) else Exact(7)
        member = Member(
            entity=draw(st.sampled_from("abcäé𝒜中"[:7])) + str(number),
            taken=_taken(where, group),
            body=body,
            group=_group(group),
            pool=pool if expr.pool is not None else None,
            at=at if expr.at is not None else None,
            empty=one(scaled),
        )
        if gone:
            taken = True if expr.where is None and not expr.groups else State.REFUSED
            unknown = State.REFUSED if expr.groups else ()
            gone_everywhere = {"body": State.REFUSED, "empty": State.REFUSED, "pool": None, "at": None}
            member = evolve(member, taken=taken, group=unknown, **gone_everywhere)
        members.append((member, where, group))
    return Cohort(expr, tuple(each for each, _, _ in members), tuple(refused)), members


def _group(values: Sequence[Value]) -> tuple[Value, ...] | State:
    unknown = [each for each in values if isinstance(each, State)]
    return join(*unknown) if unknown else tuple(values)


def _taken(where: Value, group: Sequence[Value]) -> bool | State:
    if where is False:
        return False
    unknown = [each for each in (where, *group) if isinstance(each, State)]
    return join(*unknown) if unknown else True


def part(values: Sequence[Value], *, truths: bool = False) -> Part:
    codes = np.array([code_of_state(each if isinstance(each, State) else None) for each in values], np.uint8)
    if truths:
        return Part(np.array([each is True for each in values], bool), codes)
    return Part(figures_of([each if isinstance(each, Exact) else Exact(0) for each in values]), codes)


def columns(cohort: Cohort, drawn: Sequence[Drawn]) -> Members:
    expr, names = cohort.expr, [each.entity for each in cohort.members]
    in_order = sorted(range(len(names)), key=names.__getitem__)
    places = np.empty(len(names), np.int64)
    places[in_order] = np.arange(len(names))
    return Members(
        rows=len(names),
        body=None if expr.body is None else part([each.body for each in cohort.members], truths=expr.op in TRUTHS),
        where=None if expr.where is None else part([where for _, where, _ in drawn], truths=True),
        groups=tuple(part([group[n] for _, _, group in drawn]) for n in range(len(expr.groups))),
        pool=None
        if expr.pool is None
        else part([each.pool if each.pool is not None else Exact(0) for each, *_ in drawn]),
        at=None if expr.at is None else part([each.at or Exact(0) for each in cohort.members]),
        empty=part([each.empty for each in cohort.members]),
        refused=np.array(cohort.refused, bool),
        in_order=lambda: places,
        name=names.__getitem__,
    )


@pytest.mark.parametrize("op", list(CohortOp))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_everyone_is_told_the_same_as_one_by_one(op: CohortOp, data: st.DataObject) -> None:
    cohort, parts = data.draw(cohorts(op))
    found = statistic(cohort.expr, columns(cohort, parts))
    expected = told(cohort.expr, cohort.members)
    for place, member in enumerate(cohort.members):
        group = int(found.standing.groups[place])
        if group >= 0 and found.open[group]:
            assert is_left_to_one_by_one(cohort.expr, expected.undividable.get(member), expected.facts.get(member))
        elif not cohort.refused[place] or not cohort.expr.groups:
            assert value_at(found.values, int(found.states[place]), place) == expected.facts[member].value


def is_left_to_one_by_one(expr: CohortAggregate, why: Undividable | None, fact: CohortFact | None) -> bool:
    """Only pools that cannot be divided, or are not known, are, where nothing is pending."""
    return expr.op is CohortOp.APPORTIONMENT and (
        why is not None or (fact is not None and isinstance(fact.value, State))
    )


def value_at(values: object, state: int, place: int) -> Value:
    if state:
        return STATES[state]
    if isinstance(values, Figures):
        return values.at(place)
    assert isinstance(values, np.ndarray)
    return bool(values[place])


@pytest.mark.parametrize("family", [scaled, quotients, close, nearer, closer])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_keys_are_in_the_order_of_the_numbers(family: st.SearchStrategy[Fraction], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(family, min_size=1, max_size=12))
    keys = keys_of(figures_of(numbers)).tolist()
    for x, of_x in zip(numbers, keys, strict=True):
        for y, of_y in zip(numbers, keys, strict=True):
            assert (x < y, x == y) == (of_x < of_y, of_x == of_y)


@pytest.mark.parametrize(("op", "body"), [(CohortOp.ALL, False), (CohortOp.ANY, True)])
def test_who_is_perhaps_asked_decides_nothing(op: CohortOp, *, body: bool) -> None:
    expr = CohortAggregate("cohort.1", op, body=EXPR, where=EXPR, kind=Number(), origin=HERE)
    asked = Part(np.array([False]), np.array([code_of_state(State.MISSING)], np.uint8))
    members = Members(
        rows=1,
        body=Part(np.array([body])),
        where=asked,
        refused=np.zeros(1, bool),
        in_order=lambda: np.zeros(1, np.int64),
        name=str,
    )
    assert STATES[int(statistic(expr, members).states[0])] is State.MISSING
