"""Tables of every kind as blocks: what a block holds, and that rows put aside read as rows of files do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from fractions import Fraction

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.diagnostics import Code, DataPlace
from perfrules.lang.states import State
from perfrules.readers.mapping import read_mappings, row_of
from perfrules.readers.raw import Raw, ReadOptions
from perfrules.readers.rows import read_rows
from perfrules.tables.ingest import Kind, NotATable, open_table
from tests.support.data_plans import PLAN
from tests.support.read_blocks import Reader

UNJUDGED = evolve(PLAN, judged=())
DATA = [
    {"department": "Parks", "staff": 12, "spent": 1200.5, "rate": "95%", "done": True, "town": "偏远"},
    {"department": "Roads", "staff": 7, "spent": 1.25, "rate": "60%", "done": False, "town": "central"},
    {"department": "Ports", "staff": 5001, "spent": 1.25, "rate": "60%", "done": False, "town": "central"},
    {"department": "Forts", "staff": 1, "spent": 0.1234567, "rate": "60%", "done": None, "town": None},
    {"department": "Mints", "staff": 3, "spent": 8.0, "rate": "60%", "done": None, "town": None},
]
FRAME = pd.DataFrame(DATA)
ARROW = pa.Table.from_pylist(DATA)
KINDS = {
    "pandas": (lambda: FRAME, Kind.PANDAS),
    "pandas with Arrow types": (lambda: FRAME.convert_dtypes(dtype_backend="pyarrow"), Kind.PANDAS),
    "pandas with its own types": (lambda: FRAME.convert_dtypes(), Kind.PANDAS),
    "polars": (lambda: pl.DataFrame(DATA), Kind.POLARS),
    "polars lazy": (lambda: pl.DataFrame(DATA).lazy(), Kind.POLARS_LAZY),
    "arrow": (lambda: ARROW, Kind.ARROW),
    "arrow chunks": (lambda: pa.concat_tables([ARROW[:2], ARROW[2:]]), Kind.ARROW),
    "batch": (lambda: ARROW.to_batches()[0], Kind.ARROW_BATCH),
    "reader": (lambda: ARROW.to_reader(2), Kind.STREAM),
    "duckdb": (lambda: duckdb.from_arrow(ARROW), Kind.DUCKDB),
    "mapping": (
        lambda: {name: ARROW[name].to_numpy(zero_copy_only=False) for name in ARROW.column_names},
        Kind.MAPPING,
    ),
    "mapping of lists": (lambda: ARROW.to_pydict(), Kind.MAPPING),
    "stream": (lambda: Streamed(), Kind.OTHER),
    "interchange": (lambda: Interchanged(), Kind.OTHER),
}


class Streamed:
    """Any object that hands out an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema=None):
        return ARROW.__arrow_c_stream__(requested_schema)


class Interchanged:
    """Any object that hands out columns by the interchange protocol."""

    def __dataframe__(self, nan_as_null=False, allow_copy=True):
        return ARROW.__dataframe__(nan_as_null, allow_copy)


def facts_of(table, plan=UNJUDGED, texts=("central",)):
    """Return the facts of each row by blocks, None where it is put aside, and what the reader of rows says of all."""
    by_block, by_row = [], []
    for block in table.batches(texts):
        inputs = {each.name: each for each in plan.data_inputs}
        by_block += Reader(block, inputs).rows()
        by_row += table.read_rows(block, range(block.rows))
    return by_block, tuple(by_row)


def raw_rows(mappings):
    return tuple(row_of(each, DataPlace(row=number)) for number, each in enumerate(mappings, 1))


def agree(table, plan=UNJUDGED):
    by_block, by_row = facts_of(table, plan)
    for block, row in zip(by_block, by_row, strict=True):
        if block is not None:
            assert row.problems == ()
            assert block == dict(row.facts.values)
    return [block is None for block in by_block], by_row


@pytest.mark.parametrize("block_rows", [2, 65_536])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table(kind, block_rows):
    made, expected = KINDS[kind]
    table = open_table(made(), UNJUDGED, block_rows=block_rows)
    assert (table.kind, table.problems) == (expected, ())
    assert table.rows in (5, None)
    aside, rows = agree(table)
    assert aside == [False, False, True, True, False]
    assert rows == read_mappings(UNJUDGED, DATA).rows


def test_what_is_no_table_is_said_to_be_none():
    for found in ("a,b", 12, [1, 2]):
        with pytest.raises(NotATable):
            open_table(found, PLAN)
    with pytest.raises(NotATable):
        open_table({"a": [1], "b": [1, 2]}, PLAN)


@pytest.mark.parametrize("as_stream", [False, True])
def test_entities_that_occur_twice_or_have_no_name(as_stream):
    names = ["Parks", " Roads", "Ports", "Roads", None, "", "Ports", "Ports"]
    frame = pa.table({"department": names, "staff": [1] * 8, "spent": [1] * 8, "rate": ["1%"] * 8})
    table = open_table(frame.to_reader(3) if as_stream else frame, UNJUDGED, block_rows=3)
    aside, rows = agree(table)
    firsts = [False, not as_stream, not as_stream]
    assert aside == [*firsts, True, True, True, True, True]
    whole = read_rows(Raw(raw_rows(frame.to_pylist())), UNJUDGED)
    assert [each.entity for each in rows] == [each.entity for each in whole.rows]
    if not as_stream:
        assert rows == whole.rows
    else:
        (problem,) = rows[3].problems
        assert (problem.code, problem.args["rows"]) == (Code.DATA_DUPLICATE_ENTITY, ("2",))


