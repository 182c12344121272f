"""A table of results says what the results of its entities say, whatever the table, the blocks and the threads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pandas as pd
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules import api
from perfrules.lang.exact import as_text, decimal_places
from perfrules.tables.options import TableOptions
from perfrules.tables.score_table import scored_batches
from tests.strategies.rulesets import AS_OF, WrittenRuleset, valid_ruleset
from tests.support.table_results import differences

MODEST = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
WHOLE = (pa.int64(), pa.int32(), pa.int16(), pa.uint32())
seeds = st.integers(0, 2**32).map(Random)


def data_of(written: WrittenRuleset, ruleset: api.Ruleset, random: Random, size: int) -> list[dict[str, object]]:
    """Return rows for *size* entities, all with the same columns."""
    name = ruleset.plan.entity_name
    rows = [{name: f"entity {number}", **written.row(random)} for number in range(size)]
    headings = dict.fromkeys(heading for row in rows for heading in row)
    return [{heading: row.get(heading) for heading in headings} for row in rows]


def frame_of(rows: list[dict[str, object]]) -> Any:
    """Return a frame that holds the very objects."""
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in rows[0]})


def arrow(frame: Any) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)


@MODEST
@given(random=seeds, size=st.integers(1, 12))
def test_a_table_agrees_with_its_entities(random: Random, size: int) -> None:
    written, ruleset, _ = valid_ruleset(random)
    rows = data_of(written, ruleset, random, size)
    as_of = random.choice(AS_OF)
    expected = ruleset.score_all(rows, as_of=as_of)
    found = ruleset.score_table(frame_of(rows), as_of=as_of)
    assert differences(ruleset.plan, arrow(found), expected) == []


def _bytes(table: pa.Table) -> bytes:
    """Return the table as Arrow's bytes, whatever its blocks were."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return sink.getvalue().to_pybytes()


@MODEST
@given(random=seeds, size=st.integers(1, 12))
def test_typed_columns_agree_with_their_entities(random: Random, size: int) -> None:
    written, ruleset, _ = valid_ruleset(random, compares=False)
    rows = data_of(written, ruleset, random, size)
    table = pa.table({name: typed([row[name] for row in rows], random) for name in rows[0]})
    expected = ruleset.score_all(table.to_pylist(), as_of=AS_OF[-1])
    found = ruleset.score_table(table, as_of=AS_OF[-1])
    assert differences(ruleset.plan, found, expected) == []


def typed(cells: list[object], random: Random) -> pa.Array:
    """Return cells as an Arrow array of some type that holds them, or of texts."""
    known = [cell for cell in cells if cell is not None]
    if known and all(isinstance(cell, Fraction) and decimal_places(cell) is not None for cell in known):
        numbers = [None if cell is None else Decimal(as_text(cell)) for cell in cells]  # type: ignore[arg-type]
        chosen = random.choice(("decimal", "float", "int", "text"))
        if chosen == "float":
            return pa.array([None if each is None else float(each) for each in numbers], pa.float64())
        if chosen == "int" and all(each is None or each == int(each) for each in numbers):
            return pa.array([None if each is None else int(each) for each in numbers], random.choice(WHOLE))
        if chosen == "decimal":
            return pa.array(numbers)
    if known and len({type(cell) for cell in known}) == 1 and isinstance(known[0], bool | date):
        return pa.array(cells)
    texts = pa.array([None if cell is None else said(cell) for cell in cells], pa.string())
    return texts.dictionary_encode() if random.random() < 0.3 else texts


def said(cell: object) -> str:
    if isinstance(cell, Fraction):
        return as_text(cell)
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)


@MODEST
@given(random=seeds, size=st.integers(1, 40))
def test_blocks_and_threads_change_no_byte(random: Random, size: int) -> None:
    written, ruleset, _ = valid_ruleset(random)
    frame, as_of = frame_of(data_of(written, ruleset, random, size)), random.choice(AS_OF)
    usual = scored(ruleset, frame, TableOptions(as_of=as_of, engine="rows"))
    for threads, block_rows in ((1, 65_536), (1, 1), (2, 7), (3, 3)):
        found = scored(ruleset, frame, TableOptions(as_of=as_of, threads=threads, block_rows=block_rows))
        assert _bytes(found) == _bytes(usual)


def scored(ruleset: api.Ruleset, frame: Any, options: TableOptions) -> pa.Table:
    def score(rows: Any) -> Any:
        return ruleset.score_rows(rows).all

    schema, batches = scored_batches(ruleset.plan, score, frame, options)
    return pa.Table.from_batches(list(batches), schema)
