"""Which arguments of definitions are said to reach outside the ranges of their parameters."""

from __future__ import annotations

import pytest

from perfrules import api
from perfrules.diagnostics import Code

RULES = """ruleset demo "Demo" version "1" {{
  define half(amount : money in [0 元, 100 元]) = amount / 2
  define quarter(whole : money in [0 元, 100 元]) = half(whole) / 2
  define doubled(rate : % in [0%, 50%] = 60%) = rate * 2
  input much   : 元 in [0, 1000]
  input little : 元 in [0, 100]
  input tens   : 万元 in [0, 0.01]
  input rate   : % in [0%, 100%]
  input any_   : 元
  table parts {{ input amount : 元 in [0, 200] }}
  {use}
}}"""


def outside(use: str) -> list[tuple[str, str, str, str]]:
    text = RULES.format(use=use)
    found = [each for each in api.compile(text).diagnostics if each.code is Code.ARGUMENT_OUTSIDE_RANGE]
    return [
        (
            text[each.at.start : each.at.end],
            str(each.args["definition"]),
            str(each.args["found"]),
            str(each.args["range"]),
        )
        for each in found
        if each.at is not None
    ]


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("output o : 元 = half(much)", [("much", "half", "[0, 1000]", "[0, 100]")]),
        ("output o : 元 = quarter(much)", [("much", "quarter", "[0, 1000]", "[0, 100]")]),
        ("output o : 元 = half(101 元)", [("101 元", "half", "101", "[0, 100]")]),
        ("output o : % = doubled(rate)", [("rate", "doubled", "[0%, 100%]", "[0%, 50%]")]),
        ("output o : % = doubled()", [("60%", "doubled", "60%", "[0%, 50%]")]),
        (
            "output o : 元 = sum(half(p.amount) for p in parts)",
            [("p.amount", "half", "[0, 200]", "[0, 100]")],
        ),
    ],
)
def test_what_reaches_outside_is_named_at_the_argument(use: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert outside(use) == expected


@pytest.mark.parametrize(
    "use",
    [
        "output o : 元 = half(little)",
        "output o : 元 = half(tens)",
        "output o : 元 = half(100 元)",
        "output o : 元 = if much <= 100 元 then half(much) else 0 元",
        "output o : % = doubled(50%)",
        "output o : 元 = half(much + little)",
        "output o : 元 = half(any_)",
        "output o : 元 = sum(half(p.amount) for p in parts where p.amount < 100 元)",
        "indicator A 5 points { applies when much < 99 元 otherwise zero; score = if half(much) > 5 元 then 5 else 0 }",
    ],
)
def test_what_stays_inside_by_range_unit_or_guard_and_what_is_computed_is_not(use: str) -> None:
    assert outside(use) == []
