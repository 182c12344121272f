"""Runs over tables: rulesets that columns cannot score, threads, progress, choices of columns."""

from __future__ import annotations

from decimal import Decimal
from pickle import dumps, loads
from threading import get_ident
from time import sleep

import pyarrow as pa
import pytest
from pyarrow.dataset import dataset

from perfrules import api
from perfrules.tables.error import TableError
from perfrules.tables.options import Engine, TableOptions
from perfrules.tables.score_table import score_batches, scored_batches
from perfrules.tables.threads import in_order
from tests.support.table_results import differences

RULES = api.loads("""
ruleset demo "Demo" version "1" {
  total 10 points
  input done : count in [0, 1000]
  indicator A "Completion" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
  grades of total { high >= 5; low otherwise }
}
""")
RANKS = api.loads("""
ruleset ranks "Ranks" version "1" {
  input done : count in [1, 1000]
  output place : number = rank(done across entities, highest first, ties share best)
  output part : % = done / max(done across entities)
}
""")
LATER = api.loads("""
ruleset later "Later" version "1" {
  total 10 points
  input done : count in [0, 1000]
  indicator A "Completion" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
  output before : points = if previous(total) is missing then 0 points else previous(total)
}
""")


def table_of(count: int, bad: int = 7) -> pa.Table:
    done = [-1 if number % bad == 3 else number % 1001 for number in range(count)]
    return pa.table({"entity": [f"e{number}" for number in range(count)], "done": done})


def test_rules_that_compare_entities_are_scored_over_all_blocks() -> None:
    table = table_of(20)
    expected = RANKS.score_all(table.to_pylist())
    schema, batches = scored_batches(
        RANKS.plan, lambda rows: RANKS.score_rows(rows).all, table, TableOptions(block_rows=3)
    )
    assert differences(RANKS.plan, pa.Table.from_batches(list(batches), schema), expected) == []


def test_earlier_results_are_read() -> None:
    table = table_of(5)
    first = LATER.score_all(table.to_pylist(), previous="none")
    found = LATER.score_table(table, previous=first)
    assert differences(LATER.plan, found, LATER.score_all(table.to_pylist(), previous=first)) == []
    assert LATER.score_table(table)["problems"].to_pylist()[0] == "results-needed"


def test_blocks_come_in_order_and_only_as_many_are_taken_as_threads_can_begin_with() -> None:
    taken: list[int] = []

    def things() -> object:
        for thing in range(20):
            taken.append(thing)
            yield thing

    def work(thing: int) -> tuple[int, int]:
        sleep(0.002 * (thing % 3))
        return thing, get_ident()

    found = in_order(work, things(), 3)
    assert next(found)[0] == 0
    assert len(taken) <= 5
    rest = list(found)
    assert [thing for thing, _ in rest] == list(range(1, 20))
    assert len({ident for _, ident in rest}) <= 3


def test_a_fault_in_a_thread_is_raised() -> None:
    def work(thing: int) -> int:
        return 1 // thing

    with pytest.raises(ZeroDivisionError):
        list(in_order(work, [2, 1, 0, 1], 2))


@pytest.mark.parametrize("threads", [1, 2])
def test_the_first_block_with_problems_stops(threads: int) -> None:
    with pytest.raises(TableError) as caught:
        RULES.score_table(table_of(10), on_problem="stop", threads=threads)
    assert {each.code.value for each in caught.value.diagnostics} == {"data-outside-range"}
    assert [each.where.row for each in caught.value.diagnostics if each.where] == [4]


def test_progress_is_told_after_each_block() -> None:
    told: list[tuple[int, int | None]] = []
    options = TableOptions(block_rows=4, threads=1, progress=lambda done, of: told.append((done, of)))
    _, batches = scored_batches(RULES.plan, lambda rows: RULES.score_rows(rows).all, table_of(10), options)
    assert [batch.num_rows for batch in batches] == [4, 4, 2]
    assert told == [(4, 10), (8, 10), (10, 10)]
    told.clear()
    _, batches = scored_batches(RULES.plan, lambda rows: RULES.score_rows(rows).all, table_of(4).to_reader(), options)
    assert (len(list(batches)), told) == (1, [(4, None)])


def test_columns_can_be_chosen() -> None:
    table = table_of(5)
    found = RULES.score_table(table, columns=["grade", "total"])
    assert found.column_names == ["entity", "total", "grade"]
    assert found == RULES.score_table(table).select(["entity", "total", "grade"])
    with pytest.raises(ValueError, match="no results called B, C"):
        RULES.score_table(table, columns=["B", "A", "C"])


