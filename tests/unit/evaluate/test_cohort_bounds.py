"""Where a statistic will lie while some members are open: every completion lies inside, and what is exact is exact."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.evaluate.cohort.facts import told
from perfrules.evaluate.cohort.members import Member
from perfrules.ir.expressions import CohortAggregate, CohortOp, NodeRef, PercentileMethod, TiesRule, Trimming
from perfrules.lang.interval import Interval
from perfrules.lang.states import State

BODY = NodeRef("cohort.1/of")
EMPTY = NodeRef("cohort.1/empty")


def statistic(op: CohortOp, **parts: object) -> CohortAggregate:
    return CohortAggregate("cohort.1", op, body=BODY, **parts)  # type: ignore[arg-type]  # a test names the parts


STATISTICS = (
    *(statistic(CohortOp.RANK, ties=ties, highest_first=first) for ties in TiesRule for first in (True, False)),
    *(
        statistic(CohortOp.PERCENTILE_RANK, method=method)
        for method in (PercentileMethod.STRICTLY_BELOW, PercentileMethod.AT_OR_BELOW, PercentileMethod.MIDPOINT)
    ),
    *(
        statistic(op, empty=EMPTY)
        for op in (CohortOp.MEAN, CohortOp.MEDIAN, CohortOp.MINIMUM, CohortOp.MAXIMUM, CohortOp.DEVIATION_POPULATION)
    ),
    statistic(CohortOp.SUM),
    statistic(CohortOp.COUNT_DISTINCT),
    statistic(CohortOp.COUNT),
    statistic(CohortOp.APPORTIONMENT, pool=NodeRef("cohort.1/pool"), step=Fraction(1), empty=EMPTY),
    statistic(CohortOp.APPORTIONMENT, pool=NodeRef("cohort.1/pool"), step=Fraction(1, 2), empty=EMPTY),
    statistic(CohortOp.TRIMMED_MEAN, trimming=Trimming(1, 1, 3), empty=EMPTY),
    statistic(CohortOp.PERCENTILE, method=PercentileMethod.INTERPOLATED, at=NodeRef("at"), empty=EMPTY),
    statistic(CohortOp.PERCENTILE, method=PercentileMethod.NEAREST_RANK, at=NodeRef("at"), empty=EMPTY),
)
EXACT = frozenset(
    {CohortOp.MEAN, CohortOp.MEDIAN, CohortOp.MINIMUM, CohortOp.MAXIMUM, CohortOp.SUM, CohortOp.PERCENTILE}
)

whole = st.integers(0, 4).map(Fraction)


@st.composite
def members(draw: st.DrawFn) -> Member:
    low, high = sorted((draw(whole), draw(whole)))
    known = draw(st.booleans()) or low == high
    return Member(
        entity="",
        taken=draw(st.sampled_from((True, True, True, State.PENDING))),
        body=low if known else State.PENDING,
        at=Fraction(1, 3),
        empty=Fraction(2),
        pool=Fraction(3),
        within=None if known else Interval(low, high),
        may_leave=draw(st.booleans()) and not known,
    )


def completions(member: Member) -> Iterator[Member]:
    """Every way in which a member may come out, in whole numbers."""
    if member.taken is State.PENDING:
        yield evolve(member, taken=False, body=State.EXCLUDED)
    if member.may_leave:
        yield evolve(member, taken=False, body=State.EXCLUDED)
    inside = member.within
    values = (
        [member.body] if inside is None else [Fraction(n) for n in range(int(inside.lo or 0), int(inside.hi or 0) + 1)]
    )
    yield from (evolve(member, taken=True, body=value) for value in values)


@pytest.mark.parametrize(
    "expr", STATISTICS, ids=lambda expr: f"{expr.op}-{expr.ties}-{expr.method}-{expr.highest_first}"
)
@settings(max_examples=25, deadline=None)
@given(cohort=st.lists(members(), min_size=1, max_size=4))
def test_every_completion_lies_within_the_bounds(expr: CohortAggregate, cohort: list[Member]) -> None:
    cohort = [evolve(member, entity=str(number)) for number, member in enumerate(cohort)]
    before = [told(expr, cohort).facts[member] for member in cohort]
    if all(fact.value is not State.PENDING for fact in before):
        return
    seen: list[list[Fraction]] = [[] for _ in cohort]
    for completed in product(*map(completions, cohort)):
        facts = told(expr, completed).facts
        for place, member in enumerate(completed):
            value = facts[member].value
            if isinstance(value, Fraction):
                seen[place].append(value)
    for fact, values in zip(before, seen, strict=True):
        if fact.value is not State.PENDING:
            assert set(values) <= {fact.value}
        if fact.within is not None and values:
            assert all(value in fact.within for value in values), (fact.within, sorted(set(values)))
            if expr.op in EXACT and all(member.taken is True and not member.may_leave for member in cohort):
                assert (fact.within.lo, fact.within.hi) == (min(values), max(values))


def test_who_is_first_for_sure_and_who_may_be() -> None:
    expr = statistic(CohortOp.RANK, ties=TiesRule.BEST)
    first = Member(entity="a", taken=True, body=Fraction(9))
    open_ = Member(entity="b", taken=True, body=State.PENDING, within=Interval(Fraction(3), Fraction(6)))
    third = Member(entity="c", taken=True, body=Fraction(4))
    facts = told(expr, [first, open_, third]).facts
    assert [facts[member].value for member in (first, open_, third)] == [Fraction(1), State.PENDING, State.PENDING]
    assert facts[open_].within == Interval(Fraction(2), Fraction(3))
    assert facts[third].within == Interval(Fraction(2), Fraction(3))


def test_a_part_divided_by_open_weights_lies_between_steps_and_nothing_earns_nothing() -> None:
    expr = statistic(CohortOp.APPORTIONMENT, pool=NodeRef("pool"), step=Fraction(1), empty=EMPTY)
    ten = Fraction(10)
    known = Member(entity="a", taken=True, body=Fraction(2), pool=ten, empty=Fraction(0))
    nothing = Member(entity="b", taken=True, body=Fraction(0), pool=ten, empty=Fraction(0))
    open_ = Member(
        entity="c",
        taken=True,
        body=State.PENDING,
        within=Interval(Fraction(1), Fraction(3)),
        pool=ten,
        empty=Fraction(0),
    )
    facts = told(expr, [known, nothing, open_]).facts
    assert facts[nothing].value == 0
    assert facts[nothing].count == 3
    assert facts[known].within == Interval(Fraction(4), Fraction(7))
    assert facts[open_].within == Interval(Fraction(3), Fraction(6))
