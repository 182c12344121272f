"""Write the synthetic monitoring data: 740 projects of 59 departments, as they stood on 23 October.

The numbers 740, 59 and 5 (projects checked by a third party) are published; every name and every figure is drawn here.
The draws are hashes of what is drawn, so that every run writes the same bytes. Money is counted in hundredths of 万元.

    python rulesets/wenfeng/dual_monitoring/data/make.py
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

PROJECTS, DEPARTMENTS, CHECKED = 740, 59, 5
DAY = date(2024, 10, 23)
MONTHS_ELAPSED = 9
FOLDER = Path(__file__).parent


def draw(*label: object, low: int, high: int) -> int:
    """A whole number in [low, high] that depends on nothing but *label*."""
    text = "/".join(map(str, label)).encode()
    return low + int.from_bytes(sha256(text).digest()[:8]) % (high - low + 1)


def pick(*label: object, of: tuple[str, ...]) -> str:
    """One of several words; a word that is there twice is drawn twice as often."""
    return of[draw(*label, low=0, high=len(of) - 1)]


def hundredths(number: int) -> str:
    """A number of hundredths as a decimal: 12345 is 123.45."""
    return f"{number // 100}.{number % 100:02d}"


def department_of(number: int) -> str:
    """The first 59 projects go to the 59 departments, the others anywhere: each has at least one."""
    place = number if number <= DEPARTMENTS else draw(number, "department", low=1, high=DEPARTMENTS)
    return f"部门{place:02d}"


def goals(number: int, progress: int) -> dict[str, str]:
    """Output, cost and benefit of a project; *progress* is percent of what the time elapsed asks for."""
    planned = draw(number, "planned", low=4, high=400) if draw(number, "zero target", low=1, high=40) > 1 else 0
    reported = planned * MONTHS_ELAPSED * progress // 1200 if planned else draw(number, "happened", low=0, high=1)
    limit = draw(number, "limit", low=5_000, high=500_000)
    cost = limit * draw(number, "cost", low=60, high=101) // 100
    has_cost = draw(number, "has cost", low=1, high=3) == 1
    return {
        "产出计划": str(planned),
        "上报产出": str(reported),
        "第三方核查产出": str(reported * 9 // 10) if number % (PROJECTS // CHECKED) == 0 else "",
        "成本上限": hundredths(limit) if has_cost else "",
        "实际成本": hundredths(cost) if has_cost else "",
        "定性效益": pick(number, "benefit", of=("未设置",) * 19 + ("达成",) * 16 + ("部分达成",) * 4 + ("未达成",)),
    }


def money(number: int, progress: int) -> dict[str, str]:
    """Budget, spending and the self-score, which here and there runs ahead of the spending."""
    budget = draw(number, "budget", low=500, high=90_000)
    rate = min(100, progress * MONTHS_ELAPSED // 12)
    spent = budget * rate // 100
    ahead = draw(number, "ahead", low=-25, high=6)
    done = rate >= 90 and draw(number, "done", low=1, high=2) == 1
    return {
        "预算": hundredths(budget),
        "支出": hundredths(spent),
        "自评得分": str(max(0, min(100, rate + ahead))),
        "已完工": "是" if done else "否",
    }


def reply(number: int, warned: bool) -> dict[str, str]:
    """What the department chose after a warning, and when."""
    if not warned:
        return {"预警日": "", "答复": "未答复", "答复日": ""}
    notice = date(2024, 9, 3) + timedelta(days=draw(number, "notice", low=0, high=44))
    choice = pick(number, "choice", of=("继续",) * 4 + ("调整",) * 3 + ("撤销",) * 2 + ("未答复",) * 3)
    answered = min(DAY, notice + timedelta(days=draw(number, "answered", low=1, high=18)))
    return {"预警日": str(notice), "答复": choice, "答复日": "" if choice == "未答复" else str(answered)}


def project(number: int) -> dict[str, str]:
    """One row."""
    progress = (
        draw(number, "progress", low=85, high=125)
        if draw(number, "on time", low=1, high=12) > 1
        else draw(number, "late", low=20, high=84)
    )
    spending = (
        draw(number, "spending", low=82, high=134)
        if draw(number, "spends", low=1, high=8) > 1
        else draw(number, "slow", low=10, high=81)
    )
    funds = money(number, spending)
    warned = Fraction(funds["支出"]) < Fraction(funds["预算"]) * 60 / 100
    named = {
        "项目": f"项目{number:03d}",
        "主管部门": department_of(number),
        "监控月": str(MONTHS_ELAPSED),
        "监控日": str(DAY),
    }
    return named | goals(number, progress) | funds | reply(number, warned)


def write(name: str, rows: list[dict[str, str]]) -> None:
    """Write a sheet with a byte order mark, which Excel needs to see that it is UTF-8."""
    with (FOLDER / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write projects.csv and departments.csv beside this script."""
    write("projects.csv", [project(number) for number in range(1, PROJECTS + 1)])
    write("departments.csv", [{"部门": f"部门{number:02d}"} for number in range(1, DEPARTMENTS + 1)])


if __name__ == "__main__":
    main()
