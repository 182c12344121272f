"""The front door as an engineer uses it."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

import perfrules
from perfrules.diagnostics import Code

RULES = """
ruleset demo "Demo" version "3" {
  entity town "Town"
  total 10 points
  param pass_mark : % { from 2019-01-01 -> 60%; from 2022-01-01 -> 65% "Notice 2021/40" }
  input rate "Completion" : % decimals 2 in [0%, 120%]
  table files "Cases" { input closed : yes/no }
  indicator A "Completion" 8 points {
    measure rate
    score cases { when measure >= pass_mark -> full; otherwise -> 0 }
  }
  indicator B "Cases" 2 points {
    score tally from full { c in files where not c.closed: less 0.5 points each }
  }
  grades of total { good >= 9; poor otherwise }
}
"""
DAY = date(2022, 6, 30)
SAME_AND_OTHER = ((RULES, "a/r"), (RULES, "b/r"), (RULES.replace("Completion", "Done"), "a/r"))


@pytest.fixture(scope="module")
def rules() -> perfrules.Ruleset:
    return perfrules.loads(RULES)


def test_python_values_are_read_exactly(rules: perfrules.Ruleset) -> None:
    rows = [{"closed": True}, {"closed": False}]
    result = rules.score({"Completion": "65%", "files": rows}, as_of=DAY)
    assert (result.total, result.grade, result["A"].score, result["B"].score) == (
        Fraction(19, 2),
        "good",
        8,
        Fraction(3, 2),
    )
    assert result.status == "final"


def test_the_same_data_before_and_after_a_parameter_changed(rules: perfrules.Ruleset) -> None:
    data = {"rate": "62%", "files": []}
    assert [rules.score(data, as_of=day).total for day in (date(2021, 12, 31), date(2022, 1, 1))] == [10, 2]


def test_bad_data_refuse_one_entity_and_do_not_raise(rules: perfrules.Ruleset) -> None:
    results = rules.score_all(
        [{"town": "East", "rate": Decimal("0.9"), "files": []}, {"town": "West", "rate": "90%", "files": []}], as_of=DAY
    )
    assert [result.status for result in results] == ["refused", "final"]
    assert results["East"].problems[0].code is Code.DATA_BARE_NUMBER_IN_PERCENT
    assert results["East"].total is None
    assert results["West"].total == 10


def test_a_date_that_is_needed_and_not_said_is_a_problem(rules: perfrules.Ruleset) -> None:
    never = rules.score({"rate": "62%", "files": []})
    early = rules.score({"rate": "62%", "files": []}, as_of=date(2018, 12, 31))
    assert [never.problems[0].code, early.problems[0].code] == [Code.AS_OF_NEEDED, Code.PARAMETER_UNANSWERED]
    assert never.status == early.status == "refused"


def test_a_ruleset_with_errors_raises_all_of_them_at_once() -> None:
    with pytest.raises(perfrules.RulesetError) as raised:
        perfrules.loads(RULES.replace("total 10", "total 11").replace("not c.closed", "not c.closd"))
    assert {problem.code for problem in raised.value.diagnostics} == {Code.MARKS_DO_NOT_ADD_UP, Code.UNKNOWN_NAME}
    assert "marks-do-not-add-up" in str(raised.value)


def test_compile_never_raises() -> None:
    compiled = perfrules.compile("ruleset")
    assert compiled.ruleset is None
    assert compiled.diagnostics


def test_a_ruleset_survives_pickling_with_its_hash(rules: perfrules.Ruleset) -> None:
    again = pickle.loads(pickle.dumps(rules))
    assert again == rules
    assert again.hash == rules.hash


def test_rulesets_of_one_text_are_equal_wherever_they_lie() -> None:
    here, there, another = (perfrules.loads(text, name=name) for text, name in SAME_AND_OTHER)
    assert here == there
    assert hash(here) == hash(there)
    assert here != another


def test_inputs_and_outline_describe_the_ruleset(rules: perfrules.Ruleset) -> None:
    assert [(each.name, each.title) for each in rules.inputs] == [("rate", "Completion"), ("files", "Cases")]
    assert [(item.code, item.title) for item in rules.outline] == [("A", "Completion"), ("B", "Cases")]
    assert rules.input_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_an_override_stands_in_the_result_with_who_and_why(rules: perfrules.Ruleset) -> None:
    data = {"rate": "10%", "files": [], "A.override.value": "7.5", "A.override.by": "Li", "A.override.why": "flood"}
    result = rules.score(data, as_of=DAY)
    override = result["A"].override
    assert override is not None
    assert (result["A"].score, result["A"].computed, override.by, override.why) == (Fraction(15, 2), 0, "Li", "flood")
    assert result.total == Fraction(19, 2)


def test_explanations_and_dictionaries_come_from_the_result(rules: perfrules.Ruleset) -> None:
    from perfrules.explain import text

    result = rules.score({"rate": "62%", "files": []}, as_of=DAY)
    assert result.to_dict()["indicators"]["A"]["score"] == "0"
    assert "Completion" in text(result.explain("A"), "en")
