"""Compiled loops beside the passes over arrays that they stand in for, and beside fractions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules import loads
from perfrules.tables.passes import choosing

loops = pytest.importorskip("perfrules.tables.passes.compiled")

RULES = loads("""
ruleset demo "Demo" version "1" {
  input spent  : 万元 decimals 2 in [-100, 1000]
  input budget : 万元 decimals 2 in [1, 1000]
  input staff  : person in [0, 50]
  total 10 points
  round leaves to 2 decimals half up
  indicator A "Execution" 10 points {
    measure spent / budget
    score curve of measure { 0% -> 0; 100% -> full }
  }
}
""")


@pytest.fixture
def from_the_first_cell_on(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Compiled loops for however few cells; what is given back counts how often they were asked for."""
    asked: list[int] = []

    def compiled(cells: int) -> Any:
        asked.append(cells)
        return loops

    for module in ("ingest.numbers", "results.number_cells"):
        monkeypatch.setattr(f"perfrules.tables.{module}.compiled", compiled)
    return asked


doubles = st.floats(allow_nan=True, allow_infinity=True, width=64)
near_cents = st.tuples(st.integers(-(10**6), 10**6), st.integers(-2, 2)).map(
    lambda given: _moved(given[0] / 100, given[1])
)


def _moved(number: float, steps: int) -> float:
    for _ in range(abs(steps)):
        number = float(np.nextafter(number, np.inf if steps > 0 else -np.inf))
    return number


def _is_cent(number: float, low: int, high: int) -> bool:
    """Whether the shortest decimal of a double has two decimals, and lies from low to high hundredths."""
    if not np.isfinite(number):
        return False
    hundredths = Fraction(Decimal(repr(number))) * 100
    return hundredths.denominator == 1 and low <= hundredths <= high


@given(st.lists(doubles | near_cents, min_size=1, max_size=40))
def test_floats_fit_where_their_shortest_decimals_do(cells: list[float]) -> None:
    values, out = np.array(cells), np.empty(len(cells))
    low, high = -(10**6), 10**6
    fit = loops.floats(values, 100.0, float(low), float(high), out)
    assert fit == all(_is_cent(each, low, high) for each in cells)
    if fit:
        assert out.tolist() == [Fraction(Decimal(repr(each))) * 100 for each in cells]


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=40), st.integers(1, 2**40))
def test_wholes_fit_from_end_to_end(cells: list[int], high: int) -> None:
    values, out = np.array(cells, np.int64), np.empty(len(cells))
    assert loops.wholes(values, -5, high, 100.0, out) == all(-5 <= each <= high for each in cells)


@given(st.lists(st.integers(-(10**37), 10**37) | st.integers(-(10**6), 10**6), min_size=1, max_size=40))
def test_decimals_of_128_bits_fit_from_end_to_end(cells: list[int]) -> None:
    array = pa.array([Decimal(each) for each in cells], pa.decimal128(38, 0))
    words = np.frombuffer(array.buffers()[1], np.int64)[: 2 * len(cells)]
    out = np.empty(len(cells))
    fit = loops.decimals(words, -(10**6), 10**6, 10.0, out)
    assert fit == all(abs(each) <= 10**6 for each in cells)
    if fit:
        assert out.tolist() == [10 * each for each in cells]


@given(st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=40), st.sampled_from([1, 100]))
def test_words_are_the_decimals_of_arrow(cells: list[int], times: int) -> None:
    out = np.empty(2 * len(cells), np.int64)
    loops.words(np.array(cells, np.float64), times, out)
    buffers = [None, pa.py_buffer(out)]
    array = pa.Array.from_buffers(pa.decimal128(38, 0), len(cells), buffers)
    assert [int(each) for each in array.to_pylist()] == [times * each for each in cells]


def _columns(seed: int) -> dict[str, np.ndarray[Any, Any]]:
    rng = np.random.default_rng(seed)
    spent = rng.integers(-10_100, 100_100, 300) / 100
    spent[::7] = np.nextafter(spent[::7], np.inf)
    spent[5], spent[6] = np.nan, np.inf
    return {"spent": spent, "budget": rng.integers(0, 100_000, 300) / 100, "staff": rng.integers(-1, 52, 300)}


def _frames(seed: int) -> Iterator[Any]:
    columns, entity = _columns(seed), {"entity": np.arange(300)}
    yield pa.table(entity | columns)
    tidy = {name: np.round(np.abs(np.nan_to_num(each, posinf=1)) % 40 + 1, 2) for name, each in columns.items()}
    tidy["staff"] = tidy["staff"].astype(np.int64)
    yield pa.table(entity | tidy)
    decimals = {name: pa.array(each).cast(pa.string()).cast(pa.decimal128(20, 2)) for name, each in tidy.items()}
    yield pa.table(entity | decimals | {"staff": tidy["staff"].astype(np.int32)})


@pytest.mark.parametrize("seed", range(3))
def test_results_are_the_same_with_and_without(
    seed: int, from_the_first_cell_on: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_loops = [RULES.score_table(frame, threads=1) for frame in _frames(seed)]
    assert from_the_first_cell_on
    for module in ("ingest.numbers", "results.number_cells"):
        monkeypatch.setattr(f"perfrules.tables.{module}.compiled", lambda cells: None)
    for frame, found in zip(_frames(seed), with_loops, strict=True):
        assert RULES.score_table(frame, threads=1).equals(found)
    assert 0 < with_loops[0].column("status").to_pylist().count("final") < 300
    assert set(with_loops[1].column("status").to_pylist()) == {"final"}


def test_loops_are_taken_once_there_are_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "_SEEN", choosing._Seen())
    assert choosing.compiled(choosing.WORTH_IT - 1) is None
    assert choosing.compiled(1) is loops