def test_an_entity_that_occurs_twice_is_refused_in_both_rows() -> None:
    table = pa.table({"entity": ["a", "b", "a"], "done": [1, 2, 3]})
    found = RULES.score_table(table)
    assert found["total"].to_pylist() == [None, Decimal("0.02"), None]
    assert found["problems"].to_pylist() == ["data-duplicate-entity", None, "data-duplicate-entity"]


def test_errors_can_be_pickled() -> None:
    with pytest.raises(TableError) as caught:
        RULES.score_table(table_of(10), on_problem="stop")
    copied = loads(dumps(caught.value))
    assert copied.diagnostics == caught.value.diagnostics


def test_a_stream_is_scored_while_it_is_read() -> None:
    table, taken = table_of(20), []

    def batches() -> object:
        for batch in table.to_batches(max_chunksize=4):
            taken.append(batch.num_rows)
            yield batch

    reader = pa.RecordBatchReader.from_batches(table.schema, batches())
    found = score_batches(RULES, reader, TableOptions(block_rows=4, threads=1))
    assert next(found).num_rows == 4
    assert len(taken) <= 3
    rest = found.read_all()
    whole = RULES.score_table(table)
    assert rest == whole.slice(4)
    assert found.schema == whole.schema


def test_problems_stop_a_stream_where_they_are() -> None:
    found = score_batches(RULES, table_of(20), TableOptions(block_rows=2, threads=1, on_problem="stop"))
    assert next(found).num_rows == 2
    with pytest.raises(TableError):
        next(found)


OPEN = api.loads("""
ruleset open "Open" version "1" {
  total 10 points
  input trees : count
  output planted : count = trees
  input done : count in [0, 1000]
  indicator A "Completion" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
}
""")


@pytest.mark.parametrize("engine", [None, "rows"])
def test_a_number_that_is_too_long_for_its_column_refuses_its_entity_alone(engine: Engine | None) -> None:
    table = pa.table({"entity": ["a", "b", "c"], "trees": ["12", "9" * 39, "9" * 38], "done": [1, 1, 1]})
    found = OPEN.score_table(table, engine=engine)
    assert found["status"].to_pylist() == ["final", "refused", "final"]
    assert found["problems"].to_pylist() == [None, "result-too-large", None]
    assert found["planted"].to_pylist() == [Decimal(12), None, Decimal("9" * 38)]
    with pytest.raises(TableError, match="the number of `b` for `planted`") as caught:
        OPEN.score_table(table, engine=engine, on_problem="stop")
    [problem] = caught.value.diagnostics
    assert problem.where is not None
    assert (problem.where.row, problem.where.entity) == (2, "b")


def test_an_override_that_is_too_long_refuses_its_entity_alone() -> None:
    said = {"A.override.value": [None, "3." + "1" * 40], "A.override.by": [None, "x"], "A.override.why": [None, "y"]}
    found = OPEN.score_table(pa.table({"entity": ["a", "b"], "trees": [1, 2], "done": [1, 1], **said}))
    assert found["problems"].to_pylist() == [None, "result-too-large"]
    assert (found["A.denominator"].to_pylist(), found["planted"].to_pylist()) == ([100, None], [1, None])


def test_half_of_a_number_in_two_columns_is_asked_for_by_the_name_of_the_whole() -> None:
    with pytest.raises(ValueError, match=r"called A\.numerator; A stands for numerator and denominator"):
        OPEN.score_table(pa.table({"entity": ["a"], "trees": [1], "done": [1]}), columns=["A.numerator"])


def test_an_unknown_engine_is_told_with_all_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"one of None, 'columns', 'rows', 'duckdb', 'spark', not 'pandas'"):
        OPEN.score_table(pa.table({"entity": ["a"], "trees": [1], "done": [1]}), engine="pandas")  # type: ignore[arg-type]


def test_datasets_and_scanners_are_streams() -> None:
    table = table_of(20)
    for source in (dataset(table), dataset(table).scanner()):
        found = RULES.score_table(source)
        assert isinstance(found, pa.RecordBatchReader)
        assert found.read_all() == RULES.score_table(table)


def test_rows_by_name_are_pointed_to_where_they_belong() -> None:
    with pytest.raises(TypeError, match="score_all"):
        RULES.score_table(table_of(2).to_pylist())


def test_a_column_that_is_not_there_is_told_once_where_problems_stop() -> None:
    table = table_of(20).select(["entity"])
    assert set(RULES.score_table(table)["problems"].to_pylist()) == {"data-missing"}
    assert RULES.score_table(table.slice(0, 0), on_problem="stop").num_rows == 0
    assert RULES.score_table(table, settings={"done": "1"}, on_problem="stop").num_rows == 20
    with pytest.raises(TableError) as caught:
        RULES.score_table(table, on_problem="stop")
    [problem] = caught.value.diagnostics
    assert problem.where is not None
    assert (problem.code.value, problem.where.column, problem.where.row) == ("data-missing", "done", None)
