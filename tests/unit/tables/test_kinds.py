"""What comes back from `score_table` is what went in: the same kind of frame, a row for each row, exact numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import narwhals
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from perfrules import api
from perfrules.tables.error import TableError

RULES = api.loads("""
ruleset demo "Demo" version "1" {
  entity department "Department"
  total 20 points
  round total to 1 decimal half up
  input done "Done" : count in [0, 1000]
  input rate : % decimals 2 in [0%, 100%] written as percent
  indicator A "Completion" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
  indicator B "Third" 10 points { score curve of rate { 0% -> 0; 90% -> full } }
  grades of rounded total { high >= 12; low otherwise }
  output third : % = rate / 3
}
""")
COLUMNS = {"department": ["Finance", "Health", "Parks"], "Done": [945, 1200, 3], "rate": [90.0, 80.0, 33.25]}
TABLE = pa.table(COLUMNS)


class Stream:
    """Something that speaks Arrow, whatever it is."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return TABLE.__arrow_c_stream__(requested_schema)


KINDS: dict[str, tuple[Any, type]] = {
    "pandas": (lambda: pd.DataFrame(COLUMNS), pd.DataFrame),
    "pandas by arrow": (lambda: TABLE.to_pandas(types_mapper=pd.ArrowDtype), pd.DataFrame),
    "polars": (lambda: pl.DataFrame(COLUMNS), pl.DataFrame),
    "polars lazy": (lambda: pl.LazyFrame(COLUMNS), pl.LazyFrame),
    "table": (lambda: TABLE, pa.Table),
    "batch": (lambda: TABLE.to_batches()[0], pa.RecordBatch),
    "reader": (TABLE.to_reader, pa.RecordBatchReader),
    "duckdb": (lambda: duckdb.from_arrow(TABLE), duckdb.DuckDBPyRelation),
    "stream": (Stream, pa.Table),
    "numpy": (lambda: {name: np.array(column) for name, column in COLUMNS.items()}, pa.Table),
    "narwhals": (lambda: narwhals.from_native(pd.DataFrame(COLUMNS)), narwhals.DataFrame),
}


def arrow(found: Any) -> pa.Table:
    match found:
        case pd.DataFrame():
            return pa.Table.from_pandas(found, preserve_index=False)
        case pl.LazyFrame():
            return found.collect().to_arrow()
        case pl.DataFrame():
            return found.to_arrow()
        case pa.RecordBatch():
            return pa.Table.from_batches([found])
        case pa.RecordBatchReader():
            return found.read_all()
        case duckdb.DuckDBPyRelation():
            return found.to_arrow_table()
        case narwhals.DataFrame():
            return found.to_arrow()
    assert isinstance(found, pa.Table)
    return found


@pytest.mark.parametrize(("frame", "kind"), KINDS.values(), ids=KINDS)
def test_the_same_kind_comes_back_with_exact_numbers(frame: Callable[[], Any], kind: type) -> None:
    scored = RULES.score_table(frame())
    assert isinstance(scored, kind)
    found = arrow(scored).to_pydict()
    assert found["department"] == ["Finance", "Health", "Parks"]
    assert found["status"] == ["final", "refused", "final"]
    assert found["total"] == [Decimal("19.5"), None, Decimal("3.7")]
    assert found["grade"] == ["high", None, "low"]
    assert found["A"] == [Decimal("9.45"), None, Decimal("0.03")]
    assert (found["B.numerator"], found["B.denominator"]) == ([10, None, 133], [1, None, 36])
    assert found["third.numerator"] == [Fraction(3, 10).numerator, None, Fraction(133, 1200).numerator]
    assert found["problems"] == [None, "data-outside-range", None]


def test_numbers_in_pandas_are_no_floats() -> None:
    types = RULES.score_table(pd.DataFrame(COLUMNS)).dtypes
    assert str(types["total"]) == "decimal128(18, 1)[pyarrow]"
    assert str(types["B.numerator"]) == "Int64"
    assert str(types["grade"]) == "category"


def test_a_relation_stays_on_its_connection() -> None:
    connection = duckdb.connect()
    connection.sql("create table data as select 'Finance' as department, 945 as done, 90.0 as rate")
    scored = RULES.score_table(connection.table("data"))
    joined = scored.join(connection.table("data"), "department").fetchall()
    assert len(joined) == 1


@pytest.mark.parametrize("rows", [0, 3])
@pytest.mark.parametrize(("frame", "kind"), KINDS.values(), ids=KINDS)
def test_the_columns_do_not_depend_on_the_data(frame: Callable[[], Any], kind: type, rows: int) -> None:
    bad = pa.table({"department": ["", "x", "x"], "done": [-1, None, 5], "rate": [None, 900.0, 1.0]}).slice(0, rows)
    expected = RULES.score_table(bad).schema
    if kind in (pa.Table, pa.RecordBatch, pa.RecordBatchReader):
        assert list(arrow(RULES.score_table(frame())).schema)[1:] == list(expected)[1:]


