"""Passing over nodes that are like others changes nothing: not what nodes can be, not what is told of a ruleset."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules import api
from perfrules.ir.plan import Plan
from perfrules.model.resolve import resolve
from perfrules.plan.make_plan import make_plan
from perfrules.prove import prove as module
from perfrules.prove.alike import alike
from perfrules.prove.declared import declared
from perfrules.prove.survey import Given, survey
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.syntax.parse import parse
from perfrules.text import SourceText
from tests.strategies.plans import make_case

RULESETS = Path(__file__).parents[2] / "rulesets"
SEEDS = st.integers(min_value=0, max_value=10**9)
SOME = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SCORES = (
    "measure s{n} / b{n}\n  score curve of measure {{ 0% -> 0; 100% -> full }}",
    "measure s{n} / b{n}\n  score bands of measure {{ >= 90% -> full; [60%, {edge}%) -> 3; otherwise -> 0 }}",
    "measure s{n} / b{n}\n  score tally from full {{ measure below 100%: less 0.5 points per started {edge}pp }}",
    "applies when b{n} > {edge} otherwise excluded\n  measure s{n} / b{n}\n  score = min(measure, 1) * full",
    "score cases {{ when s{n} > {edge} and s{n} > 95 -> full; when s{n} > 96 -> 2; otherwise -> 0 }}",
    "measure s{n} - s{n}\n  score cases {{ when measure > 0万元 -> full; otherwise -> 0 }}",
    "measure s{n} - b{n}\n  score cases {{ when measure > {edge}万元 -> full; otherwise -> 0 }}",
    "measure s{n} / b{m}\n  score curve of measure {{ 0% -> 0; {edge}% -> full }}",
    "missing -> zero\n  score = if o{n} > {edge} then full else 0",
    "score = if o{n} > {edge} then full else 0",
)

SOUND = SCORES[:1] + SCORES[2:4] + SCORES[6:7]


def written(seed: int) -> SourceText:
    """Write a ruleset of few kinds of indicators, most of them several times, some with a mistake."""
    random = Random(seed)
    chosen = [*random.sample(SOUND, 2), *random.sample(SCORES, random.choice((0, 0, 1)))]
    lines, indicators = [], []
    for n in range(12):
        low, edge = random.choice((1,) * 60 + (0,)), random.choice((90, 90, 95, 100))
        lines += [f"input s{n} : 万元 decimals 2 in [0, {random.choice((100, 100, 90))}]"]
        lines += [f"input b{n} : 万元 decimals 2 in [{low}, 100]", f"input o{n} : number in [0, 100] optional"]
        clauses = random.choice(chosen).format(n=n, m=max(0, n - random.randint(0, 1)), edge=edge)
        indicators += [f'indicator L{n} "L" {random.choice((5, 5, 6))} points {{\n  {clauses}\n}}']
    share = random.choice(("", "excluded share rescale", "excluded share rescale"))
    inside = "\n".join([*lines, share, "round leaves to 2 decimals half up", *indicators])
    return SourceText("a", f'ruleset a "A" version "1" {{\n{inside}\n}}\n')


def plan_of(source: SourceText) -> Plan | None:
    tree = parse(source).tree
    assert isinstance(tree, Ruleset)
    plan: Plan | None = make_plan(resolve(tree, source).model).plan
    return plan


def assert_nodes_can_be_the_same(plan: Plan) -> None:
    ranges = declared(plan)
    assert survey(plan, ranges, Given(same=alike(plan))).values == survey(plan, ranges).values


@SOME
@given(SEEDS)
def test_what_nodes_of_random_plans_can_be(seed: int) -> None:
    assert_nodes_can_be_the_same(make_case(Random(seed), entities=1).plan)


@SOME
@given(SEEDS)
def test_what_nodes_of_random_rulesets_can_be(seed: int) -> None:
    plan = plan_of(written(seed))
    assert plan is not None
    assert alike(plan)
    assert_nodes_can_be_the_same(plan)


@pytest.mark.parametrize("path", sorted(RULESETS.rglob("*.perfrules")), ids=lambda path: path.stem)
def test_what_nodes_of_real_rulesets_can_be(path: Path) -> None:
    ruleset = api.compile_file(path, paths=[RULESETS]).ruleset
    if ruleset is not None:
        assert_nodes_can_be_the_same(ruleset.plan)


@SOME
@given(SEEDS)
def test_what_is_told_of_random_rulesets(seed: int) -> None:
    plan = plan_of(written(seed))
    assert plan is not None
    told = []
    for worth_it in (Fraction(-1), Fraction(2)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_WORTH_IT", worth_it)
            told.append(module.prove(plan))
    assert told[0] == told[1]
