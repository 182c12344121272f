"""Lines of a tally that data bring below zero, whichever evaluator scored the rest."""

from typing import Any

import pytest

from perfrules import api
from perfrules.diagnostics import Code
from perfrules.evaluate.evaluate import GENERATE_AFTER
from perfrules.evaluate.result import Result, Status

RULESET = """ruleset t.r "T" version "1" {{
  base 100 points
  param step : number {{ from 2020-01-01 -> -2 }}
  effective 2024-01-01 to 2024-12-31
  input a : count in [0, 20]
  input b : count in [0, 20]
  input ok : yes/no
  input cap : points in [-5, 5]
  table rows "Rows" {{ input worth : points in [-5, 5] }}
  indicator A bonus 50 points {{ score tally from 0 {{
    {line}
    unbounded
  }} }}
}}
"""


def scored(line: str, **data: Any) -> list[Result]:
    """Score once more than the reference evaluator does."""
    ruleset = api.loads(RULESET.format(line=line))
    given = {"a": 3, "b": 5, "ok": True, "cap": -1, "rows": [], **data}
    return [ruleset.score(given) for _ in range(GENERATE_AFTER + 2)]


@pytest.mark.parametrize(
    ("line", "subject", "value"),
    [
        ("a - b: less 1 point each", "a - b", "-2"),
        ("a, a - b: less 1 point each, at most 3 points", "a - b", "-2"),
        ("a - b: plus 1 point per exact 2", "a - b", "-2"),
        ("a: less 2 points each, at most cap", "cap", "-1"),
        ("when ok: plus cap", "cap", "-1"),
        ("ok: plus cap unless a > b", "cap", "-1"),
        ("r in rows: plus r.worth each", "r.worth", "-3"),
    ],
)
def test_such_data_are_refused(line: str, subject: str, value: str) -> None:
    for result in scored(line, rows=[{"worth": 4}, {"worth": -3}]):
        assert result.status is Status.REFUSED
        (problem,) = result.problems
        assert problem.code is Code.NEGATIVE_AMOUNT
        assert (problem.args["subject"], problem.args["value"]) == (subject, value)


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("a - b: less 1 point each unless ok", 0),
        ("a above b: less 1 point per exact 1", 0),
        ("abs(a - b): less 1 point each", -2),
        ("a: plus step * 1 point each", -6),
        ("a: less -1 points each", 3),
        ("tally from 0 { a: less 1 point each; unbounded }", -3),
        ("when not ok: plus cap", 0),
        ("sum(r.worth / 1 point for r in rows): plus 1 point per exact 1", 1),
    ],
)
def test_what_is_not_asked_or_meant_is_scored(line: str, marks: int) -> None:
    results = scored(line, rows=[{"worth": 4}, {"worth": -3}])
    assert {result["A"].score for result in results} == {marks}
