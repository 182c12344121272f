"""What is open but can come out in one way only counts as known."""

from perfrules import api

RULES = """
ruleset settled "Settled" version "1" {
  total 100 points
  indicator A "Work" 90 points {
    score judged { "done" -> 90; "partly" -> [70, 80] }
  }
  indicator B "Report" 10 points {
    score judged { "good" -> [6, 10]; "poor" -> [0, 6) }
  }
  grades of total { high >= 90; fair >= 60; low otherwise }
  decision reward when grade = high
}
"""


def test_a_grade_that_every_outcome_shares_is_known() -> None:
    # A is 90 whatever B becomes, so the total lies in [90, 100], which is high throughout.
    result = api.loads(RULES).score({"A.level": "done"})
    assert result.status == "provisional"
    assert result.total is None
    assert (result.grade, result.decisions["reward"]) == ("high", True)
    assert result.to_dict()["grade"] == "high"


def test_a_grade_that_outcomes_differ_in_is_open() -> None:
    # A lies in [70, 80] and B in [0, 10]: 70 to 90, fair or (only at 90) high.
    result = api.loads(RULES).score({"A.level": "partly"})
    assert (result.grade, result.decisions["reward"]) == (None, None)
    assert result.to_dict()["grade"] == ["high", "fair"]


def test_an_expectation_that_every_outcome_fulfils_holds() -> None:
    from perfrules.ruletests.run import run_tests

    test = 'test "t" { given A.level = "done"; expect grade = high, decision reward, total in [90, 100] }\n}'
    rules = api.loads(RULES.rstrip().removesuffix("}") + test)
    assert run_tests(rules.plan, rules.tests)[0].failures == ()
