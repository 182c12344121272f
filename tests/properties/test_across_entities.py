"""Rules across entities: no order matters, equals are treated as equals, and the statistics are what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules import api
from perfrules.evaluate import generated, reference
from perfrules.evaluate.cohort.passes import evaluate_cohort
from perfrules.evaluate.result import Result
from perfrules.ir.inputs import Facts
from perfrules.lang.irrational import sqrt
from perfrules.lang.states import State
from perfrules.writers.canonical import canonical_text
from perfrules.writers.result_tree import result_tree
from tests.strategies.rulesets import LEVELS, WrittenRuleset, compiled, valid_ruleset

MODEST = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 2**32).map(Random)


def cohort_of(written: WrittenRuleset, ruleset: api.Ruleset, random: Random, size: int) -> list[dict[str, object]]:
    name = ruleset.plan.entity_name
    return [{name: f"entity {number}", **written.row(random)} for number in range(size)]


def canonical(results: Sequence[Result]) -> dict[str, str]:
    return {result.entity: canonical_text(result_tree(result)) for result in results}


@MODEST
@given(random=seeds, size=st.integers(1, 6))
def test_the_order_of_the_entities_does_not_matter(random: Random, size: int) -> None:
    written, ruleset, _ = valid_ruleset(random, compares=True)
    rows = cohort_of(written, ruleset, random, size)
    expected = canonical(ruleset.score_all(rows))
    random.shuffle(rows)
    assert canonical(ruleset.score_all(rows)) == expected


@MODEST
@given(random=seeds)
def test_the_order_of_the_statements_does_not_matter(random: Random) -> None:
    written, ruleset, _ = valid_ruleset(random, compares=True)
    rows = cohort_of(written, ruleset, random, 4)
    other = compiled(written, written.shuffled(random)).ruleset
    assert other is not None
    for before, after in zip(ruleset.score_all(rows), other.score_all(rows), strict=True):
        assert (before.status, before.total, before.grade) == (after.status, after.total, after.grade)
        assert {code: each.score for code, each in before.indicators.items()} == {
            code: each.score for code, each in after.indicators.items()
        }


@MODEST
@given(random=seeds)
def test_equal_entities_have_equal_results(random: Random) -> None:
    written, ruleset, _ = valid_ruleset(random, compares=True)
    if "across apportionment" in written.used:  # what is left over goes by the names
        return
    rows = cohort_of(written, ruleset, random, 3)
    twins = [*rows, {**rows[0], ruleset.plan.entity_name: "twin"}]
    results = ruleset.score_all(twins)
    first, twin = (result_tree(results[name]) for name in ("entity 0", "twin"))
    for tree in (first, twin):
        del tree["entity"]
        tree["problems"] = [each["code"] for each in tree["problems"]]
    assert first == twin


@MODEST
@given(random=seeds)
def test_both_evaluators_give_a_cohort_the_same_results(random: Random) -> None:
    written, ruleset, _ = valid_ruleset(random, compares=True)
    results = ruleset.score_all(cohort_of(written, ruleset, random, 4))
    cohort: list[tuple[str, Facts | None]] = [(each.entity, each.facts and _bare(each.facts)) for each in results]
    slowly = evaluate_cohort(ruleset.plan, cohort, reference=True)
    for result, slow in zip(results, slowly, strict=True):
        if result.facts is None or slow is None or slow.trace is None:
            continue
        traces = [
            evaluate(ruleset.plan, result.facts) for evaluate in (reference.evaluate_nodes, generated.evaluate_nodes)
        ]
        assert dict(traces[0]) == dict(traces[1])


def _bare(facts: Facts) -> Facts:
    return Facts(
        entity=facts.entity, values=facts.values, judged=facts.judged, overrides=facts.overrides, as_of=facts.as_of
    )


@MODEST
@given(random=seeds)
def test_what_is_decided_later_lies_within_what_was_open(random: Random) -> None:
    written, ruleset, _ = valid_ruleset(random, compares=True)
    if not written.judged or "amounts group amounts" in written.used:  # full marks that differ from row to row
        return
    rows = cohort_of(written, ruleset, random, 3)
    for row in rows:
        for name in [name for name in row if ".override." in name]:
            del row[name]
    before = ruleset.score_all(rows)
    after = ruleset.score_all([_decided(written, row, random) for row in rows])
    for open_, final in zip(before, after, strict=True):
        if final.trace is None:
            continue
        for node, enclosure in open_.enclosures.items():
            value = final.trace[node]
            if isinstance(value, Fraction) and open_.trace is not None and open_.trace[node] is State.PENDING:
                assert enclosure.numbers is not None
                assert value in enclosure.numbers, (node, value, enclosure.numbers)


def _decided(written: WrittenRuleset, row: dict[str, object], random: Random) -> dict[str, object]:
    """Complete the judgements of a row: whatever is open gets the mark of a level."""
    decided = dict(row)
    for code, full in written.judged:
        if f"{code}.mark" not in row:
            level = row.get(f"{code}.level") or random.choice(LEVELS)
            share = {LEVELS[0]: Fraction(1), LEVELS[1]: Fraction(13, 20)}.get(str(level), Fraction(0))
            decided |= {f"{code}.level": level, f"{code}.mark": full * share, f"{code}.by": "b", f"{code}.reason": "r"}
    return decided


# --- The statistics, computed once more from their definitions

ALL_STATISTICS = api.loads("""
ruleset statistics "Statistics" version "1" {
  input x : number decimals 1 in [0, 9]
  input w : number decimals 0 in [1, 5]
  output o_sum    : number = sum(x across entities)
  output o_mean   : number = mean(x across entities)
  output o_median : number = median(x across entities)
  output o_min    : number = min(x across entities)
  output o_max    : number = max(x across entities)
  output o_kinds  : count  = count distinct(x across entities)
  output o_large  : count  = count(across entities where x > 4)
  output o_share  : %      = share(x > 4 across entities)
  output o_trim   : number = trimmed mean(x across entities drop 1 high 1 low when at least 3)
  output o_spread : number = population standard deviation(x across entities)
  output r_best   : number = rank(x across entities, highest first, ties share best)
  output r_worst  : number = rank(x across entities, lowest first, ties share worst)
  output r_mean   : number = rank(x across entities, highest first, ties share mean)
  output r_dense  : number = rank(x across entities, lowest first, ties share dense)
  output p_near   : number = percentile(x across entities at 40%, nearest rank)
  output p_inter  : number = percentile(x across entities at 40%, interpolated)
  output p_below  : %      = percentile rank(x across entities, strictly below)
  output p_most   : %      = percentile rank(x across entities, at or below)
  output p_mid    : %      = percentile rank(x across entities, midpoint)
  output a_part   : number = share(7 by w across entities to 1 decimals largest remainder, ties by entity)
}
""")

Values = list[Fraction]
OF_ALL: dict[str, Callable[[Values], object]] = {
    "o_sum": lambda xs: sum(xs, Fraction(0)),
    "o_mean": lambda xs: sum(xs, Fraction(0)) / len(xs),
    "o_median": lambda xs: (sorted(xs)[(len(xs) - 1) // 2] + sorted(xs)[len(xs) // 2]) / 2,
    "o_min": lambda xs: sorted(xs)[0],
    "o_max": lambda xs: sorted(xs)[-1],
    "o_kinds": lambda xs: len(set(xs)),
    "o_large": lambda xs: len([x for x in xs if x > 4]),
    "o_share": lambda xs: Fraction(len([x for x in xs if x > 4]), len(xs)),
    "o_trim": lambda xs: _mean(sorted(xs)[1:-1]) if len(xs) >= 3 else _mean(xs),
    "o_spread": lambda xs: sqrt(_mean([(x - _mean(xs)) ** 2 for x in xs])),
    "p_near": lambda xs: next(x for x in sorted(xs) if 5 * len([y for y in xs if y <= x]) >= 2 * len(xs)),
    "p_inter": lambda xs: _interpolated(xs, Fraction(2, 5)),
}
OF_EACH: dict[str, Callable[[Fraction, Values], object]] = {
    "r_best": lambda x, xs: 1 + len([y for y in xs if y > x]),
    "r_worst": lambda x, xs: len([y for y in xs if y <= x]),
    "r_mean": lambda x, xs: len([y for y in xs if y > x]) + Fraction(1 + len([y for y in xs if y == x]), 2),
    "r_dense": lambda x, xs: 1 + len({y for y in xs if y < x}),
    "p_below": lambda x, xs: Fraction(len([y for y in xs if y < x]), len(xs)),
    "p_most": lambda x, xs: Fraction(len([y for y in xs if y <= x]), len(xs)),
    "p_mid": lambda x, xs: (len([y for y in xs if y < x]) + Fraction(len([y for y in xs if y == x]), 2)) / len(xs),
}


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _interpolated(values: Values, at: Fraction) -> Fraction:
    """Walk along the sorted values: between neighbours the place grows by 1/(n − 1)."""
    ordered, place = sorted(values), at * (len(values) - 1)
    for low, high in pairwise(ordered):
        if place <= 1:
            return low + place * (high - low)
        place -= 1
    return ordered[-1]


tenths = st.integers(0, 90).map(lambda n: Fraction(n, 10)) | st.integers(0, 3).map(Fraction)


@settings(max_examples=60, deadline=None)
@given(data=st.lists(st.tuples(tenths, st.integers(1, 5)), min_size=1, max_size=9))
def test_statistics_are_what_their_definitions_say(data: list[tuple[Fraction, int]]) -> None:
    xs = [x for x, _ in data]
    results = ALL_STATISTICS.score_all([{"entity": f"{n:03}", "x": x, "w": w} for n, (x, w) in enumerate(data)])
    for result, x in zip(results, xs, strict=True):
        found = dict(result.outputs)
        parts = {name: compute(xs) for name, compute in OF_ALL.items()}
        parts |= {name: compute(x, xs) for name, compute in OF_EACH.items()}
        assert {name: found[name] for name in parts} == parts


@settings(max_examples=60, deadline=None)
@given(weights=st.lists(st.integers(1, 5), min_size=1, max_size=9))
def test_parts_add_up_and_are_next_to_their_quotas(weights: list[int]) -> None:
    results = ALL_STATISTICS.score_all([{"entity": f"{n:03}", "x": 1, "w": w} for n, w in enumerate(weights)])
    parts: list[Any] = [result.outputs["a_part"] for result in results]
    assert sum(parts) == 7
    quotas = [Fraction(7 * weight, sum(weights)) for weight in weights]
    assert all(abs(part - quota) < Fraction(1, 10) for part, quota in zip(parts, quotas, strict=True))
    # Whoever was served had a larger remainder than who was not, or the same and an earlier name.
    gains = [part - quota for part, quota in zip(parts, quotas, strict=True)]
    served = [(-gain, place) for place, gain in enumerate(gains) if gain > 0]
    others = [(-gain, place) for place, gain in enumerate(gains) if gain <= 0]
    remainders = {place: quota * 10 % 1 for place, quota in enumerate(quotas)}
    for _, yes in served:
        for _, no in others:
            assert (-remainders[yes], yes) < (-remainders[no], no)


@pytest.mark.parametrize("size", [1, 2])
def test_a_cohort_of_equals_has_every_place_in_common(size: int) -> None:
    results = ALL_STATISTICS.score_all([{"entity": str(n), "x": 3, "w": 1} for n in range(size)])
    assert {result.outputs["r_best"] for result in results} == {1}
    assert {result.outputs["r_worst"] for result in results} == {size}
    assert {result.outputs["o_spread"] for result in results} == {0}
