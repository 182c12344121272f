"""Whatever the rules and the data: losses add up to what is lacking, and every claim is confirmed by evaluation."""

import json
import re
from fractions import Fraction
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.evaluate.evaluate import evaluate
from perfrules.evaluate.result import Result
from perfrules.explain import EntityExplanation, IndicatorExplanation, explain
from perfrules.explain.explanation import Change, Contribution
from perfrules.explain.statement import Figure, Statement
from perfrules.ir import expressions as core
from perfrules.ir.plan import Role
from tests.strategies.rubrics import Rubric, make_rubric
from tests.support.explained import plan_of, result_of

rubrics = st.integers(0, 10**6).map(lambda seed: make_rubric(Random(seed)))
A_LITTLE = Fraction(1, 10**12)


def scored(rubric: Rubric) -> Result:
    return result_of(plan_of(rubric.text), rubric.data)


def indicators(result: Result) -> list[IndicatorExplanation]:
    found = [explain(result, code) for code in result.indicators]
    assert all(isinstance(each, IndicatorExplanation) for each in found)
    return found  # type: ignore[return-value]


@settings(max_examples=60, deadline=None)
@given(rubrics)
def test_losses_add_up_to_full_less_score(rubric):
    result = scored(rubric)
    for explained in indicators(result):
        if explained.score is not None:
            assert sum(loss.amount for loss in explained.losses) == explained.full - explained.score, explained.code
    whole = explain(result)
    assert isinstance(whole, EntityExplanation)
    if whole.contribution.score is not None:
        assert sum(loss.amount for loss in whole.losses) == whole.full - whole.total


@settings(max_examples=60, deadline=None)
@given(rubrics)
def test_the_tree_gives_each_parent_what_its_children_earned(rubric):
    whole = explain(scored(rubric))
    if whole.contribution.score is None:
        return
    for parent in every(whole.contribution):
        shares = [child for child in parent.children if child.share is not None and child.score is not None]
        if not shares or len(shares) < len([child for child in parent.children if child.score is not None]):
            continue
        items = sum(loss.amount for loss in parent.losses if loss.cause not in ("child", "bonus", "excluded", "base"))
        earned = sum(child.share * child.score for child in shares)
        assert parent.score == earned - items, parent.code


@settings(max_examples=40, deadline=None)
@given(rubrics)
def test_every_change_gives_what_it_claims(rubric):
    result = scored(rubric)
    for explained in indicators(result):
        for change in explained.changes:
            assert change.gain > 0
            assert change.score == explained.score + change.gain
            confirm_on_measure(result, explained.code, change)
            confirm_by_inputs(result, explained.code, change)


@settings(max_examples=40, deadline=None)
@given(rubrics)
def test_the_better_grade_is_reached_at_its_total_and_not_before(rubric):
    result = scored(rubric)
    grade = explain(result).grade
    if grade is None or grade.better is None:
        return
    order = result.plan.grades.index
    node = result.plan.grade_stage or "total"
    to = grade.better.to.value
    above, below = (to + A_LITTLE, to) if grade.better.beyond else (to, to - A_LITTLE)
    assert with_node(result, node, above).grade == grade.better.grade
    assert order(with_node(result, node, below).grade) >= order(result.grade)


@settings(max_examples=40, deadline=None)
@given(rubrics, st.sampled_from(("en", "zh")), st.integers(40, 120))
def test_pages_are_whole_in_both_languages(rubric, language, width):
    result = scored(rubric)
    for explained in (explain(result), *indicators(result)):
        page = explained.text(language, width)
        assert not re.search(r"\{\w+\}|\b(page|word|tally|loss|change|expression|aggregate)\.[a-z]", page), page
        assert page == explained.text(language, width)
        json.dumps(explained.to_dict(), allow_nan=False)


def every(tree: Contribution | None):
    if tree is not None:
        yield tree
        for child in tree.children:
            yield from every(child)


def with_node(result: Result, id_: str, value: Fraction) -> Result:
    """Evaluate everything again with a node that holds another number."""
    nodes = tuple(
        evolve(node, expr=core.Const(value, kind=node.kind)) if node.id == id_ else node for node in result.plan.nodes
    )
    return evaluate(evolve(result.plan, nodes=nodes), result.facts, reference=True)


def confirm_on_measure(result: Result, code: str, change: Change) -> None:
    if not isinstance(change.on, Statement) or change.on.key != "of-indicator.measure":
        return
    node = next(node for node in result.plan.nodes if (node.indicator, node.role) == (code, Role.MEASURE))
    up = change.upward
    value = change.to.value + ((A_LITTLE if up else -A_LITTLE) if change.beyond else 0)
    assert with_node(result, node.id, value)[code].score == change.score


def confirm_by_inputs(result: Result, code: str, change: Change) -> None:
    for by in change.by:
        if change.construct == "record":
            now = result.facts.values[by.name]
            gone = int(by.to.args[0][1]) - 1
            value = now[:gone] + now[gone + 1 :]
        elif isinstance(by.to, Figure):
            value = by.to.value
        else:
            value = {"yes": True, "no": False}[by.to.key] if not isinstance(by.to, str) else by.to
        facts = evolve(result.facts, values={**result.facts.values, by.name: value})
        then = evaluate(result.plan, facts)[code].score
        assert then >= change.score
        if change.difference is None:
            assert then == change.score


@pytest.mark.parametrize("seed", range(3))
def test_rubrics_are_not_all_alike(seed):
    found = {method for number in range(40) for method in methods(make_rubric(Random(1000 * seed + number)))}
    assert {"curve", "bands", "cases", "tally", "judged", "="} <= found


def methods(rubric: Rubric) -> set[str]:
    return set(re.findall(r"score (curve|bands|cases|tally|judged|=)", rubric.text))
