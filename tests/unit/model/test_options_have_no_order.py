"""Options of a choice cannot be ordered, nor can a range of grades be written; grades may be compared."""

import pytest

from perfrules import api
from perfrules.diagnostics import Code

RULES = """ruleset a "A" version "1" {{
  total 5 points
  input t : one of (甲, 乙)
  indicator A 5 points {{ {score} }}
  grades of total {{ 优 >= 4; 良 >= 2; 差 otherwise }}
  decision d when {condition}
}}
"""
PLAIN = "score cases { when t = 甲 -> 5; otherwise -> 3 }"


@pytest.mark.parametrize(
    "score",
    [
        "score cases { when t < 甲 -> 5; otherwise -> 0 }",
        "score cases { when t in [甲, 乙] -> 5; otherwise -> 0 }",
        "score bands of t { >= 乙 -> 5; otherwise -> 0 }",
        "score bands of t { [甲, 乙] -> 5; otherwise -> 0 }",
        "score curve of t { 甲 -> 0; 乙 -> 5 }",
    ],
)
def test_an_order_of_options_is_refused(score: str) -> None:
    found = api.compile(RULES.format(score=score, condition="grade = 差"))
    assert {problem.code for problem in found.diagnostics} == {Code.KINDS_DIFFER}


def test_grades_are_ordered_but_have_no_ranges() -> None:
    assert api.compile(RULES.format(score=PLAIN, condition="grade >= 良")).diagnostics == ()
    refused = api.compile(RULES.format(score=PLAIN, condition="grade in [差, 优]"))
    assert {problem.code for problem in refused.diagnostics} == {Code.KINDS_DIFFER}
