"""Decimals of a percentage are refused with both readings offered as steps; all other roundings say what they mean."""

from __future__ import annotations

import pytest

from perfrules import api
from perfrules.diagnostics import Diagnostic

DECLARED = """
  input done    : count in [0, 100]
  input planned : count in [1, 100]
  input rate    : % in [0%, 100%]
  input target  : % in [0%, 100%]
  input amount  : 万元 in [0, 100]
  input x       : number in [0, 100]
"""


def told(items: str) -> tuple[Diagnostic, ...]:
    found = api.compile(f'ruleset t "T" version "1" {{{DECLARED}\n{items}\n}}\n').diagnostics
    return tuple(each for each in found if each.code.value == "rounding-ambiguous")


@pytest.mark.parametrize(
    ("expression", "kind"),
    [("done / planned", "number"), ("rate", "%"), ("rate - target", "number")],
    ids=["a ratio", "a percentage", "percentage points"],
)
def test_decimals_of_a_proportion_have_two_readings(expression: str, kind: str) -> None:
    (found,) = told(f"output o : {kind} = round({expression} to 2 decimals half up)")
    assert found.args == {"decimals": 2, "percent": "0.01%", "proportion": "0.01"}


@pytest.mark.parametrize(
    ("decimals", "percent", "proportion"),
    [("0 decimals", "1%", "1"), ("1 decimal", "0.1%", "0.1"), ("-1 decimals", "10%", "10")],
)
def test_the_readings_are_steps_of_as_many_decimals(decimals: str, percent: str, proportion: str) -> None:
    (found,) = told(f"output o : % = round(rate to {decimals} half up)")
    assert (found.args["percent"], found.args["proportion"]) == (percent, proportion)


def test_a_measure_is_asked_at_its_rounding() -> None:
    measured = """indicator A 5 points {
      measure done / planned
      round measure to %s half up
      score cases { when measure > x -> 0; otherwise -> full }
    }"""
    (found,) = told(measured % "2 decimals")
    assert found.at is not None
    assert told(measured % "0.01%") == told(measured % "0.01") == ()


@pytest.mark.parametrize(
    "expression",
    [
        "x to 2 decimals half up",
        "amount / 1 万元 * 1 to 3 significant digits half up",
        "done / planned to 0.01 half up",
        "done / planned to 1% half up",
        "done / planned to 3 significant digits half up",
    ],
)
def test_a_number_a_step_and_significant_digits_say_what_they_mean(expression: str) -> None:
    assert told(f"output o : number = round({expression})") == ()


def test_marks_and_money_have_one_reading() -> None:
    assert told("output o : 万元 = round(amount to 2 decimals half up)") == ()
    assert told("round leaves to 2 decimals half up; indicator A 5 points { score = x / 100 * full }") == ()
