"""Tables whose entities are compared: any kind of table, refused and open members, pools that cannot be divided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest

from perfrules import api
from perfrules.tables.across.rounds import compared
from perfrules.tables.error import TableError
from perfrules.tables.ingest.table_in import open_table

RULES = api.loads("""
ruleset towns "Towns" version "1" {
  entity town "Town"
  total 20 points
  round leaves to 2 decimals half up
  input county : one of (north, south)
  input done   : number decimals 1 in [0, 100]
  indicator A "Above the mean" 10 points {
    score curve of done - mean(done across entities within county) { -10 -> 0; 10 -> full }
  }
  indicator B "Judged" 10 points { score judged { "good" -> 10; "poor" -> [0, 5] } }
  output place : number = rank(done across entities within county, highest first, ties share best)
  output of_totals : number = rank(total across entities, highest first, ties share best)
}
""")
SHARES = api.loads("""
ruleset shares "Shares" version "1" {
  entity town "Town"
  input pool   : number decimals 1 in [0, 100]
  input need : number decimals 0 in [0, 5]
  output part : number =
    share(max(pool across entities) by need across entities to 0 decimals largest remainder, ties by entity, empty -> 0)
}
""")
COLUMNS = {
    "Town": ["a", "b", "c", "d"],
    "county": ["north", "south", "north", "north"],
    "done": [10.0, 20.0, 30.5, 10.0],
    "B.level": ["good"] * 4,
    "B.mark": [10] * 4,
    "B.by": ["me"] * 4,
}


def rows_by_rows(rules: api.Ruleset, columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return rules.score_table(pa.table(columns), engine="rows").to_pylist()


def as_duckdb(table: pa.Table) -> Any:
    data = table  # named in the query
    return duckdb.sql("select * from data").project("*") if data is not None else None


KINDS: dict[str, Callable[[pa.Table], Any]] = {
    "arrow": lambda table: table,
    "stream": lambda table: table.to_reader(max_chunksize=3),
    "pandas": lambda table: table.to_pandas(),
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.from_arrow(table).lazy(),
    "duckdb": as_duckdb,
}


@pytest.mark.parametrize("kind", KINDS)
def test_tables_of_any_kind_are_gone_through_again_and_again(kind: str) -> None:
    expected = rows_by_rows(RULES, COLUMNS)
    found: Any = RULES.score_table(KINDS[kind](pa.table(COLUMNS)))
    if kind == "pandas":
        assert found["total"].tolist() == [row["total"] for row in expected]
        return
    if kind.startswith("polars"):
        found = (found.collect() if kind == "polars lazy" else found).to_arrow()
    if kind == "stream":
        found = found.read_all()
    if kind == "duckdb":
        found = found.to_arrow_table()
    assert found.to_pylist() == expected


def test_no_entities_are_compared_with_nobody() -> None:
    empty = pa.table({name: pa.array([], pa.array(cells).type) for name, cells in COLUMNS.items()})
    assert RULES.score_table(empty).num_rows == 0


@pytest.mark.parametrize(
    "change",
    [
        {"done": [10.0, 20.0, 101.0, 10.0]},  # outside its range: refused, and so is whoever is compared with it
        {"county": ["north", "south", "east", "north"]},  # nobody knows in which group
        {"B.level": ["good", "poor", "good", None], "B.mark": [10, None, 10, None]},  # open, so the totals' rank is
        {"Town": ["a", "b", "a", "d"]},
        {"Town": ["a", "b", None, "d"]},
        {
            "B.override.value": [None, 3.25, None, None],
            "B.override.by": [None, "x", None, None],
            "B.override.why": ["", "y", "", ""],
        },
    ],
)
def test_who_is_refused_or_open_takes_part_as_in_single_evaluation(change: dict[str, list[Any]]) -> None:
    columns = COLUMNS | change
    assert RULES.score_table(pa.table(columns)).to_pylist() == rows_by_rows(RULES, columns)


@pytest.mark.parametrize(
    ("pool", "weight"),
    [
        ([7.0] * 4, [1, 1, 1, 1]),
        ([7.0] * 4, [0, 0, 0, 0]),
        ([7.5] * 4, [1, 2, 1, 1]),  # no multiple of the step
    ],
)
def test_pools_are_divided_or_refused_as_in_single_evaluation(pool: list[float], weight: list[int]) -> None:
    columns = {"Town": ["a", "b", "c", "d"], "pool": pool, "need": weight}
    assert SHARES.score_table(pa.table(columns)).to_pylist() == rows_by_rows(SHARES, columns)


def test_the_first_problem_of_a_round_stops_the_run_where_it_is_wanted() -> None:
    columns = {"Town": ["a", "b"], "pool": [7.5, 7.5], "need": [1, 1]}
    with pytest.raises(TableError) as raised:
        SHARES.score_table(pa.table(columns), on_problem="stop")
    assert {problem.code.value for problem in raised.value.diagnostics} == {"pool-not-whole"}


def test_ordinary_rows_are_never_evaluated_singly() -> None:
    run = compared(RULES.plan, open_table(pa.table(COLUMNS), RULES.plan, block_rows=2), as_of=None, threads=1)
    assert run is not None
    assert run.aside.tolist() == [False] * 4
    assert [run.known[node].fact(2).value for node in sorted(run.known)][:1] == [run.known["cohort.1"].fact(0).value]
