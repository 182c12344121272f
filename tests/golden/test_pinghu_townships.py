"""Pinghu's townships: the published numbers of indicators, and what compares eight towns, told by another road."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfrules.api import Results, Ruleset, load
from perfrules.cli.main import cli
from perfrules.explain import EntityExplanation
from perfrules.lang.states import State
from tests.golden.figures import RULESETS, given_to, rows_of

FOLDER = RULESETS / "pinghu" / "townships"
RULES, DATA = FOLDER / "pinghu.townships.perfrules", FOLDER / "data" / "towns.csv"
THEMES = {"A": "财税政策", "B": "收入质量", "C": "支出结构", "D": "风险防控", "E": "发展成效", "F": "管理评价"}
EXPERT_MARKS = {"A112": "税费宣传", "F112": "制度执行", "F132": "自评质量"}
OWN_SHARE = Fraction(30, 100)


@cache
def ruleset() -> Ruleset:
    return load(RULES)


@cache
def scored() -> Results:
    return ruleset().score_all(given_to(ruleset(), DATA))


def levels() -> Iterator[tuple[int, str]]:
    """Every indicator's level and code."""
    waiting = [(1, item) for item in ruleset().outline]
    while waiting:
        level, item = waiting.pop()
        yield level, item.short
        waiting += [(level + 1, child) for child in item.children]


def sheet(name: str, town: str) -> list[dict[str, str]]:
    """A town's records of a sheet."""
    text = (FOLDER / "data" / f"{name}.csv").read_text(encoding="utf-8-sig")
    return [row for row in csv.DictReader(text.splitlines()) if row["镇"] == town]


def growths() -> dict[str, Fraction]:
    """How much each town's revenue grew."""
    return {row["镇"]: Fraction(row["收入"]) / Fraction(row["上年收入"]) - 1 for row in rows_of(DATA)}


