"""Columns of types that only look like numbers or days: a row reads them as a single cell does, or refuses them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from perfrules import api
from perfrules.diagnostics import Code
from perfrules.tables.error import TableError
from tests.support.table_results import differences

NUMBER = api.loads("""
ruleset figures "Figures" version "1" {
  entity department
  input figure : count in [0, 10_000]
  indicator A 10 points { score = figure / 10_000 * full }
}
""")
DAY = api.loads("""
ruleset days "Days" version "1" {
  entity department
  input due : date in [2024-01-01, 2024-12-31]
  indicator A 10 points {
    score tally from full { days(2024-01-01, due) above 0 days: less 1 point per started 1 days }
  }
}
""")
PROJECTS = api.loads("""
ruleset projects "Projects" version "1" {
  entity department
  table projects "Projects of the year" {
    input amount "Amount" : 万元 decimals 2 in [0, 1000]
    input ready : yes/no
  }
  indicator A 10 points { score = full * share(p.ready for p in projects empty -> 0%) }
  output spent : 万元 = sum(p.amount for p in projects)
}
""")
NAMES = ("a", "b", "c")
CHINA = timezone(timedelta(hours=8))


def rows_agree(rules: api.Ruleset, name: str, cells: list[object]) -> list[object]:
    """Hold a column of objects against its cells one by one, and return the statuses."""
    rows = [{"department": str(row), name: cell} for row, cell in enumerate(cells)]
    column = np.array([*cells, None], object)[:-1]
    frame = {"department": [row["department"] for row in rows], name: column}
    table = rules.score_table(frame)
    assert differences(rules.plan, table, rules.score_all(rows)) == []
    assert rules.score_table(frame, engine="rows") == table
    return table["status"].to_pylist()


@pytest.mark.parametrize("first", [0, 1])
def test_one_moment_is_a_day_in_one_zone_alone(first: int) -> None:
    moments = [datetime(2024, 5, 1, tzinfo=CHINA), datetime(2024, 4, 30, 16, tzinfo=UTC)]
    assert moments[0] == moments[1]
    cells = moments if first == 0 else moments[::-1]
    assert rows_agree(DAY, "due", [*cells, date(2024, 5, 2)])[first] == "final"


def test_two_zones_may_have_two_midnights() -> None:
    rows_agree(DAY, "due", [datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=CHINA)])


def test_a_nanosecond_past_midnight_is_more_than_a_day() -> None:
    moments = [pd.Timestamp("2024-05-01 00:00:00.000000001"), pd.Timestamp("2024-05-01")]
    assert rows_agree(DAY, "due", [*moments, "2024-05-02"]) == ["refused", "final", "final"]
    scored = DAY.score_table({"department": NAMES[:2], "due": pd.Series(moments)})
    assert scored["problems"].to_pylist() == ["data-not-a-date", None]


def test_infinite_decimals_are_no_numbers() -> None:
    assert rows_agree(NUMBER, "figure", [Decimal("Infinity"), Decimal(3), Decimal("-Infinity")]) == [
        "refused",
        "final",
        "refused",
    ]


@pytest.mark.parametrize("unit", ["D", "s", "us", "ns"])
def test_spans_of_time_are_no_numbers(unit: str) -> None:
    spans = np.array([1, 2, "NaT"], f"timedelta64[{unit}]")
    for column in (spans, pd.Series(spans)):
        scored = NUMBER.score_table({"department": NAMES, "figure": column})
        assert scored["problems"].to_pylist() == ["data-unreadable", "data-unreadable", "data-missing"]
    single = [NUMBER.score({"figure": each}).problems[0].code.value for each in spans]
    assert single == ["data-unreadable", "data-unreadable", "data-missing"]


def test_the_numbers_of_months_are_no_numbers() -> None:
    months = pd.Series(pd.PeriodIndex(["2024-01", "2024-02", "NaT"], freq="M"))
    frame = pd.DataFrame({"department": NAMES, "figure": months})
    for table in (frame, pa.Table.from_pandas(frame)):
        scored = pa.table({name: pa.array(column) for name, column in _columns(NUMBER.score_table(table)).items()})
        assert scored["problems"].to_pylist() == ["data-unreadable", "data-unreadable", "data-missing"]


def _columns(frame: object) -> dict[str, list[object]]:
    found = pa.Table.from_pandas(frame) if isinstance(frame, pd.DataFrame) else frame
    assert isinstance(found, pa.Table)
    return {"problems": found["problems"].to_pylist()}


def test_decimals_of_a_negative_scale_are_whole() -> None:
    tens = pa.array([Decimal("1.5E+2"), None, Decimal("1E+3")], pa.decimal128(6, -1))
    scored = NUMBER.score_table(pa.table({"department": NAMES, "figure": tens}))
    assert scored["status"].to_pylist() == ["final", "refused", "final"]
    assert scored["A"].to_pylist() == [Decimal("0.15"), None, Decimal(1)]


def test_whole_numbers_of_128_bits_and_objects_of_polars() -> None:
    for column in (pl.Series([7, None, 2**100], dtype=pl.Int128), pl.Series([7, None, "x"], dtype=pl.Object)):
        scored = NUMBER.score_table(pl.DataFrame({"department": NAMES, "figure": column}))
        assert scored["status"].to_list() == ["final", "refused", "refused"]


def test_arrays_of_records_as_pandas_reads_them_from_parquet() -> None:
    kind = pa.list_(pa.struct([("amount", pa.float64()), ("ready", pa.bool_())]))
    lists = [[{"amount": 1.5, "ready": True}] * count for count in (1, 0, 2, 1)]
    table = pa.table({"department": ["a", "b", "c", "d"], "projects": pa.array(lists, kind)})
    frame = table.to_pandas()
    assert isinstance(frame["projects"][0], np.ndarray)
    found, expected = PROJECTS.score_table(frame), PROJECTS.score_table(table)
    assert (
        found["spent"].tolist() == expected["spent"].to_pylist() == [Decimal(each) for each in ("1.5", "0", "3", "1.5")]
    )
    assert found["status"].tolist() == ["final"] * 4


@pytest.mark.parametrize("name", ["projects", "Projects of the year"])
def test_tables_of_their_own_have_names_or_titles(name: str) -> None:
    projects = {"department": ["b", "b"], "Amount": [1, 2], "ready": [True, True]}
    scored = PROJECTS.score_table({"department": ["a", "b"]}, tables={name: projects})
    assert scored["spent"].to_pylist() == [Decimal(0), Decimal(3)]


def test_tables_of_their_own_that_nobody_knows_are_told() -> None:
    with pytest.raises(TableError) as caught:
        PROJECTS.score_table({"department": ["a"]}, tables={"project": {"department": ["a"]}})
    [problem] = caught.value.diagnostics
    assert (problem.code, problem.args["column"]) == (Code.DATA_UNKNOWN_COLUMN, "project")


JUDGED = api.loads("""
ruleset marks "Marks" version "1" {
  entity department
  indicator A 10 points { score judged { "good" -> [8, 10]; "fair" -> (5, 8); "poor" -> [0, 5] } }
}
""")


@pytest.mark.parametrize("of", [str, int, float, Decimal])
@pytest.mark.parametrize("level", ["good", "fair", "poor"])
def test_open_limits_of_levels_hold_whatever_type_marks_have(level: str, of: type) -> None:
    marks = [of(each) for each in range(11)]
    names = [str(each) for each in marks]
    rows = [{"department": str(each), "A.level": level, "A.mark": each} for each in marks]
    for some in ([5], [8], range(11)):
        picked = [rows[each] for each in some]
        columns = {"department": [names[each] for each in some], "A.level": [level] * len(picked)}
        columns["A.mark"] = [marks[each] for each in some]
        assert differences(JUDGED.plan, JUDGED.score_table(columns), JUDGED.score_all(picked)) == []
