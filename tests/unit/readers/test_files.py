"""CSV, JSON, JSON lines and Parquet."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from importlib import import_module

import pytest

from perfrules.diagnostics import Code
from perfrules.readers import Limits, ReadOptions, read_data
from perfrules.readers.parquet import read_parquet
from perfrules.readers.python_values import plain
from perfrules.readers.raw import wanted_by
from tests.support.data_plans import PLAN

HEAD = "department,staff,spent,rate\n"


def read(tmp_path, name, content, options=None):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_data(path, PLAN, options or ReadOptions())


def codes(problems):
    return [each.code for each in problems]


def facts_of(read, entity="Parks"):
    assert read.problems == ()
    row = next(each for each in read.rows if each.entity == entity)
    assert row.problems == ()
    return row.facts.values


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_with_the_usual_delimiters_and_encodings(tmp_path, delimiter, encoding):
    text = "部门,staff,spent,rate,耕地面积\n公园,12,5,９５％,\n".replace(",", delimiter)
    values = facts_of(read(tmp_path, "a.csv", text.encode(encoding)), "公园")
    assert (values["staff"], values["rate"]) == (12, Fraction(19, 20))


def test_a_quoted_cell_may_hold_thousands_separators(tmp_path):
    assert facts_of(read(tmp_path, "a.csv", HEAD + 'Parks,12,"1,200.5",95%\n'))["spent"] == Fraction(2401, 2)


def test_problems_name_the_row_of_the_file(tmp_path):
    found = read(tmp_path, "a.csv", "\n" + HEAD + "\nParks,12,5,95%\nRoads,x,5,95%\n")
    (problem,) = found.rows[1].problems
    assert (problem.where.row, problem.where.column, problem.where.value) == (5, "staff", "x")
    assert found.rows[0].facts is not None


def test_a_row_longer_than_the_headings_is_refused(tmp_path):
    found = read(tmp_path, "a.csv", HEAD + "Parks,12,1,200.5,95%\nRoads,1,1,1%\n")
    assert Code.DATA_UNREADABLE in codes(found.rows[0].problems)
    assert found.rows[1].facts is not None


def test_a_table_is_a_file_of_its_name_beside_the_data(tmp_path):
    (tmp_path / "projects.csv").write_text("department,amount,finished\nParks,5,是\nRoads,1,\nParks,6,\n", "utf-8")
    found = read(tmp_path, "a.csv", HEAD + "Parks,12,5,95%\nRoads,1,1,1%\nWoods,1,1,1%\n")
    assert [len(row.facts.values["projects"]) for row in found.rows] == [2, 1, 0]


def test_a_record_of_nobody_is_reported(tmp_path):
    (tmp_path / "projects.csv").write_text("department,amount\nPraks,5\n", "utf-8")
    found = read(tmp_path, "a.csv", HEAD + "Parks,12,5,95%\n")
    assert codes(found.problems) == [Code.DATA_UNKNOWN_ENTITY]


def test_a_table_with_wrong_headings_refuses_the_entities(tmp_path):
    (tmp_path / "projects.csv").write_text("department,amonut\nParks,5\n", "utf-8")
    found = read(tmp_path, "a.csv", HEAD + "Parks,12,5,95%\n")
    assert codes(found.problems) == [Code.DATA_UNKNOWN_COLUMN]
    assert found.rows[0].facts is None


def test_the_headings_are_reported_once(tmp_path):
    found = read(tmp_path, "a.csv", "department,staf,spent,rate\nParks,12,5,95%\nRoads,12,5,95%\n")
    assert codes(found.problems) == [Code.DATA_UNKNOWN_COLUMN]
    assert [row.facts for row in found.rows] == [None, None]


def test_headings_without_data_are_checked_too(tmp_path):
    assert codes(read(tmp_path, "a.csv", "department,staf\n").problems) == [Code.DATA_UNKNOWN_COLUMN]
    assert codes(read(tmp_path, "a.csv", "staff\n").problems) == [Code.DATA_NO_ENTITY_COLUMN]


def test_json_numbers_are_read_as_written(tmp_path):
    more = '"spent": 0.100000000000000000, "projects": [{"amount": 1e2}]'
    text = f'[{{"department": "Parks", "staff": 12, "rate": "95%", {more}}}]'
    values = facts_of(read(tmp_path, "a.json", text))
    assert values["spent"] == Fraction(1, 10)
    assert values["projects"][0]["amount"] == 100


def test_json_keyed_by_entity(tmp_path):
    assert facts_of(read(tmp_path, "a.json", '{"Parks": {"staff": 1, "spent": 2, "rate": "3%"}}'))["staff"] == 1


def test_a_name_twice_in_an_object_is_a_duplicate_column(tmp_path):
    found = read(tmp_path, "a.json", '[{"department": "Parks", "staff": 1, "staff": 2, "spent": 2, "rate": "3%"}]')
    assert codes(found.rows[0].problems) == [Code.DATA_DUPLICATE_COLUMN]


def test_json_lines_read_on_after_a_bad_line(tmp_path):
    line = '{"department": "Parks", "staff": 1, "spent": 2, "rate": "3%"}\n'
    found = read(tmp_path, "a.jsonl", "oops\n\n" + line)
    assert [(each.code, each.where.row) for each in found.problems] == [(Code.DATA_UNREADABLE, 1)]
    assert found.rows[0].facts.values["staff"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "{"),
        ("a.json", "[1]"),
        ("a.json", '{"staff": 1}'),
        ("a.json", b"\xff\xff"),
        ("a.csv", ""),
        ("a.csv", 'a,"b\nc'),
        ("a.xlsx", "no zip"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.parquet", b"PAR1PAR1"),
        ("a.doc", "x"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(tmp_path, name, content):
    found = read(tmp_path, name, content)
    assert codes(found.problems) == [Code.DATA_UNREADABLE]
    assert found.rows == ()


def test_a_file_that_is_not_there(tmp_path):
    assert codes(read_data(tmp_path / "a.csv", PLAN).problems) == [Code.DATA_UNREADABLE]
    assert codes(read_data(tmp_path / "\0.csv", PLAN).problems) == [Code.DATA_UNREADABLE]


@pytest.mark.parametrize(
    ("name", "content", "limits"),
    [
        ("a.csv", HEAD + "a,1,1,1%\nb,1,1,1%\n", Limits(rows=1)),
        ("a.csv", HEAD, Limits(columns=3)),
        ("a.csv", HEAD, Limits(file_bytes=5)),
        ("a.json", "[{}, {}]", Limits(rows=1)),
        ("a.jsonl", "{}\n{}\n", Limits(rows=1)),
        ("a.json", '[{"projects": [[]]}]', Limits(nesting=2)),
        ("a.json", "[" * 100_000, Limits()),
    ],
)
def test_limits_are_stated(tmp_path, name, content, limits):
    found = read(tmp_path, name, content, ReadOptions(limits=limits))
    assert codes(found.problems) == [Code.DATA_TOO_LARGE]


def test_parquet_decimals_are_exact(tmp_path):
    pa = import_module("pyarrow")
    parquet = import_module("pyarrow.parquet")
    table = pa.table(
        {
            "department": ["Parks", "Roads"],
            "staff": pa.array([12, 13], pa.int32()),
            "spent": pa.array([Decimal("0.10"), Decimal("0.30")], pa.decimal128(10, 2)),
            "rate": ["95%", "5%"],
            "projects": [[{"amount": 0.1}], []],
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    found = read_data(tmp_path / "a.parquet", PLAN)
    assert facts_of(found)["spent"] == Fraction(1, 10)
    assert facts_of(found)["projects"][0]["amount"] == Fraction(1, 10)
    assert facts_of(found, "Roads")["projects"] == ()


def test_short_floats_of_parquet_are_their_own_decimals(tmp_path):
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    short = arrow.float32()
    kind = arrow.list_(arrow.struct([("cost", short)]))
    cells = [arrow.array([0.1, None, 1e20], short), arrow.array([[{"cost": 0.7}], None, [{"cost": None}]], kind)]
    parquet.write_table(arrow.table(cells, ["a", "b"]), tmp_path / "a.parquet")
    rows = read_parquet(tmp_path / "a.parquet", wanted_by(PLAN), Limits()).rows
    assert [plain(row.cells[0]) for row in rows] == [plain(each) for each in (0.1, None, 1e20)]
    assert [row.cells[1] for row in rows] == [[{"cost": Decimal("0.7")}], None, [{"cost": None}]]
