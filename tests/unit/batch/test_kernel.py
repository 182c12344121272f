"""A kernel that meets block after block relies on nothing that a later block does not hold."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

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
