"""A kernel that meets block after block relies on nothing that a later block does not hold."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pyarrow as pa
import pytest
from attrs import evolve

import perfrules
from perfrules.batch.kernel import Kernel
from perfrules.batch.tape import STATES
from perfrules.ir.inputs import CohortFact, Facts, FactValue
from perfrules.lang.states import State
from perfrules.readers.mapping import read_mapping
from tests.differential.kernel_reading import read_by_kernel

RULESET = """
ruleset t "T" version "1" {
  effective 2024-01-01 to 2024-12-31
  entity e
  total 10 points
  input a : number decimals 0 in [0, 10]
  indicator A "A" 10 points { score = 10 points * (1 - a / 10) }
  output across : number = mean(a across entities)
}
"""
PLAN = perfrules.loads(RULESET).plan
AS_READ = read_mapping(PLAN, {"e": "one", "a": 3}).facts


def with_mean(value: FactValue) -> Facts:
    assert AS_READ is not None
    assert not isinstance(value, tuple)
    return evolve(AS_READ, cohort={"cohort.1": CohortFact(value=value, count=3)})


@pytest.mark.parametrize("state", [State.PENDING, State.MISSING, State.EXCLUDED])
@pytest.mark.parametrize("known", [Fraction(2), Fraction(1, 3)], ids=["whole", "no decimal number"])
def test_a_statistic_that_only_a_later_block_lacks(known: Fraction, state: State) -> None:
    kernel = Kernel(PLAN)
    first = read_by_kernel(kernel, [with_mean(known)] * 2, Counter())
    values, states = first.nodes["cohort.1"]
    assert values is not None
    assert [Fraction(*value) for value in values] == [known, known]
    assert states is None
    states = read_by_kernel(kernel, [with_mean(known), with_mean(state)], Counter()).nodes["cohort.1"][1]
    assert states is not None
    assert [STATES[code] for code in states] == [None, state]


TRIMMED = """
ruleset t "T" version "1" {
  effective 2024-01-01 to 2024-12-31
  entity e
  total 10 points
  table found { input x : number decimals 0 in [0, 10] }
  indicator A "A" 10 points {
    measure trimmed mean(-3 * p.x for p in found drop 0 high 2 low when at least 3 empty -> 0)
    round measure to 1 decimal half up
    score = 10 points + measure * 1 point / 3, between 0 and full
  }
}
"""


def test_the_lowest_of_numbers_turned_around_are_trimmed() -> None:
    rules = perfrules.loads(TRIMMED)
    rows = [{"e": "one", "found": [{"x": x} for x in (1, 2, 4, 9)]}, {"e": "two", "found": [{"x": 3}]}]
    table = pa.Table.from_pylist(rows)
    expected = [rules.score(row).total for row in rows]
    assert expected == [Fraction(17, 2), Fraction(7)]
    found = rules.score_table(table, engine="columns").to_pylist()
    assert [Fraction(int(row["total.numerator"]), int(row["total.denominator"])) for row in found] == expected


EQUAL = """
ruleset t "T" version "1" {
  effective 2024-01-01 to 2024-12-31
  entity e
  scale 0 to 10
  combine geometric mean
  input a : yes/no
  indicator A "A" weight 50% { score cases { when a -> 10 / 3; otherwise -> 10 / 3 } }
  indicator B "B" weight 50% { score = 10 / 3 }
  output a_third : yes/no = total >= 10 / 3
}
"""


def test_a_geometric_mean_of_equal_numbers_is_rounded_too() -> None:
    rules = perfrules.loads(EQUAL)
    result = rules.score({"e": "one", "a": True})
    [row] = rules.score_table(pa.table({"e": ["one"], "a": [True]}), engine="columns").to_pylist()
    assert result.total == Fraction(10**34 // 3, 10**33)
    assert row["a_third"] is result.outputs["a_third"] is False
