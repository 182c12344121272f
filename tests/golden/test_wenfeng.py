"""Wenfeng's dual monitoring: 740 projects counted another way, and their results added up by department."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfrules.api import Results, load
from perfrules.cli.main import cli
from tests.golden.figures import RULESETS, Figure, expected, figures_of, found, rows_of

FOLDER = RULESETS / "wenfeng" / "dual_monitoring"
ELAPSED = Fraction(9, 12)
DUE = Fraction(60, 100)


@cache
def projects() -> Results:
    return load(FOLDER / "wenfeng.project.perfrules").score_all(rows_of(FOLDER / "data" / "projects.csv"))


@cache
def departments() -> Results:
    rules = load(FOLDER / "wenfeng.department.perfrules")
    return rules.score_all(rows_of(FOLDER / "data" / "departments.csv"), results={"projects": projects()})


def spending_of(row: dict[str, str]) -> Fraction:
    return Fraction(row["支出"]) / Fraction(row["预算"])


def goal_lights(row: dict[str, str]) -> set[str]:
    """The lights of a project's goals, told by another road than the rules: from the target back."""
    done, target = Fraction(row["第三方核查产出"] or row["上报产出"]), Fraction(row["产出计划"]) * ELAPSED
    if target == 0:
        output = "green" if done == 0 else "red"
    else:
        steps = sum(done * 10 >= target * tenth for tenth in (6, 8, 12))
        output = ("red", "yellow", "green", "blue")[steps]
    cost = "red" if row["成本上限"] and Fraction(row["实际成本"]) > Fraction(row["成本上限"]) else "green"
    return {output, cost, {"未达成": "red", "部分达成": "yellow"}.get(row["定性效益"], "green")}


def is_red(row: dict[str, str]) -> bool:
    ahead = Fraction(row["自评得分"]) / 100 - spending_of(row)
    return "red" in goal_lights(row) or spending_of(row) < ELAPSED * 6 / 10 or ahead > Fraction(5, 100)


def taken_back(row: dict[str, str]) -> Fraction:
    stopped = "red" in goal_lights(row) and spending_of(row) < ELAPSED * 6 / 10
    back = row["已完工"] == "是" or row["答复"] == "撤销" or stopped
    return Fraction(row["预算"]) - Fraction(row["支出"]) if back else Fraction(0)


def test_there_are_740_projects_of_59_departments_and_five_were_checked() -> None:
    rows = rows_of(FOLDER / "data" / "projects.csv")
    assert len(rows) == 740
    assert len({row["主管部门"] for row in rows}) == 59
    assert sum(each.outputs["重点核查"] is True for each in projects()) == 5


def test_every_project_is_scored() -> None:
    assert {each.status.value for each in projects()} == {"final"}


def test_red_projects_and_money_to_take_back_agree_with_a_count_by_hand() -> None:
    for row in rows_of(FOLDER / "data" / "projects.csv"):
        outputs = projects()[row["项目"]].outputs
        assert (outputs["红灯"], outputs["收回资金"]) == (is_red(row), taken_back(row)), row["项目"]


def test_who_spends_less_than_the_end_of_august_asks_for_is_warned() -> None:
    for row in rows_of(FOLDER / "data" / "projects.csv"):
        assert (projects()[row["项目"]].alerts["支出预警"] == "red") == (spending_of(row) < DUE), row["项目"]


def test_the_results_of_the_projects_add_up_by_department() -> None:
    rows = rows_of(FOLDER / "data" / "projects.csv")
    many = Counter(row["主管部门"] for row in rows)
    red = Counter(row["主管部门"] for row in rows if is_red(row))
    for each in departments():
        back = sum(taken_back(row) for row in rows if row["主管部门"] == each.entity)
        assert each.outputs["监控项目数"] == many[each.entity]
        assert each.outputs["红灯占比"] == Fraction(red[each.entity], many[each.entity])
        assert each.outputs["收回资金"] == back


def test_the_district_is_the_sum_of_its_departments() -> None:
    whole = sum(taken_back(row) for row in rows_of(FOLDER / "data" / "projects.csv"))
    assert {each.outputs["全区收回资金"] for each in departments()} == {whole}


def test_a_department_is_compared_with_the_share_of_the_whole_district() -> None:
    rows = rows_of(FOLDER / "data" / "projects.csv")
    district = Fraction(sum(map(is_red, rows)), len(rows))
    shares = {
        each.entity: Fraction(sum(is_red(row) for row in own), len(own))
        for each in departments()
        for own in [[row for row in rows if row["主管部门"] == each.entity]]
    }
    for each in departments():
        share = shares[each.entity]
        light = "red" if share > 2 * district else "yellow" if share > district else "green"
        assert each.alerts["部门灯"] == light
        assert each.outputs["红灯名次"] == 1 + sum(other < share for other in shares.values())
    assert {each.alerts["部门灯"] for each in departments()} == {"red", "yellow", "green"}


def test_results_that_were_written_to_a_file_feed_the_departments_as_well(tmp_path: Path) -> None:
    data, written = FOLDER / "data", tmp_path / "project.json"
    project, department = FOLDER / "wenfeng.project.perfrules", FOLDER / "wenfeng.department.perfrules"
    scored(str(project), str(data / "projects.csv"), "--out", str(written))
    fed = scored(str(department), str(data / "departments.csv"), "--results", f"projects={written}", "--format", "json")
    by_name = {each["entity"]: each["outputs"] for each in json.loads(fed)["results"]}
    for each in departments():
        assert Fraction(by_name[each.entity]["收回资金"]) == each.outputs["收回资金"]


def scored(*words: str) -> str:
    """What `perfrules score` writes."""
    result = CliRunner().invoke(cli, ["score", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("figure", figures_of(FOLDER), ids=str)
def test_a_figure_of_wenfeng_comes_out_exactly(figure: Figure) -> None:
    results = projects() if figure.data == "projects.csv" else departments()
    assert found(results[figure.entity], figure.what) == expected(figure)
