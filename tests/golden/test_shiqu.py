"""Shiqu's report: sums with their parts, one residual, and what cannot be judged without a target or a denominator."""

from __future__ import annotations

from typing import Any

import pytest

from perfrules.api import Result, load
from tests.golden.figures import RULESETS, given_to

FOLDER = RULESETS / "shiqu" / "quality_work"
RULES = load(FOLDER / "quality_work.perfrules")
WARNED = [
    "两类面积之和等于总面积",
    "合格率写明了分子分母",
    "数量指标有目标值",
    "合格率有目标值",
]


def published() -> dict[str, Any]:
    """The county's row, with its two sheets."""
    (row,) = given_to(RULES, FOLDER / "data" / "published.csv")
    return row


def titles(result: Result, code: str) -> list[str]:
    return [str(each.args["title"]) for each in result.problems if each.code.value == code]


def lights(result: Result) -> list[str | None]:
    return [result[code].light for code in ("Q1", "Q2", "Q3", "Q4", "Q5")]


def test_the_residual_of_the_area_is_named() -> None:
    area = RULES.score(published()).problems[0]
    assert area.args["title"] == "两类面积之和等于总面积"
    assert "20.46 万亩 - 20.47 万亩 = -0.01 万亩" in str(area.args["found"])


def test_what_cannot_be_judged_is_warned_of_and_yellow() -> None:
    result = RULES.score(published())
    assert titles(result, "data-check-doubtful") == WARNED
    assert lights(result) == ["green", "yellow", "yellow", "yellow", "green"]


@pytest.mark.parametrize(
    ("column", "value", "title"),
    [
        ("新建", "23", "新建和续建项目之和等于项目总数"),
        ("项目丙", "3", "三类项目之和等于项目总数"),
        ("证书乙", "6", "两类证书之和等于证书总数"),
    ],
)
def test_other_sums_refuse_the_county_until_they_agree(column: str, value: str, title: str) -> None:
    result = RULES.score(published() | {column: value})
    assert result.status.value == "refused"
    assert titles(result, "data-check-failed") == [title]


def test_a_full_pass_rate_is_refused_if_its_own_figures_say_less() -> None:
    row = published()
    row["合格率指标"][0]["合格数"] = "59"
    result = RULES.score(row)
    (problem,) = (each for each in result.problems if each.code.value == "data-check-failed")
    assert problem.args["title"] == "合格率与分子分母相符"
    assert "产品抽检合格率" in str(problem.args["found"])
    assert "98.33% - 100% = -1.67pp" in str(problem.args["found"])


def test_targets_and_denominators_answer_every_warning_but_the_area() -> None:
    row = published()
    for record in row["工作指标"]:
        record["目标"] = record["完成"]
    for record in row["合格率指标"]:
        record |= {"目标": "100%", "抽检数": "20", "合格数": "20"}
    result = RULES.score(row)
    assert titles(result, "data-check-doubtful") == WARNED[:1]
    assert lights(result) == ["green"] * 5
    assert result.decisions == {"补报目标": False, "限期整改": False}


def test_a_missed_target_is_red_beside_indicators_without_one() -> None:
    row = published()
    row["工作指标"][0]["目标"] = "36"
    result = RULES.score(row)
    assert lights(result)[2] == "red"
    assert result.decisions["限期整改"] is True
