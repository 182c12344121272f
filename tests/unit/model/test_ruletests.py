"""Tests in a ruleset: given values are held to the declarations, expectations become conditions."""

from __future__ import annotations

from datetime import date

import pytest

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp, LogicOp
from perfrules.ir.inputs import JudgedMark, Override
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.states import State

RULES = """
  input spent : 万元 decimals 2 in [0, 1000]
  input rate : % in [0%, 100%]
  input town : one of (central, western) optional
  table projects optional { input amount : 万元 in [0, 10]; input late : yes/no optional }
  indicator A { indicator A1 10 points { score judged { "good" -> [5, 10]; "bad" -> 0 } } }
  grades of total { 优 >= 8; 差 otherwise }
  decision warn when total < 5
  alert progress { red when total < 5; otherwise green }
  output back : 万元 = spent
"""
SOUND = "spent = 1, rate = 5%"


def is_number(part: core.Expr) -> bool:
    return isinstance(part, core.Const) and isinstance(part.value, Exact)


def _test(given, expect="total = 1"):
    return f'test "t" {{ given {given}\n expect {expect} }}'


def test_given_values_are_facts_in_the_declared_unit(lower):
    given = "spent = 35_000 元, rate = 95%, projects = [(amount = 3, late = yes), (amount = 4)]"
    [test] = lower(_test(given), beside=RULES).tests
    assert dict(test.facts.values) == {
        "spent": Exact(7, 2),
        "rate": Exact(19, 20),
        "town": State.MISSING,
        "projects": (
            {"amount": Exact(3), "late": True},
            {"amount": Exact(4), "late": State.MISSING},
        ),
    }


def test_judged_marks_and_pending_values_can_be_given(lower):
    given = f'{SOUND}, town = pending, A1.level = "good", A.A1.mark = 7.5'
    [test] = lower(_test(given), beside=RULES).tests
    assert test.facts.judged == {"A.A1": JudgedMark(level="good", mark=Exact(15, 2))}
    assert test.facts.values["town"] is State.PENDING


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ("spent = 1.005, rate = 5%", [("data-too-fine", "spent = 1.005")]),
        ("spent = 1001, rate = 5%", [("data-outside-range", "spent = 1001")]),
        ("spent = 3 亩, rate = 5%", [("data-wrong-unit", "spent = 3 亩")]),
        ("spent = 3 亿元, rate = 5%", [("data-misplaced-multiplier", "spent = 3 亿元")]),
        ("spent = yes, rate = 5%", [("type-mismatch-in-test", "spent = yes")]),
        ("spent = 1, rate = 5", [("data-bare-number-in-percent", "rate = 5")]),
        ("spent = missing, rate = 5%", [("data-missing", "spent = missing")]),
        (f"{SOUND}, town = north", [("data-not-an-option", "town = north")]),
        (f"{SOUND}, twon = central", [("unknown-name", "twon")]),
        (f"{SOUND}, projects = [(amount = 11)]", [("data-outside-range", "amount = 11")]),
        (f"{SOUND}, projects = [(late = no)]", [("data-missing", "(late = no)")]),
        (f"{SOUND}, projects = 3", [("type-mismatch-in-test", "projects = 3")]),
        (f'{SOUND}, A1.level = "fine"', [("data-not-an-option", 'A1.level = "fine"')]),
        (f'{SOUND}, A9.level = "good"', [("unknown-name", "A9")]),
    ],
)
def test_a_value_that_real_data_could_not_have_is_refused(lower, given, places):
    found = lower(_test(given), beside=RULES)
    assert found.places == places
    assert found.tests == ()


def test_expectations_become_conditions(lower):
    expect = (
        "A1 = 5, total in [5, 10], grade = 优, decision warn, not decision warn, alert progress = red, back = 1 万元"
    )
    [test] = lower(_test(SOUND, expect), beside=RULES).tests
    equal, reads = CompareOp.EQUAL, core.NodeRef
    total = reads("total")
    assert [each.condition for each in test.expected] == [
        core.Compare(equal, reads("A.A1"), core.Const(Exact(5))),
        core.Logic(
            LogicOp.AND,
            (
                core.Compare(CompareOp.AT_LEAST, total, core.Const(Exact(5))),
                core.Compare(CompareOp.AT_MOST, total, core.Const(Exact(10))),
            ),
        ),
        core.Compare(equal, reads("grade"), core.Const("优")),
        reads("decision.warn"),
        core.Logic(LogicOp.NOT, (reads("decision.warn"),)),
        core.Compare(equal, reads("alert.progress"), core.Const("red")),
        core.Compare(equal, reads("output.back"), core.Const(Exact(1))),
    ]
    assert [each.subject for each in test.expected][:3] == ["A.A1", "total", "grade"]
    assert test.expected[1].enclosure == Interval(Exact(5), Exact(10))
    assert test.expected[0].text == "A1 = 5"


@pytest.mark.parametrize(
    ("expect", "place"), [("decision warm", "warm"), ("alert progres = red", "progres"), ("bakc = 1 万元", "bakc")]
)
def test_an_expectation_names_what_exists(lower, expect, place):
    found = lower(_test(SOUND, expect), beside=RULES)
    assert found.places == [("unknown-name", place)]
    assert found.tests == ()


