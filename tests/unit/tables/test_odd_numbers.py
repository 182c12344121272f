"""Numbers that few declarations have: always zero and scaled without end, or there only while something is pending."""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest

from perfrules import loads
from perfrules.batch.native.threshold import joined_from
from perfrules.tables.results.whole_columns import WholeColumns

ZEROS = """
ruleset zeros "Zeros" version "1" {{
  input a : number decimals 0 in [0, 10]
  input z : number decimals {decimals} in [0, {end}]
  indicator A "A" 10 points {{
    measure a
    score curve of measure {{ 0 -> 0; 10 -> full }}
  }}
  output scaled "Scaled" : number = {scaled}
}}
"""
OPEN = """
ruleset open "Open" version "1" {
  total 17.5 points
  entity town
  input a : count in [0, 10]
  indicator J "Judged" 10 points {
    score judged { "good" -> [60%, 100%] of full; "poor" -> [0%, 60%) of full }
  }
  indicator B "While it is open" 7.5 points {
    measure a
    score cases { when J is pending -> full; otherwise -> 0 }
  }
}
"""


@pytest.mark.parametrize("rows", [None, 0])
@pytest.mark.parametrize(("decimals", "end"), [(0, "0.4"), (0, "0.04"), (22, "0"), (30, "0")])
@pytest.mark.parametrize("scaled", ["z", f"z * {10**19} + a", f"z * {10**20}", f"z * {10**30} + a", "min(z, 0)"])
def test_what_is_always_zero_may_be_scaled_by_anything(rows: int | None, decimals: int, end: str, scaled: str) -> None:
    rules = loads(ZEROS.format(decimals=decimals, end=end, scaled=scaled))
    table = pa.table({"entity": range(20), "a": [1.0] * 20, "z": [0.0] * 20})
    with joined_from(rows):
        found = rules.score_table(table)
    assert {Fraction(each) for each in found["scaled"].to_pylist()} == {1 if "+ a" in scaled else 0}


def test_a_mark_that_comes_only_while_another_is_open_has_room_for_its_decimals() -> None:
    table = pa.table({"town": ["a", "b"], "a": [1, 2], "J.level": ["good", None], "J.mark": [7, None]})
    found = loads(OPEN).score_table(table)
    assert [str(each) for each in found["B"].to_pylist()] == ["0.0", "7.5"]
    assert found["status"].to_pylist() == ["final", "provisional"]


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_few_rows_take_little_memory(rows: int) -> None:
    whole = WholeColumns(rows)
    assert len(whole.stretch("total", 0, rows)) == rows
    assert len(whole._room) < 100
