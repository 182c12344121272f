"""Whatever is in a data file, reading reports and never raises; a number written in any accepted way is that number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.diagnostics import DataPlace
from perfrules.lang.exact import as_text
from perfrules.lang.kinds import Number
from perfrules.lang.units import UnitTable
from perfrules.readers import Limits, read_mappings
from perfrules.readers.cells import read_cell
from perfrules.readers.csv_file import parse_csv
from perfrules.readers.excel import parse_excel
from perfrules.readers.json_file import parse_json
from perfrules.readers.jsonl_file import parse_json_lines
from perfrules.readers.parquet import parse_parquet
from perfrules.readers.raw import wanted_by
from perfrules.readers.rows import read_rows
from tests.support.data_plans import INPUTS, PLAN, declare

WANTED = wanted_by(PLAN)
LIMITS = Limits()
PARSERS = {
    "csv": lambda content: parse_csv(content, "a", LIMITS),
    "json": lambda content: parse_json(content, "a", WANTED, LIMITS),
    "jsonl": lambda content: parse_json_lines(content, "a", LIMITS),
    "excel": lambda content: parse_excel(content, "a", WANTED, LIMITS),
    "parquet": lambda content: parse_parquet(content, "a", LIMITS),
}
NUMBER = declare("figure", Number())

headings = st.one_of(
    st.sampled_from(
        ["department", "部门", "projects", "A2.level", "A2.mark", "A1.override.value", "A.A1.override.by", ""]
        + [each.name for each in INPUTS]
        + [each.title for each in INPUTS]
    ),
    st.text(max_size=6),
)
numbers = st.one_of(
    st.integers(),
    st.floats(),
    st.decimals(),
    st.fractions(),
    st.sampled_from(
        ["95%", "6387.3 万亩", "1,234", "是", "met", "待定", "missing", "2024-02-29", "central", "9" * 2000]
    ),
)
leaves = st.one_of(
    numbers, st.none(), st.booleans(), st.text(max_size=8), st.dates(), st.datetimes(), st.binary(max_size=3)
)
cells = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(headings, inner, max_size=3), max_leaves=6
)


@pytest.mark.parametrize("name", PARSERS)
@given(content=st.binary(max_size=300))
@settings(max_examples=60)
def test_no_bytes_make_a_reader_raise(name, content):
    found = read_rows(PARSERS[name](content), PLAN)
    assert [row.entity for row in found.rows if row.facts is not None] == []


@given(grid=st.lists(st.lists(headings | leaves.map(str), max_size=6), max_size=5), delimiter=st.sampled_from(",;\t"))
@settings(max_examples=100)
def test_no_table_of_texts_makes_a_reader_raise(grid, delimiter):
    text = "\n".join(delimiter.join(line) for line in grid)
    found = read_rows(PARSERS["csv"](text.encode("utf-8", "replace")), PLAN)
    for row in found.rows:
        assert row.facts is not None or found.problems or row.problems


@given(entities=st.lists(st.dictionaries(headings, cells, max_size=8), max_size=4))
@settings(max_examples=150)
def test_no_python_values_make_a_reader_raise(entities):
    found = read_mappings(PLAN, entities)
    assert len(found.rows) == len(entities)
    for row in found.rows:
        assert (row.facts is None) == any(each.severity == "error" for each in row.problems)
        assert row.facts is None or set(row.facts.values) == {each.name for each in INPUTS}


def grouped(digits: str) -> str:
    head = len(digits) % 3 or 3
    return ",".join([digits[:head], *(digits[index : index + 3] for index in range(head, len(digits), 3))])


@given(whole=st.integers(0, 10**15), decimals=st.text("0123456789", max_size=6), sign=st.sampled_from(["", "-", "+"]))
def test_every_way_of_writing_a_number_gives_its_exact_value(whole, decimals, sign):
    plain = f"{sign}{whole}" + (f".{decimals}" if decimals else "")
    value = Fraction(plain)
    full_width = plain.translate(
        {ord(a): b for a, b in zip("0123456789.-+", "０１２３４５６７８９．－＋", strict=True)}
    )
    with_commas = f"{sign}{grouped(str(whole))}" + (f".{decimals}" if decimals else "")
    ways = [plain, f"  {plain} ", full_width, with_commas, f"{plain}e0", Decimal(plain), value]
    read = [read_cell(NUMBER, way, UnitTable(), DataPlace()).value for way in ways]
    assert read == [value] * len(ways)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_its_shortest_decimal(number):
    assert read_cell(NUMBER, number, UnitTable(), DataPlace()).value == Fraction(repr(number))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_canonical_text_is_read_back(number):
    value = Fraction(number)
    assert read_cell(NUMBER, as_text(value), UnitTable(), DataPlace()).value == value
