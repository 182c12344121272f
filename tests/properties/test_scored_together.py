"""Scored together, rulesets that only extend a base give what the base gives, however its entities are divided."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules import api, score_together
from perfrules.evaluate.cohort.passes import Entity, compare_together
from perfrules.plan.together import together
from perfrules.writers.canonical import canonical_text
from perfrules.writers.result_tree import result_tree
from tests.strategies.rulesets import WrittenRuleset, valid_ruleset

MODEST = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 2**32).map(Random)

Row = dict[str, object]


def extensions(written: WrittenRuleset, count: int) -> list[api.Ruleset]:
    """Return rulesets that add nothing to the one that was written."""
    files = {**written.files, "random.rules.perfrules": written.text.encode()}
    return [
        api.loads(f'ruleset own.e{number} version "1" extends random.rules {{\n}}\n', read_resource=files.get)
        for number in range(count)
    ]


def entities(written: WrittenRuleset, ruleset: api.Ruleset, random: Random) -> list[Row]:
    name = ruleset.plan.entity_name
    return [{name: f"entity {number}", **written.row(random)} for number in range(random.randint(2, 7))]


def divided(
    random: Random, rulesets: Sequence[api.Ruleset], rows: Sequence[Row]
) -> list[tuple[api.Ruleset, list[Row]]]:
    parts: list[list[Row]] = [[] for _ in rulesets]
    for row in random.sample(rows, len(rows)):
        random.choice(parts).append(row)
    return random.sample(list(zip(rulesets, parts, strict=True)), len(rulesets))


def canonical(results: Sequence[api.Result]) -> dict[str, str]:
    return {result.entity: canonical_text(result_tree(result)) for result in results}


@MODEST
@given(random=seeds)
def test_extensions_that_add_nothing_give_what_the_base_gives(random: Random) -> None:
    written, base, _ = valid_ruleset(random, compares=True)
    rows = entities(written, base, random)
    rulesets = extensions(written, random.randint(1, 3))
    expected = canonical(base.score_all(rows))
    assert canonical(score_together(divided(random, rulesets, rows))) == expected
    assert canonical(score_together(divided(random, [base, *rulesets], rows))) == expected


@MODEST
@given(random=seeds)
def test_both_evaluators_find_the_same_statistics(random: Random) -> None:
    written, base, _ = valid_ruleset(random, compares=True)
    rows = entities(written, base, random)
    rulesets = [base, *extensions(written, 2)]
    results = score_together(divided(random, rulesets, rows))
    places = {ruleset.plan.name: place for place, ruleset in enumerate(rulesets)}
    cohort = [
        Entity(each.entity, each.facts and evolve(each.facts, cohort={}), ruleset=places[each.plan.name])
        for each in results
    ]
    joined = together([ruleset.plan for ruleset in rulesets])
    for slowly, quickly in zip(
        compare_together(joined, cohort, reference=True), compare_together(joined, cohort), strict=True
    ):
        assert (slowly.facts, slowly.problems) == (quickly.facts, quickly.problems)
