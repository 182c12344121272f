"""Entities that a tape alone does not settle are put aside: all of those, and no other without need."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import perfrules
from perfrules.batch.lower import lower
from perfrules.batch.lowered import Asked
from perfrules.readers.mapping import read_mapping
from tests.support.lowered_plans import read_tape

RULESET = """
ruleset t "T" version "1" {{
  effective 2024-01-01 to 2024-12-31
  entity e
  total 10 points
  {inputs}
  indicator A "A" 10 points {{ {rule} }}
}}
"""


def aside_of(rule: str, inputs: str, rows: list[dict[str, Any]]) -> dict[str, list[bool]]:
    """Return who is put aside for what; whoever is refused or provisional has to be."""
    ruleset = perfrules.loads(RULESET.format(rule=rule, inputs=inputs))
    named = [{"e": f"e{number}", **row} for number, row in enumerate(rows)]
    facts = [read_mapping(ruleset.plan, row).facts for row in named]
    read = read_tape(ruleset.plan, [each for each in facts if each is not None])
    for number, result in enumerate(ruleset.score(row) for row in named):
        assert result.status == "final" or read.is_aside(number)
    return {reason: list(rows) for reason, rows in read.aside.items()}


def test_a_subject_that_the_data_bring_below_zero() -> None:
    rule = "score tally from full { a: less 1 point each; b: less 1 point each }"
    inputs = "input a : count in [-5, 5]\n  input b : count in [0, 5]"
    assert aside_of(rule, inputs, [{"a": 2, "b": 1}, {"a": -1, "b": 1}]) == {"negative amount": [False, True]}


def test_values_that_no_band_or_two_take() -> None:
    rule = "score bands of a { >= b -> full; [2, c) -> 5; < 2 -> 0 }"
    inputs = "\n  ".join(f"input {name} : number decimals 1 in [0, 9]" for name in "abc")
    rows = [{"a": 8, "b": 7, "c": 7}, {"a": 6, "b": 7, "c": 5}, {"a": 6, "b": 5, "c": 7}, {"a": 1, "b": 5, "c": 9}]
    found = aside_of(rule, inputs, rows)
    assert found == {"uncovered": [False, True, False, False], "overlap": [False, False, True, False]}


def test_what_is_only_asked_of_some_puts_only_those_aside() -> None:
    rule = "applies when asked otherwise zero\n score bands of a { >= b -> full; < c -> 5 }"
    inputs = "input asked : yes/no\n  " + "\n  ".join(f"input {name} : number decimals 1 in [0, 9]" for name in "abc")
    rows = [{"asked": asked, "a": 5, "b": 7, "c": 3} for asked in (True, False)]
    assert aside_of(rule, inputs, rows)["uncovered"] == [True, False]


def test_a_judgement_that_is_not_given_is_provisional() -> None:
    rule = 'score judged { "达成" -> [80%, 100%] of full; "未达成" -> 0 }'
    rows: list[dict[str, Any]] = [{"A.level": "达成", "A.mark": 9}, {"A.level": "达成"}, {"A.level": "未达成"}, {}]
    assert aside_of(rule, "", rows) == {"provisional": [False, True, False, True]}


def test_a_check_that_fails() -> None:
    rule = "score = min(a, 10)"
    inputs = 'input a : number decimals 1 in [0, 9]\n  check a < 5 "a is small"'
    assert aside_of(rule, inputs, [{"a": 4}, {"a": 5}]) == {"check": [False, True]}


@pytest.mark.parametrize(("as_of", "param"), [(date(2024, 6, 1), 2), (date(2024, 7, 1), 3)])
def test_the_day_decides_dated_values(as_of: date, param: int) -> None:
    text = RULESET.format(
        rule="score = a * p",
        inputs="input a : number in [0, 1]\n  param p : number { from 2020-01-01 -> 2; from 2024-07-01 -> 3 }",
    )
    plan = perfrules.loads(text).plan
    constants = [op.param for op in lower(plan, Asked(as_of=as_of)).tape.ops if isinstance(op.param, Fraction)]
    assert set(constants) == {Fraction(10), Fraction(param)}
    assert lower(plan, Asked()).unsupported["param.p"] == "no entry of a dated value has begun"
