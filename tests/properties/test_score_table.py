"""A table of results says what the results of its entities say, whatever the table, the blocks and the threads."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules import api
from perfrules.tables.options import TableOptions
from perfrules.tables.score_table import scored_batches
from tests.strategies.rulesets import AS_OF, WrittenRuleset, valid_ruleset
from tests.support.table_results import differences
from tests.support.typed_columns import typed

MODEST = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
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
