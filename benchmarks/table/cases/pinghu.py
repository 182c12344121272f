"""The departmental scheme of Pinghu (`rulesets/pinghu/department`) on random rows, with judged marks and exclusions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.table.cases.columns import Columns
from benchmarks.table.competitor import Case, Competitor, Entry, Scored
from benchmarks.table.competitors.perfrules_columns import entries, in_frame
from benchmarks.table.numbers import BUDGETS, GOALS, Array
from benchmarks.timing import ROOT

FILE = ROOT / "rulesets" / "pinghu" / "department" / "department.perfrules"
GRADES = ("差", "中", "良", "优")
MONEY, PERCENT = 1_000_000, 100
YES_NO = ("预算制度", "财务制度", "资产制度", "内容公开", "时限公开", "重大违规")
LEVELS = ("达成预期指标", "部分达成并具有一定效果", "未达成且效果较差")
SCALES = {
    **dict.fromkeys(("公用支出", "公用预算", "重点支出", "项目支出", "统筹收入", "全部收入"), MONEY),
    **dict.fromkeys(("预算支出", "全年预算", "不合格资金", "审计资金"), MONEY),
    **dict.fromkeys(("巩固率", "普惠率", "满意率"), PERCENT),
    "C31.mark": 100,
}
X = Mapping[str, Array]


def ruleset() -> str:
    """Return the ruleset without its tests; three percentages come as numbers here, which has to be said."""
    text, _, _ = FILE.read_text(encoding="utf-8").partition("  # ── 用例")
    assert text.count("[0%, 100%] source") == 3
    return text.replace("[0%, 100%] source", "[0%, 100%] written as percent source") + "}\n"


def data(rows: int) -> Columns:
    """Make the data: round budgets, money in 元, a tenth of the departments without projects or without audit."""
    random = np.random.default_rng(4_921)

    def budget() -> Array:
        return random.choice(BUDGETS, rows) * MONEY

    def part(whole: Array, mean: float, spread: float, step: int = 100) -> Array:
        near = np.rint(whole * random.normal(mean, spread, rows) / step) * step
        return np.maximum(np.where(random.random(rows) < 1 / 4, whole, near), 0).astype(np.int64)

    def absent(column: Array) -> Array:
        return np.where(random.random(rows) < 1 / 10, 0, column)

    arrays: dict[str, Array] = {}
    for name, whole, mean in (
        ("公用支出", "公用预算", 0.99),
        ("统筹收入", "全部收入", 0.95),
        ("预算支出", "全年预算", 0.94),
    ):
        arrays[whole] = budget()
        arrays[name] = part(arrays[whole], mean, 0.04)
    arrays["编制数"] = random.integers(20, 500, rows)
    arrays["在职人数"] = part(arrays["编制数"], 0.99, 0.02, 1)
    arrays["项目支出"], arrays["审计资金"] = absent(budget()), absent(budget())
    arrays["重点支出"] = part(arrays["项目支出"], 0.55, 0.1)
    arrays["不合格资金"] = np.minimum(part(arrays["审计资金"], 0.02, 0.02), arrays["审计资金"] // 20)
    arrays["计划任务"] = random.choice(GOALS, rows)
    arrays["完成任务"] = np.minimum(part(arrays["计划任务"], 0.95, 0.05, 1), arrays["计划任务"])
    arrays["及时任务"] = np.minimum(part(arrays["完成任务"], 0.95, 0.05, 1), arrays["完成任务"])
    arrays["达标任务"] = np.minimum(part(arrays["完成任务"], 0.97, 0.05, 1), arrays["完成任务"])
    arrays["重点下达"] = random.integers(0, 20, rows)
    arrays["重点完成"] = np.maximum(arrays["重点下达"] - random.poisson(0.5, rows), 0)
    for name, mean in (("巩固率", 0.985), ("普惠率", 0.86), ("满意率", 0.88)):
        arrays[name] = np.rint(100 * PERCENT * np.clip(random.normal(mean, 0.04, rows), 0, 1)).astype(np.int64)
    arrays["一般事故"], arrays["较大事故"] = random.poisson(0.3, rows), random.poisson(0.01, rows)
    for name in YES_NO:
        arrays[name] = random.random(rows) < (0.01 if name == "重大违规" else 0.9)
    level = random.choice(3, rows, p=(0.5, 0.4, 0.1))
    arrays["C31.level"] = level
    arrays["C31.mark"] = np.choose(
        level, [random.integers(480, 601, rows), random.integers(360, 480, rows), random.integers(0, 360, rows)]
    )
    return Columns(arrays)


def half_up(y: Array) -> Array:
    """Round floats to two decimals."""
    return np.floor(y * 100 + 0.5) / 100


def in_floats(_about: None, x: X) -> tuple[Array, Array]:
    """Score in float64."""
    spent, staff = x["公用支出"] / x["公用预算"], x["在职人数"] / x["编制数"]
    with np.errstate(divide="ignore", invalid="ignore"):
        focus, failed = x["重点支出"] / x["项目支出"], x["不合格资金"] / x["审计资金"]
    a1 = np.maximum(5 - 0.5 * np.ceil(np.maximum(spent - 1, 0) * 100), 0)
    a1 += np.maximum(5 - np.ceil(np.maximum(staff - 1, 0) * 100), 0)
    a2 = half_up(5 * np.minimum(focus / 0.6, 1))
    a = np.where(x["项目支出"] > 0, a1 + a2, a1 * 15 / 10)
    b = 1.0 * x["预算制度"] + x["财务制度"] + x["资产制度"] + x["内容公开"] + x["时限公开"]
    b += half_up(3 * np.minimum(x["统筹收入"] / x["全部收入"], 1))
    executed = x["预算支出"] / x["全年预算"]
    b += np.select([executed >= 0.95, executed >= 0.9, executed >= 0.8], [4, 3, 2], 0)
    b3 = np.maximum(3 - 0.5 * np.ceil(failed * 100), 0)
    b = np.where(x["审计资金"] > 0, b + b3, b * 15 / 12)
    c = sum(
        half_up(full * np.minimum(x[name] / x["计划任务"], 1))
        for name, full in (("完成任务", 8), ("及时任务", 6), ("达标任务", 6))
    )
    c += np.maximum(10 - 2 * np.maximum(x["重点下达"] - x["重点完成"], 0), 0)
    c += np.select([x["巩固率"] >= 99, x["巩固率"] >= 98, x["巩固率"] >= 95], [8, 6, 4], 0)
    c += half_up(8 * np.clip((x["普惠率"] - 60) / 30, 0, 1))
    c += np.where(x["较大事故"] > 0, 0, np.maximum(8 - 2 * x["一般事故"], 0)) + x["C31.mark"]
    d = np.select([x["满意率"] >= 90, x["满意率"] >= 80, x["满意率"] >= 60], [10, 8, 5], 0)
    total = half_up(a + b + c + d)
    return total, _grades(total, (60, 80, 90), x)


def by_hand(_about: None, x: X) -> tuple[Array, Array]:
    """Score exactly in int64 hundredths; the shares of what is excluded are quarters of them."""
    a1 = np.maximum(500 - 50 * _started(x["公用支出"] - x["公用预算"], x["公用预算"]), 0)
    a1 += np.maximum(500 - 100 * _started(x["在职人数"] - x["编制数"], x["编制数"]), 0)
    a2 = _rate(500 * 5, x["重点支出"], x["项目支出"] * 3, 500)
    a = np.where(x["项目支出"] > 0, 4 * (a1 + a2), 6 * a1)
    b = 100 * (x["预算制度"].astype(np.int64) + x["财务制度"] + x["资产制度"] + x["内容公开"] + x["时限公开"])
    b += _rate(300, x["统筹收入"], x["全部收入"], 300)
    b += _steps(100 * x["预算支出"], x["全年预算"], ((95, 100), (90, 100), (80, 200)))
    b3 = np.maximum(300 - 50 * _started(x["不合格资金"], x["审计资金"]), 0)
    b = np.where(x["审计资金"] > 0, 4 * (b + b3), 5 * b)
    c = sum(
        _rate(full, x[name], x["计划任务"], full)
        for name, full in (("完成任务", 800), ("及时任务", 600), ("达标任务", 600))
    )
    c += np.maximum(1000 - 200 * np.maximum(x["重点下达"] - x["重点完成"], 0), 0)
    c += _steps(x["巩固率"], 100, ((99, 200), (98, 200), (95, 400)))
    c += _rate(800, np.maximum(x["普惠率"] - 6_000, 0), np.full_like(x["普惠率"], 3_000), 800)
    c += np.where(x["较大事故"] > 0, 0, np.maximum(800 - 200 * x["一般事故"], 0)) + x["C31.mark"]
    d = _steps(x["满意率"], 100, ((90, 200), (80, 300), (60, 500)))
    total = (a + b + 4 * (c + d) + 2) // 4
    return total, _grades(total, (6_000, 8_000, 9_000), x)


def _started(over: Array, of: Array) -> Array:
    return np.maximum(-(-over * 100 // np.maximum(of, 1)), 0)


def _rate(full: int, top: Array, bottom: Array, most: int) -> Array:
    return np.minimum((2 * full * top + bottom) // np.maximum(2 * bottom, 1), most)


def _steps(value: Array, unit: Array | int, steps: tuple[tuple[int, int], ...]) -> Array:
    return sum((value >= unit * edge) * rise for edge, rise in steps)


def _grades(total: Array, lines: tuple[int, ...], x: X) -> Array:
    grades = np.digitize(total, lines)
    return np.where(x["重大违规"], np.minimum(grades, 1), grades)


def in_pandas(columns: Columns) -> Any:
    """Return a frame of floats, the level as text."""
    x = columns.over(SCALES)
    levels = np.array(LEVELS, object)[columns.arrays["C31.level"]]
    return in_frame("部门年度", {**x, "C31.level": levels, "C31.by": np.full(columns.rows, "专家组", object)})


def _floats() -> Competitor:
    def read(found: tuple[Array, Array]) -> Scored:
        return Scored(found[0] * 100, found[1])

    return Competitor(load=lambda c: c.over(SCALES), compile=lambda _: None, score=in_floats, read=read)


def _by_hand() -> Competitor:
    return Competitor(load=lambda c: c.arrays, compile=lambda _: None, score=by_hand, read=lambda found: Scored(*found))


CASE = Case(
    title="Pinghu's departmental scheme, random rows",
    rows=1_000_000,
    data=data,
    about=ruleset(),
    exact=lambda columns: Scored(*by_hand(None, columns.arrays)),
    entries={
        "numpy-float": Entry("numpy float, whole arrays", 1, _floats),
        "by-hand": Entry("numpy int64 with //, exact by hand", 1, _by_hand),
        **entries(in_pandas, GRADES),
    },
)
