"""Write synthetic data of eight towns: their figures, their self-evaluation sheets and the experts' review sheets.

Published is only that there are eight towns and 59 fourth-level indicators; every figure is drawn here.
The draws are hashes of what is drawn, so that every run writes the same bytes. Money is counted in hundredths of 万元.

    python rulesets/pinghu/townships/data/make.py
"""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path

TOWNS = tuple(f"{letter}镇" for letter in "甲乙丙丁戊己庚辛")
STRONG, WEAK = ("乙镇", "庚镇", "戊镇"), ("丙镇",)
EXPERTS = tuple("一二三四五")
FOLDER = Path(__file__).parent
# The codes of the fourth-level indicators by theme; their full marks in hundredths, where these are not 100.
SHEET = {
    "财税政策": "A111 A112 A121 A122 A211 A212 A221 A231",
    "收入质量": "B111 B112 B121 B122 B211 B212 B221 B311 B312 B321",
    "支出结构": "C111 C112 C121 C122 C211 C212 C221 C231 C232 C311 C312",
    "风险防控": "D111 D112 D121 D122 D211 D212 D221 D311 D312 D321 D322",
    "发展成效": "E111 E112 E121 E211 E221 E231 E232 E311 E312 E321 E331",
    "管理评价": "F111 F112 F121 F122 F131 F132 F211 F212",
}
FULL_MARKS = {
    150: "A211 A212 F111 F112 F131 F132",
    200: "A111 A112 A121 A122 A231 B111 B121 B211 B212 B221 B321 C111 C112 C221 C231 C232 C311 C312 "
    "D111 D211 D221 E111 E112 E221 E321 E331",
    300: "C211 D121 E121 E211 F211 F212",
}
WORTH = {code: worth for worth, codes in FULL_MARKS.items() for code in codes.split()}
RULES = ("预算制度", "资产制度", "村账制度", "公开预算", "公开决算", "公开三公", "公开绩效", "公开及时")


def draw(*label: object, low: int, high: int) -> int:
    """A whole number in [low, high] that depends on nothing but *label*."""
    text = "/".join(map(str, label)).encode()
    return low + int.from_bytes(sha256(text).digest()[:8]) % (high - low + 1)


def hundredths(number: int) -> str:
    """A number of hundredths as a decimal: 12345 is 123.45."""
    return f"{number // 100}.{number % 100:02d}"