NAMES = st.one_of(
    st.sampled_from(["a", "b", " a", "长名字的部门", "长名字的部们", "eight888", "nine99999", ""]), st.text(max_size=20)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(NAMES), st.integers(1, 5), st.booleans())
def test_who_occurs_twice_is_found_whatever_the_names(names, block_rows, as_stream):
    names = [each.encode("utf-8", "replace").decode() for each in names]
    frame = pa.table({"department": pa.array(names, pa.string()), "staff": pa.array([1] * len(names), pa.int64())})
    table = open_table(frame.to_reader(2) if as_stream else frame, UNJUDGED, block_rows=block_rows)
    own = [each.strip() for each in names]
    expected = [not each or own.count(each) > 1 for each in own]
    found, place = [], table.run.skipped
    own, expected = own[place:], expected[place:]
    for block in table.batches():
        assert block.columns.names.to_pylist() == own[block.place : block.place + block.rows]
        left = block.columns.left_out
        found += [False] * block.rows if left is None else left.tolist()
    if not as_stream:
        assert found == expected
    else:
        assert not any(left and not twice for left, twice in zip(found, expected, strict=True))
        kept = [name for name, left in zip(own, found, strict=True) if not left]
        assert len(set(kept)) == len(kept)


@pytest.mark.parametrize(
    "names", [[3, 1, 3], [3.0, 1.5, 3.0], [Decimal("3.0"), Decimal(1), Decimal(3)], [date(2024, 1, 1)] * 2]
)
def test_entities_may_be_called_by_anything(names):
    plan = evolve(UNJUDGED, inputs=())
    table = open_table({"department": names}, plan)
    found = [None if each is None else "" for each in facts_of(table, plan)[0]]
    rows = read_mappings(plan, [{"department": each} for each in names]).rows
    assert found == [None if each.facts is None else "" for each in rows]
    [block] = table.batches()
    assert block.columns.names.to_pylist() == [each.entity for each in rows]


def test_rows_may_be_numbered():
    table = open_table(FRAME.drop(columns="department"), UNJUDGED, ReadOptions(number_rows=True))
    aside, rows = agree(table)
    assert [each.entity for each in rows] == ["1", "2", "3", "4", "5"]
    assert aside == [False, False, True, True, False]


def test_wrong_headings_are_problems_of_the_table():
    frame = FRAME.rename(columns={"town": "twon"})
    (problem,) = open_table(frame, UNJUDGED).problems
    assert problem.code is Code.DATA_UNKNOWN_COLUMN
    assert open_table(frame, UNJUDGED, ReadOptions(ignore_unknown=True)).problems == ()
    (problem,) = open_table(FRAME.drop(columns="department"), UNJUDGED).problems
    assert problem.code is Code.DATA_NO_ENTITY_COLUMN


def test_titles_head_columns_and_settings_replace_them():
    frame = FRAME.rename(columns={"department": "部门", "staff": "Staff in post"})
    table = open_table(frame, UNJUDGED, ReadOptions(settings={"town": "偏远", "staff": "12"}))
    aside, rows = agree(table)
    assert aside == [False, False, False, True, False]
    assert {each.facts.values["town"] for each in rows if each.facts} == {"偏远"}


def test_a_first_row_of_captions_is_no_data():
    frame = pd.DataFrame(
        {"department": ["部门", "Parks"], "staff": [None, "12"], "spent": [None, "1"], "rate": [None, "5%"]}
    )
    table = open_table(frame, UNJUDGED)
    aside, rows = agree(table)
    assert (table.rows, aside, rows[0].place.row) == (1, [False], 2)


def test_a_column_that_no_rule_asks_for_is_looked_at_all_the_same():
    table = open_table(FRAME, UNJUDGED)
    [block] = table.batches()
    assert not block.aside.any()
    block.holes = evolve(block.holes, missing=frozenset({"done"}))
    block.codes("done", None, np.empty(5, bool))
    assert block.aside.tolist() == [False, False, True, True, False]


def test_rows_with_an_override_are_put_aside():
    frame = FRAME.assign(**{"A1.override.value": [None, 3, None, None, None]})
    table = open_table(frame, UNJUDGED)
    assert table.has_overrides
    assert agree(table)[0] == [False, True, True, True, False]


JUDGED = pd.DataFrame(
    [
        ("both", "met", 9.5, None, False),
        ("below its level", "met", 7.0, None, True),
        ("no such level", "mett", 9.0, None, True),
        ("nothing yet", None, None, None, True),
        ("the level alone", "met", None, None, True),
        ("the mark alone", None, 9.0, None, True),
        ("a date that is none", "not met", 3.0, "soon", True),
        ("at the open end", "not met", 8.0, None, True),
        ("in the other level", "not met", 7.999, "2024-01-31", False),
        ("pending in words", "待定", 9.0, None, True),
    ],
    columns=["department", "A2.level", "A2.mark", "A2.on", "aside"],
)