def test_examples_stand_in_a_file(lower):
    heading = "case,spent,rate,A1.level,expect A1,expect decision warn,expect back"
    content = f"{heading}\n1,3,5%,bad,0,yes,3 万元\n2,4,5%,,pending,,\n"
    found = lower('test "all" { examples from "c.csv" }', files={"c.csv": content.encode()}, beside=RULES)
    assert found.codes == []
    first, second = found.tests
    assert first.title == "all (c.csv:2)"
    assert first.facts.judged["A.A1"].level == "bad"
    assert [each.text for each in first.expected] == ["A1 = 0", "decision warn = yes", "back = 3 万元"]
    assert [each.condition for each in second.expected] == [core.IsState(core.NodeRef("A.A1"), State.PENDING)]


def test_what_is_wrong_in_a_file_of_examples_is_told_by_row_and_column_and_offers_no_change_of_the_text(lower):
    content = "case,spent,rate,expect A1.measure,expect A1\n1,3 亩,5%,,\n2,yes,5%,,\n3,3,5%,,5%\n"
    found = lower('test "all" { examples from "c.csv" }', files={"c.csv": content.encode()}, beside=RULES)
    told = [(each.code.value, each.where.row, each.where.column, each.args.get("value")) for each in found.diagnostics]
    assert sorted(told, key=str) == [
        ("data-wrong-unit", 2, None, "3 亩"),
        ("kinds-differ", 4, "expect A1", None),
        ("type-mismatch-in-test", 3, None, "yes"),
    ]
    assert [each.fix for each in found.diagnostics] == [None, None, None]


def test_a_bare_number_is_in_the_declared_unit_in_what_is_given_and_expected(lower):
    expect = "back = 1, spent = 1, back in [-1, 3], back in one of (1, 2)"
    [test] = lower(_test(SOUND, expect), beside=RULES).tests
    constants = [part.value for each in test.expected for part in everything(each.condition) if is_number(part)]
    assert constants == [1, 1, -1, 3, 1, 2]
    named = lower("let twice = spent * 2\n" + _test(SOUND, "twice = 2, back = 5%"), beside=RULES)
    assert named.places == [("kinds-differ", "2"), ("kinds-differ", "5%")]


def test_lines_of_several_entities_are_a_cohort_in_the_order_of_what_is_given(lower):
    given = f'given b: {SOUND}\n given "a c": {SOUND}\n given b: town = western'
    found = lower(f'test "t" {{ {given}\n expect "a c": total = 1\n expect b: back = 1, total = 2 }}', beside=RULES)
    first, second = found.tests
    assert [first.title, first.facts.entity, second.facts.entity] == ["t (b)", "b", "a c"]
    assert [first.facts.values["town"], second.facts.values["town"]] == ["western", State.MISSING]
    assert [[each.text for each in test.expected] for test in found.tests] == [["back = 1", "total = 2"], ["total = 1"]]
    assert first.cohort == second.cohort is not None


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (f"given a: {SOUND}\n given {SOUND}\n expect a: total = 1", ("entity-unnamed", "spent = 1")),
        (f"given a: {SOUND}\n expect total = 1", ("entity-unnamed", "total = 1")),
        (f"given {SOUND}\n expect a: total = 1", ("entity-unnamed", "spent = 1")),
        (f'given a: {SOUND}\n examples from "c.csv"', ("entity-unnamed", '"c.csv"')),
        (f"given a: {SOUND}\n expect b: total = 1", ("unknown-name", "b")),
    ],
)
def test_a_test_names_entities_everywhere_or_nowhere(lower, lines, place):
    found = lower(f'test "t" {{ {lines} }}', files={"c.csv": b"spent\n1\n"}, beside=RULES)
    assert found.places == [place]
    assert found.tests == () or place[0] == "unknown-name"


def test_a_test_says_as_of_when_if_a_parameter_changes_inside_the_period(lower):
    dated = "effective 2021-01-01 to 2021-12-31\nparam p : number { from 2020-01-01 -> 1; from 2021-07-01 -> 2 }\n"
    assert lower(dated + _test(SOUND), beside=RULES).codes == ["as-of-needed"]
    as_of = f'test "t" {{ as of 2021-03-01\n given {SOUND}\n expect total = 1 }}'
    [test] = lower(dated + as_of, beside=RULES).tests
    assert test.facts.as_of == date(2021, 3, 1)


def test_an_override_needs_a_value_a_name_and_a_reason(lower):
    whole = f'{SOUND}, A1.override.value = 3, A1.override.【by】 = "Li", A1.override.why = "appeal"'
    [test] = lower(_test(whole), beside=RULES).tests
    assert test.facts.overrides == {"A.A1": Override(value=Exact(3), by="Li", why="appeal")}
    found = lower(_test(f"{SOUND}, A1.override.value = 3"), beside=RULES)
    assert found.codes == ["data-override-incomplete"]
