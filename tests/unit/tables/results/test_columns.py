"""Which columns results have, and how their numbers are written."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest

from perfrules import api
from perfrules.batch.results import NumberForm, RatioCells, ScaledCells
from perfrules.tables.results.chosen import chosen_columns
from perfrules.tables.results.columns import ResultColumn, What
from perfrules.tables.results.forms import declared_forms
from perfrules.tables.results.number_cells import NumbersTooLarge, stored_numbers
from perfrules.tables.results.stored import Stored, arrow_array, written_into
from perfrules.tables.results.written import Written, arrow_types, numbers_written

TEXT = """
ruleset demo "Demo" version "1" {
  total 20 points
  input done : count in [0, 1000]
  input spent : 万元 decimals 2 in [0, 100]
  input budget : 万元 decimals 2 in [1, 100]
  input fraud : yes/no
  indicator G "Group" 20 points {
    indicator A "Rounded" 10 points {
      score curve of done { 0 -> 0; 1000 -> full }
      round to 1 decimal half up
    }
    indicator B "Quotient" 10 points {
      score curve of spent / budget { 0 -> 0; 1 -> full }
      lights { red when fraud; otherwise green }
    }
  }
  grades of total { high >= 12; low otherwise }
  decision review "Review" when grade = low
  output 【status】 : 万元 = budget - spent
  output day : date = 2024-01-01
}
"""


def columns_of(text: str, *, entity: str = "entity", overrides: bool = False) -> tuple[ResultColumn, ...]:
    plan = api.loads(text).plan
    return chosen_columns(plan, declared_forms(plan, None), entity, overrides=overrides)


def test_columns_stand_in_the_order_of_the_csv() -> None:
    names = [column.name for column in columns_of(TEXT)]
    assert names[:6] == ["status", "total", "total.lo", "total.hi", "grade", "G"]
    assert names[6:12] == ["G.status", "G.A", "G.A.status", "G.B", "G.B.status", "G.B.light"]
    assert names[12:] == ["review", "output.status", "day", "vetoes", "left_out", "problems"]


def test_a_name_that_is_taken_says_what_it_is() -> None:
    names = [column.name for column in columns_of(TEXT, entity="total")]
    assert names[1:4] == ["result.total", "total.lo", "total.hi"]


def types_of(*columns: ResultColumn) -> list[str]:
    return [str(kind) for column in columns for _, kind in arrow_types(column.written)]


def test_numbers_are_as_wide_as_declarations_prove() -> None:
    found = {column.name: types_of(column) for column in columns_of(TEXT)}
    assert found["G.A"] == ["decimal128(18, 1)"]
    assert found["G.B"] == ["int64", "int64"]
    assert found["output.status"] == ["decimal128(18, 2)"]
    assert found["day"] == ["date32[day]"]


def test_overrides_make_ratios_of_what_they_reach_unrounded() -> None:
    usual = {column.name: types_of(column) for column in columns_of(TEXT)}
    loose = {column.name: types_of(column) for column in columns_of(TEXT, overrides=True)}
    changed = {name for name in usual if usual[name] != loose[name]}
    assert changed == {"total", "total.lo", "total.hi", "G", "G.A", "G.B"}
    assert loose["G.A"] == ["decimal128(38, 0)"] * 2


@pytest.mark.parametrize(
    ("scale", "size", "expected"),
    [
        (100, 10**15, ["decimal128(18, 2)"]),
        (100, 10**16, ["decimal128(38, 2)"]),
        (8, 1, ["decimal128(18, 3)"]),
        (100, 10**40, ["string", "string"]),
        (7, 10**18, ["int64", "int64"]),
        (7, 10**19, ["decimal128(38, 0)", "decimal128(38, 0)"]),
        (None, 1, ["string", "string"]),
    ],
)
def test_types_follow_from_forms(scale: int | None, size: int, expected: list[str]) -> None:
    form = NumberForm(scale=scale, low=Fraction(-size), high=Fraction(size))
    assert [str(kind) for _, kind in arrow_types(numbers_written(form))] == expected


def column(scale: int | None, size: int | None) -> ResultColumn:
    low, high = (None, None) if size is None else (Fraction(-size), Fraction(size))
    return ResultColumn(
        name="x", what=What.OUTPUT, written=numbers_written(NumberForm(scale=scale, low=low, high=high))
    )


def arrow(stored: tuple[Stored, ...], written: Written, count: int) -> list[list[object]]:
    kinds = [kind for _, kind in arrow_types(written)]
    return [arrow_array(each, kind, count).to_pylist() for each, kind in zip(stored, kinds, strict=True)]


CELLS = [
    ScaledCells(np.array([-125.0, 0.0, 1200.0]), 100),
    ScaledCells(np.array([-125, 0, 1200]), 100),
    ScaledCells(np.array([-125, 0, 1200], object), 100),
    ScaledCells(np.array([-1250, 0, 12000]), 1000),
    ScaledCells(np.array([-5.0, 0.0, 48.0]), 4),
    RatioCells(np.array([-5, 0, 12]), np.array([4, 1, 1])),
    RatioCells(np.array([-5, 0, 12], object), np.array([4, 1, 1], object)),
]


@pytest.mark.parametrize("cells", CELLS, ids=repr)
@pytest.mark.parametrize("size", [1000, 10**20, None])
def test_every_representation_becomes_the_same_decimals(cells: ScaledCells | RatioCells, size: int | None) -> None:
    of = column(100, size)
    [found] = arrow(stored_numbers(cells, of, None), of.written, 3)
    assert [str(each) for each in found] == ["-1.25", "0.00", "12.00"]


@pytest.mark.parametrize("cells", CELLS, ids=repr)
@pytest.mark.parametrize(("scale", "size"), [(300, 1000), (300, 10**19), (None, None)])
def test_every_representation_becomes_the_same_ratios(
    cells: ScaledCells | RatioCells, scale: int | None, size: int | None
) -> None:
    of = column(scale, size)
    top, below = arrow(stored_numbers(cells, of, None), of.written, 3)
    assert [int(str(each)) for each in top] == [-5, 0, 12]
    assert [int(str(each)) for each in below] == [4, 1, 1]


def test_what_is_no_number_may_be_anything() -> None:
    valid, aside = np.array([True, False, True]), np.array([False, False, True])
    for raw in (np.array([1.0, np.nan, np.inf]), np.array([1, 2**63 - 1, -(2**63)])):
        of = column(1, 10)
        [found] = arrow(stored_numbers(ScaledCells(raw, 1), of, valid, aside), of.written, 3)
        assert [str(each) for each in found[:2]] == ["1", "None"]


def test_the_greatest_numbers_fit_and_greater_ones_are_told() -> None:
    of = column(1, None)
    most = 10**38 - 1
    cells = RatioCells(np.array([most, -most], object), np.array([1, 1], object))
    [found] = arrow(stored_numbers(cells, of, None), of.written, 2)
    assert [int(str(each)) for each in found] == [most, -most]
    with pytest.raises(NumbersTooLarge) as told:
        stored_numbers(RatioCells(np.array([1, 10**38], object), np.array([1, 1], object)), of, None)
    assert (told.value.name, told.value.rows) == (of.name, [1])


def test_single_rows_are_written_into_shared_columns() -> None:
    shared = Stored(np.zeros(4, np.int8))
    shared.values.flags.writeable = False
    found = written_into(shared, np.array([2]), Stored(np.array([1], np.int8)), 4)
    assert found.values.tolist() == [0, 0, 1, 0]
    assert shared.values.tolist() == [0, 0, 0, 0]


def test_texts_of_rows_come_behind_those_that_were_there() -> None:
    base = Stored(np.array([0, 0, 1], np.int32), np.array([True, False, True]), ("a", "b"))
    found = written_into(base, np.array([1]), Stored(np.array([0], np.int32), None, ("c",)), 3)
    assert arrow_array(found, pa.string(), 3).to_pylist() == ["a", "c", "b"]
