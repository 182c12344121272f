"""Columns give what the evaluator of single entities gives, in every value and state of every node."""

from __future__ import annotations

from collections import Counter

import pytest

from perfrules.batch.native.threshold import joined_from
from tests.differential.column_mutants import MUTANTS, OF_MACHINE_CODE, is_found_in_machine_code, pairs_to_kill
from tests.differential.column_reading import ColumnDifference
from tests.differential.columns import compare_columns, compare_wide
from tests.differential.mutants import Mutant
from tests.differential.scored_tables import compare_tables

Compared = tuple[Counter[str], ColumnDifference | None]

OF_RULESETS = (
    "rows on edges",
    "rows aside",
    "aside provisional",
    "cells recomputed",
    *(f"nodes as {dtype}" for dtype in ("float64", "bool", "int32")),
    *(f"nodes as ratios of {dtype}" for dtype in ("int64", "object")),
    *(f"proof {proof}" for proof in ("whole numbers", "gap", "recomputed where ambiguous", "Python integers")),
)
OF_WIDE_NUMBERS = ("rows on edges", "nodes as int64", "nodes as object", "proof int64", "nodes without values")


@pytest.fixture(scope="module")
def rulesets() -> Compared:
    return compare_columns(12_000, "suite", 120)


@pytest.fixture(scope="module")
def wide_numbers() -> Compared:
    return compare_wide(20_000, "suite", 40)


def test_random_rulesets_score_the_same_in_columns(rulesets: Compared) -> None:
    different = rulesets[1]
    assert different is None, different.shown()


def test_numbers_of_any_size_and_fineness_score_the_same_in_columns(wide_numbers: Compared) -> None:
    different = wide_numbers[1]
    assert different is None, different.shown()


@pytest.fixture(scope="module")
def tables() -> Compared:
    return compare_tables(3_000, "suite", 100)


def test_tables_of_typed_columns_are_scored_as_their_entities(tables: Compared) -> None:
    different = tables[1]
    assert different is None, different.shown()


@pytest.mark.parametrize("what", ["status final", "status provisional", "status refused"])
def test_the_tables_exercise(what: str, tables: Compared) -> None:
    assert tables[0][what] > 0


@pytest.mark.parametrize("what", OF_RULESETS)
def test_the_rulesets_exercise(what: str, rulesets: Compared) -> None:
    assert rulesets[0][what] > 0


@pytest.mark.parametrize("what", OF_WIDE_NUMBERS)
def test_the_wide_numbers_exercise(what: str, wide_numbers: Compared) -> None:
    assert wide_numbers[0][what] > 0


def test_few_rows_are_left_to_the_evaluator_of_single_entities(rulesets: Compared) -> None:
    counts = rulesets[0]
    assert counts["rows aside"] * 4 < counts["pairs"]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_mistake_is_found(mutant: Mutant) -> None:
    assert pairs_to_kill(mutant, 40_000, seed=3) is not None


@pytest.mark.parametrize("mutant", OF_MACHINE_CODE, ids=lambda mutant: mutant.name)
def test_a_planted_mistake_in_machine_code_is_found(mutant: Mutant) -> None:
    pytest.importorskip("llvmlite")
    assert is_found_in_machine_code(mutant, seeds=1)


def test_machine_code_makes_no_difference() -> None:
    pytest.importorskip("llvmlite")
    with joined_from(0):
        counts, different = compare_columns(6_000, "machine code", 120)
        assert different is None, different.shown()
        of_wide, different = compare_wide(8_000, "machine code", 40)
        assert different is None, different.shown()
        _, different = compare_tables(2_000, "machine code", 100)
        assert different is None, different.shown()
    joined = "instructions in machine code"
    assert counts[joined] > counts["instructions not in machine code"]
    assert of_wide[joined] > of_wide["instructions not in machine code"]
