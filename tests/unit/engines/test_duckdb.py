"""DuckDB carries relations and files of any size to the columns: the same results, in order, in bounded memory."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from perfrules.api import Ruleset
from perfrules.engines.duckdb_files import score_file
from perfrules.tables.error import TableError
from tests.support.engine_tables import COMPARED, JUDGED, SIMPLE, compared_table, judged_table, simple_table


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def relation_of(table: pa.Table, connection: Any) -> Any:
    connection.register("registered", table)
    connection.execute("create table data as select * from registered")
    connection.unregister("registered")
    return connection.table("data")


@pytest.mark.parametrize(
    ("rules", "table"),
    [(SIMPLE, simple_table), (JUDGED, judged_table), (COMPARED, compared_table)],
    ids=["simple", "judged", "compared"],
)
def test_the_results_are_those_of_a_table_in_memory(rules: Ruleset, table: Any, connection: Any) -> None:
    data = table(Random(3), 500)
    expected = rules.score_table(data)
    found = rules.score_table(relation_of(data, connection), engine="duckdb")
    assert found.alias == "results"
    assert found.columns == expected.column_names
    assert found.to_arrow_table().to_pylist() == expected.to_pylist()
    assert len(set(expected["status"].to_pylist())) > 1


def test_numbers_stay_decimals_and_the_connection_stays_in_use(connection: Any) -> None:
    data = relation_of(simple_table(Random(1), 20), connection)
    results = SIMPLE.score_table(data, engine="duckdb")
    again = SIMPLE.score_table(data, engine="duckdb", columns=["total"])
    assert str(dict(zip(results.columns, results.types, strict=True))["total"]) == "DECIMAL(18,2)"
    assert again.columns == ["town", "total"]
    joined = results.join(data.set_alias("data"), "town").aggregate("count(distinct town)").fetchall()
    assert joined == data.aggregate("count(distinct town)").fetchall()


def test_entities_are_the_same_whatever_blanks_stand_around_them(connection: Any) -> None:
    data = pa.table({"town": [" a", "b", "a", "", None, "c"], "done": [1, 2, 3, 4, 5, 6], "spent": ["1"] * 6})
    found = SIMPLE.score_table(relation_of(data, connection), engine="duckdb").to_arrow_table()
    problems = found["problems"].to_pylist()
    assert problems[:4] == ["data-duplicate-entity", None, "data-duplicate-entity", "data-missing"]
    assert problems == SIMPLE.score_table(data)["problems"].to_pylist()


def test_a_problem_tells_in_which_rows_an_entity_stands(connection: Any) -> None:
    data = pa.table({"town": ["a", "b", "a"], "done": [1, 2, 3], "spent": ["1"] * 3})
    with pytest.raises(TableError) as caught:
        SIMPLE.score_table(relation_of(data, connection), engine="duckdb", on_problem="stop")
    first = caught.value.diagnostics[0]
    assert (first.code.value, first.args["rows"]) == ("data-duplicate-entity", ("3",))
    assert connection.execute("select 1").fetchall() == [(1,)]


def test_rows_keep_their_order_whatever_the_threads_of_duckdb(connection: Any) -> None:
    connection.execute("set threads = 4")
    made = "select 'e' || (range * 7919 % 200000) as town, range % 1000 as done, 1.5::decimal(12, 2) as spent"
    found = SIMPLE.score_table(connection.sql(f"{made} from range(200000)"), engine="duckdb", columns=["total"])
    towns = found.project("town").to_arrow_table()["town"].to_pylist()
    assert towns == [f"e{number * 7919 % 200_000}" for number in range(200_000)]


def test_files_are_scored_into_files(tmp_path: Path) -> None:
    data = simple_table(Random(7), 300)
    expected = SIMPLE.score_table(data)
    pq.write_table(data, tmp_path / "data.parquet")
    pacsv.write_csv(data, tmp_path / "data.csv")
    for name in ("data.parquet", "data.csv"):
        score_file(SIMPLE, tmp_path / name, tmp_path / "scored.parquet")
        assert pq.read_table(tmp_path / "scored.parquet").to_pylist() == expected.to_pylist()
        score_file(SIMPLE, tmp_path / name, tmp_path / "scored.csv")
        read = duckdb.read_csv(str(tmp_path / "scored.csv"), all_varchar=True).project("total").fetchall()
        assert [None if each is None else Decimal(each) for (each,) in read] == expected["total"].to_pylist()
    found = SIMPLE.score_table(tmp_path / "data.csv", engine="duckdb")
    assert found.to_arrow_table().to_pylist() == expected.to_pylist()
    assert {each.name for each in tmp_path.iterdir()} == {"data.parquet", "data.csv", "scored.parquet", "scored.csv"}


def test_a_file_of_results_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    pacsv.write_csv(pa.table({"town": ["a"], "unheard": [1]}), tmp_path / "data.csv")
    with pytest.raises(TableError):
        score_file(SIMPLE, tmp_path / "data.csv", tmp_path / "scored.parquet")
    assert [each.name for each in tmp_path.iterdir()] == ["data.csv"]
    with pytest.raises(ValueError, match="Parquet or CSV"):
        score_file(SIMPLE, tmp_path / "data.csv", tmp_path / "scored.xlsx")


def test_duckdb_takes_relations_and_files() -> None:
    with pytest.raises(TypeError, match="a relation or the path of a file, not Table"):
        SIMPLE.score_table(simple_table(Random(1), 3), engine="duckdb")
    with pytest.raises(ValueError, match=r"not data\.txt"):
        SIMPLE.score_table("data.txt", engine="duckdb")
    with pytest.raises(TypeError, match="a Spark data frame, not Table"):
        SIMPLE.score_table(simple_table(Random(1), 3), engine="spark")


CHILD = """
import resource, sys
import duckdb
from perfrules import api

rules = api.loads(sys.stdin.read())
connection = duckdb.connect()
connection.execute("set enable_progress_bar = false")
connection.execute("set memory_limit = '200MB'")
connection.execute("set temp_directory = ?", [sys.argv[1]])
data = connection.sql(
    f"select 'entity number ' || (range * 7919 % 2000003) as town, range % 1000 as done, 1.5::decimal(12, 2) as spent "
    f"from range({sys.argv[2]})"
)
results = rules.score_table(data, engine="duckdb")
print(*results.aggregate("count(*), count(total)").fetchall()[0])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def run(rows: int) -> tuple[str, int]:
        found = subprocess.run(
            [sys.executable, "-c", CHILD, str(tmp_path), str(rows)],
            input=SIMPLE.source.text,
            capture_output=True,
            text=True,
            check=True,
        )
        counts, memory = found.stdout.splitlines()
        return counts, int(memory)

    counts, few = run(200_000)
    assert counts == "200000 200000"
    counts, many = run(2_000_000)
    assert counts == "2000000 2000000"
    assert many < few + 300, "the rows alone, and their results, take several times as much"
