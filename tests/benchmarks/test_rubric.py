"""What the benchmark compares computes the same rubric: exactly, or wrong by nothing but the error of its numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib.util import find_spec

import pytest

pytest.importorskip("numpy")

from benchmarks.table.cases.thirty_five import COMPETITORS, fraction_rows
from benchmarks.table.competitors import fractions_exact, numpy_exact
from benchmarks.table.numbers import Numbers, made
from benchmarks.table.rubric import BANDS, LETTERS, Kind, Leaf, rubric
from benchmarks.table.ruleset_text import FILE, ruleset_text
from perfrules import loads

ROWS = 1_000
NEEDS = {
    "pandas": "pandas",
    "polars-1": "polars",
    "openfisca": "openfisca_core",
    "zen": "zen",
    "duckdb-double": "duckdb",
    "duckdb-decimal": "duckdb",
}
NEAR = {"openfisca": Fraction(1, 1_000)}
"""How near an edge a number may be to fall on its other side: float32 is coarser than the others."""


@cache
def data() -> Numbers:
    return made(rubric(), ROWS)


@cache
def rows() -> list[dict[str, Fraction]]:
    return fraction_rows(data())


@cache
def expected() -> tuple[list[Fraction], list[int]]:
    return fractions_exact.score(rubric(), rows())


def test_the_ruleset_beside_the_benchmark_is_the_rubric() -> None:
    assert FILE.read_text(encoding="utf-8") == ruleset_text(rubric())


def test_whole_numbers_by_hand_are_exact() -> None:
    totals, grades = numpy_exact.score(rubric(), data().whole())
    assert ([Fraction(total, 100) for total in totals.tolist()], grades.tolist()) == expected()


@pytest.mark.parametrize("whole", [False, True])
def test_perfrules_is_exact(whole: bool) -> None:
    columns = {column.name: column for column in data().columns}

    def as_given(name: str, number: Fraction) -> object:
        column = columns[name]
        if column.unit.value is None:
            return bool(number)
        return number * column.scale if whole else number

    given = [{name: as_given(name, number) for name, number in row.items()} for row in rows()]
    results = loads(ruleset_text(rubric(), whole)).score_all(
        {"department": f"E{n}", **row} for n, row in enumerate(given)
    )
    assert (
        [result.total for result in results],
        [LETTERS.index(str(result.grade)) for result in results],
    ) == expected()


@pytest.mark.parametrize("name", [name for name in COMPETITORS if name.startswith("perfrules")])
def test_perfrules_is_exact_on_frames(name: str) -> None:
    pytest.importorskip("pandas")
    competitor = COMPETITORS[name].make()
    scored = competitor.read(competitor.score(competitor.compile(rubric()), competitor.load(data())))
    totals, grades = expected()
    assert [round(total) for total in scored.totals.tolist()] == [total * 100 for total in totals]
    assert scored.grades.tolist() == grades


@pytest.mark.parametrize("name", ["numpy-float", "numpy-blocked", *NEEDS])
def test_others_are_wrong_only_near_an_edge(name: str) -> None:
    if name in NEEDS and find_spec(NEEDS[name]) is None:
        pytest.skip(f"{NEEDS[name]} is not installed")
    competitor, near = COMPETITORS[name].make(), NEAR.get(name, Fraction(1, 10**6))
    scored = competitor.read(competitor.score(competitor.compile(rubric()), competitor.load(data())))
    totals, grades = expected()
    wrong = [
        row
        for row in range(ROWS)
        if (round(float(scored.totals[row])), scored.grades[row]) != (totals[row] * 100, grades[row])
    ]
    assert [row for row in wrong if _distance(row) > near] == []


def _distance(row: int) -> Fraction:
    return min(distance for leaf in rubric().leaves for distance in _distances(leaf, rows()[row]))


def _distances(leaf: Leaf, row: dict[str, Fraction]) -> Iterator[Fraction]:
    """Yield how far a leaf is from where it would be rounded, counted or graded otherwise."""
    hundredths = fractions_exact.leaf_score(leaf, row) * 100
    yield abs(hundredths - math.floor(hundredths) - Fraction(1, 2))
    first, *others = (row[column.name] for column in leaf.inputs)
    match leaf.kind:
        case Kind.BANDS:
            yield from (abs(first / others[0] - Fraction(edge, 100)) for edge, _ in BANDS)
        case Kind.STARTED:
            over = (first / others[0] - 1) * 100
            yield abs(over - round(over))


def test_most_rows_of_the_data_have_an_exact_tie() -> None:
    tied = [row for row in rows()[:200] if any(_is_tie(leaf, row) for leaf in rubric().leaves)]
    assert len(tied) > 100


def _is_tie(leaf: Leaf, row: dict[str, Fraction]) -> bool:
    return fractions_exact.leaf_score(leaf, row) * 200 % 2 == 1
