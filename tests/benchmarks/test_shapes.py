"""The other cases: what is exact by hand agrees with the ruleset, and the columns with both."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

pytest.importorskip("numpy")
pytest.importorskip("pandas")

from benchmarks.table.cases import hdi, pinghu, projects, thirds
from benchmarks.table.competitor import Case
from perfrules import loads

ROWS = 200
CASES = {"pinghu": pinghu.CASE, "thirds": thirds.CASE, "hdi": hdi.CASE, "projects": projects.CASE}
GRADES = {"pinghu": pinghu.GRADES, "thirds": thirds.GRADES, "projects": projects.GRADES}


def mappings(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows as Python would hold them."""
    data = CASES[name].data(ROWS)
    if isinstance(data, projects.Projects):
        return iter(projects.in_arrow(data).to_pylist())
    scales = {"pinghu": pinghu.SCALES, "hdi": hdi.SCALES}.get(name, {})
    columns = {
        key: [Fraction(cell, scales[key]) if key in scales else cell for cell in values.tolist()]
        for key, values in data.arrays.items()  # type: ignore[attr-defined]
    }
    if name == "pinghu":
        columns["C31.level"] = [pinghu.LEVELS[level] for level in columns["C31.level"]]
        columns["C31.by"] = ["x"] * ROWS
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    entity = {"pinghu": "部门年度", "hdi": "country"}.get(name, "department")
    return ({entity: f"E{n}", **row} for n, row in enumerate(rows))


@pytest.mark.parametrize("name", CASES)
def test_by_hand_is_what_the_ruleset_says(name: str) -> None:
    case: Case = CASES[name]
    exact = case.exact(case.data(ROWS))
    results = loads(case.about).score_all(mappings(name))
    unit = 1_000 if name == "hdi" else 100
    assert [result.total for result in results] == [Fraction(total, unit) for total in exact.totals.tolist()]
    if name == "hdi":
        ranks = [result.outputs["country_rank"] for result in results]
        assert [rank if isinstance(rank, Fraction) else 0 for rank in ranks] == exact.grades.tolist()
    else:
        assert [result.grade for result in results] == [GRADES[name][grade] for grade in exact.grades.tolist()]


@pytest.mark.parametrize("name", CASES)
def test_perfrules_is_exact_on_frames(name: str) -> None:
    case = CASES[name]
    data = case.data(ROWS)
    exact = case.exact(data)
    for entry in case.entries:
        if entry.startswith("perfrules"):
            competitor = case.entries[entry].make()
            scored = competitor.read(competitor.score(competitor.compile(case.about), competitor.load(data)))
            assert [round(total) for total in scored.totals.tolist()] == exact.totals.tolist()
            assert scored.grades.tolist() == exact.grades.tolist()
