"""Pinghu's template: its fills score, the education department's as the ruleset that is written out in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from perfrules.api import Results, Ruleset, compile_file, load
from perfrules.diagnostics import has_errors
from perfrules.ir.plan import OutlineItem
from perfrules.readers.table import read_data
from perfrules.supplying import supply_each
from perfrules.together import score_rows_together
from tests.golden.figures import RULESETS, Figure, expected, figures_of, found, rows_of

FOLDER = RULESETS / "pinghu" / "department"
DEPARTMENTS = ("education", "health", "transport")
ALIASES = dict(zip(("教育", "卫生", "交通"), DEPARTMENTS, strict=True))


@cache
def department(name: str) -> Ruleset:
    return load(FOLDER / f"pinghu.departments.{name}.perfrules", paths=[RULESETS])


@cache
def scored(name: str) -> Results:
    rules = department(name)
    return rules.score_rows(read_data(FOLDER / "data" / f"2024-{name}.csv", rules.plan).rows)


@cache
def scored_as_one_cohort() -> Results:
    read = [
        (department(name), read_data(FOLDER / "data" / f"2024-{name}.csv", department(name).plan).rows)
        for name in DEPARTMENTS
    ]
    return score_rows_together(read, supply_each([rules.plan for rules, _ in read], None, None))


@cache
def assessment() -> Results:
    rules = load(FOLDER / "pinghu.fiscal_management.perfrules", paths=[RULESETS])
    results = {alias: scored(name) for alias, name in ALIASES.items()}
    return rules.score_all(rows_of(FOLDER / "data" / "departments.csv"), results=results)


def results_for(data: str) -> Results:
    return assessment() if data == "departments.csv" else scored(Path(data).stem.partition("-")[2])


def test_the_template_waits_for_its_two_slots() -> None:
    template = compile_file(FOLDER / "pinghu.departments.perfrules", paths=[RULESETS])
    assert template.slots == ("C14", "C2")
    assert [each.code.value for each in template.diagnostics if each.code.value != "slot-unfilled"] == []


@pytest.mark.parametrize("figure", figures_of(FOLDER, "expected-by-department.csv"), ids=str)
def test_a_figure_of_a_department_comes_out_exactly(figure: Figure) -> None:
    assert found(results_for(figure.data)[figure.entity], figure.what) == expected(figure)


@pytest.mark.parametrize("data", ["2021-2024.csv", "2024-pending.csv"])
def test_the_education_department_scores_as_the_ruleset_in_one_file(data: str) -> None:
    alone = load(FOLDER / "department.perfrules").score_all(rows_of(FOLDER / "data" / data))
    filled = department("education").score_all(rows_of(FOLDER / "data" / data))
    for one, other in zip(alone, filled, strict=True):
        assert (one.entity, one.status, one.total, one.grade) == (other.entity, other.status, other.total, other.grade)
        assert one.enclosures.get("rounded total") == other.enclosures.get("rounded total")
        for code in ("A11", "A12", "A21", "B11", "B12", "B21", "B22", "B31", "C11", "C12", "C13", "C14", "C31", "D11"):
            assert (one[code].score, one[code].status) == (other[code].score, other[code].status), code


def amounts(outline: Iterable[OutlineItem]) -> Iterator[tuple[str, str]]:
    """What each indicator is worth; what stands in a slot is left out."""
    for item in outline:
        yield item.code, item.amount_text
        if item.short not in ("C14", "C2"):
            yield from amounts(item.children)


def test_departments_share_what_the_template_defines() -> None:
    education, health, transport = (list(amounts(department(name).outline)) for name in DEPARTMENTS)
    assert len(education) == 4 + 9 + 13 + 1
    assert education == health == transport


def test_departments_are_ranked_among_one_another_by_what_the_template_defines() -> None:
    together = scored_as_one_cohort()
    assert [(each.entity, each.outputs["共性名次"]) for each in together] == [
        ("市教育局2024", 1),  # 14 + 14.94 = 28.94
        ("市卫生健康局2024", 2),  # 14 + 14.85 = 28.85
        ("市交通运输局2024", 3),  # 11.08 + 11.82 = 22.9
    ]
    statistics = [each.facts.cohort for each in together if each.facts is not None]
    assert [[fact.count for fact in cohort.values()] for cohort in statistics] == [[3], [3], [3]]


def test_scored_as_one_cohort_a_department_has_the_marks_it_has_by_itself() -> None:
    alone = [result for name in DEPARTMENTS for result in scored(name)]
    for one, other in zip(alone, scored_as_one_cohort(), strict=True):
        assert (one.entity, one.total, one.grade, one.decisions) == (
            other.entity,
            other.total,
            other.grade,
            other.decisions,
        )
        assert one.outputs["共性名次"] == 1
        assert {code: each.score for code, each in one.indicators.items()} == {
            code: each.score for code, each in other.indicators.items()
        }


def test_a_library_alone_has_no_errors() -> None:
    library = compile_file(RULESETS / "mof" / "common" / "common.perfrules")
    assert library.is_library
    assert not has_errors(library.diagnostics)
