"""Marks reckoned a second time, in plain fractions from the READMEs' statements of the rules, without the product.

Of what the other tests here do not reckon again: Pinghu's department in four years, the self-evaluation of projects,
the Human Development Index.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from math import ceil

import pytest

from tests.golden.figures import RULESETS, Figure, expected, figures_of, rows_of

Row = dict[str, str]

DEPARTMENT = RULESETS / "pinghu" / "department"
PROJECTS = RULESETS / "mof" / "self_evaluation"
COUNTRIES = RULESETS / "undp" / "human_development_index"


def number(row: Row, column: str) -> Fraction:
    """A cell: `98.6%` is 0.986."""
    cell = row[column]
    return Fraction(cell.removesuffix("%")) / (100 if cell.endswith("%") else 1)


def cents(value: Fraction) -> Fraction:
    """Two decimals, half up."""
    return Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100)


def ratio(row: Row, part: str, whole: str) -> Fraction:
    return number(row, part) / number(row, whole)


def share(of: Fraction, zero: Fraction | int, full: Fraction | int) -> Fraction:
    """Where *of* lies between what earns nothing and what earns all."""
    return min(Fraction(1), max(Fraction(0), (of - zero) / (full - zero)))


def begun(above: Fraction, step: Fraction = Fraction(1, 100)) -> int:
    """The steps that are begun; none below zero."""
    return max(0, ceil(above / step))


def band(value: Fraction, *steps: tuple[str, str]) -> Fraction:
    """The marks of the first step that *value* reaches."""
    return next((Fraction(marks) for least, marks in steps if value >= Fraction(least)), Fraction(0))


def yes(row: Row, *columns: str) -> int:
    return sum(row[column] == "是" for column in columns)


def pinghu(row: Row) -> dict[str, Fraction]:
    """A, B, C, D and the total of a department; C31 is the experts'."""
    posts = max(0, 5 - begun(ratio(row, "在职人数", "编制数") - 1))
    funds = max(Fraction(0), 5 - Fraction(begun(ratio(row, "公用支出", "公用预算") - 1), 2))
    key = cents(5 * share(ratio(row, "重点支出", "项目支出"), 0, Fraction("0.6")))
    rules = yes(row, "预算制度", "财务制度", "资产制度") + yes(row, "内容公开", "时限公开")
    pooled = cents(3 * share(ratio(row, "统筹收入", "全部收入"), 0, 1))
    spent = band(ratio(row, "预算支出", "全年预算"), ("0.95", "4"), ("0.9", "3"), ("0.8", "2"))
    managed = rules + pooled + spent
    if audited := number(row, "审计资金"):
        managed += max(Fraction(0), 3 - Fraction(begun(number(row, "不合格资金") / audited), 2))
    else:
        managed = managed * 15 / 12
    tasks = (("完成任务", 8), ("及时任务", 6), ("达标任务", 6))
    done = sum((cents(full * share(ratio(row, task, "计划任务"), 0, 1)) for task, full in tasks), Fraction(0))
    assigned = max(Fraction(0), 10 - 2 * max(Fraction(0), number(row, "重点下达") - number(row, "重点完成")))
    kept = band(number(row, "巩固率"), ("0.99", "8"), ("0.98", "6"), ("0.95", "4"))
    nursery = cents(8 * share(number(row, "普惠率"), Fraction("0.6"), Fraction("0.9")))
    safe = Fraction(0) if number(row, "较大事故") else max(Fraction(0), 8 - 2 * number(row, "一般事故"))
    pleased = band(number(row, "满意率"), ("0.9", "10"), ("0.8", "8"), ("0.6", "5"))
    effect = done + assigned + kept + nursery + safe + number(row, "C31.mark")
    themes = {"A": posts + funds + key, "B": managed, "C": effect, "D": pleased}
    return themes | {"total": cents(sum(themes.values(), Fraction(0)))}


