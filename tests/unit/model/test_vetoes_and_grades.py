"""Vetoes, grades, decisions, alerts and outputs."""

from fractions import Fraction

import pytest

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Between, CompareOp, Const, GradeVeto, Input, NodeRef, Origin
from perfrules.ir.plan import Deadline, VetoOutline


def number(value: int | str) -> Const:
    return Const(Fraction(value))


def ruleset(body: str) -> str:
    return (
        'ruleset t "T" version "1" {\n  total 100 points\n  input rate : % in [0%, 100%]\n'
        f"  input fraud : yes/no\n  input late : yes/no\n  input spent : 亿元 in [0, 10]\n{body}\n}}\n"
    )


LEAF = "indicator A 100 points { score = rate * full }"
GRADES = "grades of total { good >= 90; fair >= 60; poor otherwise }"


def test_a_veto_of_the_total_makes_it_0(compiled):
    found = compiled(ruleset(f'{LEAF}\nveto when fraud "Fraud" -> total 0'))
    assert found.errors == []
    assert found.nodes["total/veto.1"] == Input("fraud")
    assert found.nodes["total"] == core.Select(((NodeRef("total/veto.1"), number(0)),), NodeRef("total/combined"))
    assert found.model.vetoes == (VetoOutline(node="total/veto.1", indicator=None, reason="Fraud", effect="total 0"),)


def test_an_indicator_can_veto_the_total(compiled):
    found = compiled(ruleset("indicator A 100 points { score = rate * full; veto when fraud -> total 0 }"))
    assert found.nodes["A"] == NodeRef("A/overridden")
    assert found.nodes["total"] == core.Select(((NodeRef("A/veto.1"), number(0)),), NodeRef("total/combined"))


def test_vetoes_of_the_grade_come_after_it(compiled):
    found = compiled(ruleset(f"{LEAF}\n{GRADES}\nveto when fraud -> grade poor\nveto when late -> grade at most fair"))
    assert found.errors == []
    vetoes = (
        GradeVeto(NodeRef("grade/veto.1"), "poor", False, Origin("test")),
        GradeVeto(NodeRef("grade/veto.2"), "fair", True, Origin("test")),
    )
    assert found.nodes["grade"] == core.Demote(NodeRef("grade/reached"), ("good", "fair", "poor"), vetoes)


def test_a_flag_is_raised_by_any_of_its_vetoes(compiled):
    found = compiled(ruleset(f"{LEAF}\nveto when fraud -> flag barred\nveto when late -> flag barred"))
    assert found.model.flags == ("barred",)
    raised = core.Logic(core.LogicOp.OR, (NodeRef("total/veto.1"), NodeRef("total/veto.2")))
    assert found.nodes["flag.barred"] == raised


def test_a_veto_names_a_grade_there_is(compiled):
    found = compiled(ruleset(f"{LEAF}\n{GRADES}\nveto when fraud -> grade pour"))
    assert dict(found.only("unknown-name").args)["suggestions"] == ("poor",)


def test_grades_are_a_ladder_over_the_total(compiled):
    found = compiled(ruleset(f"{LEAF}\n{GRADES}"))
    assert found.errors == []
    reached = found.nodes["grade/reached"]
    assert isinstance(reached, core.Steps)
    assert reached.subject == NodeRef("total")
    assert [(step.takes, step.value) for step in reached.steps] == [
        (Between(number(90), None, True, False), Const("good")),
        (Between(number(60), number(90), True, False), Const("fair")),
    ]
    assert reached.otherwise == Const("poor")
    assert (found.model.grades, found.model.grade_stage) == (("good", "fair", "poor"), "total")


def test_the_stage_is_named_where_the_total_is_rounded(compiled):
    rounding = "round total to 0 decimals half up"
    silent = compiled(ruleset(f"{rounding}\n{LEAF}\ngrades {{ good >= 90; poor otherwise }}"))
    assert silent.only("stage-unstated")
    stated = compiled(ruleset(f"{rounding}\n{LEAF}\ngrades of rounded total {{ good >= 90; poor otherwise }}"))
    assert stated.errors == []
    reached = stated.nodes["grade/reached"]
    assert isinstance(reached, core.Steps)
    assert (reached.subject, stated.model.grade_stage) == (NodeRef("rounded total"), "rounded total")


def test_a_total_that_nothing_rounds_is_not_the_rounded_total(compiled):
    found = compiled(ruleset(f"{LEAF}\ngrades of rounded total {{ good >= 90; poor otherwise }}"))
    assert found.only("unknown-stage")


def test_grades_are_written_best_first(compiled):
    found = compiled(ruleset(f"{LEAF}\ngrades of total {{ fair >= 60; good >= 90; poor otherwise }}"))
    [error] = [each for each in found.diagnostics if each.code.value == "grade-order"]
    assert dict(error.args) == {"grade": "good", "edge": "90", "before": "60"}


def test_decisions_have_deadlines_for_the_caller(compiled):
    found = compiled(
        ruleset(
            f'{LEAF}\n{GRADES}\ndecision tighten "Tighter" when grade = poor within 10 workdays after notice '
            f"otherwise suspend"
        )
    )
    assert found.errors == []
    assert found.nodes["decision.tighten"] == core.Compare(CompareOp.EQUAL, NodeRef("grade"), Const("poor"))
    [decision] = found.model.decisions
    assert (decision.title, decision.node) == ("Tighter", "decision.tighten")
    assert decision.deadline == Deadline(length=number(10), written="10 workdays", event="notice", otherwise="suspend")


def test_alerts_show_the_first_light_that_holds(compiled):
    found = compiled(ruleset(f"{LEAF}\nalert pace {{ red when rate < 60%; otherwise green }}"))
    assert found.errors == []
    low = core.Compare(CompareOp.LESS, Input("rate"), number("3/5"))
    assert found.nodes["alert.pace"] == core.Select(((low, Const("red")),), Const("green"))


def test_lights_end_with_otherwise(compiled):
    found = compiled(ruleset(f"{LEAF}\nalert pace {{ red when rate < 60% }}"))
    assert dict(found.only("missing-clause").args)["clause"] == "otherwise"


def test_outputs_are_in_their_declared_unit(compiled):
    found = compiled(ruleset(f"{LEAF}\noutput back : 万元 = spent"))
    assert found.errors == []
    assert found.nodes["output.back"] == core.Arith(core.ArithOp.MULTIPLY, (Input("spent"), number(10_000)))


@pytest.mark.parametrize(
    "twice", ["decision x when fraud\ndecision x when late", "alert x { otherwise red }\nalert x { otherwise green }"]
)
def test_results_have_names_of_their_own(compiled, twice):
    assert "duplicate-name at x" in compiled(ruleset(f"{LEAF}\n{twice}")).errors


@pytest.mark.parametrize(
    ("clauses", "error"),
    [
        ("score = 1; score = 2", "twice-stated at score = 2"),
        ("score = 1; round leaves to 0 decimals half up", "wrong-place at round leaves to 0 decimals half up"),
        ("score = 1; combine best", "wrong-place at combine best"),
        ("score = 1; scale 0 to 1", "wrong-place at scale 0 to 1"),
        ("score = 1; weights relative", "wrong-place at weights relative"),
        ("score = 1; round measure to 0 decimals half up", "wrong-place at round measure to 0 decimals half up"),
        ("score = 1; indicator A1 100 points { score = rate * full }", "wrong-place at score = 1"),
    ],
)
def test_clauses_stand_once_and_where_they_mean_something(compiled, clauses, error):
    assert compiled(ruleset(f"indicator A 100 points {{ {clauses} }}")).errors == [error]
