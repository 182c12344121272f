"""Write 1,561 synthetic projects of 82 synthetic departments: what was planned and done, and how each was self-scored.

Published are the two numbers, and that 30 key projects were evaluated by outside firms. Everything else is drawn here:
a project has a diligence between 60 and 100 around that of its department, from which its figures follow, and its
self-score is that diligence with what its department adds to it. No figure is shaped to reach a result. The draws are
hashes of what is drawn, so that every run writes the same bytes. Money is counted in hundredths of 万元.

    python rulesets/yantai/evaluation/data/make.py
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

PROJECTS, DEPARTMENTS, KEY_PROJECTS = 1_561, 82, 30
LEVELS = ((85, "达成预期指标", 80, 100), (70, "部分达成并具有一定效果", 60, 79), (0, "未达成且效果较差", 20, 59))
FOLDER = Path(__file__).parent


def draw(*label: object, low: int, high: int) -> int:
    """A whole number in [low, high] that depends on nothing but *label*."""
    text = "/".join(map(str, label)).encode()
    return low + int.from_bytes(sha256(text).digest()[:8]) % (high - low + 1)


def hundredths(number: int) -> str:
    """A number of hundredths as a decimal: 12345 is 123.45."""
    return f"{number // 100}.{number % 100:02d}"


def yes(*label: object, of: int) -> str:
    """Yes, but no in one of *of* draws."""
    return "否" if draw(*label, low=1, high=of) == 1 else "是"


def name_of(department: int) -> str:
    """A department."""
    return f"部门{department:02d}"


def owner(project: int) -> int:
    """The department of a project: each has one, the rest are drawn, the first departments twice as often."""
    if project <= DEPARTMENTS:
        return project
    drawn = draw(project, "owner", low=1, high=DEPARTMENTS + DEPARTMENTS // 2)
    return drawn if drawn <= DEPARTMENTS else drawn - DEPARTMENTS


def care(department: int) -> int:
    """How well a department runs its projects, of 100."""
    return draw("care", department, low=78, high=96)


def share(whole: int, percent: int) -> int:
    """A percentage of *whole*, rounded down."""
    return whole * percent // 100


def level_of(at: int, diligence: int) -> tuple[str, str]:
    """The level of the qualitative benefit and the mark within it, of 10."""
    _, name, low, high = next(level for level in LEVELS if diligence >= level[0])
    mark = draw(at, "mark", low=low, high=high)
    return name, f"{mark // 10}.{mark % 10}"


def project(at: int) -> dict[str, str]:
    """One row."""
    department = owner(at)
    diligence = max(60, min(100, care(department) + draw(at, "diligence", low=-16, high=12)))
    budget = draw(at, "size", low=2, high=12) ** 3 * draw(at, "fine", low=100, high=999)
    quota = share(budget, draw(at, "quota", low=60, high=95))
    planned = draw(at, "planned", low=5, high=200)
    done = share(planned, min(104, diligence + draw(at, "done", low=0, high=14)))
    target = draw(at, "target", low=100, high=20_000)
    due = date(2021, 6, 30) + timedelta(days=draw(at, "due", low=0, high=180))
    late = draw(at, "late", low=-20, high=2 * (100 - diligence))
    surveyed = draw(at, "surveyed", low=1, high=6) > 1
    level, mark = level_of(at, diligence)
    own = min(
        100_00, diligence * 100 + draw("adds", department, low=-200, high=900) + draw(at, "own", low=-300, high=300)
    )
    return {
        "项目": f"项目{at:04d}",
        "主管部门": name_of(department),
        "评价方式": "第三方评价" if at % 52 == 7 and at // 52 < KEY_PROJECTS else "财政复核",
        "全年预算": hundredths(budget),
        "全年执行": hundredths(share(budget, min(100, diligence + draw(at, "spent", low=-6, high=12)))),
        "成本定额": hundredths(quota),
        "超支金额": hundredths(
            share(quota, max(0, draw(at, "over", low=-12, high=92 - diligence if diligence < 86 else 6)))
        ),
        "计划产出": str(planned),
        "实际产出": str(done),
        "达标产出": str(share(done, min(100, diligence + draw(at, "good", low=2, high=20)))),
        "计划完成": str(due),
        "实际完成": str(due + timedelta(days=late)),
        "计划受益": str(target),
        "实际受益": str(share(target, diligence + draw(at, "benefit", low=-12, high=20))),
        "满意度指标": "设置" if surveyed else "未设置",
        "满意率": f"{diligence + draw(at, 'content', low=-8, high=0)}%" if surveyed else "0%",
        "有效问卷": str(draw(at, "answers", low=24, high=400)) if surveyed else "0",
        "E2.level": level,
        "E2.mark": mark,
        "自评得分": "" if yes(at, "reported", of=40) == "否" else hundredths(own),
        "指标值齐全": yes(at, "values", of=30),
        "佐证齐全": yes(at, "evidence", of=6 + department % 12),
        "偏差已说明": yes(at, "reasons", of=8 + department % 9),
    }


def department(number: int) -> dict[str, str]:
    """One row of the departments."""
    who, level = name_of(number), care(number)
    budget = draw(who, "budget", low=200_000, high=9_000_000)
    planned, assigned = draw(who, "planned", low=12, high=60), draw(who, "assigned", low=0, high=8)
    judged, mark = level_of(-number, level)
    return {
        "部门": who,
        "开展事前评估": yes(who, "appraised", of=12),
        "评估要素完整": yes(who, "complete", of=5),
        "评估结论应用": yes(who, "applied", of=4),
        "目标公开": yes(who, "public", of=20),
        "目标公开完整": yes(who, "all public", of=6),
        "部门预算": hundredths(budget),
        "部门支出": hundredths(share(budget, min(100, level + draw(who, "spent", low=-6, high=8)))),
        "上半年支出": hundredths(share(budget, draw(who, "half", low=36, high=56))),
        "结转结余": hundredths(share(budget, draw(who, "left", low=0, high=14))),
        "下达重点工作": str(assigned),
        "办结重点工作": str(max(0, assigned - max(0, draw(who, "open", low=-3, high=2)))),
        "计划工作": str(planned),
        "完成工作": str(share(planned, min(100, level + draw(who, "done", low=0, high=10)))),
        "满意率": f"{level + draw(who, 'content', low=-10, high=2)}%",
        "D3.level": judged,
        "D3.mark": mark,
    }


def write(name: str, rows: list[dict[str, str]]) -> None:
    """Write a sheet with a byte order mark, which Excel needs to see that it is UTF-8."""
    with (FOLDER / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write projects.csv and departments.csv beside this script."""
    write("projects.csv", [project(at) for at in range(1, PROJECTS + 1)])
    write("departments.csv", [department(number) for number in range(1, DEPARTMENTS + 1)])


if __name__ == "__main__":
    main()
