"""Plain cells read by machine code, beside fractions: what fits, and which whole numbers it is."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.batch.columns.code import F8, I8, TRUTH
from perfrules.batch.columns.instructions import Writing
from perfrules.batch.native.host import machine_code
from perfrules.batch.native.loop import LANES, Loop
from perfrules.batch.native.reading import read
from perfrules.batch.native.writing import write
from perfrules.batch.plain import PlainForm, Reading

pytest.importorskip("llvmlite")

doubles = st.floats(allow_nan=True, allow_infinity=True, width=64)
near_cents = st.tuples(st.integers(-(10**6), 10**6), st.integers(-2, 2)).map(
    lambda given: _moved(given[0] / 100, given[1])
)
END = 10**6
CODES: dict[object, Any] = {}


def _moved(number: float, steps: int) -> float:
    for _ in range(abs(steps)):
        number = float(np.nextafter(number, np.inf if steps > 0 else -np.inf))
    return number


def code_of(reading: Reading, dtype: str) -> Any:
    """Return machine code that reads one column and gives it back; made once."""
    if (reading, dtype) not in CODES:
        loop = Loop()
        cells = read(loop, reading, dtype)
        loop.store(cells, dtype)
        CODES[reading, dtype] = machine_code(loop)
    return CODES[reading, dtype]


def column(cells: list[Any], dtype: Any) -> Any:
    """Return cells as an array, repeated to as many as one pass needs at least."""
    return np.array([*cells] * -(-LANES // len(cells)), dtype)


def _is_cent(number: float) -> bool:
    """Whether the shortest decimal of a double has two decimals, and lies within END hundredths."""
    if not np.isfinite(number):
        return False
    hundredths = Fraction(Decimal(repr(number))) * 100
    return hundredths.denominator == 1 and abs(hundredths) <= END


@given(st.lists(doubles | near_cents, min_size=1, max_size=40))
def test_floats_fit_where_their_shortest_decimals_do(cells: list[float]) -> None:
    values = column(cells, np.float64)
    out = np.empty(len(values))
    fits = code_of(Reading(PlainForm.FLOATS, 100, -END, END, 10), F8).run([values, out], len(values))
    assert fits == all(map(_is_cent, cells))
    if fits:
        assert out.tolist() == [Fraction(Decimal(repr(each))) * 1000 for each in values.tolist()]


@given(st.lists(doubles | st.integers(-20, 20).map(float), min_size=1, max_size=20))
def test_whole_floats_fit_where_they_are_whole(cells: list[float]) -> None:
    values = column(cells, np.float64)
    fits = code_of(Reading(PlainForm.FLOATS, 1, -9, 9), F8).run([values, np.empty(len(values))], len(values))
    assert fits == all(np.isfinite(each) and each == int(each) and -9 <= each <= 9 for each in cells)


@pytest.mark.parametrize("form", [PlainForm.INT64, PlainForm.INT32])
@pytest.mark.parametrize("dtype", [F8, I8])
@given(cells=st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-7, 7), min_size=1, max_size=40))
def test_wholes_fit_from_end_to_end(form: PlainForm, dtype: str, cells: list[int]) -> None:
    if form is PlainForm.INT32:
        cells = [each % 2**32 - 2**31 for each in cells]
    values = column(cells, form.value)
    out = np.empty(len(values), dtype)
    fits = code_of(Reading(form, 1, -5, 2**40, 100), dtype).run([values, out], len(values))
    assert fits == all(-5 <= each <= 2**40 for each in cells)
    if fits:
        assert out.tolist() == [100 * each for each in values.tolist()]


@given(st.lists(st.integers(-(10**37), 10**37) | st.integers(-END, END), min_size=1, max_size=40))
def test_decimals_of_128_bits_fit_from_end_to_end(cells: list[int]) -> None:
    numbers = [Decimal(each) for each in cells] * -(-LANES // len(cells))
    array = pa.array(numbers, pa.decimal128(38, 0))
    words = np.frombuffer(array.buffers()[1], np.int64)[: 2 * len(numbers)]
    out = np.empty(len(numbers))
    fits = code_of(Reading(PlainForm.DECIMALS, 1, -END, END, 10), F8).run([words, out], len(numbers))
    assert fits == all(abs(each) <= END for each in cells)
    if fits:
        assert out.tolist() == [10 * int(each) for each in numbers]


def test_truths_are_bytes() -> None:
    values, out = np.array([True, False, True, True] * 4), np.empty(16, bool)
    assert code_of(Reading(PlainForm.TRUTHS), TRUTH).run([values, out], 16)
    assert out.tolist() == values.tolist()


@pytest.mark.parametrize("place", [0, 7, 8, 511, 512, 519])
def test_one_cell_that_does_not_fit_is_noticed_wherever_it_stands(place: int) -> None:
    values = np.ones(520)
    code = code_of(Reading(PlainForm.FLOATS, 100, -END, END), F8)
    assert code.run([values, np.empty(520)], 520)
    values[place] = 0.001
    assert not code.run([values, np.empty(520)], 520)


def _written(cells: list[int], writing: Writing, out: Any) -> Any:
    loop = Loop()
    write(loop, loop.read(F8), F8, writing)
    values = column(cells, np.float64)
    assert machine_code(loop).run([values, out], len(values))
    return values.tolist()


@given(st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=40), st.sampled_from([1, 100, -3]))
def test_words_are_the_decimals_of_arrow(cells: list[int], times: int) -> None:
    rows = len(column(cells, np.float64))
    out = np.empty(2 * rows, np.int64)
    values = _written(cells, Writing(times, 1, words=True), out)
    array = pa.Array.from_buffers(pa.decimal128(38, 0), rows, [None, pa.py_buffer(out)])
    assert [int(each) for each in array.to_pylist()] == [times * each for each in values]


@given(st.lists(st.integers(-(2**45), 2**45), min_size=1, max_size=40), st.sampled_from([(1, 100), (-7, 3), (2, 1)]))
def test_floats_are_the_nearest_and_zero_has_no_sign(cells: list[int], factor: tuple[int, int]) -> None:
    out = np.empty(len(column(cells, np.float64)))
    values = _written(cells, Writing(*factor, words=False), out)
    assert out.tolist() == [int(each) * factor[0] / factor[1] for each in values]
    assert not np.signbit(out[out == 0]).any()
