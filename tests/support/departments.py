"""Synthetic data of 59 departments for the scheme of Pinghu: every department is made up, the same ones every time.

Among them are some that are pending, refused, vetoed, overridden, that have no projects or were not audited, and one
with a very long name.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any, Final

from perfrules.api import Results, Ruleset, load

RULESET: Final = Path(__file__).parents[2] / "rulesets" / "pinghu" / "department" / "department.perfrules"
COUNT: Final = 59
PENDING, REFUSED, VETOED, OVERRIDDEN, LONG = "虚构部门07", "虚构部门11", "虚构部门13", "虚构部门17", "虚构部门19"
LONG_NAME: Final = (
    "虚构的平湖市历史文化名城保护和古镇古村落传统民居修缮利用工作领导小组办公室（含下属事业单位合并编报口径）" * 2
)


def departments() -> list[dict[str, Any]]:
    """Return the data, a row for each department."""
    draw = random.Random(20_240_601)
    return [_special(_department(f"虚构部门{number:02}", draw)) for number in range(1, COUNT + 1)]


def scored_departments() -> tuple[Ruleset, Results]:
    """Score them all."""
    rules = load(RULESET)
    return rules, rules.score_all(departments())


def _department(name: str, draw: random.Random) -> dict[str, Any]:
    planned = draw.randint(20, 60)
    done = draw.randint(planned * 3 // 4, planned)
    levels = {"达成预期指标": (48, 60), "部分达成并具有一定效果": (36, 47), "未达成且效果较差": (0, 35)}
    level = draw.choices(list(levels), weights=(6, 3, 1))[0]
    important = draw.randint(1, 12)
    return {
        "部门年度": name,
        "公用支出": draw.randint(380, 430),
        "公用预算": 400,
        "在职人数": draw.randint(960, 1030),
        "编制数": 1000,
        "重点支出": draw.randint(300, 1600),
        "项目支出": 2000,
        "预算制度": draw.random() < 0.95,
        "财务制度": draw.random() < 0.9,
        "资产制度": draw.random() < 0.7,
        "内容公开": draw.random() < 0.9,
        "时限公开": draw.random() < 0.85,
        "统筹收入": draw.randint(3500, 5000),
        "全部收入": 5000,
        "预算支出": draw.randint(3900, 5000),
        "全年预算": 5000,
        "不合格资金": draw.choice((0, 0, 0, 8, 24, 51)),
        "审计资金": 1000,
        "计划任务": planned,
        "完成任务": done,
        "及时任务": draw.randint(done * 4 // 5, done),
        "达标任务": draw.randint(done * 4 // 5, done),
        "重点下达": important,
        "重点完成": important - draw.choice((0, 0, 0, 1)),
        "巩固率": f"{tenths(draw.randint(960, 1000))}%",
        "普惠率": f"{tenths(draw.randint(700, 950))}%",
        "一般事故": draw.choice((0, 0, 0, 1, 2)),
        "较大事故": int(draw.random() < 0.03),
        "满意率": f"{tenths(draw.randint(700, 980))}%",
        "重大违规": False,
        "C31.level": level,
        "C31.mark": tenths(draw.randint(*levels[level])),
    }


def tenths(count: int) -> str:
    """Write so many tenths as a decimal."""
    return f"{count // 10}.{count % 10}"


def _special(row: dict[str, Any]) -> dict[str, Any]:
    match row["部门年度"]:
        case name if name == PENDING:
            row |= {"C31.level": "待定", "C31.mark": "待定"}
        case name if name == REFUSED:
            row |= {"满意率": "130%", "公用预算": None}
        case name if name == VETOED:
            row |= {"重大违规": True}
        case name if name == OVERRIDDEN:
            row |= {"A11.override.value": "5", "A11.override.by": "评价组复核小组"}
            row |= {"A11.override.why": "公用经费超支系防汛抢险，经市政府批准"}
        case name if name == LONG:
            row |= {"部门年度": LONG_NAME, "重点支出": 0, "项目支出": 0, "不合格资金": 0, "审计资金": 0}
    return row
