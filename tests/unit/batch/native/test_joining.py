"""Which instructions are joined, and tables that are the same with and without machine code."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from perfrules import Ruleset, loads
from perfrules.batch.columns.code import CODE, FRAME, TRUTH, Instruction, Reg, Writer
from perfrules.batch.native import host, threshold
from perfrules.batch.native.joining import stretches_of, with_stretches
from perfrules.batch.native.stretch import Stretch
from perfrules.tables.options import TableOptions
from perfrules.tables.score_table import score_batches
from tests.support.plain_frames import RULES, frames

pytest.importorskip("llvmlite")


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return loads(RULES)


@pytest.mark.parametrize("numbers", ["exact", "float64"])
@pytest.mark.parametrize("seed", range(3))
def test_results_are_the_same_with_and_without(rules: Ruleset, seed: int, numbers: Any) -> None:
    for frame in frames(seed):
        with threshold.joined_from(None):
            expected = rules.score_table(frame, threads=1, numbers=numbers)
        with threshold.joined_from(0):
            assert rules.score_table(frame, threads=2, numbers=numbers).equals(expected)
            options = TableOptions(block_rows=400, numbers=numbers)
            assert score_batches(rules, frame, options).read_all().equals(expected)
        assert expected.column("status").to_pylist().count("final") > 0


def test_frames_of_pandas_are_the_same_with_and_without(rules: Ruleset) -> None:
    for frame in (each.to_pandas() for each in frames(7)):
        for numbers in ("exact", "float64"):
            with threshold.joined_from(None):
                expected = rules.score_table(frame, numbers=numbers)
            with threshold.joined_from(0):
                assert rules.score_table(frame, numbers=numbers).equals(expected)


def test_a_column_with_cells_that_do_not_fit_is_read_before_from_then_on(
    rules: Ruleset, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    unfitting = Stretch._unfitting

    def look(stretch: Stretch, data: Any, rows: int) -> list[int]:
        looked.append(rows)
        return unfitting(stretch, data, rows)

    monkeypatch.setattr(Stretch, "_unfitting", look)
    frame = next(frames(1))
    plan = loads(RULES.replace("demo", "demo_of_its_own"))
    with threshold.joined_from(0):
        plan.score_table(pa.concat_tables([frame]), threads=1)
        assert len(looked) == 1
        plan.score_table(frame, threads=1)
    assert len(looked) == 1


def test_machine_code_is_taken_where_many_rows_come(monkeypatch: pytest.MonkeyPatch) -> None:
    assert threshold.is_worth_it(threshold.WORTH_IT)
    assert not threshold.is_worth_it(threshold.WORTH_IT - 1)
    monkeypatch.setitem(sys.modules, "llvmlite.binding", None)  # as where it is not installed
    host.is_there.cache_clear()
    assert not threshold.is_worth_it(threshold.WORTH_IT)
    host.is_there.cache_clear()


def test_where_no_machine_code_can_be_made_numpy_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = next(frames(2))
    with threshold.joined_from(None):
        expected = loads(RULES).score_table(frame)

    def refuse(_loop: object) -> None:
        raise host.NoMachineCodeError

    monkeypatch.setattr("perfrules.batch.native.stretch.machine_code", refuse)
    with threshold.joined_from(0):
        assert loads(RULES).score_table(frame).equals(expected)


def _writer() -> tuple[Writer, Reg, Reg]:
    writer = Writer()
    first, second = (writer.write(lambda _frame, _out: None, frame=True) for _ in range(2))
    return writer, first, second


def test_what_lies_between_others_is_joined_around_them() -> None:
    writer, x, y = _writer()
    total = writer.write(np.add, x, y)
    writer.write(np.multiply, total, 2.0)
    logs = writer.write(np.log, total)
    more = writer.write(np.subtract, total, x)
    last = writer.write(np.add, more, logs)
    writer.write(np.add, last, 1.0)
    writer.write(np.floor, last)
    found = with_stretches(writer.instructions)
    shapes = [len(each.function.instructions) if isinstance(each.function, Stretch) else 1 for each in found]
    assert shapes == [1, 1, 3, 1, 3]
    stretch = found[2].function
    assert isinstance(stretch, Stretch)
    assert (stretch.given, stretch.found) == ((x, y), (total, more))


def test_columns_of_records_and_of_entities_are_not_joined() -> None:
    writer = Writer()
    of_records = writer.write(lambda _frame, _out: None, frame=True, table="projects")
    for number in range(4):
        writer.write(np.add, of_records, float(number), table="projects")
        writer.write(np.less, writer.write(lambda _frame, _out: None, frame=True), 1.0, dtype=TRUTH)
    found = with_stretches(writer.instructions)
    tables = [each.table for each in stretches_of(found)]
    assert tables == ["projects", None]
    assert sum(len(each.written) == 1 and not isinstance(each.function, Stretch) for each in found) == 5


def test_long_programs_are_cut() -> None:
    writer, x, _ = _writer()
    total = x
    for _ in range(50):
        total = writer.write(np.add, total, 1.0)
    found = with_stretches(writer.instructions, most=20)
    assert [len(each.instructions) for each in stretches_of(found)] == [20, 20, 10]


def test_few_rows_and_few_instructions_stay_with_numpy() -> None:
    writer, x, y = _writer()
    writer.write(np.add, x, y)
    assert with_stretches(writer.instructions) == writer.instructions
    odd = Instruction(lambda _frame, _out: None, (FRAME, out := Reg(CODE)), (out,))
    assert with_stretches([odd]) == [odd]
