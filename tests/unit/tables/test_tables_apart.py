"""Records of tables in frames of their own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
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


def test_problems_of_a_table_say_which_table_it_is() -> None:
    rules = perfrules.loads(TEXT)
    projects = pd.DataFrame({"department": ["b", "a"], "done": [True, True], "cost": [1.0, -2.0]})
    with pytest.raises(TableError) as raised:
        rules.score_table(pd.DataFrame({"department": ["a"]}), tables={"projects": projects}, on_problem="stop")
    [problem] = raised.value.diagnostics
    assert problem.where is not None
    assert (problem.where.sheet, problem.where.row) == ("projects", 2)
    with pytest.raises(TableError) as raised:
        rules.score_table(pd.DataFrame({"department": ["a"]}), tables={"projects": projects.assign(cost=1, note=2)})
    assert {each.where and each.where.sheet for each in raised.value.diagnostics} == {"projects"}


LISTS = """
ruleset lists "Lists" version "1" {
  entity department
  input day : date
  table projects {
    input cost : 万元 decimals 2 in [0, 1000]
  }
  output spent : 万元 = sum(p.cost for p in projects)
}
"""


@pytest.mark.parametrize("engine", [None, "rows"])
def test_nan_in_a_column_of_lists_is_nothing(engine: str | None) -> None:
    rules = perfrules.loads(LISTS)
    day = np.array(["2024-01-31"] * 3, "datetime64[D]")
    cells = [[{"cost": 1.5}], float("nan"), np.array([{"cost": 2}, {"cost": 3}], object)]
    frame = pd.DataFrame({"department": ["a", "b", "c"], "day": day, "projects": cells})
    found = rules.score_table(frame, engine=engine)
    assert found["problems"].tolist()[1] == "data-missing"
    assert found["spent"].tolist()[::2] == [Decimal("1.5"), Decimal(5)]
    [problem] = rules.score(frame.loc[1].to_dict()).problems
    assert problem.code.value == "data-missing"


def test_a_row_of_a_frame_is_scored_by_itself() -> None:
    rules = perfrules.loads(LISTS)
    records = np.array([{"cost": np.float32(0.1)}], object)
    row = {"department": "a", "day": np.datetime64("2024-01-31T00:00:00", "ns"), "projects": records}
    assert rules.score(row).outputs["spent"] == Fraction(1, 10)
    for day, said in (("2024-01-31T12:00", "2024-01-31 12:00:00"), ("20000-01-01", None), ("NaT", None)):
        [problem] = rules.score(row | {"day": np.datetime64(day)}).problems
        assert problem.where is not None
        assert said is None or problem.where.value == said
