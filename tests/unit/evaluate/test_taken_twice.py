"""Steps whose edges are data and that both take a subject: refused by whichever evaluator scored the rest."""

from fractions import Fraction

import pytest

from perfrules.diagnostics import Code
from perfrules.evaluate.evaluate import GENERATE_AFTER, evaluate
from perfrules.evaluate.result import Status
from perfrules.evaluate.taken_twice import taken_twice
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Between, Input, Origin, Step
from perfrules.lang.states import State
from tests.strategies.building import declare, facts_of, node, plan_of
from tests.unit.evaluate.evaluating import n

INPUTS = (declare("x"), declare("low"), declare("high", optional=True))


def table(*roles):
    below = Step(Between(None, Input("low"), False, True), n(1), Origin("band", roles[0]))
    above = Step(Between(Input("high"), None, True, False), n(2), Origin("band", roles[1]))
    return core.Steps(Input("x"), (below, above), n(3))


def scored(expr, x, low, high):
    plan = plan_of([node("total", expr)], INPUTS)
    values = {"x": x, "low": low, "high": high}
    facts = facts_of({name: Fraction(value) if isinstance(value, int) else value for name, value in values.items()})
    return [evaluate(plan, facts) for _ in range(GENERATE_AFTER + 2)]


@pytest.mark.parametrize(("x", "low", "high"), [(5, 6, 4), (5, 5, 5)])
def test_both_evaluators_are_held_against_the_data(x, low, high):
    results = scored(table("edge", "edge"), x, low, high)
    assert {result.status for result in results} == {Status.REFUSED}
    assert {problem.code for result in results for problem in result.problems} == {Code.BAND_OVERLAP}
    assert {problem.args["range"] for result in results for problem in result.problems} == {"5"}


@pytest.mark.parametrize(
    ("x", "low", "high"), [(5, 6, 7), (5, 3, 4), (5, 4, 6), (5, 6, State.MISSING), (State.PENDING, 6, 4)]
)
def test_what_one_step_takes_is_scored(x, low, high):
    assert all(result.status is not Status.REFUSED for result in scored(table("edge", "edge"), x, low, high))


def test_rungs_of_one_ladder_may_both_hold():
    assert all(result.trace["total"] == 1 for result in scored(table("ladder up", "ladder up"), 5, 6, 4))


def test_a_table_that_was_not_reached_is_not_held_against_the_data():
    unreached = core.Select(((core.Const(True), n(7)),), table("edge", "edge"))
    plan = plan_of([node("total", unreached)], INPUTS)
    facts = facts_of({"x": Fraction(5), "low": Fraction(6), "high": Fraction(4)})
    result = evaluate(plan, facts)
    assert result.trace["total"] == 7
    assert taken_twice(plan, facts, result.trace) == ()