def to_hundredths(number: Fraction) -> Fraction:
    """Half up to two decimals, of a number that is not negative."""
    return Fraction((number * 200 + 1) // 2, 100)


def test_there_are_6_16_35_and_59_indicators() -> None:
    assert Counter(level for level, _ in levels()) == {1: 6, 2: 16, 3: 35, 4: 59}


def test_only_the_fourth_level_is_scored() -> None:
    parts = {code: level for level, code in levels()}
    assert all((level == 4) == (len(code) == 4) for code, level in parts.items())


def test_eight_towns_are_scored_and_every_grade_is_given() -> None:
    assert len(scored()) == 8
    assert {each.status.value for each in scored()} == {"final"}
    assert {each.grade for each in scored()} == {"一等", "二等", "三等"}


def test_the_sheets_of_the_towns_have_the_indicators_and_full_marks_of_the_scheme() -> None:
    leaves = {code: scored()["甲镇"][code].full for level, code in levels() if level == 4}
    for each in scored():
        rows = sheet("自评表", each.entity)
        assert {row["四级指标"]: Fraction(row["分值"]) for row in rows} == leaves
        assert all(row["一级"] == THEMES[row["四级指标"][0]] for row in rows)


def test_growth_is_compared_with_the_mean_of_the_eight_towns() -> None:
    mean = sum(growths().values(), Fraction(0)) / 8
    for town, growth in growths().items():
        ahead = growth - mean
        below = min(max(ahead + Fraction(10, 100), Fraction(0)), Fraction(10, 100)) * 12
        above = min(max(ahead, Fraction(0)), Fraction(5, 100)) * 16
        assert scored()[town]["B121"].score == to_hundredths(below + above), town


def test_the_first_of_eight_has_one_point_and_the_last_an_eighth() -> None:
    for town, growth in growths().items():
        better = sum(other > growth for other in growths().values())
        assert scored()[town]["B122"].score == to_hundredths(Fraction(8 - better, 8)), town


def test_land_earns_less_where_it_yields_less_than_in_the_mean_of_the_towns() -> None:
    yields = {row["镇"]: Fraction(row["工业税收"]) / Fraction(row["工业用地"]) for row in rows_of(DATA)}
    mean = sum(yields.values(), Fraction(0)) / 8
    for town, each in yields.items():
        assert scored()[town]["B312"].score == to_hundredths(min(max(2 * each / mean - 1, Fraction(0)), Fraction(1)))


@pytest.mark.parametrize(("code", "column"), EXPERT_MARKS.items(), ids=str)
def test_the_highest_and_the_lowest_of_five_experts_do_not_count(code: str, column: str) -> None:
    for each in scored():
        marks = sorted(int(row[column].removesuffix("%")) for row in sheet("专家评审", each.entity))
        full = each[code].full
        assert full is not None
        assert each[code].score == to_hundredths(Fraction(sum(marks[1:-1]), 300) * full)


def test_the_own_marks_count_three_tenths_theme_by_theme() -> None:
    for each in scored():
        whole = Fraction(0)
        for code, theme in THEMES.items():
            rows = [row for row in sheet("自评表", each.entity) if row["一级"] == theme]
            own = sum((Fraction(row["得分"]) for row in rows), Fraction(0))
            found = sum(
                (each[leaf].score or 0 for level, leaf in levels() if level == 4 and leaf[0] == code), Fraction(0)
            )
            folded = OWN_SHARE * own + (1 - OWN_SHARE) * found
            assert each[code].score == folded
            whole += folded
        assert each.total == to_hundredths(whole)


def test_where_marks_were_lost_is_told_down_to_the_indicators_and_the_own_marks() -> None:
    for each in scored():
        explained = each.explain()
        assert isinstance(explained, EntityExplanation)
        assert each.total is not None
        assert sum((loss.amount for loss in explained.losses), Fraction(0)) == 100 - each.total
        assert {loss.cause for loss in explained.losses}.isdisjoint({"combine", "child"})
        assert {len((loss.code or "").rpartition(".")[2]) for loss in explained.losses if loss.code != "total"} == {
            1,
            4,
        }


def test_the_money_is_handed_out_to_the_last_cent_and_by_grade() -> None:
    points = {"一等": 3, "二等": 2, "三等": 1}
    worth = sum(points[each.grade or ""] for each in scored())
    given = {each.entity: each.outputs["转移支付"] for each in scored()}
    assert sum(Fraction(str(amount)) for amount in given.values()) == 1000
    for each in scored():
        exact = Fraction(1000 * points[each.grade or ""], worth)
        assert abs(Fraction(str(given[each.entity])) - exact) < Fraction(1, 100)


def test_who_does_not_keep_up_what_must_be_kept_up_is_second_at_most() -> None:
    town = scored()["庚镇"]
    assert town.total is not None
    assert town.total > 90
    assert town.grade == "二等"


def test_two_experts_are_too_few_and_leave_open_only_what_depends_on_them() -> None:
    rows = given_to(ruleset(), DATA)
    rows[0]["专家评审"] = rows[0]["专家评审"][:2]
    results = ruleset().score_all(rows)
    town = results["甲镇"]
    assert [town[code].status.value for code in EXPERT_MARKS] == ["pending"] * 3
    numbers = town.enclosures["rounded total"].numbers
    assert numbers is not None
    assert numbers.hi is not None
    assert numbers.lo is not None
    assert numbers.hi - numbers.lo == (1 - OWN_SHARE) * (2 + Fraction(3, 2) + Fraction(3, 2))
    ranks = {each.entity: each.outputs["名次"] for each in results}
    settled = {each.entity: each.outputs["名次"] for each in scored() if each.entity not in ("甲镇", "己镇")}
    assert {town: rank for town, rank in ranks.items() if town in settled} == settled
    assert {ranks["甲镇"], ranks["己镇"]} == {State.PENDING}


def test_open_marks_that_move_no_grade_hold_up_no_money() -> None:
    rows = given_to(ruleset(), DATA)
    rows[0]["专家评审"] = rows[0]["专家评审"][:2]
    results = ruleset().score_all(rows)
    for name in ("考核得分", "转移支付"):
        assert [each.outputs[name] for each in results] == [each.outputs[name] for each in scored()]
    assert [each.entity for each in results if each.status.value == "provisional"] == ["甲镇", "己镇"]


def test_a_town_whose_taxes_and_fees_are_not_its_revenue_stops_the_comparison() -> None:
    rows = given_to(ruleset(), DATA)
    rows[2]["非税"] = "1"
    found = {each.entity: [problem.code.value for problem in each.problems] for each in ruleset().score_all(rows)}
    assert found.pop("丙镇") == ["data-check-failed"]
    assert set(map(tuple, found.values())) == {("statistic-refused",)}


def test_how_much_the_own_marks_count_is_one_parameter(tmp_path: Path) -> None:
    copied = shutil.copytree(FOLDER, tmp_path / "townships")
    rules = copied / RULES.name
    rules.write_text(RULES.read_text(encoding="utf-8").replace("% = 30%", "% = 0%"), encoding="utf-8")
    town = load(rules).score_all(given_to(ruleset(), DATA))["庚镇"]
    assert town.total == town.outputs["复评得分"] == scored()["庚镇"].outputs["复评得分"]


def test_one_command_scores_all_eight() -> None:
    result = CliRunner().invoke(cli, ["score", str(RULES), str(DATA), "--format", "csv"])
    assert result.exit_code == 0, result.output
    totals = {row["entity"]: Fraction(row["total"]) for row in csv.DictReader(result.stdout.splitlines())}
    assert totals == {each.entity: each.total for each in scored()}
