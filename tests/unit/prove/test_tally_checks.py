"""Tally lines that count parts of events, or can fall below zero."""

import pytest

from perfrules import api
from perfrules.diagnostics import Code

RULESET = """ruleset t.r "T" version "1" {{
  total 10 points
  input n : count in [0, 5]
  input m : count in [0, 5]
  input people : persons in [0, 5]
  input half : persons decimals 1 in [0, 5]
  input x : number in [0, 5]
  input y : number in [-5, 5]
  input free : count
  input ok : yes/no
  input start : date in [2024-01-01, 2024-12-31]
  table rows "Rows" {{ input k : count in [0, 5]; input q : number in [0, 5]; input worth : points in [-1, 1] }}
  indicator A 10 points {{ score tally from full {{ {line} }} }}
}}
"""


def told(line: str, *codes: Code) -> list[tuple[Code, str]]:
    """Return what is said of a line under any of these codes, with the text it is said of."""
    text = RULESET.format(line=line)
    return [
        (each.code, text[each.at.start : each.at.end]) for each in api.compile(text).diagnostics if each.code in codes
    ]


@pytest.mark.parametrize(
    "subject",
    [
        "n",
        "people",
        "2 * n + m",
        "max(0, n - m)",
        "if ok then n else m",
        "round(x to 0 decimals half up)",
        "days(2024-01-01, start)",
        "sum(r.k for r in rows)",
        "count(r in rows where r.q > 1)",
        "ok",
    ],
)
def test_whole_subjects_are_counted(subject: str) -> None:
    assert told(f"{subject}: less 1 point each", Code.PART_UNIT_UNSTATED, Code.AMOUNT_CAN_BE_NEGATIVE) == []


@pytest.mark.parametrize("subject", ["x", "half", "n / 2", "round(x to 1 decimal half up)", "sum(r.q for r in rows)"])
def test_subjects_that_may_have_parts_are_refused(subject: str) -> None:
    assert told(f"{subject}: less 1 point each", Code.PART_UNIT_UNSTATED) == [(Code.PART_UNIT_UNSTATED, subject)]


def test_the_input_that_may_have_parts_is_shown() -> None:
    text = RULESET.format(line="n + x / 1: less 1 point each")
    (found,) = (each for each in api.compile(text).diagnostics if each.code is Code.PART_UNIT_UNSTATED)
    assert [text[other.span.start : other.span.end] for other in found.others] == ["x"]
    assert dict(found.args) == {"clause": "each", "step": "1"}


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("n - m: less 1 point each", "n - m"),
        ("y: less 1 point per exact 1", "y"),
        ("free: plus 1 point each", "free"),
        ("ok: less y * 1 point", "y * 1 point"),
        ("n: less 2 points each, at most y * 1 point unless ok", "y * 1 point"),
        ("r in rows: less r.worth each", "r.worth"),
    ],
)
def test_what_can_fall_below_zero_is_shown(line: str, part: str) -> None:
    assert told(line, Code.AMOUNT_CAN_BE_NEGATIVE) == [(Code.AMOUNT_CAN_BE_NEGATIVE, part)]


@pytest.mark.parametrize(
    "line",
    [
        "y above 0: less 1 point per exact 1",
        "y away from 1: less 1 point per started 1",
        "n: less -1 points each",
        "2 * n - n: less 1 point each",
        "when y > 0: less y * 1 point",
        "tally from 0 { n: less 1 point each; between -5 and 0 }",
    ],
)
def test_what_cannot_or_is_meant_is_not(line: str) -> None:
    assert told(line, Code.AMOUNT_CAN_BE_NEGATIVE) == []
