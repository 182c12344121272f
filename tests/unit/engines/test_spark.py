"""Spark carries partitions to the columns: every value is that of a table in memory. One small session for all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from perfrules import api
from perfrules.api import Ruleset
from perfrules.engines.spark_worker import plain_schema
from perfrules.tables.error import TableError
from tests.support.engine_tables import (
    COMPARED,
    JUDGED,
    LATER,
    SHARED,
    SIMPLE,
    compared_table,
    judged_table,
    shared_table,
    simple_table,
)

pytestmark = [
    pytest.mark.skipif(
        shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java, which is not there"
    ),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.xdist_group("spark"),
]
TOP = Path(__file__).parents[3]
HDI = TOP / "rulesets" / "undp" / "human_development_index" / "human_development_index.perfrules"


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.adaptive.enabled": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(TOP), os.environ.get("PYTHONPATH", "")]))
        builder = SparkSession.builder.master("local[2]").appName("perfrules")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def frame_of(table: pa.Table, spark: Any, partitions: int = 2) -> Any:
    return spark.createDataFrame(table).repartition(partitions)


def in_order(table: pa.Table) -> list[dict[str, object]]:
    """Return the rows in an order of their own: those of Spark have none."""
    return sorted(table.to_pylist(), key=lambda row: [str(cell) for cell in row.values()])


def assert_same(rules: Ruleset, table: pa.Table, spark: Any, **options: Any) -> pa.Table:
    expected = rules.score_table(table, **options)
    scored = rules.score_table(frame_of(table, spark), **options).toArrow()
    assert [(each.name, each.type) for each in scored.schema] == [
        (each.name, each.type) for each in plain_schema(expected.schema)
    ]
    assert in_order(scored) == in_order(expected)
    return expected


def test_single_entities_are_scored_where_they_are(spark: Any) -> None:
    expected = assert_same(SIMPLE, simple_table(Random(5), 400), spark)
    found = set(expected["problems"].to_pylist())
    assert {None, "data-duplicate-entity", "data-missing"} <= found


def test_entities_of_other_partitions_are_compared(spark: Any) -> None:
    expected = assert_same(COMPARED, compared_table(Random(6), 300), spark)
    assert {"final", "refused"} == set(expected["status"].to_pylist())
    assert len(set(expected["place"].to_pylist())) > 30


def test_open_members_leave_open_what_depends_on_them(spark: Any) -> None:
    expected = assert_same(JUDGED, judged_table(Random(7), 120), spark)
    assert {"final", "provisional", "refused"} == set(expected["status"].to_pylist())


def test_pools_are_divided_group_by_group_or_not_at_all(spark: Any) -> None:
    expected = assert_same(SHARED, shared_table(Random(8), 60), spark)
    assert set(expected["problems"].to_pylist()) == {None, "pool-not-whole"}


def test_countries_are_ranked(spark: Any) -> None:
    random = Random(9)
    table = pa.table(
        {
            "country": [f"country {row}" for row in range(150)],
            "life": [f"{random.randint(50_0000, 85_0000) / 10_000}" for _ in range(150)],
            "expected": [f"{random.randint(5_00, 18_00) / 100}" for _ in range(150)],
            "mean_years": [f"{random.randint(2_00, 14_00) / 100}" for _ in range(150)],
            "income": [random.randint(700, 90_000) for _ in range(150)],
            "ranked": [row % 10 != 0 for row in range(150)],
        }
    )
    expected = assert_same(api.load(HDI), table, spark)
    assert len(set(expected["country_rank"].to_pylist())) > 80


def test_settings_and_columns_are_those_asked_for(spark: Any) -> None:
    table = simple_table(Random(2), 50).drop_columns(["spent"])
    expected = assert_same(SIMPLE, table, spark, settings={"spent": "12.5"}, columns=["grade"])
    assert expected.column_names == ["town", "grade"]


def test_columns_that_cannot_be_used_are_told_at_once(spark: Any) -> None:
    table = simple_table(Random(2), 5)
    with pytest.raises(TableError) as caught:
        SIMPLE.score_table(frame_of(table.append_column("other", pa.array(range(5))), spark))
    assert [each.code.value for each in caught.value.diagnostics] == ["data-unknown-column"]
    with pytest.raises(TableError) as caught:
        SIMPLE.score_table(frame_of(table.drop_columns(["town"]), spark))
    assert [each.code.value for each in caught.value.diagnostics] == ["data-no-entity-column"]


def test_earlier_results_go_to_the_workers(spark: Any) -> None:
    table = pa.table({"town": ["a", "b", "c"], "done": [1, 2, 3]})
    earlier = LATER.score_all(table.slice(0, 2).to_pylist(), previous="none")
    expected = assert_same(LATER, table, spark, previous=earlier)
    assert (expected["before.numerator"].to_pylist(), expected["before.denominator"].to_pylist()) == (
        ["1", "1", "0"],
        ["100", "50", "1"],
    )
    assert_same(SIMPLE, simple_table(Random(3), 20), spark, engine="rows")


def test_a_frame_without_rows_has_results_without_rows(spark: Any) -> None:
    for rules, table in ((SIMPLE, simple_table(Random(1), 2)), (COMPARED, compared_table(Random(1), 2))):
        assert rules.score_table(spark.createDataFrame(table).where("false")).count() == 0
