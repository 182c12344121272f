"""Pinghu's audits: the published sums, the rate and its base, and how types and agencies are compared."""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from perfrules.api import Results, load
from tests.golden.figures import RULESETS, Figure, expected, figures_of, found, rows_of

FOLDER = RULESETS / "pinghu" / "audit_agency"
RULES = {"projects.csv": "audit_project", "agencies.csv": "audit_agency", "published.csv": "audit_summary"}


@cache
def projects() -> Results:
    return load(FOLDER / "pinghu.audit_project.perfrules").score_all(rows_of(FOLDER / "data" / "projects.csv"))


@cache
def fed(data: str) -> Results:
    """The results of a ruleset that reads those of the projects."""
    rules = load(FOLDER / f"pinghu.{RULES[data]}.perfrules")
    rows: list[dict[str, Any]] = rows_of(FOLDER / "data" / data)
    if data == "agencies.csv":
        for row in rows:
            row["服务评分"] = [dict(list(mark.items())[1:]) for mark in marks() if mark["机构"] == row["机构"]]
    return rules.score_all(rows, results={"projects": projects()})


def marks() -> list[dict[str, str]]:
    """The marks of 服务评分.csv; the first column tells the agency."""
    text = (FOLDER / "data" / "服务评分.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def rate_of(row: dict[str, str]) -> Fraction:
    return 1 - Fraction(row["审定"]) / Fraction(row["送审"])


def test_65_projects_add_up_to_the_published_sums() -> None:
    rows = rows_of(FOLDER / "data" / "projects.csv")
    submitted = sum(Fraction(row["送审"]) for row in rows)
    audited = sum(Fraction(row["审定"]) for row in rows)
    assert (len(rows), audited, submitted - audited) == (65, Fraction("173058.30"), Fraction("16707.05"))


def test_the_published_rate_is_told_to_belong_to_another_base() -> None:
    (year,) = fed("published.csv")
    assert year.outputs["核减率按送审"] == Fraction("0.08804")
    assert year.outputs["核减率按审定"] == Fraction("0.09654")
    (problem,) = year.problems
    assert problem.code.value == "data-check-doubtful"
    assert problem.args["title"] == "公布的核减率与所写的基数（审定金额）相符"


def test_a_project_is_compared_with_its_own_type_only() -> None:
    """The distance is checked by its square, so that no root has to be taken here."""
    rates = defaultdict(list)
    rows = rows_of(FOLDER / "data" / "projects.csv")
    for row in rows:
        rates[row["类型"]].append(rate_of(row))
    for row in rows:
        same, result = rates[row["类型"]], projects()[row["项目"]]
        mean = sum(same) / len(same)
        variance = sum((each - mean) ** 2 for each in same) / len(same)
        within = (rate_of(row) - mean) ** 2
        marks = 15 if within <= variance else 9 if within <= 4 * variance else 0
        assert result["R"].score == marks, row["项目"]
        assert result.outputs["同类名次"] == 1 + sum(each > rate_of(row) for each in same)


def test_an_agency_has_the_mean_of_its_projects() -> None:
    totals = defaultdict(list)
    for row in rows_of(FOLDER / "data" / "projects.csv"):
        totals[row["机构"]].append(projects()[row["项目"]].total)
    for agency in fed("agencies.csv"):
        mine = [total for total in totals[agency.entity] if total is not None]
        assert agency["A"].score == sum(mine) / len(mine)


def test_the_highest_and_the_lowest_mark_do_not_count() -> None:
    given = defaultdict(list)
    for mark in marks():
        given[mark["机构"]].append(Fraction(mark["分数"]))
    for agency in fed("agencies.csv"):
        middle = sorted(given[agency.entity])[1:-1]
        assert agency["B"].measure == sum(middle) / len(middle)


@pytest.mark.parametrize("figure", figures_of(FOLDER), ids=str)
def test_a_figure_of_pinghu_comes_out_exactly(figure: Figure) -> None:
    results = projects() if figure.data == "projects.csv" else fed(figure.data)
    assert found(results[figure.entity], figure.what) == expected(figure)
