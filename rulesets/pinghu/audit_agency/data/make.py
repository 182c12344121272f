"""Write synthetic settled projects, review agencies and the marks that those involved gave them.

Published are the number of projects (65), the sum of what was audited (173,058.30万元) and the net reduction
(16,707.05万元). The projects are drawn here and scaled so that they add up to these two sums; no project, agency or
mark is real. Four projects are not left to the draw, so that each rule shows: two are audited higher than submitted,
one is reduced far more than others of its type, one has a grave error. The draws are hashes of what is drawn, so that
every run writes the same bytes. Money is counted in hundredths of 万元.

    python rulesets/pinghu/audit_agency/data/make.py
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

AUDITED, REDUCED = 17_305_830, 1_670_705
TYPES = {
    "房屋建筑": (20, 90),
    "市政道路": (18, 110),
    "水利": (12, 75),
    "园林绿化": (10, 140),
    "装饰装修": (4, 120),
    "智能化": (1, 60),
}
AGENCIES = ("机构甲", "机构乙", "机构丙", "机构丁", "机构戊", "机构己")
LIMITS = ((50_000, 20), (200_000, 30), (500_000, 45))
FOLDER = Path(__file__).parent


def draw(*label: object, low: int, high: int) -> int:
    """A whole number in [low, high] that depends on nothing but *label*."""
    text = "/".join(map(str, label)).encode()
    return low + int.from_bytes(sha256(text).digest()[:8]) % (high - low + 1)


def hundredths(number: int) -> str:
    """A number of hundredths as a decimal: 12345 is 123.45."""
    return f"{number // 100}.{number % 100:02d}"


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts in proportion to *weights* that add up to *total*: the largest remainders get one more."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: -(total * weights[at] % whole))
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    return parts


def kinds() -> list[str]:
    """The type of each project."""
    return [kind for kind, (count, _) in TYPES.items() for _ in range(count)]


def limit_of(submitted: int) -> int:
    """The days that 财建〔2004〕369号 allows for a settlement of this size."""
    return next((days for edge, days in LIMITS if submitted < edge), 60)


def amounts() -> list[tuple[int, int]]:
    """What was submitted and what was audited, for each project: both add up to the published sums.

    Two projects were audited higher than submitted; the reductions of the others make up for it.
    """
    sizes = [draw(at, "size", low=1, high=9) ** 3 * draw(at, "fine", low=300, high=999) for at in range(len(kinds()))]
    submitted = apportion(AUDITED + REDUCED, sizes)
    raised = {at: submitted[at] * draw(at, "raised", low=5, high=25) // 1000 for at in (7, 31)}
    weights = [
        0 if at in raised else submitted[at] * (TYPES[kind][1] + draw(at, "rate", low=-45, high=60) + 160 * (at == 12))
        for at, kind in enumerate(kinds())
    ]
    reduced = apportion(REDUCED + sum(raised.values()), weights)
    return [(whole, whole - reduced[at] + raised.get(at, 0)) for at, whole in enumerate(submitted)]


def project(at: int, kind: str, submitted: int, audited: int) -> dict[str, str]:
    """One row."""
    complete = date(2021, 1, 4) + timedelta(days=draw(at, "complete", low=0, high=270))
    late = (
        draw(at, "late", low=1, high=9)
        if draw(at, "is late", low=1, high=6) == 1
        else -draw(at, "early", low=0, high=9)
    )
    sampled = draw(at, "sampled", low=1, high=3) == 1
    error = draw(at, "error", low=-12, high=12) if draw(at, "errs", low=1, high=2) == 1 else 0
    return {
        "项目": f"项目{at + 1:02d}",
        "机构": AGENCIES[draw(at, "agency", low=0, high=len(AGENCIES) - 1)],
        "年度": "2021年",
        "类型": kind,
        "送审": hundredths(submitted),
        "审定": hundredths(audited),
        "资料齐全日": str(complete),
        "报告日": str(complete + timedelta(days=limit_of(submitted) + late)),
        "复核审定": hundredths(audited + audited * error // 1000) if sampled else "",
        "一般差错": str(max(0, draw(at, "slips", low=-3, high=2))),
        "重大差错": "是" if at == 40 else "否",
    }


def marks(projects: list[dict[str, str]]) -> list[dict[str, str]]:
    """The marks that client and contractor of each project gave the agency; here and there nobody answered."""
    return [
        {"机构": row["机构"], "项目": row["项目"], "身份": who, "分数": str(draw(row["项目"], who, low=76, high=99))}
        for row in projects
        for who in ("建设单位", "施工单位")
        if draw(row["项目"], who, "answers", low=1, high=8) > 1
    ]


def write(name: str, rows: list[dict[str, str]]) -> None:
    """Write a sheet with a byte order mark, which Excel needs to see that it is UTF-8."""
    with (FOLDER / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write projects.csv, agencies.csv and its table 服务评分.csv beside this script."""
    rows = [project(at, kind, *money) for at, (kind, money) in enumerate(zip(kinds(), amounts(), strict=True))]
    write("projects.csv", rows)
    write("agencies.csv", [{"机构": name} for name in AGENCIES])
    write("服务评分.csv", marks(rows))


if __name__ == "__main__":
    main()
