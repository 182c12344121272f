"""Whatever type a column has, a block holds what the reader of single cells reads, or leaves the row to it."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.diagnostics import DataPlace
from perfrules.ir.inputs import Bounds, InputDeclaration, WrittenAs
from perfrules.lang.exact import decimal_places
from perfrules.lang.kinds import Choice, Date, Number, Percent, Points, Text, YesNo
from perfrules.lang.states import State
from perfrules.lang.units import UnitTable
from perfrules.readers.cells import read_cell
from perfrules.tables.ingest import open_table
from tests.support.data_plans import PLAN, declare, quantity
from tests.support.read_blocks import Reader

WIDEST = (np.float64, np.int64, object)


def blocks_say(declaration: InputDeclaration, column: object, widest: type = np.float64, block_rows: int = 65_536):
    """Return what blocks hold of one column: a value, a state, or None where the row is put aside."""
    plan = evolve(PLAN, inputs=(declaration,), judged=())
    rows = len(column)
    frame = {"department": np.arange(rows), declaration.name: column}
    table = open_table(frame, plan, block_rows=block_rows)
    assert table.problems == ()
    found = []
    for block in table.batches(declaration.options[:1]):
        found += [
            row and row[declaration.name] for row in Reader(block, {declaration.name: declaration}, widest).rows()
        ]
    return found


def cells_say(declaration: InputDeclaration, cells: list[object]):
    """Return what the reader of single cells makes of each: a value, missing, or None where the row needs it."""
    found = []
    for cell in cells:
        read = read_cell(declaration, cell, UnitTable(), DataPlace())
        is_plain = not read.problems and read.value is not State.PENDING
        found.append(read.value if is_plain else None)
    return found


def agree(declaration, column, cells, widest=np.float64, block_rows=65_536):
    """Hold blocks against cells; what is not decimal, or large, may be left to the reader of rows, the rest not."""
    of_blocks = blocks_say(declaration, column, widest, block_rows)
    of_cells = cells_say(declaration, cells)
    for cell, block, single in zip(cells, of_blocks, of_cells, strict=True):
        if single is None:
            assert block is None, cell
        elif block is None:
            assert is_far_out(single) or type(cell) is datetime, cell
        else:
            assert (type(block), block) == (type(single), single), cell


def is_far_out(value):
    if not isinstance(value, Fraction):
        return False
    places = decimal_places(value)
    return places is None or places > 9 or abs(value) * 10**places > 10**17


@st.composite
def numeric(draw):
    """A declaration of numbers, with ends that lie where the cells do."""
    ends = st.decimals(-1000, 1000, places=2).map(Fraction)
    low, high = sorted((draw(ends), draw(ends)))
    bounds = Bounds(low, high, draw(st.booleans()), draw(st.booleans())) if draw(st.booleans()) else None
    kind, written = draw(
        st.sampled_from(
            (
                (Number(), None),
                (Points(), None),
                (quantity("万元"), None),
                (Percent(), None),
                (Percent(), WrittenAs.RATIO),
                (Percent(), WrittenAs.PERCENT),
            )
        )
    )
    if low == high and bounds is not None:
        bounds = Bounds(low, high)
    decimals = draw(st.sampled_from((None, 0, 1, 2, 6)))
    optional = draw(st.booleans())
    return declare("x", kind, unit_text="", decimals=decimals, bounds=bounds, optional=optional, written_as=written)


SHORT = st.one_of(
    st.integers(-1100, 1100).map(float),
    st.decimals(-1100, 1100, places=2).map(float),
    st.decimals(-2, 2, places=6).map(float),
)
FLOATS = st.one_of(
    SHORT,
    SHORT.map(lambda each: math.nextafter(each, math.inf)),
    st.floats(width=64),
    st.floats(2.0**50, 2.0**54),
    st.sampled_from((math.nan, math.inf, -math.inf, -0.0, 5e-324, 0.1 + 0.2, 2.0**53, 1e22, 562949953421312.2)),
)
DECIMALS = st.one_of(
    st.decimals(-1100, 1100, places=3),
    st.decimals(-(10**30), 10**30, places=4),
    st.integers(-1100, 1100).map(Decimal),
)
SOME = 60


@settings(max_examples=SOME, deadline=None)
@given(numeric(), st.lists(FLOATS, max_size=9), st.sampled_from(WIDEST))
def test_doubles_are_their_shortest_decimals(declaration, cells, widest):
    agree(declaration, np.array(cells, np.float64), cells, widest)


@settings(max_examples=SOME, deadline=None)
@given(numeric(), st.lists(st.one_of(SHORT, st.floats(width=32)), max_size=9))
def test_floats_of_32_bits_are_their_own_shortest_decimals(declaration, cells):
    with np.errstate(over="ignore"):
        column = np.array(cells, np.float32)
    agree(declaration, column, [*column])


@settings(max_examples=SOME, deadline=None)
@given(
    numeric(),
    st.lists(st.one_of(st.integers(-1100, 1100), st.integers(-(2**63), 2**63 - 1)), max_size=9),
    st.sampled_from(WIDEST),
)
def test_whole_numbers(declaration, cells, widest):
    agree(declaration, np.array(cells, np.int64), cells, widest)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16, np.uint32, np.uint64])
def test_whole_numbers_of_other_widths(dtype):
    ends = np.iinfo(dtype)
    cells = [0, 1, 100, ends.min, ends.max]
    agree(declare("x", Number(), bounds=Bounds(Fraction(0), Fraction(101)), decimals=0), np.array(cells, dtype), cells)
    agree(declare("x", Number()), np.array(cells, dtype), cells)


@settings(max_examples=SOME, deadline=None)
@given(numeric(), st.lists(st.one_of(st.none(), DECIMALS), max_size=9), st.integers(4, 7), st.sampled_from(WIDEST))
def test_decimals_in_place(declaration, cells, scale, widest):
    column = pa.array(cells, pa.decimal128(38, scale))
    agree(declaration, column, column.to_pylist(), widest)
    agree(declaration, column[1:], column[1:].to_pylist(), widest)


@settings(max_examples=SOME, deadline=None)
@given(numeric(), st.lists(st.one_of(st.none(), SHORT), max_size=20), st.integers(0, 9))
def test_arrow_doubles_with_nothing_in_them(declaration, cells, start):
    column = pa.array(cells, pa.float64())[start:]
    agree(declaration, column, column.to_pylist(), block_rows=7)


WORDS = st.one_of(
    st.sampled_from(
        ("95%", "1,200.5 万元", "12 元", "12", "-3.25", "９５％", "missing", "缺失", "pending", "待定", "", " ")
    ),
    st.sampled_from(
        ("", " ", "a dozen", "1e2", "4分", "是", "no", "甲", "2024-01-31", "2024/1/31 ", "1_000", "\ud800")
    ),
)
ANYTHING = st.one_of(
    WORDS,
    FLOATS,
    DECIMALS,
    st.integers(-1100, 10**30),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.fractions(),
    st.just(Decimal("NaN")),
    st.just([1, 2]),
    st.just({"a": 1}),
    st.just(b"x"),
)
DECLARATIONS = st.one_of(
    numeric(),
    st.builds(lambda optional: declare("x", YesNo(), optional=optional), st.booleans()),
    st.builds(lambda optional: declare("x", Text(), optional=optional), st.booleans()),
    st.just(declare("x", Choice(("甲", "是", "12")), options=("甲", "是", "12"))),
    st.just(declare("x", Date(), optional=True)),
    st.just(declare("x", Date(), bounds=Bounds(Fraction(738_000), Fraction(739_000), False, True))),
)


@settings(max_examples=2 * SOME, deadline=None)
@given(DECLARATIONS, st.lists(ANYTHING, max_size=9))
def test_objects_of_any_type(declaration, cells):
    column = np.empty(len(cells), object)
    column[:] = cells
    agree(declaration, column, cells)


@settings(max_examples=SOME, deadline=None)
@given(
    DECLARATIONS,
    st.lists(st.one_of(st.none(), WORDS.filter(lambda each: each.isascii() or each != "\ud800")), max_size=9),
)
def test_texts_of_arrow_polars_and_pandas(declaration, cells):
    cells = [None if each == "\ud800" else each for each in cells]
    agree(declaration, pa.array(cells, pa.string()), cells)
    agree(declaration, pa.array(cells, pa.large_string()).dictionary_encode(), cells)
    agree(declaration, pa.array(cells, pa.string_view()), cells)
    agree(declaration, pl.Series(cells, dtype=pl.String).to_arrow(), cells)
    agree(declaration, pd.Series(cells, dtype="str"), cells)
    agree(declaration, pd.Series(cells, dtype="category"), cells)
    agree(declaration, pl.Series(cells, dtype=pl.Categorical).to_arrow(), cells)


@settings(max_examples=SOME, deadline=None)
@given(DECLARATIONS, st.lists(st.one_of(st.none(), st.booleans()), max_size=20), st.integers(0, 9))
def test_truths(declaration, cells, start):
    column = pa.array(cells, pa.bool_())[start:]
    agree(declaration, column, column.to_pylist())
    agree(declaration, pd.Series(cells, dtype="boolean"), cells)
    full = [bool(each) for each in cells]
    agree(declaration, np.array(full, bool), full)


MOMENTS = st.one_of(
    st.none(),
    st.dates(date(1700, 1, 1), date(2200, 1, 1)).map(lambda each: datetime(each.year, each.month, each.day)),  # noqa: DTZ001
    st.datetimes(datetime(1700, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001
)


@settings(max_examples=SOME, deadline=None)
@given(DECLARATIONS, st.lists(MOMENTS, max_size=9))
def test_days_and_moments(declaration, cells):
    for unit in ("us", "ns"):
        agree(declaration, pa.array(cells, pa.timestamp(unit)), cells)
        agree(declaration, np.array(cells, f"datetime64[{unit}]"), cells)
    agree(declaration, pd.Series(cells, dtype="datetime64[us]"), cells)
    days = [each and each.date() for each in cells]
    agree(declaration, pa.array(days, pa.date32()), days)


def test_days_that_no_calendar_has_are_left_to_the_reader_of_rows():
    column = pa.array([3_000_000, -800_000, 0], pa.int32()).cast(pa.date32())
    assert blocks_say(declare("x", Date()), column) == [None, None, date(1970, 1, 1)]


def test_moments_with_a_zone_are_the_days_of_their_zone():
    moment = pd.Timestamp("2024-01-31 00:00", tz="Asia/Shanghai")
    column = pd.Series([moment, moment + timedelta(hours=1)])
    assert blocks_say(declare("x", Date()), column) == [date(2024, 1, 31), None]


def test_small_units_of_a_wide_range_need_whole_numbers_of_64_bits_or_more():
    cells = [0.01, 123456789.25, 99_999_999_999.99, 1.0, math.nan]
    for high in (10**12, 10**15, 10**19):
        money = declare("x", Number(), decimals=6, bounds=Bounds(Fraction(0), Fraction(high)))
        agree(money, np.array(cells), cells)


@settings(max_examples=20, deadline=None)
@given(
    numeric(),
    st.lists(st.one_of(st.none(), WORDS.filter(lambda each: each != "\ud800"), DECIMALS.map(str)), max_size=9),
)
def test_many_numbers_written_as_text(declaration, cells):
    cells = [each for each in cells if each != "\ud800"]
    cells = [*cells, *(f"{number / 4}" for number in range(-300, 300)), "-0", "007.50", "1" * 19, "0." + "1" * 13]
    agree(declaration, pa.array(cells, pa.string()), cells)