def cost(row: Row) -> Fraction:
    unit = 12 * share(ratio(row, "实际单价", "目标单价"), 2, 1)
    return unit + 8 * share(ratio(row, "变更增加", "合同金额"), Fraction("0.2"), Fraction("0.1"))


def output(row: Row, scale: Fraction) -> Fraction:
    """*scale* is 1 where cost counts, and 5/4 where its marks went to output."""
    homes = min(Fraction(1), ratio(row, "实际户数", "计划户数"))
    estates, passed = ratio(row, "实际小区", "计划小区"), ratio(row, "实际合格率", "目标合格率")
    marks = 8 * min(Fraction(1), estates) + (8 * homes if homes >= Fraction("0.6") else 0)
    return scale * (marks + 12 * min(Fraction(1), passed) + 12 * on_time(row))


def on_time(row: Row) -> Fraction:
    """A tenth less for each ten days begun; nothing while it is not finished."""
    if not row["实际完工"]:
        return Fraction(0)
    late = day(row["实际完工"]) - day(row["计划完工"])
    return max(Fraction(0), 1 - Fraction(begun(Fraction(late, 10), Fraction(1)), 10))


def day(text: str) -> int:
    """Days since the year 0, March first, without the library of dates that the product uses."""
    year, month, day = map(int, text.split("-"))
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day


def self_evaluated(row: Row) -> dict[str, Fraction]:
    """S, C, E, M, Z and the total of a project whose experts have decided."""
    has_cost, has_survey = row["成本指标"] == "设置", row["满意度指标"] == "设置"
    of_drains = min(Fraction(1), ratio(row, "实际分流率", "目标分流率"))
    effect = number(row, "E11.mark") + (6 if has_cost else 9) * of_drains + number(row, "E31.mark")
    full = 20 if has_cost else 30
    marks = {
        "S": cost(row) if has_cost else Fraction(0),
        "C": output(row, Fraction(1) if has_cost else Fraction(5, 4)),
        "E": effect,
        "M": band(number(row, "满意率"), ("0.9", "10"), ("0.8", "8"), ("0.6", "5")) if has_survey else Fraction(0),
        "Z": 10 * min(Fraction(1), ratio(row, "全年执行", "全年预算")),
    }
    moved = Fraction(0) if has_survey else effect * 10 / full
    return marks | {"total": cents(sum(marks.values(), moved))}


def index(row: Row) -> dict[str, Fraction]:
    """The cube root of the three dimensions, to 60 digits by the decimal library, then to three decimals half up."""
    life, expected_years, mean_years, income = (
        min(Decimal(row[column]), Decimal(most))
        for column, most in (("life", 85), ("expected", 18), ("mean_years", 15), ("income", 75_000))
    )
    with localcontext(Context(prec=60)):
        health = (life - 20) / 65
        education = (expected_years / 18 + mean_years / 15) / 2
        standard = (income.ln() - Decimal(100).ln()) / (Decimal(75_000).ln() - Decimal(100).ln())
        root = (health * education * standard) ** (Decimal(1) / 3)
        return {"total": Fraction(root.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP))}


RECKONED = (
    (DEPARTMENT, "2021-2024.csv", "部门年度", pinghu),
    (PROJECTS, "2024.csv", "项目", self_evaluated),
    (COUNTRIES, "2021.csv", "country", index),
)
AGAIN = [
    (figure, reckon(row)[figure.what])
    for folder, data, entity, reckon in RECKONED
    for row in rows_of(folder / "data" / data)
    if "待定" not in row.values()
    for figure in figures_of(folder)
    if (figure.data, figure.entity) == (data, row[entity]) and figure.what in reckon(row)
]


def test_the_total_of_every_department_project_and_country_is_reckoned_again() -> None:
    assert sum(figure.what == "total" for figure, _ in AGAIN) == 4 + 4 + 12


@pytest.mark.parametrize(("figure", "again"), AGAIN, ids=str)
def test_a_figure_is_what_plain_fractions_make_of_the_rule(figure: Figure, again: Fraction) -> None:
    assert expected(figure) == again
