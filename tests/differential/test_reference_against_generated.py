"""Generated code gives the same value as the reference in every slot, for random plans and facts."""

from collections import Counter
from itertools import product
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings

from perfrules.evaluate import generated
from perfrules.evaluate.generated import TAKEN, Way
from perfrules.evaluate.generated.terms import Rep
from perfrules.ir import expressions as core
from perfrules.lang.rounding import Mode
from perfrules.lang.states import State
from tests.differential.comparing import difference
from tests.differential.run import compare_many
from tests.strategies.building import constant, declare, facts_of, node, plan_of
from tests.strategies.plans import Case, cases

EXERCISED = (
    *(f"class {kind.__name__}" for kind in get_args(core.Expr)),
    *(f"value {state.value}" for state in State),
    *(f"value {what}" for what in ("number", "condition", "text", "date", "records", "none", "not evaluated")),
    *(f"held as {form.value}" for form in Rep),
    "held as constant",
    *(f"combine {op} {share}" for op, share in product(core.CombineOp, (*core.ShareRule, "nothing said"))),
    *(f"round {mode} {target}" for mode, target in product(Mode, ("Decimals", "Significant", "ToStep"))),
    *(f"arith {op}" for op in core.ArithOp),
    *(f"compare {op}" for op in core.CompareOp),
    *(f"logic {op}" for op in core.LogicOp),
    *(f"parts {rule}" for rule in core.PartsRule),
    *(f"irrational {function}" for function in core.IrrationalFunction),
    *(f"tableaggregate {op}" for op in core.AggregateOp),
    *(f"way {way}" for way in Way if way is not Way.TOO_DEEP),
    "raised EvaluationDefect",
    "raised OutsideCalendar",
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_both_evaluators_agree_on_whatever_hypothesis_finds(case: Case) -> None:
    for facts in case.facts:
        assert difference(case.plan, facts) is None


@pytest.fixture(scope="module")
def compared() -> tuple[Counter[str], str | None]:
    return compare_many(6_000, seed=7)


def test_both_evaluators_agree_in_every_slot_of_thousands_of_pairs(compared: tuple[Counter[str], str | None]) -> None:
    _, reproduce = compared
    assert reproduce is None


@pytest.mark.parametrize("what", EXERCISED)
def test_the_comparison_exercises(what: str, compared: tuple[Counter[str], str | None]) -> None:
    counts, _ = compared
    assert counts[what] > 0


def test_a_plan_nested_hundreds_deep_is_evaluated_by_both() -> None:
    expr: core.Expr = core.Input("x")
    for _ in range(400):
        expr = core.Arith(core.ArithOp.ADD, (expr, constant("1/2")))
    plan = plan_of([node("deep", expr)], [declare("x", decimals=2)])
    facts = facts_of({"x": constant("0.25").value})
    assert difference(plan, facts) is None
    assert generated.evaluate_nodes(plan, facts)["deep"] == constant("200.25").value


def test_what_python_cannot_nest_is_left_to_the_reference() -> None:
    expr: core.Expr = core.Input("x")
    for limit in range(150):
        expr = core.Select(
            ((core.Compare(core.CompareOp.GREATER, core.Input("x"), constant(limit)), expr),), constant(limit)
        )
    plan = plan_of([node("deep", expr)], [declare("x", decimals=0)])
    facts = facts_of({"x": constant(1000).value})
    before = TAKEN[Way.TOO_DEEP]
    assert difference(plan, facts) is None
    assert TAKEN[Way.TOO_DEEP] == before + 1