def test_unknown_columns_are_told() -> None:
    with pytest.raises(TableError) as caught:
        RULES.score_table(TABLE.append_column("dones", pa.array([1, 2, 3])))
    assert [each.code.value for each in caught.value.diagnostics] == ["data-unknown-column"]
    scored = RULES.score_table(TABLE.append_column("dones", pa.array([1, 2, 3])), ignore_unknown=True)
    assert scored == RULES.score_table(TABLE)


def test_a_table_without_a_column_of_entities_is_told() -> None:
    with pytest.raises(TableError) as caught:
        RULES.score_table(TABLE.drop_columns(["department"]))
    assert [each.code.value for each in caught.value.diagnostics] == ["data-no-entity-column"]


def test_problems_stop_where_that_is_asked() -> None:
    with pytest.raises(TableError) as caught:
        RULES.score_table(TABLE, on_problem="stop")
    assert [each.code.value for each in caught.value.diagnostics] == ["data-outside-range"]


def test_progress_counts_the_rows() -> None:
    told: list[tuple[int, int | None]] = []
    RULES.score_table(TABLE, progress=lambda done, of: told.append((done, of)))
    assert told == [(3, 3)]


def test_settings_stand_for_columns() -> None:
    without = TABLE.drop_columns(["rate"])
    scored = RULES.score_table(without, settings={"rate": "45"})
    assert scored["B.numerator"].to_pylist() == [5, None, 5]


def test_overrides_have_any_decimals() -> None:
    table = pa.table(
        {
            "department": ["Finance", "Health"],
            "done": [945, 100],
            "rate": [90.0, 80.0],
            "A.override.value": ["9.123456789", None],
            "A.override.by": ["the board", None],
            "A.override.why": ["found late", None],
        }
    )
    scored = RULES.score_table(table)
    assert scored["A.numerator"].to_pylist() == [Decimal("9123456789"), Decimal("1")]
    assert scored["A.denominator"].to_pylist() == [Decimal("1000000000"), Decimal("1")]
    assert scored["total"].to_pylist() == [Decimal("19.1"), Decimal("9.9")]


def test_rows_one_by_one_give_the_same_bytes() -> None:
    assert RULES.score_table(TABLE, engine="rows") == RULES.score_table(TABLE)


def test_pandas_keeps_its_index_so_that_both_can_be_put_together() -> None:
    data = pd.DataFrame({"department": list("abcd"), "done": [100, 200, 300, 400], "rate": [90.0] * 4})
    some = data[data["done"] != 200]
    scored = RULES.score_table(some)
    assert scored.index.tolist() == [0, 2, 3]
    assert some.assign(A=scored["A"])["A"].tolist() == [Decimal(1), Decimal(3), Decimal(4)]
    keyed = data.set_index("department", drop=False)
    assert RULES.score_table(keyed).loc["c", "A"] == Decimal(3)
    assert RULES.score_table(keyed[:0]).index.name == "department"


class Extended(pd.DataFrame):
    """A frame of pandas with more to it, as of places."""


def test_what_extends_a_frame_of_pandas_gives_one() -> None:
    scored = RULES.score_table(Extended(COLUMNS))
    assert isinstance(scored, pd.DataFrame)
    assert scored["status"].tolist() == ["final", "refused", "final"]


def test_lazy_frames_by_narwhals() -> None:
    scored = RULES.score_table(narwhals.from_native(pl.LazyFrame(COLUMNS)))
    assert narwhals.to_native(scored).collect()["status"].to_list() == ["final", "refused", "final"]


@pytest.mark.parametrize(
    "wrong",
    [{"engine": "fast"}, {"on_problem": "raise"}, {"threads": 0}, {"columns": "total"}, {"columns": ["totals"]}],
)
def test_what_cannot_be_meant_is_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"one of|at least 1|list of names|no results called"):
        RULES.score_table(TABLE, **wrong)


def test_the_entity_may_be_named_among_the_columns() -> None:
    assert RULES.score_table(TABLE, columns=["department", "total"]).column_names == ["department", "total"]


@pytest.mark.parametrize(
    "wrong", [None, "data.csv", [COLUMNS], pd.Series([1]), pl.Series([1]), {"department": "a"}, {"department": 5}]
)
def test_what_is_no_table_is_told(wrong: object) -> None:
    with pytest.raises(TypeError, match=r"no table|not a sequence"):
        RULES.score_table(wrong)
