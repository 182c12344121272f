"""Results as float64: each the nearest to the exact number, ends of intervals outward."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules import loads
from perfrules.batch.results import RatioCells, ScaledCells
from perfrules.tables.results.doubles import doubles_of, next_double

RULES = loads(
    """
ruleset demo "Demo" version "1" {
  entity name "Name"
  input done : count in [0, 9]
  input part : 万元 decimals 2 in [0, 100]
  total 10 points
  indicator A "Thirds" 7 points { score curve of done { 0 -> 0; 9 -> full } }
  indicator B "Share" 3 points {
    measure part
    score curve of measure { 0 万元 -> 0; 100 万元 -> full }
  }
}
"""
)


def exact_table() -> Any:
    rng = np.random.default_rng(7)
    shares = [Decimal(int(each)).scaleb(-2) for each in rng.integers(0, 10_001, 200)]
    done = [None if place % 50 == 3 else int(each) for place, each in enumerate(rng.integers(0, 11, 200))]
    return pa.table({"name": [f"e{place}" for place in range(200)], "done": done, "part": shares})


def both_parts(table: Any, name: str) -> list[Fraction | None]:
    if name in table.column_names:
        return [None if cell is None else Fraction(cell) for cell in table.column(name).to_pylist()]
    parts = (table.column(f"{name}.{part}").to_pylist() for part in ("numerator", "denominator"))
    return [None if below is None else Fraction(int(above), int(below)) for above, below in zip(*parts, strict=True)]


def test_each_number_is_the_nearest_float_of_the_exact_one() -> None:
    exact = RULES.score_table(exact_table())
    floats = RULES.score_table(exact_table(), numbers="float64")
    assert floats.schema.field("total").type == pa.float64()
    assert "A.numerator" not in floats.column_names
    for name in ("total", "A", "B"):
        wanted = [None if each is None else float(each) for each in both_parts(exact, name)]
        assert floats.column(name).to_pylist() == wanted
    assert {"final", "refused"} <= set(floats.column("status").to_pylist())
    others = [name for name in floats.column_names if name in exact.column_names and name not in ("total", "A", "B")]
    assert {"status", "A.status", "problems"} <= set(others)
    for name in set(others) - {"total.lo", "total.hi"}:
        assert floats.column(name).equals(exact.column(name))


@pytest.mark.parametrize("threads", [1, 2])
def test_pandas_has_the_same_floats(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfrules.tables.score_table.BLOCK_ROWS_IN_MEMORY", 33)
    arrow = RULES.score_table(exact_table(), numbers="float64")
    frame = RULES.score_table(exact_table().to_pandas(), numbers="float64", threads=threads)
    for name in ("total", "total.lo", "A", "B"):
        assert frame[name].dtype == np.float64
        wanted = arrow.column(name).to_pandas().to_numpy()
        np.testing.assert_array_equal(frame[name].to_numpy(), wanted)
    assert frame["B"].isna().sum() == arrow.column("B").null_count > 0


def test_pandas_without_columns_at_work_has_them_too() -> None:
    arrow = RULES.score_table(exact_table(), numbers="float64", engine="rows")
    frame = RULES.score_table(exact_table().to_pandas(), numbers="float64", engine="rows")
    assert frame["total"].dropna().tolist() == [each for each in arrow.column("total").to_pylist() if each is not None]


def test_another_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="numbers is one of 'exact', 'float64'"):
        RULES.score_table(exact_table(), numbers="float")  # type: ignore[arg-type]


whole = st.integers(-(10**30), 10**30) | st.integers(-(2**53), 2**53)
parts = st.integers(1, 10**30) | st.integers(1, 10**4)


@given(st.lists(st.tuples(whole, parts), min_size=1, max_size=20))
def test_quotients_are_rounded_once(cells: list[tuple[int, int]]) -> None:
    above, below = (np.array(column, object) for column in zip(*cells, strict=True))
    assert doubles_of(RatioCells(above, below), None).tolist() == [x / y for x, y in cells]


@given(st.lists(st.integers(-(2**53), 2**53), min_size=1, max_size=20), st.sampled_from([1, 100, 7, 10**30]))
def test_scaled_numbers_are_rounded_once(cells: list[int], scale: int) -> None:
    for raw in (np.array(cells, np.float64), np.array(cells, np.int64)):
        assert doubles_of(ScaledCells(raw, scale), None).tolist() == [each / scale for each in cells]


def test_what_is_not_valid_is_zero() -> None:
    valid = np.array([True, False])
    assert doubles_of(ScaledCells(np.array([3.0, np.nan]), 2), valid).tolist() == [1.5, 0]


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_ends_go_outward_and_no_further_than_needed(end: Fraction) -> None:
    below, above = next_double(end, floor), next_double(end, ceil)
    assert below is not None
    assert above is not None
    assert below <= end <= above
    assert float(above) in (float(below), np.nextafter(float(below), np.inf))
    assert next_double(Fraction(10**400), ceil) is None