def fair(town: str, name: str, low: int, high: int) -> int:
    """What is better the higher it is: strong towns are in the upper third, weak ones as far below as it is wide."""
    if town in STRONG:
        return draw(town, name, low=high - (high - low) // 3, high=high)
    if town in WEAK:
        return draw(town, name, low=2 * low - high, high=low)
    return draw(town, name, low=low, high=high)


def part(town: str, name: str, whole: int, low: int, high: int) -> int:
    """A part of *whole* between *low* and *high* thousandths of it."""
    return whole * draw(town, name, low=low, high=high) // 1000


def done(town: str, name: str, due: int, low: int, high: int) -> int:
    """The part of what was *due* that a town got done."""
    return due * fair(town, name, low=low, high=high) // 1000


def before(town: str, name: str, now: int, low: int, high: int) -> int:
    """What was there a year ago, if it grew by *low* to *high* thousandths."""
    return now * 1000 // (1000 + draw(town, name, "growth", low=low, high=high))


def grown(town: str, name: str, now: int, low: int, high: int) -> int:
    """What was there a year ago, of what had better grow."""
    return now * 1000 // (1000 + fair(town, f"{name}/growth", low=low, high=high))


def funds(town: str) -> dict[str, int]:
    """Policy money, austerity and procurement."""
    due = draw(town, "due", low=100_00, high=900_00)
    direct = draw(town, "direct", low=800_00, high=6_000_00)
    hospitality = draw(town, "hospitality", low=60_00, high=180_00)
    spent = part(town, "hospitality spent", hospitality, 880, 1_030)
    buying = draw(town, "buying", low=900_00, high=5_000_00)
    return {
        "应兑现资金": due,
        "已兑现资金": done(town, "paid out", due, 850, 1_000),
        "直达资金": direct,
        "直达支出": done(town, "direct spent", direct, 880, 1_000),
        "三公预算": hospitality,
        "三公支出": spent,
        "上年三公支出": before(town, "hospitality", spent, -60, 40),
        "采购预算": buying,
        "采购金额": done(town, "bought", buying, 950, 1_005),
    }


def revenue(town: str) -> dict[str, int]:
    """Revenue, its make-up and the base that it comes from."""
    output = draw(town, "output", low=600_000_00, high=2_400_000_00)
    income = part(town, "income", output, 48, 66)
    before_income = grown(town, "income", income, -20, 110)
    planned = part(town, "planned income", income, 960, 1_030)
    taxes = part(town, "taxes", income, 790, 900)
    fees = part(town, "fees", income - taxes, 700, 900)
    industry = part(town, "industry taxes", taxes, 500, 700)
    before_output = before(town, "output", output, 20, 70)
    whole = part(town, "whole income", output, 96, 120)
    regular = part(town, "regular income", income, 850, 950)
    return {
        "收入预算": planned,
        "收入": income,
        "上年收入": before_income,
        "上半年收入": part(town, "half-year income", planned, 470, 590),
        "税收": taxes,
        "非税": income - taxes,
        "上年税收": part(town, "taxes a year ago", before_income, 800, 890),
        "应缴非税": fees,
        "已缴非税": done(town, "fees handed over", fees, 940, 1_000),
        "工业税收": industry,
        "上年工业税收": grown(town, "industry taxes", industry, -20, 90),
        "财政总收入": whole,
        "上年财政总收入": before(town, "whole income", whole, 10, 80),
        "生产总值": output,
        "上年生产总值": before_output,
        "经常性收入": regular,
        "上年经常性收入": before(town, "regular income", regular, 10, 70),
        "制造业增加值": (makers := part(town, "makers", output, 430, 580)),
        "上年制造业增加值": grown(town, "makers", makers, 20, 80),
        "制造业投资": (invested := part(town, "invested", output, 60, 110)),
        "上年制造业投资": grown(town, "invested", invested, -30, 150),
    }


def spending(town: str, income: int) -> dict[str, int]:
    """Spending and its make-up; what must be kept up is kept up in all towns but one."""
    planned = income * 12 // 10
    spent = part(town, "spent", planned, 950, 1_000)
    left = part(town, "left", planned, 30, 90)
    science = part(town, "science", spent, 40, 70)
    farming = part(town, "farming", spent, 90, 140)
    people = part(town, "people", spent, 690, 780)
    needed = part(town, "needed", spent, 420, 520)
    short = 12 if town == "庚镇" else 0
    return {
        "支出预算": planned,
        "支出": spent,
        "上年支出": before(town, "spent", spent, 0, 60),
        "上半年支出": part(town, "half-year spending", planned, 350, 520),
        "结转结余": left,
        "上年结转结余": before(town, "left", left, -150, 200),
        "科技支出": science,
        "上年科技支出": grown(town, "science", science, 0, 130),
        "农林水支出": farming,
        "上年农林水支出": grown(town, "farming", farming, -10, 90),
        "民生支出": people,
        "上年民生支出": grown(town, "people", people, -10, 60),
        "三保需求": needed,
        "三保预算": needed * (1_000 - short) // 1_000 + (0 if short else 100_00),
        "三保支出": needed * (1_000 - short) // 1_000 + (0 if short else 40_00),
    }


def risks(town: str, income: int, spent: int) -> dict[str, int]:
    """Debt, advances and what supervision found."""
    means = income * 14 // 10
    debt = part(town, "debt", means, 700, 1_500)
    hidden = part(town, "hidden", debt, 20, 60) if draw(town, "hidden debt", low=1, high=4) > 1 else 0
    advances = part(town, "advances", spent, 30, 75)
    audited = part(town, "audited", spent, 100, 300)
    recover = draw(town, "recover", low=0, high=60_00)
    return {
        "债务余额": debt,
        "上年债务余额": part(town, "debt a year ago", debt, 960, 1_040),
        "综合财力": means,
        "上年综合财力": before(town, "means", means, 0, 60),
        "化债计划": hidden,
        "化债完成": done(town, "hidden paid", hidden, 920, 1_100),
        "新增隐性债务": 0,
        "暂付款": advances,
        "上年暂付款": before(town, "advances", advances, -120, 80),
        "应付资金": (payable := part(town, "payable", spent, 800, 950)),
        "及时支付": done(town, "paid in time", payable, 955, 1_000),
        "审计资金": audited,
        "不合格资金": part(town, "unsound", audited, 0, 20),
        "应追回资金": recover,
        "已追回资金": done(town, "recovered", recover, 700, 1_000),
        "村集体收入": (villages := draw(town, "villages", low=1_200_00, high=5_000_00)),
        "上年村集体收入": grown(town, "villages", villages, 20, 140),
        "工业用地": (land := draw(town, "land", low=3_000_00, high=9_000_00)),
        "上年工业用地": part(town, "land a year ago", land, 970, 1_000),
    }


def counts(town: str) -> dict[str, int]:
    """Whole numbers: people, findings, days, places."""
    found = {name: draw(town, name, low=0, high=9) for name in ("直达疑点", "审计问题", "财会问题")}
    mended = dict(zip(found, ("直达整改", "审计整改", "财会整改"), strict=True))
    posts, incomes = draw(town, "posts", low=180, high=420), draw(town, "farmers", low=39_000, high=46_000)
    cities = incomes * 17 // 10
    places, goals, sites = (draw(town, name, low=12, high=40) for name in ("places", "goals", "villages"))
    return (
        found
        | {mended[name]: max(0, number - draw(town, name, "left", low=0, high=1)) for name, number in found.items()}
        | {"供养控制数": posts, "供养人数": part(town, "staff", posts, 950, 1_015)}
        | {"监测天数": (days := draw(town, "days", low=358, high=365)), "优良天数": done(town, "clear", days, 850, 940)}
        | {
            "断面数": (rivers := draw(town, "rivers", low=2, high=6)),
            "达标断面": rivers - draw(town, "foul", low=0, high=1),
        }
        | {"小区数": places, "分类小区": done(town, "sorted", places, 900, 1_000)}
        | {"村数": sites, "达标村": done(town, "rich", sites, 750, 1_000)}
        | {"项目数": goals, "目标项目": done(town, "goals set", goals, 930, 1_000)}
        | {"农村收入": incomes, "上年农村收入": grown(town, "farmers", incomes, 45, 85)}
        | {"城镇收入": cities, "上年城镇收入": before(town, "cities", cities, 40, 65)}
        | {
            "示范点计划": (plans := draw(town, "plans", low=1, high=5)),
            "示范点完成": plans - draw(town, "late", low=0, high=1),
        }
    )


def surveys(town: str) -> dict[str, str]:
    """Rules and publicity, which few towns lack, and the shares that surveys give."""
    shares = {"资源化利用率": (900, 1_000), "企业满意率": (820, 970), "群众满意率": (790, 960)}
    return {word: "否" if draw(town, word, low=1, high=12) == 1 else "是" for word in RULES} | {
        name: f"{fair(town, name, low, high) // 10}%" for name, (low, high) in shares.items()
    }


def town_row(town: str) -> dict[str, str]:
    """One row of towns.csv."""
    income = revenue(town)
    outlay = spending(town, income["收入"])
    money = funds(town) | income | outlay | risks(town, income["收入"], outlay["支出"])
    numbers = counts(town)
    return (
        {"镇": town}
        | {name: hundredths(number) for name, number in money.items()}
        | {name: str(number) for name, number in numbers.items()}
        | surveys(town)
    )


def own_marks(town: str) -> list[dict[str, str]]:
    """A town's own sheet: most indicators full, here and there a tenth to three tenths less."""
    rows = []
    for theme, codes in SHEET.items():
        for code in codes.split():
            worth = WORTH.get(code, 100)
            tenths = max(0, draw(town, code, "own", low=-5, high=3))
            row = {"镇": town, "四级指标": code, "一级": theme}
            rows.append(row | {"分值": hundredths(worth), "得分": hundredths(worth - worth * tenths // 10)})
    return rows


def expert_marks(town: str) -> list[dict[str, str]]:
    """What five experts gave a town."""
    return [
        {"镇": town, "专家": f"专家{expert}"}
        | {name: f"{fair(town, f'{expert}/{name}', low=78, high=98)}%" for name in ("税费宣传", "制度执行", "自评质量")}
        for expert in EXPERTS
    ]


def write(name: str, rows: list[dict[str, str]]) -> None:
    """Write a sheet with a byte order mark, which Excel needs to see that it is UTF-8."""
    with (FOLDER / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write towns.csv and the two sheets that belong to it."""
    write("towns.csv", [town_row(town) for town in TOWNS])
    write("自评表.csv", [row for town in TOWNS for row in own_marks(town)])
    write("专家评审.csv", [row for town in TOWNS for row in expert_marks(town)])


if __name__ == "__main__":
    main()
