"""A synthetic successor of the Pinghu scheme and a synthetic cohort of 59 departments. No figure here is a real one.

The successor is the scheme's text with edits, each of which can be left out: so a test can put any change back by hand,
compile, and score, knowing nothing of how changes are compared.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from perfrules import Results, Ruleset, loads

SCHEME: Final = Path(__file__).parents[3] / "rulesets/pinghu/department/department.perfrules"
DEPARTMENTS: Final = 59

EDITS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    # what is changed, by the item it is: the edits of the text
    "不合格资金": (
        (
            'input 不合格资金 "审计认定的不合格资金" : 万元 decimals 6 in [0, 1_000_000]',
            'input 不合格资金 "审计认定的不合格资金" : 元 decimals 6 in [0, 1_000_000]',
        ),
    ),
    "A.A1.A12": (("above 100%: less 1 point per started", "above 100%: less 2 points per started"),),
    "B.B2.B22": (
        ('indicator B22 "预算执行率" 4 points', 'indicator B22 "预算执行率" 5 points'),
        ("          >= 90% -> 3\n          >= 80% -> 2\n", "          >= 92% -> 3\n"),
    ),
    "C.C1.C15": (
        (
            "      indicator C13 ",
            """      indicator C15 "网上办理率（虚构）" 9 points {
        score curve of 网办率 {
          40% -> 0
          90% -> full
        }
      }
      indicator C13 """,
        ),
    ),
    "C.C1.C14": (
        (
            """      indicator C14 "重点工作完成（X）" 10 points {
        score tally from full {
          重点完成 below 重点下达: less 2 points per whole 1 项 "未完成的重点工作"
        }
        evidence "市政府督查通报"
      }
""",
            "",
        ),
    ),
    "C.C2.C22": (
        ('indicator C22 "普惠性幼儿园覆盖率（X）" 8 points', 'indicator C22 "普惠性幼儿园覆盖率（X）" 10 points'),
        ("60% -> 0\n          90% -> full", "60% -> 0\n          95% -> full"),
    ),
    "D.D1.D11": (
        (">= 90% -> full\n          >= 80% -> 80% of full", ">= 92% -> full\n          >= 80% -> 80% of full"),
    ),
    "grades": (("    良 >= 80\n", "    良 >= 81\n"),),
}
"""The edits in the order in which a comparison applies the items: data, then the outline, then the grades."""

_ALWAYS: Final = (('  input 满意率 "', '  input 网办率 "网上办理率" : % decimals 2 in [0%, 100%]\n  input 满意率 "'),)


def scheme_text() -> str:
    """Return the scheme without tests, and without the sums of marks that its parents state."""
    text = re.sub(r"\n  test .*", "\n}\n", SCHEME.read_text("utf-8"), count=1, flags=re.DOTALL)
    return re.sub(r'(indicator (?:[A-D]|[A-D]\d) "[^"]*") \d+ points', r"\1", text).replace("  total 100 points\n", "")


def edited(keys: Iterable[str]) -> str:
    """Return the text with these edits; the new input is declared in every one but the scheme itself."""
    text = scheme_text()
    for old, new in (*_ALWAYS, *(edit for key in EDITS if key in set(keys) for edit in EDITS[key])):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@cache
def scheme() -> Ruleset:
    """Compile the scheme."""
    return loads(scheme_text(), name="scheme")


@cache
def with_edits(keys: frozenset[str]) -> Ruleset:
    """Compile the scheme with these edits."""
    return loads(edited(keys), name="edited")


def successor() -> Ruleset:
    """Compile the scheme with all edits."""
    return with_edits(frozenset(EDITS))


@cache
def cohort() -> tuple[Mapping[str, object], ...]:
    """Return the data of the departments, drawn with a fixed seed."""
    draw = random.Random(20260101)
    return tuple(_department(number, draw) for number in range(1, DEPARTMENTS + 1))


def _department(number: int, draw: random.Random) -> Mapping[str, object]:
    planned = draw.randint(20, 60)
    assigned = draw.randint(4, 12)
    spent = draw.randint(7800, 10000)
    return {
        "部门年度": f"虚构部门{number:02}",
        "公用支出": draw.randint(385, 412),
        "公用预算": 400,
        "在职人数": draw.randint(980, 1015),
        "编制数": 1000,
        "重点支出": draw.randint(700, 1500),
        "项目支出": draw.choice([0, 2000, 2000, 2000, 2000]),
        "预算制度": True,
        "财务制度": draw.random() < 0.9,
        "资产制度": draw.random() < 0.8,
        "内容公开": True,
        "时限公开": draw.random() < 0.85,
        "统筹收入": draw.randint(4200, 5000),
        "全部收入": 5000,
        "预算支出": spent,
        "全年预算": 10000,
        "不合格资金": draw.choice([0, 0, 6, 14, 24, 38]),
        "审计资金": draw.choice([0, 1000, 1000, 1000]),
        "计划任务": planned,
        "完成任务": planned - draw.randint(0, 3),
        "及时任务": planned - draw.randint(2, 8),
        "达标任务": planned - draw.randint(0, 5),
        "重点下达": assigned,
        "重点完成": assigned - draw.choice([0, 0, 0, 1, 1, 2]),
        "巩固率": f"{draw.randint(94, 99)}.{draw.randint(0, 99):02}%",
        "普惠率": f"{draw.randint(70, 96)}%",
        "一般事故": draw.choice([0, 0, 0, 0, 1, 2]),
        "较大事故": 1 if draw.random() < 0.02 else 0,
        "网办率": f"{draw.randint(55, 99)}%",
        "满意率": f"{draw.randint(76, 97)}%",
        "重大违规": draw.random() < 0.03,
        "C31.level": "达成预期指标",
        "C31.mark": draw.choice(["4.8", "5", "5.2", "5.5", "6"]),
    }


def rows_for(rules: Ruleset, rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Leave out the columns that a ruleset does not know."""
    known = {each.name for each in rules.inputs} | {"部门年度", "C31.level", "C31.mark"}
    return [{name: value for name, value in row.items() if name in known} for row in rows]


def score(rules: Ruleset, rows: Iterable[Mapping[str, object]] | None = None) -> Results:
    """Score the cohort."""
    return rules.score_all(rows_for(rules, cohort() if rows is None else rows))
