"""What is told of changed rules: never the text, always what it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfrules import load, loads
from perfrules.compare import compare_rules
from perfrules.compare.said import tell

PINGHU = Path(__file__).parents[3] / "rulesets/pinghu/department"

BASE = """
ruleset demo "Demo" version "1" {
  entity department "Department"
  effective 2024-01-01 to 2024-12-31
  total 20 points
  round total to 1 decimal half up
  input spent  "Spent"  : 万元 decimals 2 in [0, 1000]
  input budget "Budget" : 万元 decimals 2 in [1, 1000]
  input fault  "Faults" : count in [0, 10]
  input breach "Breach" : yes/no
  input rate   "Rate"   : % in [0%, 100%] optional
  param goal "Goal" : % = 80%
  check spent <= budget "no more than the budget"
  indicator A "Money" 10 points {
    indicator A1 "Execution" 6 points {
      measure spent / budget
      score bands of measure {
        >= 90% -> full
        >= 80% -> 4
        otherwise -> 0
      }
    }
    indicator A2 "Faults" 4 points {
      score tally from full { fault: less 1 point each }
    }
  }
  indicator B "Service" 10 points {
    indicator B1 "Rate" 10 points {
      score curve of rate { 0% -> 0; goal -> full }
      missing -> zero
    }
  }
  veto when breach "A breach" -> grade at most poor
  grades of rounded total { good >= 16; fair >= 12; poor otherwise }
  decision tighten "Tighter budget" when grade = poor, within 30 days after notice otherwise hearing
  output part "Part" : % = rounded total / 20 points
}
"""


def told(new: str, old: str = BASE, language: str = "en") -> list[str]:
    """Tell the changes, a line each: how, title, sentences."""
    found = compare_rules(loads(old), loads(new))
    return [
        f"{each.how} {tell(each.title, language)}: {'; '.join(tell(says, language) for says in each.says)}"
        for each in found.changes
    ]


def edited(*edits: tuple[str, str]) -> str:
    """Return the base with these edits."""
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


SAME = {
    "the same text": BASE,
    "another layout": BASE.replace("\n  ", "\n     ").replace("grades of", "grades   of"),
    "comments": BASE.replace("  total 20", "  # a remark\n  total 20"),
    "Chinese keywords": BASE.replace("indicator", "指标").replace("input", "数据").replace("points", "分"),
    "another version": BASE.replace('version "1"', 'version "2"'),
    "inputs in another order": edited(
        ('  input fault  "Faults" : count in [0, 10]\n', ""),
        ("  param goal", '  input fault  "Faults" : count in [0, 10]\n  param goal'),
    ),
    "indicators in another order": edited(
        ('    indicator A2 "Faults" 4 points {\n      score tally from full { fault: less 1 point each }\n    }\n', ""),
        (
            "    indicator A1",
            (
                '    indicator A2 "Faults" 4 points {\n'
                "      score tally from full { fault: less 1 point each }\n    }\n    indicator A1"
            ),
        ),
    ),
    "marks written as a part of full": edited((">= 80% -> 4", ">= 80% -> 2 / 3 * full")),
}


@pytest.mark.parametrize("new", SAME.values(), ids=SAME)
def test_no_change(new: str) -> None:
    assert told(new) == []
    assert not compare_rules(loads(BASE), loads(new)).differs


CHANGES = {
    "marks": (
        edited(("6 points {", "7 points {"), ("4 points {", "3 points {")),
        [
            "changed A1 Execution: full marks: 6 points → 7 points; ≥ 90%: 6 points → 7 points",
            (
                "changed A2 Faults: full marks: 4 points → 3 points; "
                "It starts from 4 points. → It starts from 3 points.; "
                "The marks are held between 0 points and 4 points. → The marks are held between 0 points and 3 points."
            ),
        ],
    ),
    "a band edge": (
        edited((">= 90% -> full", ">= 95% -> full")),
        ["changed A1 Execution: 6 points: for ≥ 90% → for ≥ 95%; 4 points: for [80%, 90%) → for [80%, 95%)"],
    ),
    "a unit": (
        edited(('"Spent"  : 万元', '"Spent"  : 千元')),
        ["changed Spent (spent): unit: 万元 → 千元; range: [0 万元, 1000 万元] → [0 千元, 1000 千元]"],
    ),
    "a range": (
        edited(("count in [0, 10]", "count in [0, 20]")),
        ["changed Faults (fault): range: [0, 10] → [0, 20]"],
    ),
    "decimals": (
        edited(('"Budget" : 万元 decimals 2', '"Budget" : 万元 decimals 4')),
        ["changed Budget (budget): decimals: 2 → 4"],
    ),
    "a title": (edited(('"Execution"', '"Spending"')), ["changed A1 Spending: title: Execution → Spending"]),
    "an input's title": (edited(('"Rate"   :', '"Rated"  :')), ["changed Rated (rate): title: Rate → Rated"]),
    "a missing policy": (
        edited(("missing -> zero", "missing -> 2 points")),
        ["changed B1 Rate: Where data is missing: 0 points. → Where data is missing: 2 points."],
    ),
    "a parameter": (edited(("% = 80%", "% = 75%")), ["changed Goal (goal): 80% → 75%"]),
    "how marks are combined": (
        edited(('"Money" 10 points {', '"Money" 6 points {\n    combine best'), ("total 20", "total 16")),
        [
            (
                "changed A Money: full marks: 10 points → 6 points; "
                "The marks of the parts are added. → The best part counts."
            ),
            "changed total: full marks: 20 points → 16 points",
        ],
    ),
    "a veto": (
        edited(('"A breach" -> grade at most poor', '"A breach" -> grade at most fair')),
        [
            "changed grades: veto: Breach (A breach): grade poor at most → veto: Breach (A breach): grade fair at most",
        ],
    ),
    "a grade line": (
        edited(("good >= 16", "good >= 17")),
        ["changed grades: good: ≥ 16 → ≥ 17; fair: [12, 16) → [12, 17)"],
    ),
    "the stage of grades": (
        edited(("grades of rounded total", "grades of total")),
        ["changed grades: grades are of: rounded total → total"],
    ),
    "a decision": (
        edited(("when grade = poor", "when grade in one of (fair, poor)")),
        ["changed decision: Tighter budget: grade = poor → grade = fair or grade = poor"],
    ),
    "a deadline": (
        edited(("within 30 days", "within 20 days")),
        [
            (
                "changed decision: Tighter budget: deadline: within 30 days after notice, otherwise hearing → "
                "within 20 days after notice, otherwise hearing"
            ),
        ],
    ),
    "an output": (
        edited(("rounded total / 20 points", "total / 20 points")),
        ["changed output: Part: rounded total ÷ 20 points → total ÷ 20 points"],
    ),
    "a check": (
        edited(("  check spent <= budget", "  check warning spent <= budget")),
        ["changed check: no more than the budget: severity: refusal → warning"],
    ),
    "the rounding": (
        edited(("round total to 1 decimal", "round total to 2 decimals")),
        ["changed total: The marks are rounded to 1 decimal, half up. → The marks are rounded to 2 decimals, half up."],
    ),
    "the period": (
        edited(("2024-01-01 to 2024-12-31", "2025-01-01 to 2025-12-31")),
        ["changed the ruleset: period: 2024-01-01 – 2024-12-31 → 2025-01-01 – 2025-12-31"],
    ),
    "a renamed code": (edited(("indicator A2", "indicator A9")), ["renamed A9 Faults: code: A2 → A9"]),
    "a renamed code and title": (
        edited(('indicator A2 "Faults"', 'indicator A9 "Errors"')),
        ["renamed A9 Errors: code: A2 → A9; title: Faults → Errors"],
    ),
    "a renamed code and title with other marks": (
        edited(
            ('indicator B1 "Rate" 10 points', 'indicator B2 "Share" 9 points'),
            ('indicator B "Service" 10 points', 'indicator B "Service" 9 points'),
            ("total 20 points\n  round", "total 19 points\n  round"),
        ),
        [
            (
                "renamed B2 Share: code: B1 → B2; title: Rate → Share; full marks: 10 points → 9 points; "
                "points of the curve by Rate: 0% gives 0 points and 80% gives 10 points → "
                "0% gives 0 points and 80% gives 9 points"
            ),
            "changed total: full marks: 20 points → 19 points",
        ],
    ),
    "a cap": (
        edited(("less 1 point each", "less 1 point each, at most 2 points")),
        ["changed A2 Faults: Faults: 1 point off for each → Faults: 1 point off for each, at most 2 points"],
    ),
}


@pytest.mark.parametrize(("new", "expected"), CHANGES.values(), ids=CHANGES)
def test_one_change(new: str, expected: list[str]) -> None:
    assert told(new) == expected


@pytest.mark.parametrize(("new", "expected"), CHANGES.values(), ids=CHANGES)
def test_the_same_in_chinese(new: str, expected: list[str]) -> None:
    found = told(new, language="zh")
    assert len(found) == len(expected)
    assert not any("{" in line for line in found)
    assert [line.count(";") for line in found] == [line.count(";") for line in expected]


@pytest.mark.parametrize("new", [new for new, _ in CHANGES.values()], ids=CHANGES)
def test_there_and_back_the_same_items_change(new: str) -> None:
    there, back = compare_rules(loads(BASE), loads(new)), compare_rules(loads(new), loads(BASE))
    assert [each.item.sort for each in there.changes] == [each.item.sort for each in back.changes]


def test_one_scheme_in_both_keyword_languages_is_one_scheme() -> None:
    old, new = (load(PINGHU / name) for name in ("department.perfrules", "department.zh.perfrules"))
    assert not compare_rules(old, new).differs


def test_an_overlay_is_told_by_what_it_changes() -> None:
    names = "pinghu.departments.education.perfrules", "pinghu.departments.education@2025.perfrules"
    old, new = (load(PINGHU / name, paths=[PINGHU.parents[1]]) for name in names)
    found = [(each.how, each.item.name or each.item.sort.value) for each in compare_rules(old, new).changes]
    assert found == [
        ("changed", "period"),
        ("changed", "param.重点支出目标"),
        ("changed", "B.B2.B21"),
        ("changed", "B.B2.B22"),
        ("changed", "C.C2.C21"),
        ("changed", "C.C2.C22"),
        ("changed", "D.D1.D11"),
        ("changed", "decision.限期整改"),
    ]
