"""The result that people see: statuses, stages of an indicator, vetoes, what left the denominator."""

from fractions import Fraction

import pytest

from perfrules.diagnostics import Code, Diagnostic
from perfrules.evaluate.assemble import refused_result
from perfrules.evaluate.evaluate import GENERATE_AFTER, evaluate
from perfrules.evaluate.generated import TAKEN, Way
from perfrules.evaluate.result import AppliedVeto, Result, Status
from perfrules.evaluate.sections import IndicatorStatus
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Combine, CombineOp, CompareOp, Member, NodeRef, Origin, ShareRule
from perfrules.ir.inputs import Facts, Override
from perfrules.ir.plan import MarksStyle, OutlineItem, Plan, ResultOutline, Role, VetoOutline
from perfrules.lang.kinds import Date, YesNo
from perfrules.lang.rounding import Decimals, Mode, Rounding
from perfrules.lang.states import State
from tests.strategies.building import constant, declare, facts_of, node, plan_of
from tests.unit.evaluate.evaluating import AT, CALENDAR

POLICY = Origin("missing policy", "score")


def item(code: str, *children: OutlineItem) -> OutlineItem:
    short = code.rpartition(".")[2]
    return OutlineItem(
        code=code,
        short=short,
        title=f"Title {short}",
        style=MarksStyle.POINTS,
        amount_text="10 points",
        children=children,
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    """A1 rounds a third of x and can be zeroed; A2 answers a missing y with zero; A3 may not apply; A rescales."""
    third = core.Arith(core.ArithOp.DIVIDE, (core.Input("x"), constant(3)))
    final = core.Select(((NodeRef("A.A1/veto.1"), constant(0)),), NodeRef("A.A1/overridden"))
    policy = core.Recover(core.Input("y"), State.MISSING, constant(0), origin=POLICY)
    applies = core.Select(((core.Input("open"), constant(4)),), core.StateConst(State.EXCLUDED))
    members = tuple(Member(f"A.A{k}", NodeRef(f"A.A{k}"), None, constant(10)) for k in (1, 2, 3))
    grades = (core.Step(core.Between(constant(10), None, True, False), core.Const("good"), AT),)
    low = core.Compare(CompareOp.LESS, NodeRef("total"), constant(10))
    nodes = [
        node("A.A1/full", constant(10), Role.FULL, "A.A1"),
        node("A.A1/measure", core.Input("x"), Role.MEASURE, "A.A1"),
        node("A.A1/score", third, Role.SCORE, "A.A1"),
        node(
            "A.A1/rounded", core.Round(NodeRef("A.A1/score"), Rounding(Mode.HALF_UP, Decimals(1))), Role.ROUNDED, "A.A1"
        ),
        node("A.A1/overridden", core.Overridable("A.A1", NodeRef("A.A1/rounded")), Role.OVERRIDDEN, "A.A1"),
        node("A.A1/veto.1", core.Input("fraud"), Role.VETO, "A.A1"),
        node("A.A1", final, Role.FINAL, "A.A1"),
        node("A.A2", policy, Role.FINAL, "A.A2"),
        node("A.A3", applies, Role.FINAL, "A.A3"),
        node("A", Combine(CombineOp.SUM, members, ShareRule.RESCALE), Role.FINAL, "A"),
        node("total", NodeRef("A"), Role.TOTAL),
        node("grade", core.Steps(NodeRef("total"), grades, core.Const("poor")), Role.GRADE),
        node("decision.strict", low, Role.DECISION),
        node("alert.red", core.Select(((low, core.Const("red")),), core.Const("green")), Role.ALERT),
        node("output.back", core.Arith(core.ArithOp.SUBTRACT, (constant(30), NodeRef("total"))), Role.OUTPUT),
        node("flag.watch", core.Input("fraud"), Role.FLAG),
    ]
    inputs = [
        declare("x", decimals=1),
        declare("y", decimals=0, optional=True),
        declare("open", YesNo()),
        declare("fraud", YesNo()),
    ]
    return plan_of(
        nodes,
        inputs,
        outline=(item("A", item("A.A1"), item("A.A2"), item("A.A3")), item("B", item("B.A1"))),
        vetoes=(VetoOutline(node="A.A1/veto.1", indicator="A.A1", reason="fraud", effect="zero"),),
        grades=("good", "poor"),
        decisions=(ResultOutline(name="strict", title=None, node="decision.strict"),),
        alerts=(ResultOutline(name="red", title=None, node="alert.red"),),
        outputs=(ResultOutline(name="back", title=None, node="output.back"),),
        flags=("watch",),
    )


def facts(**changed: object) -> Facts:
    plain: dict[str, object] = {"x": Fraction(20), "y": Fraction(3), "open": True, "fraud": False}
    overrides = changed.pop("overrides", {})
    return facts_of({**plain, **changed}, overrides=overrides)  # type: ignore[dict-item]


def test_a_final_result(plan: Plan) -> None:
    result = evaluate(plan, facts())
    assert (result.status, result.total, result.grade) == (Status.FINAL, Fraction("13.7"), "good")
    assert result.total_unrounded == result.total
    assert (result.decisions, result.alerts, result.flags) == ({"strict": False}, {"red": "green"}, {"watch": False})
    assert result.outputs == {"back": Fraction("16.3")}
    assert (result.vetoes, result.left_out, result.problems, result.enclosures) == ((), (), (), {})


def test_the_stages_of_an_indicator(plan: Plan) -> None:
    found = evaluate(plan, facts())["A.A1"]
    assert (found.status, found.score, found.unvetoed) == (IndicatorStatus.SCORED, Fraction("6.7"), Fraction("6.7"))
    assert (found.unrounded, found.computed) == (Fraction(20, 3), Fraction(20, 3))
    assert (found.full, found.measure, found.title) == (10, 20, "Title A1")


def test_an_override_is_shown_beside_what_was_computed(plan: Plan) -> None:
    override = Override(value=Fraction(9), by="head", why="appeal")
    found = evaluate(plan, facts(overrides={"A.A1": override}))["A.A1"]
    assert (found.score, found.unrounded, found.override) == (9, Fraction(20, 3), override)


def test_a_veto_takes_the_marks_and_gives_its_reason(plan: Plan) -> None:
    result = evaluate(plan, facts(fraud=True))
    found = result["A.A1"]
    assert (found.status, found.score, found.unvetoed) == (IndicatorStatus.VETOED, 0, Fraction("6.7"))
    assert result.vetoes == (AppliedVeto("fraud", "zero", "A.A1"),)
    assert (result.total, result.grade, result.decisions) == (7, "poor", {"strict": True})


def test_a_missing_policy_shows(plan: Plan) -> None:
    result = evaluate(plan, facts(y=State.MISSING))
    assert (result["A2"].status, result["A2"].score) == (IndicatorStatus.MISSING, 0)


def test_what_does_not_apply_leaves_the_denominator(plan: Plan) -> None:
    result = evaluate(plan, facts(open=False))
    assert (result["A3"].status, result["A3"].score) == (IndicatorStatus.EXCLUDED, None)
    assert result.left_out == ("A.A3",)
    assert result.total == Fraction("9.7") * 30 / 20


@pytest.mark.parametrize("reference", [True, False])
def test_what_a_person_has_yet_to_decide_makes_it_provisional(plan: Plan, reference: bool) -> None:
    result = evaluate(plan, facts(x=State.PENDING), reference=reference)
    assert (result.status, result.total, result.grade) == (Status.PROVISIONAL, None, None)
    assert (result["A.A1"].status, result["A2"].status) == (IndicatorStatus.PENDING, IndicatorStatus.SCORED)
    assert (result.decisions, result.alerts) == ({"strict": None}, {"red": None})


def test_a_short_code_must_be_unambiguous(plan: Plan) -> None:
    result = evaluate(plan, facts())
    assert result["A2"] == result["A.A2"]
    with pytest.raises(KeyError):
        result["A1"]
    with pytest.raises(KeyError):
        result["C"]


def test_indicators_are_in_the_order_of_the_rubric(plan: Plan) -> None:
    assert list(evaluate(plan, facts()).indicators) == ["A", "A.A1", "A.A2", "A.A3", "B", "B.A1"]


def test_a_refused_entity_has_problems_and_no_values(plan: Plan) -> None:
    problem = Diagnostic(Code.DATA_MISSING)
    result = refused_result(plan, "e", [problem])
    assert (result.status, result.problems) == (Status.REFUSED, (problem,))
    assert (result.total, result.total_unrounded, result.grade, dict(result.indicators)) == (None, None, None, {})
    assert (result.decisions, result.vetoes, result.left_out, result.enclosures) == ({}, (), (), {})


def test_a_date_outside_the_calendar_refuses_the_entity() -> None:
    workdays = core.DateDifference(True, core.Input("a"), core.Input("a"))
    plan = plan_of([node("d", workdays)], [declare("a", Date())], calendar=CALENDAR)
    result: Result = evaluate(plan, facts_of({"a": CALENDAR.last.replace(year=2025)}))
    assert result.status is Status.REFUSED
    assert [problem.code for problem in result.problems] == [Code.OUTSIDE_CALENDAR]


def test_the_result_is_the_same_before_and_after_code_is_generated(plan: Plan) -> None:
    generated = TAKEN[Way.GENERATED]
    results = [evaluate(plan, facts(x=Fraction(k, 10))) for k in range(2 * GENERATE_AFTER)]
    assert TAKEN[Way.GENERATED] >= generated + GENERATE_AFTER
    for k, result in enumerate(results):
        assert result.total == evaluate(plan, facts(x=Fraction(k, 10)), reference=True).total
