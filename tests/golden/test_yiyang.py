"""Yiyang's fund: the published figures pass all checks but the two that name a mistake; a changed one is refused."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from perfrules.api import Result, Ruleset, load
from tests.golden.figures import RULESETS, rows_of

FOLDER = RULESETS / "yiyang" / "industrial_fund"


@cache
def rules() -> Ruleset:
    return load(FOLDER / "industrial_fund.perfrules")


def published() -> dict[str, Any]:
    (row,) = rows_of(FOLDER / "data" / "published.json")
    return deepcopy(row)


def told(result: Result) -> list[tuple[str, str]]:
    return [(each.code.value, str(each.args["title"])) for each in result.problems]


def test_the_published_figures_are_scored_and_their_two_mistakes_named() -> None:
    result = rules().score(published())
    assert result.total == 100
    assert told(result) == [
        ("data-check-doubtful", "区域占比合计为100%"),
        ("data-check-doubtful", "区县的项目数等于报告所写的项目数"),
    ]


def test_the_residuals_are_one_hundredth_of_a_point_and_two_projects() -> None:
    shares, projects = rules().score(published()).problems
    assert shares.args["found"] == ("99.99% - 100% = -0.01pp",)
    assert projects.args["found"] == ("59 个 - 61 个 = -2 个",)


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"来源二": "801"}, "两笔来源合计等于资金总额"),
        ({"预留": "401"}, "资金总额减预留等于扣除预留后的资金"),
        ({"印发区县数": "9"}, "区县个数等于报告所写的个数"),
    ],
)
def test_a_figure_that_does_not_add_up_is_refused_by_name(change: dict[str, str], title: str) -> None:
    result = rules().score(published() | change)
    assert result.status.value == "refused"
    assert ("data-check-failed", title) in told(result)


def test_a_truncated_share_is_refused() -> None:
    row = published()
    exact = Fraction(row["区域"][3]["金额"]) / Fraction(row["项目资金"])
    assert int(exact * 10_000) == 853
    row["区域"][3]["印发占比"] = "8.53%"
    result = rules().score(row)
    assert result.status.value == "refused"
    assert ("data-check-failed", "区域占比与分子分母相符，四舍五入到印发的位数") in told(result)


def test_a_project_moved_between_areas_breaks_no_sum_but_the_districts() -> None:
    row = published()
    row["区域"][0]["项目数"], row["区域"][8]["项目数"] = "15", "0"
    result = rules().score(row)
    assert told(result) == [("data-check-doubtful", "区域占比合计为100%")]