def test_judged_marks_lie_within_their_levels():
    plan = evolve(PLAN, inputs=())
    table = open_table(JUDGED.drop(columns="aside"), plan)
    [block] = table.batches(("met",))
    asked = {name: block.columns.run.words[name].declaration for name in ("A.A2.level", "A.A2.mark")}
    found = Reader(block, asked).rows()
    assert [each is None for each in found] == JUDGED["aside"].tolist()
    for row, each in zip(table.read_rows(block, range(block.rows)), found, strict=True):
        if each is not None:
            mark = row.facts.judged["A.A2"]
            assert each == {"A.A2.level": mark.level, "A.A2.mark": mark.mark}


RECORDS = [
    [{"amount": 1.5, "finished": True}, {"amount": 2.25, "finished": None}],
    [],
    None,
    [{"amount": 1001.0, "finished": True}],
    [{"amount": None, "finished": False}],
    [{"amount": 3.0, "finished": False}],
]
BASE = [{"department": f"d{n}", "staff": 1, "spent": 1, "rate": "1%"} for n in range(6)]
NESTED = [{**base, "projects": records} for base, records in zip(BASE, RECORDS, strict=True)]


@pytest.mark.parametrize("made", [pa.Table.from_pylist, pd.DataFrame, pl.DataFrame], ids=["arrow", "pandas", "polars"])
@pytest.mark.parametrize("block_rows", [2, 100])
def test_nested_tables(made, block_rows):
    aside, rows = agree(open_table(made(NESTED), UNJUDGED, block_rows=block_rows))
    assert aside == [False, False, False, True, True, False]
    assert rows == read_mappings(UNJUDGED, NESTED).rows
    assert rows[2].facts.values["projects"] is State.MISSING


def test_nested_tables_with_a_field_nobody_knows():
    data = pa.Table.from_pylist([{**NESTED[5], "projects": [{"amount": 3.0, "colour": 1}]}, NESTED[1]])
    assert agree(open_table(data, UNJUDGED))[0] == [True, False]
    assert agree(open_table(data, UNJUDGED, ReadOptions(ignore_unknown=True)))[0] == [False, False]


@pytest.mark.parametrize("block_rows", [2, 100])
def test_tables_of_their_own(block_rows):
    apart = [
        {"department": f"d{n}", **record} for n, records in enumerate(RECORDS) for record in reversed(records or [])
    ]
    order = np.random.default_rng(0).permutation(len(apart))
    strays = ({"department": name, "amount": 1.0, "finished": None} for name in ("nobody", None))
    apart = [next(strays), *(apart[n] for n in order), next(strays)]
    raws = raw_rows(pa.Table.from_pylist(apart).to_pylist())
    raws = tuple(evolve(raw, place=evolve(raw.place, sheet="projects")) for raw in raws)
    expected = read_rows(Raw(raw_rows(BASE), {"projects": raws}), UNJUDGED)
    for frame in (
        pa.Table.from_pylist(apart),
        pd.DataFrame(apart),
        pl.DataFrame(apart),
        pa.Table.from_pylist(apart).to_reader(2),
    ):
        table = open_table(pd.DataFrame(BASE), UNJUDGED, tables={"projects": frame}, block_rows=block_rows)
        aside, rows = agree(table)
        assert aside == [False, False, False, True, True, False]
        assert rows == expected.rows
        assert table.strays() == expected.problems


def test_what_lies_between_declared_ends_of_undeclared_decimals_widens():
    """The kernel is told so many decimals as the data have, and goes on with them."""
    table = open_table({"department": [1, 2], "area": [0.125, 99_999.5]}, evolve(UNJUDGED, inputs=UNJUDGED.inputs[2:3]))
    [block] = table.batches()
    reader = Reader(block, block.columns.run.inputs)
    assert reader.rows() == [{"area": Fraction(1, 8)}, {"area": Fraction(199_999, 2)}]
    assert reader.facts["area"].scale == 1000


def test_blocks_may_be_read_by_several_threads():
    rows = 4000
    towns = [f"kind {n % 97}" for n in range(rows)]
    frame = pd.DataFrame({"department": [f"d{n}" for n in range(rows)], "note": towns, "staff": np.arange(rows) % 5500})
    plan = evolve(UNJUDGED, inputs=(UNJUDGED.inputs[0], UNJUDGED.inputs[8]))
    inputs = {each.name: each for each in plan.data_inputs}
    blocks = [*open_table(frame, plan, block_rows=100).batches()]
    with ThreadPoolExecutor(4) as threads:
        found = [row for rows in threads.map(lambda block: Reader(block, inputs).rows(), blocks) for row in rows]
    assert [row is None for row in found] == (frame["staff"] > 5000).tolist()
    assert [row["note"] for row in found if row] == [town for town, row in zip(towns, found, strict=True) if row]
