"""Records of tables in frames of their own."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

import perfrules
from perfrules import TableError

TEXT = """
ruleset demo "Demo" version "1" {
  entity department
  total 10 points
  table projects {
    input done : yes/no
    input cost : 万元 decimals 2 in [0, 1000]
  }
  indicator A "Done" 10 points {
    measure sum(p.cost for p in projects where p.done) / 100 万元
    score curve of measure {
      0 -> 0
      1 -> full
    }
  }
}
"""


def test_a_table_of_its_own_is_joined_by_the_entity() -> None:
    rules = perfrules.loads(TEXT)
    departments = pd.DataFrame({"department": ["a", "b", "c"]})
    projects = pd.DataFrame({"department": ["b", "a", "b"], "done": [True, True, False], "cost": [12.5, 50.0, 7.25]})
    scored = rules.score_table(departments, tables={"projects": projects}, columns=["total"])
    assert scored["total"].tolist() == [Decimal(5), Decimal("1.25"), Decimal(0)]


def test_records_of_nobody_are_told() -> None:
    rules = perfrules.loads(TEXT)
    projects = pd.DataFrame({"department": ["a", "x"], "done": [True, True], "cost": [1.0, 2.0]})
    with pytest.raises(TableError) as raised:
        rules.score_table(pd.DataFrame({"department": ["a"]}), tables={"projects": projects})
    assert len(raised.value.diagnostics) == 1
