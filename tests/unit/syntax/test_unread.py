"""What could not be read makes nothing else wrong: one mistake is one error, and other mistakes are still told."""

from __future__ import annotations

import pytest

from perfrules import api
from perfrules.diagnostics import Severity

WHOLE = """
  effective 2024-01-01 to 2024-12-31
  total 20 points
  holidays from "days.csv"
  input x : number in [0, 1]
  input done : date
  unit 户 : count
  input homes : 户 in [0, 9]
  param least : number { from 2023-01-01 -> 0.5; from 2024-01-01 -> 0.6 }
  table jobs { input cost : 万元 in [0, 9] }
  let twice = 2 * x
  indicator A 10 points { score cases { when x >= least -> full; otherwise -> twice * 1 point } }
  indicator B {
    indicator B1 4 points { score = x * 4 points }
    indicator B2 6 points { score tally from full { homes: less 1 point each } }
  }
  output spent : 万元 = sum(j.cost for j in jobs)
  output waited : workdays = workdays(2024-05-06, done)
  grades of total { 优 >= 15; 差 otherwise }
  decision tell "Tell" when grade = 差 or B1 < 2
  test "half" { given x = 0.5, homes = 1 户; expect A = 1, B = 7, grade = 差 }
"""
FILES = {"days.csv": b"date,kind\n2024-05-01,holiday\n"}


def errors(items: str) -> list[str]:
    found = api.compile(f'ruleset t "T" version "1" {{{items}}}\n', read_resource=FILES.get).diagnostics
    return [each.code.value for each in found if each.severity is Severity.ERROR]


def test_the_whole_is_right() -> None:
    assert errors(WHOLE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("effective 2024", "effectve 2024", "syntax-error"),
        ("holidays from", "holidays form", "syntax-error"),
        ("input x : number", "input x number", "syntax-error"),
        ("input x :", "input :", "syntax-error"),
        ("input done : date", "input done date", "syntax-error"),
        ("unit 户 : count", "unit 户 count", "syntax-error"),
        ("param least :", "param 1.1 :", "name-needs-brackets"),
        ("table jobs { input cost :", "table jobs { input cost", "syntax-error"),
        ("let twice = 2 * x", "let twice = 2 *", "syntax-error"),
        ("indicator A 10 points { score cases", "indicator A 10 points { scroe cases", "syntax-error"),
        ("indicator B1 4 points { score =", "indicator 4 points { score =", "name-needs-brackets"),
        ("{ score = x * 4 points }", "{ score = x * * 4 points }", "syntax-error"),
        ("grades of total", "grads of total", "syntax-error"),
        ("差 otherwise }", "差 otherwis }", "syntax-error"),
        ('decision tell "Tell" when', 'decision tell "Tell" wen', "syntax-error"),
    ],
)
def test_a_slip_of_the_pen_is_one_error(right: str, wrong: str, code: str) -> None:
    assert right in WHOLE
    assert errors(WHOLE.replace(right, wrong)) == [code]


def test_other_mistakes_are_told_beside_it() -> None:
    wrong = WHOLE.replace("input x : number", "input x number")
    assert errors(wrong + "input y : 亩 in [9, 0]\n  output o : number = unknown_thing\n") == [
        "syntax-error",
        "empty-range",
        "unknown-name",
    ]


def test_what_is_said_of_the_whole_waits_for_the_part_that_cannot_be_read() -> None:
    assert errors(WHOLE.replace("total 20", "total 99")) == ["marks-do-not-add-up"]
    assert errors(WHOLE.replace("total 20", "total 99").replace("indicator A 10", "indicater A 10")) == ["syntax-error"]
