"""The eight towns of Pinghu reckoned a second time from their three sheets: 59 marks each, in plain fractions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from math import ceil

import pytest

from perfrules.api import Results, load
from tests.golden.figures import RULESETS, given_to, rows_of

FOLDER = RULESETS / "pinghu" / "townships"
DATA = FOLDER / "data" / "towns.csv"

Row = dict[str, str]


def n(row: Row, column: str) -> Fraction:
    cell = row[column]
    return Fraction(cell.removesuffix("%")) / (100 if cell.endswith("%") else 1)


def grown(row: Row, column: str) -> Fraction:
    return n(row, column) / n(row, f"上年{column}") - 1


def ratio(row: Row, part: str, whole: str) -> Fraction:
    """A part of a whole; all of it where there is nothing to be done."""
    return n(row, part) / n(row, whole) if n(row, whole) else Fraction(1)


def moved(row: Row, part: str, whole: str) -> Fraction:
    """How much the share of a part has changed since last year."""
    return n(row, part) / n(row, whole) - n(row, f"上年{part}") / n(row, f"上年{whole}")


def between(value: Fraction, none: str, full: str) -> Fraction:
    """0 to 1: where *value* lies between what earns nothing and what earns all, in percent."""
    low, high = Fraction(none) / 100, Fraction(full) / 100
    return min(Fraction(1), max(Fraction(0), (value - low) / (high - low)))


def short(value: Fraction) -> Fraction:
    """Of 2 marks, half a mark less for each begun point of percent below 100%."""
    return max(Fraction(0), 1 - Fraction(max(0, ceil((1 - value) * 100)), 4))


def pleased(value: Fraction) -> Fraction:
    steps = (("0.9", "1"), ("0.8", "0.8"), ("0.6", "0.5"))
    return next((Fraction(part) for least, part in steps if value >= Fraction(least)), Fraction(0))


def experts(town: str, column: str) -> Fraction:
    marks = sorted(n(row, column) for row in rows_of(FOLDER / "data" / "专家评审.csv") if row["镇"] == town)
    return sum(marks[1:-1], Fraction(0)) / (len(marks) - 2)


def yes(row: Row, *columns: str) -> Fraction:
    return Fraction(sum(row[column] == "是" for column in columns), len(columns))


def policies(row: Row) -> Iterator[tuple[str, str, Fraction]]:
    yield "A111", "2", between(ratio(row, "已兑现资金", "应兑现资金"), "0", "100")
    yield "A112", "2", experts(row["镇"], "税费宣传")
    yield "A121", "2", between(ratio(row, "直达支出", "直达资金"), "0", "100")
    yield "A122", "2", between(ratio(row, "直达整改", "直达疑点"), "0", "100")
    yield "A211", "1.5", between(ratio(row, "三公支出", "三公预算"), "120", "100")
    yield "A212", "1.5", between(grown(row, "三公支出"), "20", "0")
    yield "A221", "1", between(ratio(row, "供养人数", "供养控制数"), "110", "100")
    yield "A231", "2", max(Fraction(0), 1 - 5 * abs(ratio(row, "采购金额", "采购预算") - 1))


def revenue(row: Row, towns: list[Row]) -> Iterator[tuple[str, str, Fraction]]:
    growths = [grown(each, "收入") for each in towns]
    ahead = grown(row, "收入") - sum(growths, Fraction(0)) / len(towns)
    land = [ratio(each, "工业税收", "工业用地") for each in towns]
    own, last = ratio(row, "工业税收", "工业用地"), ratio(row, "上年工业税收", "上年工业用地")
    yield "B111", "2", between(ratio(row, "收入", "收入预算"), "0", "100")
    yield "B112", "1", between(ratio(row, "上半年收入", "收入预算"), "30", "50")
    yield "B121", "2", between(ahead, "-10", "0") * Fraction("0.6") + between(ahead, "0", "5") * Fraction("0.4")
    yield "B122", "1", 1 - Fraction(sum(other > grown(row, "收入") for other in growths), len(towns))
    yield "B211", "2", between(ratio(row, "税收", "收入"), "60", "85")
    yield "B212", "2", between(moved(row, "税收", "收入"), "-5", "0")
    yield "B221", "2", between(ratio(row, "已缴非税", "应缴非税"), "0", "100")
    yield "B311", "1", between(own / last - 1, "-5", "5")
    yield "B312", "1", between(own * len(towns) / sum(land, Fraction(0)), "50", "100")
    yield "B321", "2", between(moved(row, "财政总收入", "生产总值"), "-1", "0")


def spending(row: Row) -> Iterator[tuple[str, str, Fraction]]:
    yield "C111", "2", between(ratio(row, "支出", "支出预算"), "0", "100")
    yield "C112", "2", between(ratio(row, "上半年支出", "支出预算") / Fraction("0.4"), "50", "100")
    yield "C121", "1", between(ratio(row, "结转结余", "支出预算"), "15", "5")
    yield "C122", "1", between(grown(row, "结转结余"), "50", "0")
    yield "C211", "3", between(grown(row, "科技支出") - grown(row, "经常性收入"), "-5", "0")
    yield "C212", "1", between(moved(row, "科技支出", "支出"), "-1", "0")
    yield "C221", "2", between(grown(row, "农林水支出"), "-5", "5")
    yield "C231", "2", between(ratio(row, "民生支出", "支出"), "60", "75")
    yield "C232", "2", between(grown(row, "民生支出"), "-5", "0")
    yield "C311", "2", short(ratio(row, "三保预算", "三保需求"))
    yield "C312", "2", short(ratio(row, "三保支出", "三保需求"))


def risk(row: Row) -> Iterator[tuple[str, str, Fraction]]:
    clean = 1 - ratio(row, "不合格资金", "审计资金") * 20 if n(row, "审计资金") else Fraction(1)
    yield "D111", "2", between(ratio(row, "债务余额", "综合财力"), "200", "100")
    yield "D112", "1", between(moved(row, "债务余额", "综合财力"), "10", "0")
    yield "D121", "3", between(ratio(row, "化债完成", "化债计划"), "0", "100")
    yield "D122", "1", Fraction(n(row, "新增隐性债务") == 0)
    yield "D211", "2", between(ratio(row, "暂付款", "支出"), "10", "5")
    yield "D212", "1", between(grown(row, "暂付款"), "20", "0")
    yield "D221", "2", between(ratio(row, "及时支付", "应付资金"), "0", "100")
    yield "D311", "1", between(ratio(row, "审计整改", "审计问题"), "0", "100")
    yield "D312", "1", max(Fraction(0), clean)
    yield "D321", "1", between(ratio(row, "财会整改", "财会问题"), "0", "100")
    yield "D322", "1", between(ratio(row, "已追回资金", "应追回资金"), "0", "100")


def effects(row: Row) -> Iterator[tuple[str, str, Fraction]]:
    yield "E111", "2", between(ratio(row, "制造业增加值", "生产总值"), "30", "55")
    yield "E112", "2", between(moved(row, "制造业增加值", "生产总值"), "-1", "1")
    yield "E121", "3", between(grown(row, "制造业投资"), "0", "10")
    yield "E211", "3", between(ratio(row, "优良天数", "监测天数"), "80", "92")
    yield "E221", "2", between(ratio(row, "达标断面", "断面数"), "0", "100")
    yield "E231", "1", between(ratio(row, "分类小区", "小区数"), "0", "100")
    yield "E232", "1", between(n(row, "资源化利用率"), "80", "100")
    yield "E311", "1", between(grown(row, "村集体收入"), "0", "10")
    yield "E312", "1", between(ratio(row, "达标村", "村数"), "0", "100")
    yield "E321", "2", between(grown(row, "农村收入") - grown(row, "城镇收入"), "-2", "1")
    yield "E331", "2", between(ratio(row, "示范点完成", "示范点计划"), "0", "100")


def management(row: Row) -> Iterator[tuple[str, str, Fraction]]:
    yield "F111", "1.5", yes(row, "预算制度", "资产制度", "村账制度")
    yield "F112", "1.5", experts(row["镇"], "制度执行")
    yield "F121", "1", yes(row, "公开预算", "公开决算", "公开三公", "公开绩效")
    yield "F122", "1", yes(row, "公开及时")
    yield "F131", "1.5", between(ratio(row, "目标项目", "项目数"), "0", "100")
    yield "F132", "1.5", experts(row["镇"], "自评质量")
    yield "F211", "3", pleased(n(row, "企业满意率"))
    yield "F212", "3", pleased(n(row, "群众满意率"))


@cache
def scored() -> Results:
    rules = load(FOLDER / "pinghu.townships.perfrules")
    return rules.score_all(given_to(rules, DATA))


def cents(value: Fraction) -> Fraction:
    return Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100)


def marks(row: Row) -> dict[str, Fraction]:
    parts = (policies(row), revenue(row, rows_of(DATA)), spending(row), risk(row), effects(row), management(row))
    return {code: cents(Fraction(full) * share) for part in parts for code, full, share in part}


def total(row: Row) -> Fraction:
    sheet = rows_of(FOLDER / "data" / "自评表.csv")
    own = sum((Fraction(line["得分"]) for line in sheet if line["镇"] == row["镇"]), Fraction(0))
    return cents(own * Fraction("0.3") + sum(marks(row).values(), Fraction(0)) * Fraction("0.7"))


@pytest.mark.parametrize("row", rows_of(DATA), ids=lambda row: row["镇"])
def test_all_59_marks_and_the_total_come_out_another_way(row: Row) -> None:
    result = scored()[row["镇"]]
    again = marks(row)
    assert len(again) == 59
    assert {code: result[code].score for code in again} == again
    assert result.total == total(row)


def test_the_ranks_follow_from_the_totals() -> None:
    totals = [total(row) for row in rows_of(DATA)]
    ranks = [1 + sum(other > each for other in totals) for each in totals]
    assert [scored()[row["镇"]].outputs["名次"] for row in rows_of(DATA)] == ranks
